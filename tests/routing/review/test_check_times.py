"""Printed times that do not add up, and times that are not allowed, are named."""

from dataclasses import replace

import pytest

from routing.plan import StopKind
from routing.problem import Gap, Step, StepKind, TimeLock, TimeWindow
from routing.review.check import check
from routing.review.codes import ViolationCode
from tests.routing.review.tiny import ANU, HOUR, MARI, MATRIX, MINUTE, Case, day, edit, plan, ride, step, visit, walk

DAY = day(visits=(visit("v", "a"), visit("w", "b")))
SOUND = plan(walk(DAY).visit("v").visit("w").end())  # v 8:10–8:40, w 8:50–9:20, back 9:40
TWO = day(visits=(visit("v", "a", crew=2),))
CREW = plan(walk(TWO).visit("v", 9 * HOUR).end(), walk(TWO, "mari").visit("v", 9 * HOUR).end())
RIDE = day(shipments=(ride("r", "a", "clinic"),))
CARRIED = plan(walk(RIDE).ride("r").end())  # pickup 8:10–8:11, delivery 8:41
AT_V = Step(request="v", kind=StepKind.VISIT)


def window(earliest: float, latest: float) -> TimeWindow:
    """Return a window given in hours."""
    return TimeWindow(earliest=round(earliest * HOUR), latest=round(latest * HOUR))


def with_windows(*windows: TimeWindow, max_lateness: int = 0):
    """Return the day with other windows for visit v."""
    return replace(DAY, visits=(visit("v", "a", windows=windows, max_lateness=max_lateness), DAY.visits[1]))


def with_anu(**changes):
    """Return the day with another shift of Anu's."""
    return replace(DAY, shifts=(replace(ANU, **changes), MARI))


def with_gap(minimum: int, maximum: int | None):
    """Return the day with a gap from v to w; in the plan there are 10 minutes."""
    return replace(DAY, gaps=(Gap(first="v", second="w", minimum=minimum, maximum=maximum),))


def lock(earliest: float, latest: float):
    """Return the day with v, which has no window then, locked in time."""
    never = with_windows(window(20, 21))
    return replace(never, locks=(TimeLock(step=AT_V, window=window(earliest, latest)),))


