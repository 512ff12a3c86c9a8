"""What a plan costs under a problem's objective, component by component."""

from __future__ import annotations

from dataclasses import dataclass, fields

from routing.matrix import Matrix
from routing.plan import Plan, Route, Stop
from routing.problem import Problem, Request, Step, StepKind, TimeWindow, Visit


@dataclass(frozen=True, kw_only=True)
class Cost:
    """The points of one plan, one field per weight of `routing.problem.Objective`."""

    unassigned: int = 0
    lateness: int = 0
    greatest_late: int = 0
    unfamiliar: int = 0
    not_preferred: int = 0
    changed: int = 0
    overtime: int = 0
    imbalance: int = 0
    waiting_aboard: int = 0
    distance: int = 0
    paid_time: int = 0
    shift_used: int = 0

    @property
    def total(self) -> int:
        """Return the sum of all components."""
        return sum(getattr(self, item.name) for item in fields(self))


def cost(problem: Problem, matrix: Matrix, plan: Plan) -> Cost:
    """Return the cost of `plan`, which must be sound (see `routing.review.check`)."""
    weigh = problem.objective
    late = [lateness(problem, step, served[0][1].start) for step, served in plan.stops_by_step.items()]
    overtime = sum(max(0, route.stops[-1].arrival - problem.shift_by_id[route.shift].latest) for route in plan.routes)
    strangers, unwished = _crew_wishes(problem, plan)
    return Cost(
        unassigned=sum(_left_out(problem, request) for request in plan.unassigned),
        lateness=_per_minute(weigh.late_minute, sum(late)),
        greatest_late=_per_minute(weigh.greatest_late_minute, max(late, default=0)),
        unfamiliar=weigh.unfamiliar * strangers,
        not_preferred=weigh.not_preferred * unwished,
        changed=_changes(problem, plan),
        overtime=_per_minute(weigh.overtime_minute, overtime),
        imbalance=_per_minute(weigh.imbalance_minute, imbalance(problem, plan)),
        waiting_aboard=_per_minute(weigh.waiting_aboard_minute, _detours(problem, matrix, plan)),
        distance=round(weigh.kilometre * plan.metres / 1000),
        paid_time=_per_minute(weigh.paid_minute, sum(route.work for route in plan.routes)),
        shift_used=weigh.shift_used * len(plan.routes),
    )


def windows_of(problem: Problem, step: Step) -> tuple[tuple[TimeWindow, ...], int]:
    """Return the windows in force for `step` and its allowed lateness; a `TimeLock` replaces both."""
    lock = problem.time_lock_by_step.get(step)
    if lock is not None:
        return (lock.window,), 0
    request = problem.request_by_id[step.request]
    if isinstance(request, Visit):
        return request.windows, request.max_lateness
    end = request.pickup if step.kind is StepKind.PICKUP else request.delivery
    return end.windows, end.max_lateness


def lateness(problem: Problem, step: Step, start: int) -> int:
    """Return by how many seconds `start` lies behind the last window of `step` that opened before it."""
    windows, _ = windows_of(problem, step)
    opened = [window for window in windows if window.earliest <= start]
    return max(0, start - max(window.latest for window in opened)) if opened else 0


def imbalance(problem: Problem, plan: Plan) -> int:
    """Return the seconds between the most and the least loaded shift, summed over the balance groups."""
    work: dict[str, list[int]] = {}
    for shift in problem.shifts:
        if shift.balance_group:
            route = plan.route_by_shift.get(shift.id)
            work.setdefault(shift.balance_group, []).append(route.work if route else 0)
    return sum(max(group) - min(group) for group in work.values())


def _per_minute(weight: int, seconds: int) -> int:
    return round(weight * seconds / 60)


def _left_out(problem: Problem, request: str) -> int:
    extra = problem.objective.locked if request in problem.locked_requests else 0
    return problem.objective.unassigned(problem.request_by_id[request].priority) + extra


def _first_stops(plan: Plan) -> list[tuple[str, Route, Stop]]:
    """Return (request, route, stop) once per crew member of each visit and once per ride, at its pickup."""
    kinds = (StepKind.VISIT, StepKind.PICKUP)
    return [
        (stop.step.request, route, stop)
        for route in plan.routes
        for stop in route.stops
        if stop.step is not None and stop.step.kind in kinds
    ]


def _crew_wishes(problem: Problem, plan: Plan) -> tuple[int, int]:
    strangers = unwished = 0
    for name, route, _ in _first_stops(plan):
        request: Request = problem.request_by_id[name]
        worker = problem.shift_by_id[route.shift].worker
        strangers += bool(request.regular) and worker not in request.regular
        unwished += bool(request.preferred) and worker not in request.preferred
    return strangers, unwished


def _changes(problem: Problem, plan: Plan) -> int:
    weigh = problem.objective
    served: dict[str, list[tuple[str, int]]] = {}
    for name, route, stop in _first_stops(plan):
        served.setdefault(name, []).append((problem.shift_by_id[route.shift].worker, stop.start))
    points = 0
    for promise in problem.promises:
        now = served.get(promise.request)
        if now is None:
            continue
        if promise.worker not in [worker for worker, _ in now]:
            points += weigh.changed_worker
        moved = max(0, abs(now[0][1] - promise.start) - weigh.free_change)
        points += _per_minute(weigh.changed_minute, moved)
    return points


def _detours(problem: Problem, matrix: Matrix, plan: Plan) -> int:
    seconds = 0
    for step, ((shift, dropped), *_) in plan.stops_by_step.items():
        if step.kind is StepKind.DELIVERY:
            _, boarded = plan.stops_by_step[Step(request=step.request, kind=StepKind.PICKUP)][0]
            profile = problem.vehicle_by_id[problem.shift_by_id[shift].vehicle].profile
            direct = matrix.travel(boarded.place, dropped.place, profile) or 0
            seconds += max(0, dropped.start - boarded.departure - direct)
    return seconds
