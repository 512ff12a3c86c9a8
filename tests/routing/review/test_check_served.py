"""Requests served in part, twice, by the wrong people, or lost are named."""

from dataclasses import replace

import pytest

from routing.plan import Plan
from routing.problem import Gap
from routing.review.codes import ViolationCode
from tests.routing.review.tiny import ANU, CAR, HOUR, MARI, Case, day, plan, ride, visit, walk

VISITS = day(visits=(visit("v", "a"), visit("w", "b")))
BOTH = plan(walk(VISITS).visit("v").end(), walk(VISITS, "mari").visit("w").end())
RIDE = day(shipments=(ride("r", "a", "clinic"),))
CARRIED = plan(walk(RIDE).ride("r").end())
TWO = day(visits=(visit("v", "a", crew=2),))
CREW = plan(walk(TWO).visit("v").end(), walk(TWO, "mari").visit("v").end())
SHORT = day(visits=(visit("v", "a", crew=2, duration=0),))


def one_stop(kind: str) -> Plan:
    """Return a plan with one end of the ride only."""
    return plan(getattr(walk(RIDE), kind)("r").end())


CASES = [
    Case(
        name="a visit lost",
        code=ViolationCode.NOT_SERVED,
        problem=VISITS,
        sound=BOTH,
        broken=plan(BOTH.routes[0]),
    ),
    Case(
        name="a ride lost",
        code=ViolationCode.NOT_SERVED,
        problem=RIDE,
        sound=CARRIED,
        broken=plan(),
    ),
    Case(
        name="served and left out",
        code=ViolationCode.SERVED_AND_UNASSIGNED,
        problem=VISITS,
        sound=BOTH,
        broken=replace(BOTH, unassigned=("v",)),
    ),
    Case(
        name="left out twice",
        code=ViolationCode.UNASSIGNED_TWICE,
        problem=VISITS,
        sound=plan(BOTH.routes[0], unassigned=("w",)),
        broken=plan(BOTH.routes[0], unassigned=("w", "w")),
    ),
    Case(
        name="a visit by two carers who are not asked for",
        code=ViolationCode.SERVED_TWICE,
        problem=VISITS,
        sound=BOTH,
        broken=plan(walk(VISITS).visit("v").end(), walk(VISITS, "mari").visit("v").visit("w").end()),
    ),
    Case(
        name="a ride made twice",
        code=ViolationCode.SERVED_TWICE,
        problem=RIDE,
        sound=CARRIED,
        broken=plan(walk(RIDE).ride("r").ride("r").end()),
    ),
    Case(
        name="a ride picked up twice",
        code=ViolationCode.SERVED_TWICE,
        problem=RIDE,
        sound=CARRIED,
        broken=plan(walk(RIDE).pickup("r").pickup("r").delivery("r").end()),
    ),
    Case(
        name="half a crew",
        code=ViolationCode.CREW_INCOMPLETE,
        problem=TWO,
        sound=CREW,
        broken=plan(CREW.routes[0]),
    ),
    Case(
        name="a crew of one person, counted twice",
        code=ViolationCode.CREW_NOT_DISTINCT,
        problem=SHORT,
        sound=plan(walk(SHORT).visit("v").end(), walk(SHORT, "mari").visit("v").end()),
        broken=plan(walk(SHORT).visit("v", 9 * HOUR).visit("v", 9 * HOUR).end()),
    ),
    Case(
        name="a pickup without delivery",
        code=ViolationCode.HALF_RIDE,
        problem=RIDE,
        sound=CARRIED,
        broken=one_stop("pickup"),
    ),
    Case(
        name="a delivery without pickup",
        code=ViolationCode.HALF_RIDE,
        problem=RIDE,
        sound=CARRIED,
        broken=one_stop("delivery"),
    ),
    Case(
        name="a ride on two shifts",
        code=ViolationCode.SPLIT_RIDE,
        problem=RIDE,
        sound=CARRIED,
        broken=plan(walk(RIDE).pickup("r").end(), walk(RIDE, "mari").delivery("r").end()),
    ),
    Case(
        name="a delivery before its pickup",
        code=ViolationCode.RIDE_REVERSED,
        problem=RIDE,
        sound=CARRIED,
        broken=plan(walk(RIDE).delivery("r").pickup("r").end()),
    ),
    Case(
        name="a visit without the skill",
        code=ViolationCode.LACKS_SKILL,
        problem=VISITS,
        sound=BOTH,
        under=replace(VISITS, visits=(visit("v", "a", skills=frozenset({"medication"})), visit("w", "b"))),
    ),
    Case(
        name="a ride without the lift",
        code=ViolationCode.LACKS_SKILL,
        problem=replace(
            RIDE,
            shipments=(ride("r", "a", "clinic", skills=frozenset({"lift"})),),
            vehicles=(replace(CAR, equipment=frozenset({"lift"})), RIDE.vehicles[1]),
        ),
        sound=CARRIED,
        under=replace(RIDE, shipments=(ride("r", "a", "clinic", skills=frozenset({"lift"})),)),
    ),
    Case(
        name="one of a crew without the skill",
        code=ViolationCode.LACKS_SKILL,
        problem=TWO,
        sound=CREW,
        under=replace(
            TWO,
            visits=(visit("v", "a", crew=2, skills=frozenset({"lifting"})),),
            shifts=(replace(ANU, skills=frozenset({"lifting"})), MARI),
        ),
    ),
    Case(
        name="a forbidden carer",
        code=ViolationCode.FORBIDDEN_WORKER,
        problem=VISITS,
        sound=BOTH,
        under=replace(VISITS, visits=(visit("v", "a", forbidden=frozenset({"w-anu"})), visit("w", "b"))),
    ),
    Case(
        name="a forbidden driver",
        code=ViolationCode.FORBIDDEN_WORKER,
        problem=RIDE,
        sound=CARRIED,
        under=replace(RIDE, shipments=(ride("r", "a", "clinic", forbidden=frozenset({"w-anu"})),)),
    ),
    Case(
        name="one carer for both visits of a pair",
        code=ViolationCode.SAME_CARER,
        problem=replace(VISITS, gaps=(Gap(first="v", second="w", two_carers=True),)),
        sound=plan(walk(VISITS).visit("v").end(), walk(VISITS, "mari").visit("w", 9 * HOUR).end()),
        broken=plan(walk(VISITS).visit("v").visit("w").end()),
    ),
    Case(
        name="one carer for both visits of a pair, on two shifts of hers",
        code=ViolationCode.SAME_CARER,
        problem=replace(VISITS, gaps=(Gap(first="v", second="w"),), shifts=(ANU, replace(MARI, worker="w-anu"))),
        sound=plan(walk(VISITS).visit("v").end(), walk(VISITS, "mari", 10 * HOUR).visit("w").end()),
        under=replace(
            VISITS,
            gaps=(Gap(first="v", second="w", two_carers=True),),
            shifts=(ANU, replace(MARI, worker="w-anu")),
        ),
    ),
    Case(
        name="a worker on two rounds at once",
        code=ViolationCode.WORKER_TWICE,
        problem=VISITS,
        sound=BOTH,
        under=replace(VISITS, shifts=(ANU, replace(MARI, worker="w-anu"))),
    ),
    Case(
        name="a car on two rounds at once",
        code=ViolationCode.VEHICLE_TWICE,
        problem=VISITS,
        sound=BOTH,
        under=replace(VISITS, shifts=(ANU, replace(MARI, vehicle="car-1"))),
    ),
    Case(
        name="one second of overlap, where none was",
        code=ViolationCode.WORKER_TWICE,
        problem=replace(VISITS, shifts=(ANU, replace(MARI, worker="w-anu"))),
        sound=plan(BOTH.routes[0], walk(VISITS, "mari", BOTH.routes[0].stops[-1].arrival).visit("w").end()),
        broken=plan(BOTH.routes[0], walk(VISITS, "mari", BOTH.routes[0].stops[-1].arrival - 1).visit("w").end()),
    ),
    Case(
        name="one second of overlap, the later round listed first",
        code=ViolationCode.WORKER_TWICE,
        problem=replace(VISITS, shifts=(ANU, replace(MARI, worker="w-anu"))),
        sound=plan(walk(VISITS, "mari", BOTH.routes[0].stops[-1].arrival).visit("w").end(), BOTH.routes[0]),
        broken=plan(walk(VISITS, "mari", BOTH.routes[0].stops[-1].arrival - 1).visit("w").end(), BOTH.routes[0]),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_rule_is_named(case: Case):
    """A sound plan passes; broken in one way, it breaks one rule."""
    case.judge()
