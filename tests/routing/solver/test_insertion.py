"""Exact insertion serves what can be served; each rule it tests decides a tiny day that goes wrong without it."""

from typing import Any

import pytest
from hypothesis import given, settings

from routing.problem import Problem
from routing.solver import clock, earliest, instance, walk
from routing.solver.elements import Routes
from routing.solver.insertion import best_insertion, insert_all, insertions, left_out, unit_of
from routing.solver.instance import Instance
from routing.solver.timetable import timetable
from tests.routing.review.tiny import ANU, MATRIX, MINUTE, day, ride, visit
from tests.routing.solver.families import RULES, Family, alone
from tests.routing.solver.raw import is_sound
from tests.strategies import days


def nothing(*_: Any, **__: Any) -> None:
    """Forbid nothing and add nothing."""


def any_gap(_: Instance, sequence: tuple[int, ...]) -> tuple[int, ...]:
    """Allow a break anywhere."""
    return tuple(range(len(sequence) + 1))


def inserted(problem: Problem) -> tuple[Instance, Routes]:
    """Return what insertion alone makes of a day."""
    known = Instance(problem, MATRIX)
    return known, insert_all(known, tuple(() for _ in problem.shifts))


def empty(known: Instance) -> Routes:
    """Return routes without stops."""
    return tuple(() for _ in known.shifts)


@pytest.mark.parametrize("case", RULES, ids=lambda case: case.name)
def test_insertion_keeps_every_rule(case: Family):
    """What is left out cannot be served beside the rest, and nothing is broken."""
    known, routes = inserted(case.problem)
    plan = timetable(known, routes)

    assert is_sound(case.problem, plan)
    assert plan is not None
    assert len(plan.unassigned) == len(case.unassigned)


def none_at_all(*_: Any) -> tuple[()]:
    """Know of no pair."""
    return ()


GUARDS: tuple[tuple[Any, str, Any, tuple[str, ...]], ...] = (
    (walk, "order_block", nothing, ("a locked order", "nothing between strictly locked steps")),
    (
        walk,
        "load_block",
        nothing,
        (
            "goods for everybody in one vehicle",
            "seats for everybody aboard",
            "either a wheelchair or more seats",
            "people who may not share",
            "a ride alone",
        ),
    ),
    (
        walk,
        "escort_block",
        nothing,
        (
            "a carer who stays with her client",
            "a carer who may call nearby only",
            "nobody aboard while a carer stays with her client",
        ),
    ),
    (clock, "ride_bounds", none_at_all, ("the longest ride", "the longest ride relative to the direct way")),
    (clock, "tie_bounds", none_at_all, ("a crew that begins together", "the least gap between two visits")),
    (clock, "tie_bounds", none_at_all, ("the greatest gap between two visits",)),
    (earliest, "shared", none_at_all, ("two shifts in one car",)),
    (instance.Instance, "others_of", {}, ("two carers for the two visits of a pair",)),
    (earliest, "pause_gaps", any_gap, ("no break with a passenger aboard",)),
    (
        instance.Instance,
        "static_block",
        nothing,
        ("a skill that only the far carer has", "a carer who may not come", "equipment of the vehicle", "a shift lock"),
    ),
)


@pytest.mark.parametrize(
    ("owner", "name", "neutral", "case"),
    [
        pytest.param(owner, name, neutral, case, id=f"{name}: {case}")
        for owner, name, neutral, cases in GUARDS
        for case in cases
    ],
)
def test_without_its_guard_a_rule_is_broken(
    monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, neutral: Any, case: str
):
    """Insertion with one guard put out of action breaks the rule it stands for."""
    problem = next(family.problem for family in RULES if family.name == case)
    monkeypatch.setattr(owner, name, neutral)

    known, routes = inserted(problem)

    assert not is_sound(problem, timetable(known, routes))


def test_the_cheapest_place_comes_first():
    """Insertions come in the order of what they add."""
    known, routes = inserted(alone(visits=(visit("x", "a"), visit("y", "c"), visit("z", "clinic"))))

    points = [found.points for found in insertions(known, empty(known), (0,))]
    between = [found.points for found in insertions(known, (routes[0][:2],), (2,))]

    assert points == sorted(points)
    assert between == sorted(between)
    assert len(between) == 3


def test_shifts_can_be_limited():
    """Only the shifts that are asked for are looked at."""
    known = Instance(day(visits=(visit("x", "a"),)), MATRIX)

    found = best_insertion(known, empty(known), (0,), shifts=[1])

    assert found is not None
    assert [shift for shift, _ in found.changes] == [1]
    assert best_insertion(known, empty(known), (0,), shifts=[]) is None


def test_a_unit_is_a_ride_with_its_return():
    """Linked rides go together, the outbound first; anything else goes alone."""
    linked = next(family for family in RULES if family.name == "the least stay before the return")
    known = Instance(linked.problem, MATRIX)
    out, back = known.request_index["out"], known.request_index["back"]

    assert unit_of(known, back) == unit_of(known, out) == (out, back)
    assert unit_of(known, known.request_index["x"]) == (known.request_index["x"],)
    assert left_out(known, empty(known)) == [(known.request_index["x"],), (out, back)]


def brute_force(known: Instance, routes: Routes, request: int) -> bool:
    """Tell whether any position at all takes a request, tested by the exact rules alone."""
    nodes = known.nodes_of_request[request]
    for shift, sequence in enumerate(routes):
        if known.static_block(request, shift) is not None:
            continue
        places = range(len(sequence) + 1)
        orders = [(*sequence[:i], nodes[0], *sequence[i:]) for i in places]
        if len(nodes) == 2:
            orders = [
                (*sequence[:i], nodes[0], *sequence[i:j], nodes[1], *sequence[j:]) for i in places for j in places[i:]
            ]
        for order in orders:
            changed = tuple(order if s == shift else other for s, other in enumerate(routes))
            walked = walk.walk(known, shift, order)
            if isinstance(walked, walk.Walk) and earliest.timetable_exists(known, changed, [shift]):
                return True
    return False


@settings(deadline=None, max_examples=15, derandomize=True)
@given(days((6, 14)))
def test_no_place_is_overlooked(drawn: tuple[Problem, Any]):
    """Bounds and order of the search lose nothing: what it finds no place for has none."""
    problem, matrix = drawn
    known = Instance(problem, matrix)
    routes = insert_all(known, empty(known))

    for unit in left_out(known, routes):
        if len(unit) == 1 and known.crew[unit[0]] == 1:
            assert not brute_force(known, routes, unit[0])


def test_a_ride_is_carried_at_its_worst_place():
    """A ride that fits only around another one is found: outer pickup first, outer delivery last."""
    inner = ride("inner", "b", "c", max_ride=10 * MINUTE)
    outer = ride("outer", "a", "clinic")
    known, routes = inserted(day(shifts=(ANU,), shipments=(inner, outer)))

    assert not left_out(known, routes)
    assert is_sound(known.problem, timetable(known, routes))
