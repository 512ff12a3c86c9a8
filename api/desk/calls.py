"""A ride asked for on the phone, answered at once: notice, decision, price; and kept as a request.

What is asked becomes the cells of a row of the sheet `rides` and is judged as such, so that the desk on the phone and
the records never disagree. `api.desk.call_slots` says at which times it would fit.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from api.desk.municipality import open_municipality, open_municipality_fees
from api.desk.record_set import RECORD, Row, errors_of, tidy
from api.desk.records import check_record, create_record, record_set
from api.loading import Folder
from api.store.records import Record
from api.wording.format import ZONE
from routing.day.build import build_day
from routing.day.prices import ride_prices
from routing.findings import Finding
from routing.records.columns import Column
from routing.records.folding import fold
from routing.records.kind import CellError
from routing.records.model import Records, RideRequest, Service
from routing.records.sheets import RIDES
from routing.records.text_kinds import HOME
from routing.records.time_kinds import DATE, TIME
from routing.rules.decision_clock import read_clock
from routing.rules.entitlement import judge_entitlement
from routing.rules.fees.quote import Quote
from routing.rules.notice import call_by, judge_notice, rule_of
from routing.rules.remark import Remark

ANY: Final = "any"
ARRIVE: Final = "arrive"
PICKUP: Final = "pickup"
WHENS: Final = (ARRIVE, PICKUP, ANY)
"""What the stated time is: when to be there, when to be fetched, or none at all."""

TOLD: Final = 900
"""Seconds within which somebody is fetched after the time she was told."""

_LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_FIRST, _LAST = 6 * 3600, 20 * 3600


@dataclass(frozen=True, kw_only=True)
class Call:
    """What is asked for, as it was typed; blank is not said.

    `start` and `end` are the ids of places or `home`. `at` is the time of day that `when` is about, `flexible` how many
    minutes earlier (of an arrival) or later (of a pickup) it may be. `chosen` is the pickup that was agreed on, in
    seconds from local midnight.
    """

    id: str = ""
    client: str = ""
    service: str = Service.SOCIAL.value
    start: str = HOME
    end: str = ""
    day: str = ""
    when: str = ARRIVE
    at: str = ""
    flexible: str = "30"
    aids: str = ""
    companions: str = ""
    returning: str = ""
    return_at: str = ""
    appointment: str = ""
    waiting: str = ""
    purpose: str = ""
    chosen: int | None = None


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What can be said about a call so far.

    `findings` are those of its cells, by the field of the sheet. `notice` says whether it comes in time and by when to
    order, `decisions` whether a decision covers it and what is undecided. `ride` and `quote` are None until enough is
    known.
    """

    findings: tuple[Finding, ...] = ()
    notice: tuple[Remark, ...] = ()
    decisions: tuple[Remark, ...] = ()
    ride: RideRequest | None = None
    quote: Quote | None = None
    fee_findings: tuple[Finding, ...] = field(default=())


def answer_call(session: Session, call: Call, *, moment: dt.datetime, cache: Path | None = None) -> Answer:
    """Return everything that can be said at `moment`. RecordsError or RoadsError where nothing can be planned yet."""
    folder = open_municipality(session, cache)
    findings, ride = _judged(session, call, moment)
    quote, fee_findings = (None, ()) if ride is None else _priced(session, folder, ride, cache)
    return Answer(
        findings=findings,
        notice=notice_of(folder.records, call.day, moment),
        decisions=_decisions(folder.records, call, moment),
        ride=ride,
        quote=quote,
        fee_findings=fee_findings,
    )


def notice_of(records: Records, day: str, moment: dt.datetime) -> tuple[Remark, ...]:
    """Return whether a ride on `day` asked for at `moment` comes in time, and by when it had to be ordered."""
    asked = _parsed(RIDES.column_by_field["day"], day)
    if not isinstance(asked, dt.date):
        return ()
    local, rule = moment.astimezone(ZONE), rule_of(records.municipality)
    seconds = local.hour * 3600 + local.minute * 60 + local.second
    judged = judge_notice(asked, local.date(), rule, requested_at=seconds)
    return (judged.remark, call_by(asked, rule))


def save_call(session: Session, call: Call, *, moment: dt.datetime) -> Record:
    """Keep the call as a request; RefusedError with every finding where it has a fault.

    Sent a second time with its id, it is the request that is there already.
    """
    cells = tidy(RIDES, call_cells(replace(call, id=call.id or fresh_id(session)), moment))
    kept = session.get(Record, ("rides", call.id)) if call.id else None
    if kept is not None and {**kept.cells, "requested_on": ""} == {**cells, "requested_on": ""}:
        return kept
    if kept is not None:
        cells["id"] = fresh_id(session)
    return create_record(session, "rides", cells)


