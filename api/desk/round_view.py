"""Fill the rounds of the board from a plan, its drawing and its key figures."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from api.desk.day_view import LegShown, RoundFigures, RoundShown, SpanShown, StopShown
from api.desk.laid_out import OpenDay
from api.labels import short_name, worker_labels
from maps.day_view import DayView, LegView, RoundView, StopView
from maps.palette import line_style
from routing.cost import lateness
from routing.dispatch.locks import LockKind
from routing.plan import Route, Stop, StopKind
from routing.review.metrics import ShiftFigures
from routing.wording import say


def rounds_shown(opened: OpenDay, drawn: DayView, figures: Sequence[ShiftFigures]) -> Iterator[RoundShown]:
    """Yield every shift of the day, those without work too, in the order of their letters."""
    views = {found.shift: found for found in drawn.rounds}
    names = worker_labels(opened.day)
    plates = {vehicle.id: vehicle.plate or vehicle.id for vehicle in opened.day.records.vehicles}
    for index, (shift, sums) in enumerate(zip(opened.day.problem.shifts, figures, strict=True)):
        style, view = line_style(index), views.get(shift.id)
        route = opened.plan.route_by_shift.get(shift.id)
        stops = list(_stops(opened, view, route, drawn.lang)) if view and route else []
        yield RoundShown(
            shift=shift.id,
            worker=shift.worker,
            worker_name=names[shift.worker],
            vehicle=shift.vehicle,
            plate=plates.get(shift.vehicle, shift.vehicle),
            index=index,
            letter=style.letter,
            colour=style.colour,
            dash=style.dash,
            begin=shift.earliest,
            end=shift.latest,
            locked=opened.is_locked(LockKind.ROUND, shift.id),
            worker_locked=opened.is_locked(LockKind.WORKER, shift.worker),
            stops=stops,
            legs=list(_legs(view, route)) if view and route else [],
            breaks=[SpanShown(begin=stop.begin, end=stop.end) for stop in stops if stop.kind == StopKind.BREAK.value],
            waits=[SpanShown(begin=stop.arrival, end=stop.begin) for stop in stops if stop.waiting],
            figures=_figures(sums),
        )


def _figures(sums: ShiftFigures) -> RoundFigures:
    return RoundFigures(
        visits=sums.visits,
        rides=sums.rides,
        metres=sums.metres,
        paid=sums.paid,
        driving=sums.driving,
        service=sums.service,
        waiting=sums.waiting,
        breaks=sums.breaks,
        overtime=sums.overtime,
        filled=per_cent(sums.filled),
    )


def per_cent(share: float | None) -> float | None:
    """Return a share as per cent with one decimal."""
    return None if share is None else round(100 * share, 1)


def _stops(opened: OpenDay, view: RoundView, route: Route, lang: str) -> Iterator[StopShown]:
    for stop, shown in zip(route.stops, view.stops, strict=True):
        yield _stop(opened, stop, shown, view.style.letter, lang)


def _stop(opened: OpenDay, stop: Stop, shown: StopView, letter: str, lang: str) -> StopShown:
    subject = opened.day.subjects.get(stop.request) if stop.request else None
    return StopShown(
        kind=stop.kind.value,
        what=say(shown.word, lang),
        name=f"{letter}{shown.number or ''}",
        number=shown.number,
        request=stop.request,
        client=subject.client.id if subject else None,
        label=short_name(shown.label) if subject else shown.label,
        place=shown.place,
        address=shown.address,
        settlement=shown.settlement,
        lat=shown.lat,
        lon=shown.lon,
        arrival=stop.arrival,
        begin=stop.start,
        end=stop.departure,
        waiting=stop.start - stop.arrival if shown.waits else 0,
        late=lateness(opened.day.problem, stop.step, stop.start) if stop.step else 0,
        is_return=shown.is_return,
        bring=list(shown.bring),
        remarks=list(shown.remarks),
        locks=list(locks_of(opened, stop.request)) if stop.request else [],
    )


def locks_of(opened: OpenDay, request: str) -> Collection[str]:
    """Return what the board holds of a request."""
    return [kind.value for kind in (LockKind.REQUEST, LockKind.TIME) if opened.is_locked(kind, request)]


def _legs(view: RoundView, route: Route) -> Iterator[LegShown]:
    drawn: Iterator[LegView] = iter(view.legs)
    for before, after in pairwise(route.stops):
        if before.place != after.place:
            leg = next(drawn)
            yield LegShown(
                kind=leg.kind.value,
                begin=before.departure,
                end=after.arrival,
                seconds=after.arrival - before.departure if after.kind is StopKind.LAND else after.travel,
                metres=after.metres,
                line=list(leg.line) or None,
            )
