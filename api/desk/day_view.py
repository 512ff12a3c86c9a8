"""Hold everything the board shows of one day, as `GET /api/v1/days/{date}` returns it.

Times are whole seconds from local midnight, lengths seconds and metres, points latitude and longitude in WGS 84.
Sentences are in the language that was asked for. `version` is the day's, which every change must name in `If-Match`.
"""

from __future__ import annotations

import datetime as dt

from pydantic import BaseModel, ConfigDict


class Shown(BaseModel):
    """Plain data that does not change."""

    model_config = ConfigDict(frozen=True)


class StopShown(Shown):
    """One stop of a round.

    `kind` is start, visit, pickup, delivery, break, board, land or end, `what` the word for it. `number` counts the
    stops that serve somebody, `name` puts the round's letter before it, `A3`. `client` is the key of the client's
    record, `label` her short name or what a place is called, `notes` what is to be done there. `waiting` are the
    seconds between `arrival` and `begin` spent waiting, `late` those behind the window. `locks` are what the board
    holds of the request: request, time.
    """

    kind: str
    what: str
    name: str
    number: int | None
    request: str | None
    client: str | None
    label: str
    place: str
    address: str
    settlement: str
    lat: float
    lon: float
    arrival: int
    begin: int
    end: int
    waiting: int
    late: int
    is_return: bool
    door_note: str
    phone: str
    bring: list[str]
    notes: list[str]
    remarks: list[str]
    locks: list[str]


class LegShown(Shown):
    """The way from one stop to the next, by road or ferry; `line` are its points where they were asked for."""

    kind: str
    begin: int
    end: int
    seconds: int
    metres: int
    line: list[tuple[float, float]] | None


class SpanShown(Shown):
    """A stretch of time."""

    begin: int
    end: int


class RoundFigures(Shown):
    """The key figures of a round: `paid` seconds without breaks, `filled` the per cent of the shift that is used."""

    visits: int
    rides: int
    metres: int
    paid: int
    driving: int
    service: int
    waiting: int
    breaks: int
    overtime: int
    filled: float | None


class RoundShown(Shown):
    """One shift of the day, whether it is used or not: who works from `begin` to `end`, and what she does.

    `index` counts the day's shifts; letter, colour and dash follow from it, so a shift keeps its look. `locked` tells
    that nothing may come on the round or leave it, `worker_locked` that everything the worker does stays hers.
    """

    shift: str
    worker: str
    worker_name: str
    vehicle: str
    plate: str
    index: int
    letter: str
    colour: str
    dash: str
    begin: int
    end: int
    locked: bool
    worker_locked: bool
    stops: list[StopShown]
    legs: list[LegShown]
    breaks: list[SpanShown]
    waits: list[SpanShown]
    figures: RoundFigures


class RemedyShown(Shown):
    """A change that would let a request in.

    `change` says what is written where. `applicable` tells whether it can be made from here; `note` says why not, or
    what is to be known before.
    """

    id: str
    kind: str
    sentence: str
    change: str
    applicable: bool
    note: str


class UnassignedShown(Shown):
    """A request that has no place in the plan, and why.

    `windows` are when it may begin. `remedies` is None until somebody has asked for the request's explanation, since
    looking for them takes a while.
    """

    request: str
    kind: str
    client: str
    label: str
    settlement: str
    lat: float
    lon: float
    priority: str
    seconds: int
    windows: list[tuple[int, int]]
    locked: bool
    reason: str
    remedies: list[RemedyShown] | None


class DayFigures(Shown):
    """The key figures of a plan; `filled` is in per cent, `points` what the plan costs under the objective."""

    visits: int
    rides: int
    unassigned: int
    metres: int
    paid: int
    driving: int
    service: int
    waiting: int
    overtime: int
    late: int
    lateness: int
    unfamiliar: int
    filled: float | None
    points: int


class LockShown(Shown):
    """One lock of the board: `kind` is request, time, worker or round, `subject` the request, worker or shift."""

    kind: str
    subject: str
    at: dt.datetime


class VersionShown(Shown):
    """A plan of the day as it was kept: why there is one, and when."""

    id: str
    number: int
    why: str
    at: dt.datetime


class OfferShown(Shown):
    """A scenario that waits to be accepted or dropped."""

    id: str
    at: dt.datetime


class JobShown(Shown):
    """A solver run. `state` is queued, running, done, stopped, failed or lost.

    `points`, `unassigned` and `seconds` are those of the best plan so far and None before there is one. `share` is how
    far the planning of a week is, from 0 to 1. `scenario` is what came of it; `fault` says why nothing did.
    """

    id: str
    day: dt.date
    state: str
    stage: str
    points: int | None
    unassigned: int | None
    seconds: float | None
    share: float | None = None
    budget_seconds: float
    wished_stop: bool
    scenario: str | None
    fault: str
    at: dt.datetime


class GateShown(Shown):
    """One reason not to publish: it blocks, or is only to be known. `action` says what to do."""

    code: str
    blocks: bool
    request: str
    shift: str
    sentence: str
    action: str


class PublishShown(Shown):
    """Whether the plan may be published, and every reason why not."""

    may: bool
    reasons: list[GateShown]


class DayShown(Shown):
    """Everything the board shows of one day.

    `plan` is None where nobody has planned anything yet: everything is unassigned then. `outdated` tells that the
    records have changed since the plan was made; what is shown is what can be kept of it. `change` is what `figures`
    have more than the published plan's, None where nothing is published. `is_published` tells that the drivers see
    exactly this plan.
    """

    date: dt.date
    version: int
    title: str
    lang: str
    plan: VersionShown | None
    published: VersionShown | None
    is_published: bool
    outdated: bool
    can_undo: bool
    can_redo: bool
    rounds: list[RoundShown]
    unassigned: list[UnassignedShown]
    figures: DayFigures
    change: dict[str, int | float] | None
    locks: list[LockShown]
    scenario: OfferShown | None
    job: JobShown | None
    publish: PublishShown
    findings: int