def call_cells(call: Call, moment: dt.datetime) -> dict[str, str]:
    """Return the cells of a ride that hold what is asked for; what cannot be read stays, for a finding to show it."""
    return {
        "id": call.id,
        "day": call.day,
        "client": call.client,
        "service": call.service,
        "start": call.start,
        "end": call.end,
        **_windows(call),
        "requested_on": DATE.write(moment.astimezone(ZONE).date(), "et"),
        "purpose": call.purpose,
        "aids": call.aids,
        "companions": call.companions,
        "returning": call.returning,
        "return_at": call.return_at,
        "appointment": call.appointment,
        "waiting": call.waiting,
    }


def fresh_id(session: Session) -> str:
    """Return an id that no visit and no ride has."""
    taken = {row.key for name in ("visits", "rides") for row in record_set(session).rows.get(name, ())}
    while True:
        found = "T" + "".join(secrets.choice(_LETTERS) for _ in range(5))
        if found not in taken:
            return found


def place_meant(records: Records, text: str, homes: tuple[str, ...]) -> str:
    """Return the id of the place that `text` means: its id, its name, or words of name and settlement that only it has.

    `homes` are the words for the client's own address. A text that means none or several comes back as it is.
    """
    wanted = fold(text)
    if not wanted or wanted in {fold(word) for word in (HOME, *homes)}:
        return HOME if wanted else ""
    exact = [place.id for place in records.places if wanted in {fold(place.id), fold(place.name)}]
    words = [fold(word) for word in text.split() if fold(word)]
    near = [
        place.id
        for place in records.places
        if all(word in fold(f"{place.name} {place.settlement} {place.municipality or ''}") for word in words)
    ]
    return exact[0] if exact else near[0] if len(near) == 1 else text


def _windows(call: Call) -> Mapping[str, str]:
    """Return the cells of pickup and arrival."""
    if call.chosen is not None and call.when != ARRIVE:
        return {"pickup": _span(call.chosen, call.chosen + TOLD)}
    if call.when == ANY:
        return {"pickup": _span(_FIRST, _LAST)}
    name = "arrival" if call.when == ARRIVE else "pickup"
    at = _parsed(RIDES.column_by_field["return_at"], call.at)
    flexible = _parsed(RIDES.column_by_field["appointment"], call.flexible) or 0
    if not isinstance(at, int) or not isinstance(flexible, int):
        return {name: call.at}
    return {name: _span(max(at - flexible, 0), at) if call.when == ARRIVE else _span(at, at + flexible)}


def _span(earliest: int, latest: int) -> str:
    return f"{TIME.write(earliest, 'et')}-{TIME.write(latest, 'et')}"


def _parsed(column: Column, text: str) -> object:
    try:
        return column.kind.parse(text.strip()) if text.strip() else None
    except CellError:
        return None


def _judged(session: Session, call: Call, moment: dt.datetime) -> tuple[tuple[Finding, ...], RideRequest | None]:
    """Return what is found about the call's row, and the ride where nothing is wrong with it."""
    named = replace(call, id=call.id or fresh_id(session))
    cells = tidy(RIDES, call_cells(named, moment))
    found = tuple(f for f in check_record(session, "rides", cells) if f.details.get(RECORD) == "" or not f.row)
    if errors_of(found):
        return found, None
    records, _ = record_set(session).with_row("rides", Row(key="", cells=cells)).read()
    rides = () if records is None else records.rides
    return found, next((ride for ride in rides if ride.id == named.id), None)


def _priced(
    session: Session, folder: Folder, ride: RideRequest, cache: Path | None
) -> tuple[Quote | None, tuple[Finding, ...]]:
    """Return the price, asked of a day that holds nothing but this ride."""
    book, findings = open_municipality_fees(session, cache)
    day = build_day(replace(folder.records, visits=(), rides=(ride,)), folder.network, ride.day)
    return ride_prices(day, book).get(ride.id), findings


def _decisions(records: Records, call: Call, moment: dt.datetime) -> tuple[Remark, ...]:
    """Return whether a decision covers the service on that day, and the clock of cases that wait for one."""
    columns = RIDES.column_by_field
    service, day = _parsed(columns["service"], call.service), _parsed(columns["day"], call.day)
    if not isinstance(service, Service) or not isinstance(day, dt.date):
        return ()
    if call.client not in {client.id for client in records.clients}:
        return ()
    today = moment.astimezone(ZONE).date()
    waiting = [
        read_clock(decision.applied_on, today=today).remark
        for decision in records.decisions
        if decision.client == call.client and decision.applied_on and not decision.decided_on
    ]
    return (judge_entitlement(records.decisions, call.client, service, day).remark, *waiting)
