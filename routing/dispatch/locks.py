"""From what a coordinator locks on the board to what the solver must keep, and what is left for it to touch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from routing.plan import Plan
from routing.problem import (
    Lock,
    Problem,
    Request,
    SequenceLock,
    Shift,
    ShiftLock,
    Step,
    StepKind,
    TimeLock,
    TimeWindow,
    Visit,
)

_OPEN = "unlocked round"
"""A skill that every shift has but those of locked rounds, and that everything not on such a round asks for."""


class LockKind(StrEnum):
    """What is locked on the board.

    REQUEST: who serves it; one that is not planned stays so. TIME: when it begins. WORKER: everything she does stays
    hers, more may come. ORDER: a round keeps its stops in order, others may come between. ROUND: a round keeps its
    stops in order, and nothing else comes on it; an unused one stays unused.
    """

    REQUEST = "request"
    TIME = "time"
    WORKER = "worker"
    ORDER = "order"
    ROUND = "round"


@dataclass(frozen=True, kw_only=True)
class BoardLock:
    """One lock: `subject` is the id of a request, of a worker, or of a shift (ORDER and ROUND)."""

    kind: LockKind
    subject: str


@dataclass(frozen=True, kw_only=True)
class Planning:
    """A day to plan again around what is locked.

    `problem` is to be solved from `initial`; `free` are the requests that may come to others or at other times, `timed`
    those of them whose time is kept, `held` all others. `shelved` are locked requests that stay unplanned: they are not
    in `problem`, `whole` puts them back.
    """

    problem: Problem
    initial: Plan
    free: frozenset[str]
    timed: frozenset[str]
    held: frozenset[str]
    shelved: tuple[str, ...] = ()

    def whole(self, plan: Plan) -> Plan:
        """Return a plan of `problem` as a plan of the day."""
        return replace(plan, unassigned=(*plan.unassigned, *self.shelved))


def planning(problem: Problem, plan: Plan, locks: Iterable[BoardLock]) -> Planning:
    """Return the day to plan again so that what `locks` name is kept as it is in `plan`.

    Locks of the problem itself stay. A lock on something that the day does not know, or on the time of a request that
    is not planned, holds nothing.
    """
    chosen = list(dict.fromkeys(locks))
    rounds = frozenset(lock.subject for lock in chosen if lock.kind is LockKind.ROUND)
    kept = tuple(dict.fromkeys(made for lock in chosen for made in _locks_of(problem, plan, lock)))
    held = _held(problem, kept) | _on(plan, rounds)
    shelved = _shelved(problem, plan, chosen)
    closed = _closed(replace(problem, locks=(*kept, *problem.locks)), _on(plan, rounds), rounds) if rounds else None
    changed = closed or replace(problem, locks=(*kept, *problem.locks))
    timed = frozenset(lock.step.request for lock in kept if isinstance(lock, TimeLock)) - held
    return Planning(
        problem=_shelve(changed, frozenset(shelved)),
        initial=replace(plan, unassigned=tuple(r for r in plan.unassigned if r not in shelved)),
        free=frozenset(problem.request_by_id) - held - frozenset(shelved),
        timed=timed,
        held=held | frozenset(shelved),
        shelved=shelved,
    )


def locked(problem: Problem, plan: Plan, locks: Iterable[BoardLock]) -> Problem:
    """Return the problem for moves by hand: what the board locks is kept, so that a move must unlock it first.

    Nothing keeps a move from adding to the beginning or the end of a locked round: `LockKind.ROUND` is for the caller
    to refuse there.
    """
    kept = (made for lock in dict.fromkeys(locks) for made in _locks_of(problem, plan, lock))
    return replace(problem, locks=(*dict.fromkeys(kept), *problem.locks))


def _locks_of(problem: Problem, plan: Plan, lock: BoardLock) -> Iterator[Lock]:
    """Yield what keeps one lock of the board."""
    match lock.kind:
        case LockKind.REQUEST:
            for shift in _homes(problem, plan, lock.subject):
                yield ShiftLock(shift=shift, requests=(lock.subject,))
        case LockKind.TIME:
            yield from _time_lock(problem, plan, lock.subject)
        case LockKind.WORKER:
            for own in (shift.id for shift in problem.shifts if shift.worker == lock.subject):
                requests = tuple(sorted(_on(plan, {own})))
                if requests:
                    yield ShiftLock(shift=own, requests=requests)
        case LockKind.ORDER | LockKind.ROUND:
            steps = _steps(plan, lock.subject)
            if steps:
                yield SequenceLock(shift=lock.subject, steps=steps, strict=lock.kind is LockKind.ROUND)


def _begin(problem: Problem, request: str) -> Step | None:
    asked = problem.request_by_id.get(request)
    if asked is None:
        return None
    return Step(request=request, kind=StepKind.VISIT if isinstance(asked, Visit) else StepKind.PICKUP)


def _homes(problem: Problem, plan: Plan, request: str) -> Sequence[str]:
    step = _begin(problem, request)
    return [shift for shift, _ in plan.stops_by_step.get(step, ())] if step else []


def _time_lock(problem: Problem, plan: Plan, request: str) -> Iterator[Lock]:
    step = _begin(problem, request)
    served = plan.stops_by_step.get(step, ()) if step else ()
    if step and served:
        start = served[0][1].start
        yield TimeLock(step=step, window=TimeWindow(earliest=start, latest=start))


def _steps(plan: Plan, shift: str) -> tuple[Step, ...]:
    route = plan.route_by_shift.get(shift)
    return tuple(stop.step for stop in route.stops if stop.step is not None) if route else ()


def _on(plan: Plan, shifts: Iterable[str]) -> frozenset[str]:
    return frozenset(step.request for shift in shifts for step in _steps(plan, shift))


def _held(problem: Problem, kept: Iterable[Lock]) -> frozenset[str]:
    bound = tuple(lock for lock in kept if not isinstance(lock, TimeLock))
    return replace(problem, locks=bound).locked_requests if bound else frozenset()


def _shelved(problem: Problem, plan: Plan, locks: Iterable[BoardLock]) -> tuple[str, ...]:
    """Return the locked requests that are not planned, each with the ride linked to it."""
    named = {lock.subject for lock in locks if lock.kind is LockKind.REQUEST and lock.subject in plan.unassigned}
    for name in list(named):
        link = problem.link_by_ride.get(name)
        named |= {link.outbound, link.inbound} if link else set()
    return tuple(request for request in plan.unassigned if request in named)


def _closed(problem: Problem, inside: frozenset[str], rounds: frozenset[str]) -> Problem:
    """Return the problem with nothing but what is `inside` allowed on the shifts of `rounds`."""

    def able(shift: Shift) -> Shift:
        return shift if shift.id in rounds else replace(shift, skills=shift.skills | {_OPEN})

    def asking(request: Request) -> Request:
        return request if request.id in inside else replace(request, skills=request.skills | {_OPEN})

    return replace(
        problem,
        shifts=tuple(map(able, problem.shifts)),
        visits=tuple(v for v in map(asking, problem.visits) if isinstance(v, Visit)),
        shipments=tuple(s for s in map(asking, problem.shipments) if not isinstance(s, Visit)),
    )


def _shelve(problem: Problem, gone: frozenset[str]) -> Problem:
    """Return the problem without some requests and whatever names them."""
    if not gone:
        return problem
    return replace(
        problem,
        visits=tuple(visit for visit in problem.visits if visit.id not in gone),
        shipments=tuple(ride for ride in problem.shipments if ride.id not in gone),
        links=tuple(link for link in problem.links if not gone & {link.outbound, link.inbound}),
        gaps=tuple(gap for gap in problem.gaps if not gone & {gap.first, gap.second}),
        locks=tuple(lock for lock in (_lock_without(lock, gone) for lock in problem.locks) if lock is not None),
        promises=tuple(promise for promise in problem.promises if promise.request not in gone),
    )


def _lock_without(lock: Lock, gone: frozenset[str]) -> Lock | None:
    match lock:
        case ShiftLock(requests=requests):
            left = tuple(request for request in requests if request not in gone)
            return replace(lock, requests=left) if left else None
        case SequenceLock(steps=steps):
            kept = tuple(step for step in steps if step.request not in gone)
            return replace(lock, steps=kept) if kept else None
        case TimeLock(step=step):
            return None if step.request in gone else lock
