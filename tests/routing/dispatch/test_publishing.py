"""What stands in the way of publishing is listed, blockers first."""

from dataclasses import replace

import pytest

from routing.dispatch.desk import Desk
from routing.dispatch.publishing import GateCode, may_publish, reasons_not_to_publish
from routing.plan import Plan
from routing.problem import Priority
from routing.review.labels import Labels
from tests.routing.dispatch.planned import planned
from tests.routing.review.tiny import MATRIX, day, visit

TWO = day(visits=(visit("x", "a"), visit("y", "nowhere", priority=Priority.C)))


def test_a_sound_plan_may_be_published():
    """Nothing stands in the way of a plan that is whole and up to date."""
    desk, plan = planned(day(visits=(visit("x", "a"),)))

    assert reasons_not_to_publish(desk, plan, made_from="one", records="one") == ()


def test_blockers_come_first():
    """A missing urgent visit, a broken rule, no vehicle, a carer who is away, old records: each of them blocks."""
    _, plan = planned(TWO)
    urgent = replace(TWO, visits=(visit("x", "a"), visit("y", "nowhere"), visit("z", "b", priority=Priority.A)))
    stops = [replace(stop, travel=stop.travel + 1) for stop in plan.routes[0].stops]
    broken = Plan(routes=(replace(plan.routes[0], stops=tuple(stops)),), unassigned=("y", "z"))

    found = reasons_not_to_publish(
        Desk(problem=urgent, matrix=MATRIX),
        broken,
        made_from="one",
        records="other",
        undriven={plan.routes[0].shift: GateCode.NO_VEHICLE, "gone": GateCode.AWAY},
    )

    blocking = {reason.code for reason in found if reason.blocks}
    assert blocking == {
        GateCode.VIOLATION,
        GateCode.TIME_CRITICAL,
        GateCode.NO_VEHICLE,
        GateCode.AWAY,
        GateCode.OUTDATED,
    }
    assert [reason.blocks for reason in found] == sorted((reason.blocks for reason in found), reverse=True)
    assert not may_publish(found)


@pytest.mark.parametrize(
    ("plan", "code", "blocks"),
    [
        (Plan(routes=(), unassigned=("x", "y")), GateCode.NOTHING_PLANNED, False),
        (Plan(routes=(), unassigned=("x", "y", "gone")), GateCode.UNKNOWN, True),
        (planned(TWO)[1], GateCode.LEFT_OUT, False),
    ],
)
def test_what_one_should_know(plan: Plan, code: GateCode, blocks: bool):
    """Less than a blocker is told all the same; what the day does not know blocks."""
    found = reasons_not_to_publish(Desk(problem=TWO, matrix=MATRIX), plan)

    assert code in {reason.code for reason in found if reason.blocks is blocks}
    for reason in found:
        for lang in ("et", "en"):
            assert reason.sentence(lang, Labels())
            assert reason.action(lang, Labels())


def test_warnings_are_counted():
    """Lateness, overtime and strangers are one reason with their number."""
    desk, plan = planned(day(visits=(visit("x", "a", regular=frozenset({"w-kati"})),)))

    (reason,) = reasons_not_to_publish(desk, plan)

    assert (reason.code, reason.blocks, reason.count) == (GateCode.FELT, False, 1)
    assert may_publish([reason])
