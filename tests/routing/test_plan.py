"""A plan answers who serves what, how long and how far."""

import pytest

from routing.plan import Plan, StopKind
from routing.problem import Break, Step, StepKind, TimeWindow
from tests.routing.review.tiny import ANU, HOUR, MARI, MINUTE, day, plan, replace, ride, visit, walk

LUNCH = Break(duration=30 * MINUTE, window=TimeWindow(earliest=0, latest=12 * HOUR))
DAY = day(
    visits=(visit("v", "a", crew=2),),
    shipments=(ride("r", "b", "clinic"),),
    shifts=(replace(ANU, breaks=(LUNCH,)), MARI),
)
ANUS = walk(DAY).visit("v").rest(30 * MINUTE, 9 * HOUR).ride("r").end()
PLAN = plan(ANUS, walk(DAY, "mari").visit("v").end())


def test_a_route_adds_up():
    """Leaving to return, breaks, work and metres follow from the printed stops."""
    # 10 to a, 30 there, 20 idle, 30 of break, 10 to b, 1, 20 to the clinic, 1, 40 home
    assert ANUS.duration == 162 * MINUTE
    assert ANUS.break_time == 30 * MINUTE
    assert ANUS.work == 132 * MINUTE
    assert ANUS.metres == 80_000
    assert PLAN.metres == 80_000 + 20_000


def test_stops_are_found_by_step():
    """A visit is found once per carer, a ride once at each end, and a stop without a request never."""
    at_visit = PLAN.stops_by_step[Step(request="v", kind=StepKind.VISIT)]

    assert [shift for shift, _ in at_visit] == ["anu", "mari"]
    assert len(PLAN.stops_by_step) == 3
    assert [stop.kind for stop in ANUS.stops if stop.step is None] == [StopKind.START, StopKind.BREAK, StopKind.END]


def test_routes_are_found_by_shift():
    """Only shifts that are used have a route."""
    assert PLAN.route_by_shift["anu"] is ANUS
    with pytest.raises(KeyError):
        Plan(routes=(ANUS,)).route_by_shift["mari"]
