"""What is locked on the board is what the solver must keep, and nothing else is."""

from dataclasses import replace

import pytest

from routing.dispatch.locks import BoardLock, LockKind, Planning, planning
from routing.plan import Plan
from routing.problem import Problem, RideLink, SequenceLock, ShiftLock, TimeLock, TimeWindow
from routing.review.check import check
from routing.solver.budget import Budget
from routing.solver.solve import solve
from tests.routing.dispatch.planned import order, planned, start
from tests.routing.review.tiny import HOUR, MATRIX, day, ride, visit
from tests.routing.solver.families import at, step_of

QUICK = Budget(seconds=10, iterations=2)
TWO = day(
    visits=(
        visit("x", "a", regular=frozenset({"w-anu"})),
        visit("y", "b", regular=frozenset({"w-anu"})),
        visit("z", "c", forbidden=frozenset({"w-anu"})),
    )
)


def around(problem: Problem, plan: Plan, kind: LockKind, subject: str) -> Planning:
    """Return the day to plan around one lock."""
    return planning(problem, plan, [BoardLock(kind=kind, subject=subject)])


@pytest.mark.parametrize(
    ("kind", "subject", "held", "timed"),
    [
        (LockKind.REQUEST, "x", {"x"}, set()),
        (LockKind.TIME, "x", set(), {"x"}),
        (LockKind.WORKER, "w-anu", {"x", "y"}, set()),
        (LockKind.ORDER, "anu", {"x", "y"}, set()),
        (LockKind.ROUND, "anu", {"x", "y"}, set()),
        (LockKind.REQUEST, "gone", set(), set()),
        (LockKind.WORKER, "gone", set(), set()),
        (LockKind.ROUND, "gone", set(), set()),
    ],
)
def test_what_may_be_touched(kind: LockKind, subject: str, held: set[str], timed: set[str]):
    """Every request is free or held; one whose time is kept is free to change hands."""
    _, plan = planned(TWO)

    found = around(TWO, plan, kind, subject)

    assert found.held == held
    assert found.timed == timed
    assert found.free == {"x", "y", "z"} - held
    assert check(found.problem, MATRIX, found.initial) == ()


def test_the_locks_of_the_problem():
    """Each kind is told to the solver in the problem's own terms; those of the problem stay."""
    own = ShiftLock(shift="mari", requests=("z",))
    _, plan = planned(TWO)
    problem, begin = replace(TWO, locks=(own,)), start(plan, "x")
    steps = tuple(step_of(name) for name in order(plan, "anu"))

    assert around(problem, plan, LockKind.REQUEST, "x").problem.locks == (
        ShiftLock(shift="anu", requests=("x",)),
        own,
    )
    assert around(problem, plan, LockKind.TIME, "x").problem.locks == (
        TimeLock(step=step_of("x"), window=TimeWindow(earliest=begin, latest=begin)),
        own,
    )
    assert around(problem, plan, LockKind.WORKER, "w-anu").problem.locks == (
        ShiftLock(shift="anu", requests=("x", "y")),
        own,
    )
    assert around(problem, plan, LockKind.ORDER, "anu").problem.locks == (SequenceLock(shift="anu", steps=steps), own)
    assert around(problem, plan, LockKind.ROUND, "anu").problem.locks == (
        SequenceLock(shift="anu", steps=steps, strict=True),
        own,
    )


def test_nothing_comes_on_a_locked_round():
    """A request that only the locked round could serve is left out; a locked empty round stays empty."""
    problem = replace(TWO, visits=(*TWO.visits, visit("w", "a", forbidden=frozenset({"w-mari"}))))
    _, plan = planned(TWO)
    before = replace(plan, unassigned=("w",))

    closed = around(problem, before, LockKind.ROUND, "anu")
    open_ = around(problem, before, LockKind.ORDER, "anu")

    assert solve(closed.problem, MATRIX, budget=QUICK, initial=closed.initial).plan.unassigned == ("w",)
    assert solve(open_.problem, MATRIX, budget=QUICK, initial=open_.initial).plan.unassigned == ()
    empty = around(TWO, Plan(routes=(), unassigned=("x", "y", "z")), LockKind.ROUND, "anu")
    found = solve(empty.problem, MATRIX, budget=QUICK).plan
    assert [route.shift for route in found.routes] == ["mari"]


def test_a_locked_request_that_is_left_out_stays_so():
    """It is taken out of the day with the ride linked to it, and put back among those left out."""
    out, back = ride("out", "a", "clinic"), ride("back", "clinic", "a")
    problem = replace(
        TWO,
        shipments=(out, back),
        links=(RideLink(outbound="out", inbound="back"),),
        locks=(ShiftLock(shift="anu", requests=("out", "x")), TimeLock(step=step_of("z"), window=at((9, 12))[0])),
    )
    _, plan = planned(TWO)
    before = replace(plan, unassigned=("out", "back"))

    found = around(problem, before, LockKind.REQUEST, "back")
    whole = found.whole(solve(found.problem, MATRIX, budget=QUICK, initial=found.initial).plan)

    assert found.shelved == ("out", "back")
    assert found.problem.request_by_id.keys() == {"x", "y", "z"}
    assert found.problem.locks == (ShiftLock(shift="anu", requests=("x",)), problem.locks[1])
    assert set(whole.unassigned) == {"out", "back"}
    assert check(problem, MATRIX, whole) == ()


def test_a_crew_is_locked_whole():
    """All carers of a visit stay with it."""
    problem = day(visits=(visit("x", "a", crew=2), visit("y", "b", windows=at((14, 15)))))
    _, plan = planned(problem)

    found = around(problem, plan, LockKind.REQUEST, "x")

    assert set(found.problem.locks) == {ShiftLock(shift=shift, requests=("x",)) for shift in ("anu", "mari")}
    assert start(plan, "x") >= 8 * HOUR
