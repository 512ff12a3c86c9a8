"""A plan is taken over into a day that has changed, and what can stay stays."""

from dataclasses import replace

import pytest

from routing.dispatch.adopt import adopt
from routing.dispatch.desk import Desk
from routing.dispatch.move import move
from routing.dispatch.publishing import GateCode, reasons_not_to_publish
from routing.problem import Problem, RideLink
from routing.review.check import check
from tests.days import random_day
from tests.routing.dispatch.planned import order, planned, start
from tests.routing.review.tiny import HOUR, MARI, MATRIX, MINUTE, day, ride, visit
from tests.routing.solver.families import at

X = visit("x", "a", windows=at((9, 10)), regular=frozenset({"w-anu"}))
Y = visit("y", "b", windows=at((11, 12)), regular=frozenset({"w-anu"}))
Z = visit("z", "c", forbidden=frozenset({"w-anu"}))
BEFORE = day(visits=(X, Y, Z, visit("both", "a", crew=2, windows=at((14, 15)))))


@pytest.mark.parametrize(
    ("after", "gone"),
    [
        (BEFORE, set()),
        (replace(BEFORE, shifts=(MARI,)), {"x", "y", "both"}),
        (replace(BEFORE, visits=(X, *BEFORE.visits[2:])), set()),
        (replace(BEFORE, visits=(*BEFORE.visits, visit("new", "a"))), {"new"}),
        (replace(BEFORE, visits=(replace(X, duration=100 * MINUTE), *BEFORE.visits[1:])), set()),
        (replace(BEFORE, visits=(replace(X, windows=at((10, 10.5))), *BEFORE.visits[1:])), set()),
    ],
)
def test_what_changed_is_mended(after: Problem, gone: set[str]):
    """The adopted plan is sound; only what cannot be served any more is left out."""
    _, plan = planned(BEFORE)

    found = adopt(Desk(problem=after, matrix=MATRIX), plan)

    assert check(after, MATRIX, found) == ()
    assert set(found.unassigned) == gone
    for shift in ("anu", "mari"):
        kept = set(order(found, shift))
        assert order(found, shift) == [name for name in order(plan, shift) if name in kept]
    assert after is not BEFORE or found == plan


def test_a_return_without_its_outbound_ride():
    """A ride that is gone takes the one linked to it off the plan."""
    out, back = ride("out", "a", "clinic"), ride("back", "clinic", "a")
    problem = day(shipments=(out, back), links=(RideLink(outbound="out", inbound="back", minimum_stay=HOUR),))
    _, plan = planned(problem)
    far = replace(
        problem, shipments=(replace(out, id="other"), back), links=(RideLink(outbound="other", inbound="back"),)
    )

    assert set(adopt(Desk(problem=far, matrix=MATRIX), plan).unassigned) == {"other", "back"}


def test_what_no_times_can_mend_stays():
    """A visit whose window is out of reach stays where it is, named by the check, and the plan is not published."""
    _, plan = planned(BEFORE)
    after = replace(BEFORE, visits=(replace(X, windows=at((3, 4))), *BEFORE.visits[1:]))
    desk = Desk(problem=after, matrix=MATRIX)

    found = adopt(desk, plan)

    assert "x" in order(found, "anu")
    assert GateCode.VIOLATION in {reason.code for reason in reasons_not_to_publish(desk, found)}
    assert move(desk, found, "z", "mari", begin=start(found, "z")).plan is not None


@pytest.mark.parametrize("seed", range(6))
def test_random_absences(seed: int):
    """Without its first shift a random day keeps what the other shifts do, soundly."""
    problem, matrix = random_day(seed, 16)
    _, plan = planned(problem, matrix)
    after = replace(problem, shifts=problem.shifts[1:], locks=())

    found = adopt(Desk(problem=after, matrix=matrix), plan)

    assert check(after, matrix, found) == ()
    assert set(plan.unassigned) <= set(found.unassigned)
