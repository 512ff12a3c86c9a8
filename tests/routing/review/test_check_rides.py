"""Rides that last too long, share with the wrong people or lose their return are named."""

from dataclasses import replace

import pytest

from routing.problem import Load, Problem, RideLink, Waiting
from routing.review.check import check
from routing.review.codes import ViolationCode
from tests.routing.review.tiny import CAR, FERRY, HOUR, MATRIX, MINUTE, Case, day, plan, ride, step, visit, walk

RIDE = day(shipments=(ride("r", "a", "clinic"), ride("s", "b", "clinic", pickup=step("b", duration=30 * MINUTE))))
DETOUR = plan(  # aboard 60 minutes, the direct way takes 30
    walk(RIDE).pickup("r").pickup("s").delivery("r").delivery("s").end()
)
CALL = day(shipments=(ride("r", "a", "clinic"),), visits=(visit("v", "b"),))
TWO = day(shipments=(ride("r", "a", "clinic"), ride("s", "b", "clinic")))
POOLED = plan(walk(TWO).pickup("r").pickup("s").delivery("r").delivery("s").end())
AFTER = plan(walk(TWO).ride("r").ride("s").end())
THERE_AND_BACK = (ride("out", "a", "clinic"), ride("back", "clinic", "a"))
PAIR = day(shipments=THERE_AND_BACK, visits=(visit("v", "c"),))
WAITED = plan(walk(PAIR).ride("out").ride("back").end(), walk(PAIR, "mari").visit("v").end())
BETWEEN = plan(walk(PAIR).ride("out").visit("v").ride("back").end())
GUEST = replace(PAIR, shipments=(*THERE_AND_BACK, ride("s", "b", "a")))
CARRYING = plan(
    walk(GUEST).pickup("out").pickup("s").delivery("out").ride("back").delivery("s").visit("v").end(),
)
ISLAND = day(shipments=THERE_AND_BACK, visits=(visit("v", "isle"),), crossings=(FERRY,))
BY_FERRY = plan(
    walk(ISLAND).ride("out").sail("ferry", 10 * HOUR).visit("v").sail("ferry", 12 * HOUR).ride("back").end()
)


def limited(**changes):
    """Return the day with other limits for the ride."""
    return replace(RIDE, shipments=(replace(RIDE.shipments[0], **changes), RIDE.shipments[1]))


def loaded(first: Load, second: Load, *layouts: Load):
    """Return two riders with these loads and a vehicle with these layouts."""
    rides = (replace(TWO.shipments[0], load=first), replace(TWO.shipments[1], load=second))
    return replace(TWO, shipments=rides, vehicles=(replace(CAR, layouts=layouts), TWO.vehicles[1]))


def linked(problem=PAIR, **changes):
    """Return the problem with the two rides tied together."""
    return replace(problem, links=(RideLink(outbound="out", inbound="back", **changes),))


ONE, CHAIR = Load(seats=1), Load(wheelchairs=1)
BOXES = plan(walk(day(visits=(visit("v", "a"), visit("w", "b")))).visit("v").visit("w").end())


def brought(room: int | None) -> Problem:
    """Return a day of two visits that are brought five boxes together, in a car with room for so many."""
    return day(
        vehicles=(replace(CAR, goods=room), replace(CAR, id="car-2")),
        visits=(visit("v", "a", goods=3), visit("w", "b", goods=2)),
    )