EIGHT_TEN = 8 + 1 / 6
CASES = [
    Case(
        name="no road",
        code=ViolationCode.UNREACHABLE,
        problem=DAY,
        sound=SOUND,
        broken=edit(SOUND, 1, place="nowhere"),
        under=replace(DAY, visits=(visit("v", "nowhere"), DAY.visits[1])),
    ),
    Case(
        name="another vehicle's travel time",
        code=ViolationCode.TRAVEL_DIFFERS,
        problem=DAY,
        sound=SOUND,
        broken=edit(SOUND, 2, travel=10 * MINUTE + 1),
    ),
    Case(
        name="driving to the START",
        code=ViolationCode.TRAVEL_DIFFERS,
        problem=DAY,
        sound=SOUND,
        broken=edit(SOUND, 0, travel=1),
    ),
    Case(
        name="a kilometre too little",
        code=ViolationCode.METRES_DIFFER,
        problem=DAY,
        sound=SOUND,
        broken=edit(SOUND, 3, metres=19_000),
    ),
    Case(
        name="an arrival a second early",
        code=ViolationCode.ARRIVAL_DIFFERS,
        problem=DAY,
        sound=SOUND,
        broken=edit(SOUND, 2, arrival=SOUND.routes[0].stops[2].arrival - 1),
    ),
    Case(
        name="work before arrival",
        code=ViolationCode.BEGINS_BEFORE_ARRIVAL,
        problem=DAY,
        sound=SOUND,
        broken=edit(SOUND, 3, start=9 * HOUR, departure=9 * HOUR),
    ),
    Case(
        name="a visit cut short",
        code=ViolationCode.SERVICE_DIFFERS,
        problem=DAY,
        sound=SOUND,
        under=replace(DAY, visits=(visit("v", "a", duration=31 * MINUTE), DAY.visits[1])),
    ),
    Case(
        name="boarding cut short",
        code=ViolationCode.SERVICE_DIFFERS,
        problem=RIDE,
        sound=CARRIED,
        under=replace(RIDE, shipments=(ride("r", "a", "clinic", pickup=step("a", duration=5 * MINUTE)),)),
    ),
    Case(
        name="time spent at the START",
        code=ViolationCode.SERVICE_DIFFERS,
        problem=DAY,
        sound=SOUND,
        broken=edit(SOUND, 0, start=8 * HOUR - 1, arrival=8 * HOUR - 1),
    ),
    Case(
        name="before its window",
        code=ViolationCode.OUTSIDE_WINDOW,
        problem=with_windows(window(EIGHT_TEN, 9)),
        sound=SOUND,
        under=with_windows(TimeWindow(earliest=8 * HOUR + 10 * MINUTE + 1, latest=9 * HOUR)),
    ),
    Case(
        name="after its window",
        code=ViolationCode.OUTSIDE_WINDOW,
        problem=with_windows(window(7, EIGHT_TEN)),
        sound=SOUND,
        under=with_windows(TimeWindow(earliest=7 * HOUR, latest=8 * HOUR + 10 * MINUTE - 1)),
    ),
    Case(
        name="between its windows",
        code=ViolationCode.OUTSIDE_WINDOW,
        problem=with_windows(window(7, 8), window(EIGHT_TEN, 10)),
        sound=SOUND,
        under=with_windows(window(7, 8), window(9, 10)),
    ),
    Case(
        name="later than late",
        code=ViolationCode.OUTSIDE_WINDOW,
        problem=with_windows(window(7, 8), window(11, 12), max_lateness=10 * MINUTE),
        sound=SOUND,
        under=with_windows(window(7, 8), window(11, 12), max_lateness=10 * MINUTE - 1),
    ),
    Case(
        name="a delivery after its window",
        code=ViolationCode.OUTSIDE_WINDOW,
        problem=RIDE,
        sound=CARRIED,
        under=replace(RIDE, shipments=(ride("r", "a", "clinic", delivery=step("clinic", windows=(window(7, 8),))),)),
    ),
    Case(
        name="outside the locked time",
        code=ViolationCode.LOCK_TIME,
        problem=lock(EIGHT_TEN, EIGHT_TEN),
        sound=SOUND,
        under=lock(9, 10),
    ),
    Case(
        name="away before the shift",
        code=ViolationCode.LEAVES_EARLY,
        problem=DAY,
        sound=SOUND,
        under=with_anu(earliest=8 * HOUR + 1),
    ),
    Case(
        name="back after the overtime",
        code=ViolationCode.RETURNS_LATE,
        problem=with_anu(latest=9 * HOUR, overtime=40 * MINUTE),
        sound=SOUND,
        under=with_anu(latest=9 * HOUR, overtime=40 * MINUTE - 1),
    ),
    Case(
        name="away too long",
        code=ViolationCode.ROUTE_TOO_LONG,
        problem=with_anu(max_duration=100 * MINUTE),
        sound=SOUND,
        under=with_anu(max_duration=100 * MINUTE - 1),
    ),
    Case(
        name="a crew that begins apart",
        code=ViolationCode.CREW_BEGINS_APART,
        problem=TWO,
        sound=CREW,
        broken=plan(CREW.routes[0], walk(TWO, "mari").visit("v", 9 * HOUR + 1).end()),
    ),
    Case(
        name="too soon after",
        code=ViolationCode.GAP,
        problem=with_gap(10 * MINUTE, 10 * MINUTE),
        sound=SOUND,
        under=with_gap(10 * MINUTE + 1, None),
    ),
    Case(
        name="too long after",
        code=ViolationCode.GAP,
        problem=with_gap(0, None),
        sound=SOUND,
        under=with_gap(0, 10 * MINUTE - 1),
    ),
    Case(
        name="the wrong one first",
        code=ViolationCode.GAP,
        problem=with_gap(0, None),
        sound=SOUND,
        broken=plan(walk(DAY).visit("w").visit("v").end()),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_rule_is_named(case: Case):
    """A sound plan passes; broken in one way, it breaks one rule."""
    case.judge()


def test_the_vehicles_own_profile_counts():
    """The van is slower: the car's times are wrong for it at every stop that is driven to."""
    slow = replace(DAY, vehicles=(replace(DAY.vehicles[0], profile="van"), DAY.vehicles[1]))

    codes = [violation.code for violation in check(slow, MATRIX, SOUND)]

    assert codes == [ViolationCode.TRAVEL_DIFFERS] * 3 + [ViolationCode.ARRIVAL_DIFFERS] * 3
    assert check(slow, MATRIX, plan(walk(slow).visit("v").visit("w").end())) == ()


def test_a_profile_the_matrix_lacks_reaches_nothing():
    """A vehicle whose profile has no matrix cannot be driven anywhere."""
    odd = replace(DAY, vehicles=(replace(DAY.vehicles[0], profile="tractor"), DAY.vehicles[1]))

    assert {violation.code for violation in check(odd, MATRIX, SOUND)} == {ViolationCode.UNREACHABLE}


@pytest.mark.parametrize(("served", "left_out"), [("w", "v"), ("v", "w")])
def test_a_gap_asks_nothing_of_a_visit_left_out(served: str, left_out: str):
    """A gap holds where both visits are served."""
    alone = plan(walk(DAY).visit(served).end(), unassigned=(left_out,))

    assert check(with_gap(5 * HOUR, None), MATRIX, alone) == ()


def test_a_violation_says_where_and_what():
    """A violation carries shift, request, time, what was found and what was expected."""
    (violation,) = check(with_windows(window(9, 10)), MATRIX, SOUND)

    assert (violation.shift, violation.request, violation.at) == ("anu", "v", 8 * HOUR + 10 * MINUTE)
    assert (violation.found, violation.expected) == ("08:10", "09:00–10:00")
    assert violation.sentence("et") == "Tellimus v algab kell 08:10, kuid lubatud ajaaken on 09:00–10:00."
    assert violation.as_dict("en")["code"] == "check.outside-window"
    assert SOUND.routes[0].stops[1].kind is StopKind.VISIT
