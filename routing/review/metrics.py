"""Key figures of a plan, per shift and for the whole day: what a coordinator compares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean

from routing.cost import lateness
from routing.matrix import Matrix
from routing.plan import Plan, Route, Stop, StopKind
from routing.problem import Priority, Problem, Shift, Step, StepKind


@dataclass(frozen=True, kw_only=True)
class ShiftFigures:
    """What one shift does. Times are seconds, lengths metres.

    `paid` runs from leaving to return without breaks; `waiting` is what of it is neither driving, service nor sailing.
    `filled` is driving, sailing and service as a share of the shift's own length, 1.0 being full and more being
    overtime; it is None for a shift of no length.
    """

    shift: str
    worker: str
    visits: int = 0
    rides: int = 0
    metres: int = 0
    paid: int = 0
    driving: int = 0
    service: int = 0
    sailing: int = 0
    waiting: int = 0
    breaks: int = 0
    overtime: int = 0
    filled: float | None = None


@dataclass(frozen=True, kw_only=True)
class PlanFigures:
    """What a whole plan does. Times are seconds, lengths metres.

    `visits` and `rides` count requests, so a two-person visit counts once here and once per carer in `shifts`.
    `late` counts the stops that begin behind their window, `lateness` by how much together. `unfamiliar` counts the
    clients met by a carer outside their regular ones, where any is named. A ride's ratio is its ride time over the
    direct way; the two are None without a ride that has one.
    """

    shifts: tuple[ShiftFigures, ...]
    visits: int
    rides: int
    unassigned: Mapping[Priority, int]
    metres: int
    paid: int
    driving: int
    service: int
    waiting: int
    overtime: int
    filled: float | None
    late: int
    lateness: int
    unfamiliar: int
    mean_ride_ratio: float | None
    max_ride_ratio: float | None


def figures(problem: Problem, matrix: Matrix, plan: Plan) -> PlanFigures:
    """Return the key figures of `plan`, which must be sound (see `routing.review.check`); unused shifts count too."""
    shifts = tuple(_of_shift(shift, plan.route_by_shift.get(shift.id)) for shift in problem.shifts)
    delays = _delays(problem, plan)
    ratios = _ride_ratios(problem, matrix, plan)
    priorities = [problem.request_by_id[request].priority for request in plan.unassigned]
    return PlanFigures(
        shifts=shifts,
        visits=sum(step.kind is StepKind.VISIT for step in plan.stops_by_step),
        rides=sum(step.kind is StepKind.PICKUP for step in plan.stops_by_step),
        unassigned={priority: priorities.count(priority) for priority in Priority},
        metres=sum(item.metres for item in shifts),
        paid=sum(item.paid for item in shifts),
        driving=sum(item.driving for item in shifts),
        service=sum(item.service for item in shifts),
        waiting=sum(item.waiting for item in shifts),
        overtime=sum(item.overtime for item in shifts),
        filled=_share(sum(map(_busy, shifts)), sum(shift.latest - shift.earliest for shift in problem.shifts)),
        late=len(delays),
        lateness=sum(delays),
        unfamiliar=len(_met_by_strangers(problem, plan)),
        mean_ride_ratio=fmean(ratios) if ratios else None,
        max_ride_ratio=max(ratios, default=None),
    )


def _of_shift(shift: Shift, route: Route | None) -> ShiftFigures:
    if route is None:
        return ShiftFigures(shift=shift.id, worker=shift.worker, filled=_share(0, shift.latest - shift.earliest))
    kinds = [stop.kind for stop in route.stops]
    driving = sum(stop.travel for stop in route.stops)
    service = sum(stop.departure - stop.start for stop in route.stops if stop.kind in _SERVING)
    sailing = _sailing(route.stops)
    return ShiftFigures(
        shift=shift.id,
        worker=shift.worker,
        visits=kinds.count(StopKind.VISIT),
        rides=kinds.count(StopKind.PICKUP),
        metres=route.metres,
        paid=route.work,
        driving=driving,
        service=service,
        sailing=sailing,
        waiting=route.work - driving - service - sailing,
        breaks=route.break_time,
        overtime=max(0, route.stops[-1].arrival - shift.latest),
        filled=_share(driving + service + sailing, shift.latest - shift.earliest),
    )


_SERVING = (StopKind.VISIT, StopKind.PICKUP, StopKind.DELIVERY)


def _sailing(stops: Iterable[Stop]) -> int:
    boards = [stop.departure for stop in stops if stop.kind is StopKind.BOARD]
    lands = [stop.arrival for stop in stops if stop.kind is StopKind.LAND]
    return sum(lands) - sum(boards)


def _busy(item: ShiftFigures) -> int:
    return item.driving + item.service + item.sailing


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _delays(problem: Problem, plan: Plan) -> list[int]:
    found = (lateness(problem, step, served[0][1].start) for step, served in plan.stops_by_step.items())
    return [seconds for seconds in found if seconds]


def _met_by_strangers(problem: Problem, plan: Plan) -> set[str]:
    """Return the clients who are met by a worker outside their regular ones."""
    found = set()
    for step, served in plan.stops_by_step.items():
        request = problem.request_by_id[step.request]
        workers = {problem.shift_by_id[shift].worker for shift, _ in served}
        if request.regular and workers - request.regular:
            found.add(request.client)
    return found


def _ride_ratios(problem: Problem, matrix: Matrix, plan: Plan) -> list[float]:
    found = []
    for ride in problem.shipments:
        begin, end = (plan.stops_by_step.get(Step(request=ride.id, kind=kind)) for kind in _ENDS)
        if begin and end:
            profile = problem.vehicle_by_id[problem.shift_by_id[begin[0][0]].vehicle].profile
            direct = matrix.travel(ride.pickup.place, ride.delivery.place, profile)
            if direct:
                found.append((end[0][1].start - begin[0][1].departure) / direct)
    return found


_ENDS = (StepKind.PICKUP, StepKind.DELIVERY)
