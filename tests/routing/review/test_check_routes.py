"""Routes of the wrong shape are named."""

from dataclasses import replace

import pytest

from routing.plan import Plan, Route
from routing.review.codes import ViolationCode
from tests.routing.review.tiny import ANU, MATRIX, Case, check, day, edit, plan, ride, visit, walk, with_stops

DAY = day(visits=(visit("v", "a"),), shipments=(ride("r", "b", "clinic"),))
SOUND = plan(walk(DAY).visit("v").ride("r").end())
STOPS = list(SOUND.routes[0].stops)
EMPTY = walk(DAY, "mari").end()
ONLY = replace(DAY, visits=(), shipments=())
HOME = plan(walk(ONLY).end())
BRIEF = day(visits=(visit("v", "a", duration=0),))
START, END = HOME.routes[0].stops

CASES = [
    Case(
        name="a shift nobody knows",
        code=ViolationCode.UNKNOWN_SHIFT,
        problem=DAY,
        sound=SOUND,
        broken=replace(SOUND, routes=(*SOUND.routes, replace(EMPTY, shift="ghost"))),
    ),
    Case(
        name="two routes of one shift",
        code=ViolationCode.REPEATED_ROUTE,
        problem=DAY,
        sound=plan(walk(DAY).visit("v").end(), walk(DAY, "mari").ride("r").end()),
        broken=plan(walk(DAY).visit("v").end(), walk(DAY).ride("r").end()),
    ),
    Case(
        name="a route without stops",
        code=ViolationCode.ROUTE_ENDS,
        problem=DAY,
        sound=SOUND,
        broken=replace(SOUND, routes=(*SOUND.routes, Route(shift="mari", stops=()))),
    ),
    Case(
        name="no END",
        code=ViolationCode.ROUTE_ENDS,
        problem=DAY,
        sound=SOUND,
        broken=with_stops(SOUND, STOPS[:-1]),
    ),
    Case(
        name="no START",
        code=ViolationCode.ROUTE_ENDS,
        problem=ONLY,
        sound=HOME,
        broken=with_stops(HOME, [END, END]),
    ),
    Case(
        name="START in the middle",
        code=ViolationCode.ROUTE_ENDS,
        problem=ONLY,
        sound=HOME,
        broken=with_stops(HOME, [START, START, END]),
    ),
    Case(
        name="END in the middle",
        code=ViolationCode.ROUTE_ENDS,
        problem=ONLY,
        sound=HOME,
        broken=with_stops(HOME, [START, END, END]),
    ),
    Case(
        name="the wrong start place",
        code=ViolationCode.WRONG_BASE,
        problem=DAY,
        sound=SOUND,
        under=replace(DAY, shifts=(replace(ANU, start_place="a"), DAY.shifts[1])),
    ),
    Case(
        name="the wrong end place",
        code=ViolationCode.WRONG_BASE,
        problem=DAY,
        sound=SOUND,
        under=replace(DAY, shifts=(replace(ANU, end_place="a"), DAY.shifts[1])),
    ),
    Case(
        name="a request nobody knows, on a round",
        code=ViolationCode.UNKNOWN_REQUEST,
        problem=DAY,
        sound=SOUND,
        under=replace(DAY, visits=()),
    ),
    Case(
        name="a request nobody knows, left out",
        code=ViolationCode.UNKNOWN_REQUEST,
        problem=DAY,
        sound=SOUND,
        broken=replace(SOUND, unassigned=("ghost",)),
    ),
    Case(
        name="a place nobody knows",
        code=ViolationCode.UNKNOWN_PLACE,
        problem=DAY,
        sound=SOUND,
        broken=edit(SOUND, 1, place="ghost"),
    ),
    Case(
        name="a START that names a request",
        code=ViolationCode.WRONG_STOP,
        problem=DAY,
        sound=SOUND,
        broken=edit(SOUND, 0, request="v"),
    ),
    Case(
        name="a visit that names a ferry",
        code=ViolationCode.WRONG_STOP,
        problem=DAY,
        sound=SOUND,
        broken=edit(SOUND, 1, crossing="ghost"),
    ),
    Case(
        name="a visit of nothing",
        code=ViolationCode.WRONG_STOP,
        problem=BRIEF,
        sound=plan(walk(BRIEF).visit("v").end()),
        broken=edit(plan(walk(BRIEF).visit("v").end(), unassigned=("v",)), 1, request=None),
    ),
    Case(
        name="a stop away from its request",
        code=ViolationCode.WRONG_PLACE,
        problem=DAY,
        sound=SOUND,
        under=replace(DAY, visits=(visit("v", "c"),)),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_rule_is_named(case: Case):
    """A sound plan passes; broken in one way, it breaks one rule."""
    case.judge()


def test_a_stop_of_the_wrong_kind_serves_nothing():
    """A VISIT stop that names a ride is a wrong stop, and does not count as serving it."""
    broken = edit(plan(walk(DAY).visit("v").end(), unassigned=("r",)), 1, request="r")

    codes = {violation.code for violation in check(DAY, MATRIX, broken)}

    assert codes == {ViolationCode.WRONG_STOP, ViolationCode.NOT_SERVED}


def test_nothing_asked_nothing_answered():
    """A plan without routes is sound where nothing is asked."""
    assert check(ONLY, MATRIX, Plan(routes=())) == ()
