"""Show what a change of a plan comes to: prices, what people will feel, where something fits, groups of changes."""

from __future__ import annotations

from api.desk.day_view import Shown
from api.wording import say
from routing.dispatch.fits import Delay, Fit
from routing.dispatch.groups import Group
from routing.dispatch.judge import Moved
from routing.dispatch.price import Price
from routing.dispatch.warnings import Warned
from routing.review.codes import Violation
from routing.review.compare import Appointment, Change
from routing.review.labels import Labels
from routing.wording.format import clock


class PriceShown(Shown):
    """What a plan has more than the one before, negative for less: points of the objective, seconds and metres.

    `words` say the components that differ, the weightiest first.
    """

    points: int
    travel: int
    metres: int
    lateness: int
    overtime: int
    paid: int
    words: list[str]


class DelayShown(Shown):
    """Somebody else who would begin `seconds` later, or earlier where negative."""

    request: str
    label: str
    seconds: int


class WarningShown(Shown):
    """Something that nobody forbids but people feel."""

    code: str
    request: str
    shift: str
    seconds: int
    at: int | None
    sentence: str


class ViolationShown(Shown):
    """A broken rule; its code is that of the command line."""

    code: str
    shift: str | None
    request: str | None
    at: int | None
    found: str
    expected: str
    sentence: str
    action: str


class BlockShown(Shown):
    """The first rule that keeps a request off a shift."""

    code: str
    sentence: str


class FitShown(Shown):
    """The best place of a request on one shift: its price and `begin`, or what blocks it.

    `continuity` is preferred, regular, new or open: how well the worker is known to the client; `continuity_words`
    says it. `here` tells that the shift serves the request already.
    """

    shift: str
    worker: str
    continuity: str
    continuity_words: str
    here: bool
    price: PriceShown | None
    begin: int | None
    delays: list[DelayShown]
    blocked: BlockShown | None


class MovedShown(Shown):
    """What a move comes to: its price, what people will feel, who else moves, and what was broken before already."""

    price: PriceShown
    warnings: list[WarningShown]
    delays: list[DelayShown]
    standing: list[ViolationShown]


class AppointmentShown(Shown):
    """Who comes for a request and when it begins."""

    shifts: list[str]
    workers: list[str]
    begin: int


class ChangeShown(Shown):
    """One request that is served differently: `kind` is added, dropped, worker, shift or time."""

    request: str
    label: str
    kind: str
    before: AppointmentShown | None
    after: AppointmentShown | None
    words: str


class GroupShown(Shown):
    """Changes that are accepted together: `kind` is added, dropped, moved, swapped or times."""

    id: str
    kind: str
    title: str
    shifts: list[str]
    changes: list[ChangeShown]


def price_shown(price: Price, lang: str) -> PriceShown:
    """Return a price with its words."""
    return PriceShown(
        points=price.points,
        travel=price.travel,
        metres=price.metres,
        lateness=price.lateness,
        overtime=price.overtime,
        paid=price.paid,
        words=[words for difference in price.differences if (words := difference.phrase(lang))],
    )


def moved_shown(moved: Moved, lang: str, labels: Labels) -> MovedShown:
    """Return what an accepted move comes to; ValueError for one that was refused."""
    if moved.price is None:
        raise ValueError("a refused move has no price")
    return MovedShown(
        price=price_shown(moved.price, lang),
        warnings=[warning_shown(item, lang, labels) for item in moved.warnings],
        delays=[_delay(item, labels) for item in moved.delays],
        standing=[violation_shown(item, lang) for item in moved.standing],
    )


def warning_shown(item: Warned, lang: str, labels: Labels) -> WarningShown:
    """Return something that people feel, in words."""
    return WarningShown(
        code=f"dispatch.warn-{item.code.value}",
        request=item.request,
        shift=item.shift,
        seconds=item.seconds,
        at=item.at,
        sentence=item.sentence(lang, labels),
    )


def violation_shown(item: Violation, lang: str) -> ViolationShown:
    """Return a broken rule in words."""
    return ViolationShown.model_validate(item.as_dict(lang))


def fit_shown(fit: Fit, worker: str, lang: str, labels: Labels) -> FitShown:
    """Return where a request fits on one shift, whose worker is called `worker`."""
    blocked = fit.blocked
    return FitShown(
        shift=fit.shift,
        worker=worker,
        continuity=fit.continuity.value,
        continuity_words=say(f"dispatch.fit-{fit.continuity.value}", lang),
        here=fit.here,
        price=None if fit.price is None else price_shown(fit.price, lang),
        begin=fit.begin,
        delays=[_delay(item, labels) for item in fit.delays],
        blocked=None
        if blocked is None
        else BlockShown(code=f"explain.{blocked.block.value}", sentence=blocked.sentence(lang, labels)),
    )


def group_shown(group: Group, lang: str, labels: Labels) -> GroupShown:
    """Return a set of changes in words: who and when."""
    return GroupShown(
        id=group.id,
        kind=group.kind.value,
        title=say(f"dispatch.group-{group.kind.value}", lang),
        shifts=list(group.shifts),
        changes=[_change(change, lang, labels) for change in group.changes],
    )


def _change(change: Change, lang: str, labels: Labels) -> ChangeShown:
    return ChangeShown(
        request=change.request,
        label=labels.request(change.request),
        kind=change.kind.value,
        before=_appointment(change.before),
        after=_appointment(change.after),
        words=say(
            f"plans.change-{change.kind.value}",
            lang,
            request=labels.request(change.request),
            before=_who(change.before, labels),
            after=_who(change.after, labels),
            was=clock(change.before.start) if change.before else "–",
            at=clock(change.after.start) if change.after else "–",
        ),
    )


def _who(appointment: Appointment | None, labels: Labels) -> str:
    return ", ".join(map(labels.shift, appointment.shifts)) if appointment else "–"


def _appointment(appointment: Appointment | None) -> AppointmentShown | None:
    if appointment is None:
        return None
    return AppointmentShown(shifts=list(appointment.shifts), workers=list(appointment.workers), begin=appointment.start)


def _delay(delay: Delay, labels: Labels) -> DelayShown:
    return DelayShown(request=delay.request, label=labels.request(delay.request), seconds=delay.seconds)
