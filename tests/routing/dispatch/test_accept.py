"""Changes come in the smallest sets that stand on their own, and any of them can be accepted."""

from dataclasses import replace

import pytest

from routing.dispatch.accept import accept
from routing.dispatch.desk import Desk
from routing.dispatch.groups import GroupKind, changes
from routing.dispatch.move import move, reorder, shift_time, swap, unassign
from routing.errors import UsageError
from routing.plan import Plan
from routing.problem import RideLink
from routing.review.check import check
from tests.routing.dispatch.planned import order, planned, start
from tests.routing.review.tiny import HOUR, MATRIX, MINUTE, day, ride, visit
from tests.routing.solver.families import at, step_of

FOUR = day(
    visits=(
        visit("x", "a", regular=frozenset({"w-anu"})),
        visit("y", "c", regular=frozenset({"w-mari"})),
        visit("z", "b", windows=at((13, 15)), regular=frozenset({"w-anu"})),
        visit("w", "b", windows=at((14, 15)), regular=frozenset({"w-mari"})),
    )
)


def done(plan: Plan | None) -> Plan:
    """Return a plan that must be there."""
    assert plan is not None
    return plan


def test_nothing_changes():
    """A plan offers no groups to itself."""
    desk, plan = planned(FOUR)

    assert changes(desk, plan, plan) == ()
    assert accept(desk, plan, plan, []).plan == plan


@pytest.mark.parametrize(
    ("do", "expected"),
    [
        (lambda d, p: swap(d, p, "x", "y").plan, [(GroupKind.SWAPPED, {"x", "y"})]),
        (lambda d, p: move(d, p, "z", "mari").plan, [(GroupKind.MOVED, {"z"})]),
        (lambda d, p: unassign(d, p, "z").plan, [(GroupKind.DROPPED, {"z"})]),
        (lambda d, p: shift_time(d, p, "z", 14 * HOUR).plan, [(GroupKind.TIMES, {"x", "z"})]),
        (
            lambda d, p: unassign(d, done(move(d, p, "z", "mari").plan), "x").plan,
            [(GroupKind.DROPPED, {"x"}), (GroupKind.MOVED, {"z"})],
        ),
    ],
)
def test_groups_by_what_was_done(do, expected):
    """An exchange is one group; things that have nothing to do with each other are apart."""
    desk, plan = planned(FOUR)
    offered = done(do(desk, plan))

    found = [group for group in changes(desk, plan, offered) if group.changes]
    hands = [group for group in found if group.kind is not GroupKind.TIMES] or found

    assert [(group.kind, {change.request for change in group.changes}) for group in hands] == expected
    for group in changes(desk, plan, offered):
        taken = accept(desk, plan, offered, [group.id])
        assert taken.plan is not None
        assert check(FOUR, MATRIX, taken.plan) == ()


def test_a_return_comes_along():
    """A ride and its return are one group."""
    problem = day(
        shipments=(ride("out", "a", "clinic"), ride("back", "clinic", "a")),
        links=(RideLink(outbound="out", inbound="back", minimum_stay=HOUR),),
    )
    desk, plan = planned(problem)

    (group,) = (g for g in changes(desk, plan, done(unassign(desk, plan, "out").plan)) if g.changes)

    assert {change.request for change in group.changes} == {"out", "back"}


def test_one_of_two_moves():
    """What is accepted is as offered, the other request is where and when it was."""
    desk, plan = planned(FOUR)
    offered = done(move(desk, done(move(desk, plan, "x", "mari").plan), "z", "mari").plan)

    taken = done(accept(desk, plan, offered, ["z"]).plan)

    assert "z" in order(taken, "mari")
    assert "x" in order(taken, "anu")
    assert start(taken, "x") == start(plan, "x")


def test_another_order_is_a_group():
    """A round in another order is accepted as offered."""
    desk, plan = planned(day(visits=(visit("x", "a"), visit("y", "b"), visit("z", "c"))))
    shift = plan.routes[0].shift
    offered = done(reorder(desk, plan, shift, [step_of(name) for name in reversed(order(plan, shift))]).plan)

    assert [group.id for group in changes(desk, plan, offered)] == [f"times:{shift}"]
    assert accept(desk, plan, offered, [f"times:{shift}"]).plan == offered


def test_what_else_is_needed():
    """A newcomer that fits only where another one leaves says so."""
    narrow = at((9, 9.1))
    problem = day(
        visits=(
            visit("x", "a", windows=narrow, forbidden=frozenset({"w-mari"})),
            visit("y", "a", windows=narrow),
            visit("far", "c", windows=at((14, 15))),
        )
    )
    desk = Desk(problem=problem, matrix=MATRIX)
    base = done(move(desk, Plan(routes=(), unassigned=("x", "y", "far")), "y", "anu", begin=9 * HOUR).plan)
    moved = done(move(desk, base, "y", "mari").plan)
    offered = done(move(desk, done(move(desk, moved, "x", "anu").plan), "far", "mari").plan)

    alone = accept(desk, base, offered, ["x"])

    assert alone.plan is None
    assert alone.moved.violations
    assert alone.needs == ("y",)
    together = accept(desk, base, offered, ["x", "y"])
    assert together.plan is not None
    assert together.plan.unassigned == ("far",)


def test_an_offer_that_is_not_sound_is_not_accepted():
    """Accepting is judged like any move."""
    desk, plan = planned(day(visits=(visit("x", "a"),)))
    shift = plan.routes[0].shift
    late = [replace(stop, start=stop.start + MINUTE) if stop.request else stop for stop in plan.routes[0].stops]
    offered = replace(plan, routes=(replace(plan.routes[0], stops=tuple(late)),))

    found = accept(desk, plan, offered, [f"times:{shift}"])

    assert found.plan is None
    assert found.moved.violations


def test_an_unknown_group():
    """A name that no group has is refused with those there are."""
    desk, plan = planned(FOUR)

    with pytest.raises(UsageError, match="no group of changes is called z; there are none"):
        accept(desk, plan, plan, ["z"])