CASES = [
    Case(
        name="left in the car during a visit",
        code=ViolationCode.VISIT_ABOARD,
        problem=CALL,
        sound=plan(walk(CALL).ride("r").visit("v").end()),
        broken=plan(walk(CALL).pickup("r").visit("v").delivery("r").end()),
    ),
    Case(
        name="over the absolute limit",
        code=ViolationCode.RIDE_TOO_LONG,
        problem=limited(max_ride=60 * MINUTE),
        sound=DETOUR,
        under=limited(max_ride=60 * MINUTE - 1),
    ),
    Case(
        name="over the share of the direct way",
        code=ViolationCode.RIDE_TOO_LONG,
        problem=limited(max_ride_percent=200),
        sound=DETOUR,
        under=limited(max_ride_percent=199),
    ),
    Case(
        name="within one limit, over the other",
        code=ViolationCode.RIDE_TOO_LONG,
        problem=limited(max_ride=2 * HOUR, max_ride_percent=200),
        sound=DETOUR,
        under=limited(max_ride=2 * HOUR, max_ride_percent=150),
    ),
    Case(
        name="one seat too few",
        code=ViolationCode.OVERLOADED,
        problem=loaded(ONE, ONE, Load(seats=2)),
        sound=POOLED,
        under=loaded(ONE, ONE, Load(seats=1)),
    ),
    Case(
        name="either a wheelchair or two seats, not both",
        code=ViolationCode.OVERLOADED,
        problem=loaded(ONE, CHAIR, Load(seats=2), Load(seats=1, wheelchairs=1)),
        sound=POOLED,
        under=loaded(ONE, CHAIR, Load(seats=2), Load(wheelchairs=1)),
    ),
    Case(
        name="a full vehicle is emptied before it is filled again",
        code=ViolationCode.OVERLOADED,
        problem=loaded(ONE, ONE, Load(seats=1)),
        sound=AFTER,
        broken=POOLED,
    ),
    Case(
        name="a stretcher is not a seat",
        code=ViolationCode.OVERLOADED,
        problem=loaded(ONE, Load(stretchers=1), Load(seats=1, stretchers=1)),
        sound=POOLED,
        under=loaded(ONE, Load(stretchers=1), Load(seats=4)),
    ),
    Case(
        name="one box more than the vehicle takes",
        code=ViolationCode.TOO_MANY_GOODS,
        problem=brought(5),
        sound=BOXES,
        under=brought(4),
    ),
    Case(
        name="company for one who rides alone",
        code=ViolationCode.NOT_ALONE,
        problem=replace(TWO, shipments=(replace(TWO.shipments[0], alone=True), TWO.shipments[1])),
        sound=AFTER,
        broken=POOLED,
    ),
    Case(
        name="joining one who rides alone",
        code=ViolationCode.NOT_ALONE,
        problem=TWO,
        sound=POOLED,
        under=replace(TWO, shipments=(TWO.shipments[0], replace(TWO.shipments[1], alone=True))),
    ),
    Case(
        name="two who are kept apart",
        code=ViolationCode.NOT_APART,
        problem=replace(TWO, apart=frozenset({frozenset({"r", "s"})})),
        sound=AFTER,
        broken=POOLED,
    ),
    Case(
        name="no return",
        code=ViolationCode.LINK_HALF,
        problem=linked(),
        sound=WAITED,
        broken=plan(walk(PAIR).ride("out").visit("v").end(), unassigned=("back",)),
    ),
    Case(
        name="no outbound ride",
        code=ViolationCode.LINK_HALF,
        problem=linked(),
        sound=WAITED,
        broken=plan(walk(PAIR).ride("back").visit("v").end(), unassigned=("out",)),
    ),
    Case(
        name="the return by another shift",
        code=ViolationCode.LINK_SHIFTS,
        problem=linked(same_shift=True),
        sound=BETWEEN,
        broken=plan(walk(PAIR).ride("out").end(), walk(PAIR, "mari", 9 * HOUR).ride("back").visit("v").end()),
    ),
    Case(
        name="a carer who stays cannot be two",
        code=ViolationCode.LINK_SHIFTS,
        problem=linked(waiting=Waiting.STAYS),
        sound=WAITED,
        broken=plan(
            walk(PAIR).ride("out").end(), walk(PAIR, "mari").visit("v").pickup("back", 10 * HOUR).delivery("back").end()
        ),
    ),
    Case(
        name="the return a second early",
        code=ViolationCode.STAY_TOO_SHORT,
        problem=linked(minimum_stay=30 * MINUTE),
        sound=plan(walk(PAIR).ride("out").pickup("back", 9 * HOUR + 12 * MINUTE).delivery("back").visit("v").end()),
        broken=plan(
            walk(PAIR).ride("out").pickup("back", 9 * HOUR + 12 * MINUTE - 1).delivery("back").visit("v").end()
        ),
    ),
    Case(
        name="the return before the outbound ride",
        code=ViolationCode.STAY_TOO_SHORT,
        problem=linked(),
        sound=WAITED,
        broken=plan(walk(PAIR).ride("back").ride("out").visit("v").end()),
    ),
    Case(
        name="a visit while the carer stays",
        code=ViolationCode.LEFT_CLIENT,
        problem=linked(waiting=Waiting.STAYS),
        sound=WAITED,
        broken=BETWEEN,
    ),
    Case(
        name="a visit too far away",
        code=ViolationCode.NOT_NEARBY,
        problem=linked(waiting=Waiting.NEARBY, nearby=10 * MINUTE),
        sound=BETWEEN,
        under=linked(waiting=Waiting.NEARBY, nearby=10 * MINUTE - 1),
    ),
    Case(
        name="a visit no road leads to from where the client waits",
        code=ViolationCode.NOT_NEARBY,
        problem=linked(ISLAND),
        sound=BY_FERRY,
        under=linked(ISLAND, waiting=Waiting.NEARBY, nearby=24 * HOUR),
    ),
    Case(
        name="another ride while a client waits",
        code=ViolationCode.NOT_NEARBY,
        problem=linked(GUEST, waiting=Waiting.NEARBY, nearby=2 * HOUR),
        sound=plan(walk(GUEST).ride("s").ride("out").visit("v").ride("back").end()),
        broken=plan(walk(GUEST).ride("out").ride("s").visit("v").ride("back").end()),
    ),
    Case(
        name="somebody aboard while the carer stays",
        code=ViolationCode.ABOARD_MEANWHILE,
        problem=linked(GUEST),
        sound=CARRYING,
        under=linked(GUEST, waiting=Waiting.STAYS),
    ),
    Case(
        name="somebody aboard while a client waits",
        code=ViolationCode.ABOARD_MEANWHILE,
        problem=linked(GUEST),
        sound=CARRYING,
        under=linked(GUEST, waiting=Waiting.NEARBY, nearby=2 * HOUR),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_rule_is_named(case: Case):
    """A sound plan passes; broken in one way, it breaks one rule."""
    case.judge()


def test_by_ferry_only_the_absolute_limit_holds():
    """Where no road joins the two ends, a share of the direct way means nothing."""
    loose = replace(RIDE.shipments[0], max_ride_percent=100)
    cut = {key: array.copy() for key, array in MATRIX.seconds.items()}
    cut["car"][MATRIX.index["a"], MATRIX.index["clinic"]] = -1

    assert check(limited(max_ride_percent=100), replace(MATRIX, seconds=cut), DETOUR) == ()
    assert check(replace(RIDE, shipments=(loose, RIDE.shipments[1])), MATRIX, DETOUR) != ()


def test_two_shifts_may_share_a_link_that_asks_for_nothing():
    """Out with one shift and back with another is sound where the link asks for no more than both rides."""
    parted = plan(walk(PAIR).ride("out").end(), walk(PAIR, "mari", 9 * HOUR).ride("back").visit("v").end())

    assert check(linked(), MATRIX, parted) == ()


@pytest.mark.parametrize("rides", [TWO.shipments, TWO.shipments[::-1]], ids=["as listed", "the other way round"])
def test_one_after_the_other_is_not_together(rides):
    """Whoever has left the car before the next one boards shares with nobody."""
    shy = replace(TWO, shipments=tuple(replace(item, alone=True) for item in rides))

    assert check(shy, MATRIX, AFTER) == ()
