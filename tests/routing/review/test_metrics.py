"""Key figures, from plans small enough to count by hand and from random days."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from routing.plan import Plan
from routing.problem import Break, Priority, TimeWindow
from routing.review.metrics import figures
from tests.routing.review.tiny import ANU, FERRY, HOUR, MARI, MATRIX, MINUTE, day, plan, ride, visit, walk
from tests.strategies import days
from tests.trivial_planner import trivial_plan

LUNCH = Break(duration=30 * MINUTE, window=TimeWindow(earliest=0, latest=12 * HOUR))
UNTIL_EIGHT = (TimeWindow(earliest=0, latest=8 * HOUR),)
DAY = day(
    visits=(
        visit("v", "a", crew=2, regular=frozenset({"w-anu"}), windows=UNTIL_EIGHT, max_lateness=HOUR),
        visit("w", "b"),
        visit("x", "c", priority=Priority.A),
    ),
    shipments=(ride("r", "a", "clinic"), ride("s", "clinic", "a")),
    shifts=(replace(ANU, breaks=(LUNCH,), latest=11 * HOUR, overtime=2 * HOUR), MARI),
)
# Anu: v 8:10–8:40, break to 9:10, r from a 9:10–9:11, w at b 9:21–9:51, to the clinic 10:11–10:12, s to a 10:43, 10:54
ANUS = walk(DAY).visit("v").rest(30 * MINUTE, 8 * HOUR + 40 * MINUTE).pickup("r").visit("w").delivery("r").ride("s")
PLAN = plan(ANUS.end(), walk(DAY, "mari").visit("v").end(), unassigned=("x",))


def test_one_shift_is_counted():
    """Calls, kilometres and minutes of one round."""
    anu = figures(DAY, MATRIX, PLAN).shifts[0]

    assert (anu.shift, anu.worker, anu.visits, anu.rides) == ("anu", "w-anu", 2, 2)
    assert anu.metres == 80_000
    assert anu.driving == 80 * MINUTE
    assert anu.service == 64 * MINUTE
    assert (anu.paid, anu.breaks, anu.waiting, anu.overtime) == (144 * MINUTE, 30 * MINUTE, 0, 0)
    assert anu.filled == pytest.approx(144 / 180)


def test_the_day_is_counted():
    """A two-person visit is one visit, met by one stranger, late once."""
    whole = figures(DAY, MATRIX, PLAN)

    assert (whole.visits, whole.rides) == (2, 2)
    assert whole.unassigned == {Priority.A: 1, Priority.B: 0, Priority.C: 0}
    assert (whole.late, whole.lateness) == (1, 10 * MINUTE)
    assert whole.unfamiliar == 1
    assert whole.max_ride_ratio == pytest.approx(2)
    assert whole.mean_ride_ratio == pytest.approx(1.5)
    assert whole.paid == (144 + 50) * MINUTE
    assert whole.filled == pytest.approx((144 + 50) / (180 + 480))


def test_overtime_and_waiting_show():
    """Work behind the shift's end is overtime; standing still before a window is waiting."""
    short = replace(DAY, shifts=(replace(ANU, latest=9 * HOUR, overtime=3 * HOUR), MARI))
    late = walk(short).visit("w", 10 * HOUR).end()
    anu = figures(short, MATRIX, plan(late, unassigned=("v", "x", "r", "s"))).shifts[0]

    assert anu.overtime == 110 * MINUTE
    assert anu.waiting == 100 * MINUTE


def test_sailing_is_neither_driving_nor_waiting():
    """The time on the boat is counted apart; what is spent at the harbour is waiting."""
    island = day(visits=(visit("v", "isle"),), crossings=(FERRY,))
    trip = walk(island).sail("ferry", 10 * HOUR).visit("v").sail("ferry", 12 * HOUR).end()
    anu = figures(island, MATRIX, plan(trip)).shifts[0]

    assert anu.sailing == 60 * MINUTE
    assert anu.waiting == (70 + 56) * MINUTE  # 8:50 to 10:00 and 11:04 to 12:00


def test_an_empty_plan_has_figures():
    """Nothing served is a plan too: no rides, so no ratio."""
    whole = figures(DAY, MATRIX, Plan(routes=(), unassigned=("v", "w", "x", "r", "s")))

    assert (whole.visits, whole.rides, whole.metres, whole.filled) == (0, 0, 0, 0)
    assert whole.mean_ride_ratio is None
    assert len(whole.shifts) == len(DAY.shifts)


@settings(deadline=None, max_examples=40)
@given(days((1, 30)))
def test_time_is_neither_lost_nor_made(day):
    """On any day driving, service, sailing and waiting make up the paid time, and every request is counted."""
    problem, matrix = day
    answer = trivial_plan(problem, matrix)
    whole = figures(problem, matrix, answer)

    assert whole.visits + whole.rides + sum(whole.unassigned.values()) == len(problem.requests)
    for item in whole.shifts:
        assert item.driving + item.service + item.sailing + item.waiting == item.paid
        assert min(item.driving, item.service, item.sailing, item.waiting, item.overtime) >= 0
