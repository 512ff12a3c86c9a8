"""Locks that are not kept are named; a locked request that is left out breaks nothing."""

from dataclasses import replace

import pytest

from routing.problem import Break, SequenceLock, ShiftLock, Step, StepKind, TimeWindow
from routing.review.check import check
from routing.review.codes import ViolationCode
from tests.routing.review.tiny import ANU, FERRY, HOUR, MARI, MATRIX, MINUTE, Case, day, plan, ride, visit, walk

DAY = day(visits=(visit("v", "a"), visit("w", "b"), visit("x", "c")), shipments=(ride("r", "a", "b"),))
IN_ORDER = plan(walk(DAY).visit("v").visit("w").visit("x").ride("r").end())
OTHER_ORDER = plan(walk(DAY).visit("w").visit("v").visit("x").ride("r").end())
SPREAD = plan(walk(DAY).visit("v").visit("x").visit("w").ride("r").end())
MARI_SERVES = plan(walk(DAY).visit("v").visit("x").ride("r").end(), walk(DAY, "mari").visit("w").end())
THIRD = replace(MARI, id="third", worker="w-third", vehicle="car-1", earliest=16 * HOUR, latest=23 * HOUR)
CREW = day(visits=(visit("v", "a", crew=2),), shifts=(ANU, MARI, THIRD))
BOTH = plan(walk(CREW).visit("v").end(), walk(CREW, "mari").visit("v").end())
V, W = (Step(request=name, kind=StepKind.VISIT) for name in "vw")
PICKUP, DELIVERY = (Step(request="r", kind=kind) for kind in (StepKind.PICKUP, StepKind.DELIVERY))
TEA = Break(duration=15 * MINUTE, window=TimeWindow(earliest=8 * HOUR, latest=14 * HOUR))


def locked(*locks, problem=DAY):
    """Return the problem with these locks."""
    return replace(problem, locks=locks)


def in_order(*steps: Step, strict: bool = False):
    """Return the day with a sequence locked on Anu's shift."""
    return locked(SequenceLock(shift="anu", steps=steps, strict=strict))


CASES = [
    Case(
        name="a visit on another shift",
        code=ViolationCode.LOCK_SHIFT,
        problem=locked(ShiftLock(shift="anu", requests=("v", "w"))),
        sound=IN_ORDER,
        broken=MARI_SERVES,
    ),
    Case(
        name="a ride on another shift",
        code=ViolationCode.LOCK_SHIFT,
        problem=locked(ShiftLock(shift="anu", requests=("r",))),
        sound=IN_ORDER,
        under=locked(ShiftLock(shift="mari", requests=("r",))),
    ),
    Case(
        name="none of the crew on the shift",
        code=ViolationCode.LOCK_SHIFT,
        problem=locked(ShiftLock(shift="mari", requests=("v",)), problem=CREW),
        sound=BOTH,
        under=locked(ShiftLock(shift="third", requests=("v",)), problem=CREW),
    ),
    Case(
        name="a locked step on another shift",
        code=ViolationCode.LOCK_SHIFT,
        problem=in_order(V, W),
        sound=IN_ORDER,
        broken=MARI_SERVES,
    ),
    Case(
        name="the other way round",
        code=ViolationCode.LOCK_ORDER,
        problem=in_order(V, W),
        sound=SPREAD,
        broken=OTHER_ORDER,
    ),
    Case(
        name="rides count by their steps",
        code=ViolationCode.LOCK_ORDER,
        problem=in_order(W, PICKUP, DELIVERY),
        sound=IN_ORDER,
        under=in_order(PICKUP, W, DELIVERY),
    ),
    Case(
        name="something in between",
        code=ViolationCode.LOCK_STRICT,
        problem=in_order(V, W, strict=True),
        sound=IN_ORDER,
        broken=SPREAD,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_rule_is_named(case: Case):
    """A sound plan passes; broken in one way, it breaks one rule."""
    case.judge()


def test_a_break_may_interrupt_a_strict_sequence():
    """Strictly means nothing but a break in between."""
    problem = replace(in_order(V, W, strict=True), shifts=(replace(ANU, breaks=(TEA,)), MARI))
    paused = plan(walk(problem).visit("v").rest(15 * MINUTE, 9 * HOUR).visit("w").visit("x").ride("r").end())

    assert check(problem, MATRIX, paused) == ()


def test_a_ferry_may_interrupt_a_strict_sequence():
    """A crossing is the way between two stops, not something in between."""
    visits = (visit("v", "a"), visit("w", "isle"))
    lock = SequenceLock(shift="anu", steps=(V, W), strict=True)
    problem = day(visits=visits, crossings=(FERRY,), locks=(lock,))
    route = walk(problem).visit("v").sail("ferry", 10 * HOUR).visit("w").sail("ferry", 12 * HOUR)

    assert check(problem, MATRIX, plan(route.end())) == ()


@pytest.mark.parametrize(
    "problem", [in_order(V, W, strict=True), locked(ShiftLock(shift="mari", requests=("w",)))], ids=["order", "shift"]
)
def test_a_locked_request_may_be_left_out(problem):
    """Left out at great cost, but no rule is broken."""
    left_out = plan(walk(DAY).visit("v").visit("x").ride("r").end(), unassigned=("w",))

    assert check(problem, MATRIX, left_out) == ()
