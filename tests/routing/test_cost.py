"""Each weight of the objective counts what it says, and nothing else."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from routing.cost import Cost, cost, imbalance, lateness, windows_of
from routing.plan import Plan
from routing.problem import (
    Break,
    Objective,
    Priority,
    Problem,
    Promise,
    ShiftLock,
    Step,
    StepKind,
    TimeLock,
    TimeWindow,
)
from tests.routing.review.tiny import ANU, HOUR, MARI, MATRIX, MINUTE, day, plan, ride, step, visit, walk
from tests.strategies import days
from tests.trivial_planner import trivial_plan

DAY = day(visits=(visit("v", "a"), visit("w", "b")))
BOTH = plan(walk(DAY).visit("v").visit("w").end())  # v 8:10–8:40, w 8:50–9:20, back 9:40: 100 minutes, 40 km
ONE = plan(walk(DAY).visit("v").end(), unassigned=("w",))
RIDE = day(shipments=(ride("r", "a", "clinic"),), visits=(visit("v", "b"),))
DETOUR = plan(walk(RIDE).pickup("r").visit("v").delivery("r").end())  # 60 minutes aboard instead of 30
CREW = day(visits=(visit("v", "a", crew=2, regular=frozenset({"w-anu"}), preferred=frozenset({"w-anu"})),))
TOGETHER = plan(walk(CREW).visit("v").end(), walk(CREW, "mari").visit("v").end())
LUNCH = Break(duration=30 * MINUTE, window=TimeWindow(earliest=0, latest=12 * HOUR))
AT_V = Step(request="v", kind=StepKind.VISIT)


def with_v(**changes) -> Problem:
    """Return the day with visit v changed."""
    return replace(DAY, visits=(replace(DAY.visits[0], **changes), DAY.visits[1]))


def promised(worker: str, start: int, request: str = "v") -> Problem:
    """Return the day with one promise."""
    return replace(DAY, promises=(Promise(request=request, worker=worker, start=start),))


V_AT = 8 * HOUR + 10 * MINUTE
UNTIL_EIGHT = (TimeWindow(earliest=0, latest=8 * HOUR),)
LATE = day(
    visits=(
        visit("v", "a", windows=UNTIL_EIGHT, max_lateness=HOUR),
        visit("w", "b", windows=UNTIL_EIGHT, max_lateness=HOUR),
    )
)
CASES = [
    ("nothing to pay for", DAY, BOTH, "unassigned", 0),
    ("one left out", with_v(), ONE, "unassigned", 1_000_000),
    (
        "the important one left out",
        replace(DAY, visits=(DAY.visits[0], visit("w", "b", priority=Priority.A))),
        ONE,
        "unassigned",
        10_000_000,
    ),
    (
        "a locked one left out",
        replace(DAY, locks=(ShiftLock(shift="anu", requests=("w",)),)),
        ONE,
        "unassigned",
        101_000_000,
    ),
    ("ten minutes late", with_v(windows=UNTIL_EIGHT, max_lateness=HOUR), BOTH, "lateness", 3000),
    (
        "a late crew is late once",
        day(visits=(visit("v", "a", crew=2, windows=UNTIL_EIGHT, max_lateness=HOUR),)),
        TOGETHER,
        "lateness",
        3000,
    ),
    ("ten minutes late, not weighed as the greatest", LATE, BOTH, "greatest_late", 0),
    ("the later of two", replace(LATE, objective=Objective(greatest_late_minute=7)), BOTH, "greatest_late", 350),
    ("on time", replace(DAY, objective=Objective(greatest_late_minute=7)), BOTH, "greatest_late", 0),
    ("known by nobody", with_v(), BOTH, "unfamiliar", 0),
    ("a strange carer", with_v(regular=frozenset({"w-mari"})), BOTH, "unfamiliar", 1500),
    ("one stranger of two", CREW, TOGETHER, "unfamiliar", 1500),
    ("not the one she asks for", with_v(preferred=frozenset({"w-mari"})), BOTH, "not_preferred", 800),
    ("one of two is not", CREW, TOGETHER, "not_preferred", 800),
    (
        "a stranger drives: once for both ends",
        replace(RIDE, shipments=(ride("r", "a", "clinic", regular=frozenset({"w-mari"})),)),
        DETOUR,
        "unfamiliar",
        1500,
    ),
    ("as promised", promised("w-anu", V_AT), BOTH, "changed", 0),
    ("another carer than promised", promised("w-mari", V_AT), BOTH, "changed", 3000),
    ("ten minutes earlier is nothing", promised("w-anu", V_AT + 10 * MINUTE), BOTH, "changed", 0),
    ("twelve minutes later than promised", promised("w-anu", V_AT - 12 * MINUTE), BOTH, "changed", 120),
    ("promised and left out", promised("w-anu", V_AT, "w"), ONE, "changed", 0),
    ("leaving home costs nothing", DAY, BOTH, "shift_used", 0),
    ("one shift leaves home", replace(DAY, objective=Objective(shift_used=7000)), BOTH, "shift_used", 7000),
    ("two shifts leave home", replace(CREW, objective=Objective(shift_used=7000)), TOGETHER, "shift_used", 14_000),
    ("within hours", DAY, BOTH, "overtime", 0),
    ("forty minutes of overtime", replace(DAY, shifts=(replace(ANU, latest=9 * HOUR), MARI)), BOTH, "overtime", 4000),
    (
        "all the work on one of two",
        replace(DAY, shifts=(replace(ANU, balance_group="g"), replace(MARI, balance_group="g"))),
        BOTH,
        "imbalance",
        500,
    ),
    ("a group of one", replace(DAY, shifts=(replace(ANU, balance_group="g"), MARI)), BOTH, "imbalance", 0),
    ("half an hour aboard for nothing", RIDE, DETOUR, "waiting_aboard", 750),
    ("the straight way", RIDE, plan(walk(RIDE).ride("r").visit("v").end()), "waiting_aboard", 0),
    ("forty kilometres", DAY, BOTH, "distance", 1200),
    ("a hundred minutes", DAY, BOTH, "paid_time", 2000),
    (
        "a break is not paid",
        replace(DAY, shifts=(replace(ANU, breaks=(LUNCH,)), MARI)),
        plan(walk(DAY).visit("v").rest(30 * MINUTE, 8 * HOUR + 40 * MINUTE).visit("w").end()),
        "paid_time",
        2000,
    ),
]


@pytest.mark.parametrize(
    ("problem", "answer", "part", "points"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_a_weight_counts_what_it_says(problem: Problem, answer: Plan, part: str, points: int):
    """One component of the cost, from a plan small enough to count by hand."""
    assert getattr(cost(problem, MATRIX, answer), part) == points


@pytest.mark.parametrize("weight", [name for name in Objective.__dataclass_fields__ if name != "free_change"])
def test_no_weight_pays_for_another(weight: str):
    """Doubling one weight never lowers any part of the cost, and moves one part at most."""
    problem, matrix = RIDE, MATRIX
    before = cost(problem, matrix, DETOUR)
    heavier = replace(problem.objective, **{weight: 2 * getattr(problem.objective, weight)})
    after = cost(replace(problem, objective=heavier), matrix, DETOUR)

    moved = [name for name in Cost.__dataclass_fields__ if getattr(before, name) != getattr(after, name)]
    assert len(moved) <= 1
    assert after.total >= before.total


@settings(deadline=None, max_examples=40)
@given(days((1, 30)))
def test_the_total_is_the_sum_of_its_parts(day):
    """On any day nothing is negative, and leaving everything out costs at least as much per request as its weight."""
    problem, matrix = day
    found = cost(problem, matrix, trivial_plan(problem, matrix))
    nothing = cost(problem, matrix, Plan(routes=(), unassigned=tuple(item.id for item in problem.requests)))

    parts = [getattr(found, name) for name in Cost.__dataclass_fields__]
    assert min(parts) >= 0
    assert found.total == sum(parts)
    assert (
        nothing.total
        == nothing.unassigned
        >= sum(problem.objective.unassigned(item.priority) for item in problem.requests)
    )


@pytest.mark.parametrize(
    ("start", "expected"), [(50, 0), (100, 0), (200, 0), (201, 1), (299, 99), (300, 0), (400, 0), (410, 10)]
)
def test_lateness_is_counted_from_the_window_before(start: int, expected: int):
    """Late is what lies behind the last window that had opened; a start before every window is not late."""
    windows = (TimeWindow(earliest=100, latest=200), TimeWindow(earliest=300, latest=400))

    assert lateness(with_v(windows=windows, max_lateness=1000), AT_V, start) == expected


def test_a_time_lock_replaces_windows_and_lateness():
    """Whatever a step's own windows say, the lock's one counts."""
    own = with_v(max_lateness=900)
    lock = TimeLock(step=AT_V, window=TimeWindow(earliest=1, latest=2))

    assert windows_of(own, AT_V) == (own.visits[0].windows, 900)
    assert windows_of(replace(own, locks=(lock,)), AT_V) == ((lock.window,), 0)


def test_each_end_of_a_ride_has_its_own_windows():
    """Pickup and delivery are looked up apart."""
    late = step("clinic", windows=UNTIL_EIGHT, max_lateness=7)
    problem = replace(RIDE, shipments=(ride("r", "a", "clinic", delivery=late),))

    assert windows_of(problem, Step(request="r", kind=StepKind.DELIVERY)) == (UNTIL_EIGHT, 7)
    assert windows_of(problem, Step(request="r", kind=StepKind.PICKUP))[1] == 0


def test_an_idle_shift_counts_in_its_group():
    """A shift without a route carries no work, which is unfair as well."""
    problem = replace(DAY, shifts=(replace(ANU, balance_group="g"), replace(MARI, balance_group="g")))

    assert imbalance(problem, BOTH) == 100 * MINUTE
