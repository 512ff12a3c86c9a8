"""Ferries that do not sail, are missed, or are forgotten are named."""

from dataclasses import replace

import pytest

from routing.plan import StopKind
from routing.review.check import check
from routing.review.codes import ViolationCode
from tests.routing.review.tiny import (
    ANU,
    FERRY,
    HOUR,
    MARI,
    MATRIX,
    MINUTE,
    Case,
    day,
    edit,
    plan,
    visit,
    walk,
    with_stops,
)

DAY = day(visits=(visit("v", "isle"), visit("w", "a")), crossings=(FERRY,))
TRIP = walk(DAY).sail("ferry", 10 * HOUR).visit("v").sail("ferry", 12 * HOUR).visit("w").end()
SOUND = plan(TRIP)  # START, BOARD, LAND, v, BOARD, LAND, w, END
STOPS = list(TRIP.stops)
LOCAL = replace(MARI, start_place="landing", end_place="isle")


def with_ferry(**changes):
    """Return the day with another ferry."""
    return replace(DAY, crossings=(replace(FERRY, **changes),))


CASES = [
    Case(
        name="a ferry nobody knows",
        code=ViolationCode.UNKNOWN_CROSSING,
        problem=DAY,
        sound=SOUND,
        under=with_ferry(id="other"),
    ),
    Case(
        name="landing from another ferry",
        code=ViolationCode.CROSSING_BROKEN,
        problem=replace(DAY, crossings=(FERRY, replace(FERRY, id="second"))),
        sound=SOUND,
        broken=edit(SOUND, 2, crossing="second"),
    ),
    Case(
        name="the wrong harbour",
        code=ViolationCode.CROSSING_BROKEN,
        problem=DAY,
        sound=SOUND,
        under=with_ferry(mainland_harbour="clinic"),
    ),
    Case(
        name="a departure nobody offers",
        code=ViolationCode.NO_DEPARTURE,
        problem=DAY,
        sound=SOUND,
        under=with_ferry(outward=(9 * HOUR, 13 * HOUR)),
    ),
    Case(
        name="the outward time on the way home",
        code=ViolationCode.NO_DEPARTURE,
        problem=DAY,
        sound=SOUND,
        under=with_ferry(outward=(10 * HOUR, 12 * HOUR), homeward=(13 * HOUR,)),
    ),
    Case(
        name="no sailing today",
        code=ViolationCode.NO_DEPARTURE,
        problem=DAY,
        sound=SOUND,
        under=with_ferry(outward=(), homeward=(), no_sailing="ice"),
    ),
    Case(
        name="a minute late at the harbour",
        code=ViolationCode.BOARDING_SHORT,
        problem=with_ferry(boarding=56 * MINUTE),
        sound=SOUND,
        under=with_ferry(boarding=56 * MINUTE + 1),
    ),
    Case(
        name="a slower boat",
        code=ViolationCode.LANDING_DIFFERS,
        problem=DAY,
        sound=SOUND,
        under=with_ferry(duration=31 * MINUTE),
    ),
    Case(
        name="out twice",
        code=ViolationCode.CROSSING_REPEATED,
        problem=DAY,
        sound=SOUND,
        broken=plan(
            walk(DAY)
            .sail("ferry", 10 * HOUR)
            .visit("v")
            .sail("ferry", 12 * HOUR)
            .sail("ferry", 13 * HOUR)
            .sail("ferry", 14 * HOUR)
            .visit("w")
            .end()
        ),
    ),
    Case(
        name="driving over the water",
        code=ViolationCode.ISLAND_WITHOUT_FERRY,
        problem=replace(DAY, visits=(visit("v", "b"), visit("w", "a")), crossings=()),
        sound=plan(walk(day(visits=(visit("v", "b"), visit("w", "a")))).visit("v").visit("w").end()),
        under=replace(DAY, visits=(visit("v", "b"), visit("w", "a")), crossings=(replace(FERRY, island={"b"}),)),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_rule_is_named(case: Case):
    """A sound plan passes; broken in one way, it breaks one rule."""
    case.judge()


def test_an_islander_needs_no_ferry():
    """A shift that starts and ends on the island serves it."""
    problem = replace(DAY, shifts=(ANU, LOCAL))
    local = plan(walk(problem).visit("w").end(), walk(problem, "mari").visit("v").end())

    assert check(problem, MATRIX, local) == ()


def test_two_ferries_lead_to_one_island():
    """Out by one ferry and home by another is sound where both land on one island."""
    problem = replace(DAY, crossings=(FERRY, replace(FERRY, id="second", homeward=(12 * HOUR,), island=frozenset())))
    home = walk(problem).sail("ferry", 10 * HOUR).visit("v").sail("second", 12 * HOUR).visit("w").end()

    assert check(problem, MATRIX, plan(home)) == ()


@pytest.mark.parametrize("missing", [1, 2], ids=["no BOARD", "no LAND"])
def test_half_a_crossing_is_broken(missing: int):
    """BOARD without LAND, or LAND without BOARD, is named beside the leg nobody can drive."""
    half = with_stops(SOUND, STOPS[:missing] + STOPS[missing + 1 :])

    codes = {violation.code for violation in check(DAY, MATRIX, half)}

    assert ViolationCode.CROSSING_BROKEN in codes
    assert STOPS[missing].kind in (StopKind.BOARD, StopKind.LAND)


def test_a_boat_leaves_when_it_is_boarded():
    """BOARD's start and departure are both the boat's: a printed wait on board is no departure."""
    codes = {violation.code for violation in check(DAY, MATRIX, edit(SOUND, 1, start=10 * HOUR - 1))}

    assert codes == {ViolationCode.SERVICE_DIFFERS}
