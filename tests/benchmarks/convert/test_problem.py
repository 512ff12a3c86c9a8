"""Every family told as a day to plan is solved by the product, checked by its checker, and accepted by the judge."""

from dataclasses import replace

import pytest

from benchmarks.convert.problem import Translation
from benchmarks.families import FAMILIES
from benchmarks.formulation import Tie, Vehicle
from routing.review.check import check
from routing.solver.budget import Budget
from routing.solver.solve import solve
from tests.benchmarks.tiny import CARE, GOODS, MIXED, RIDES, ROUNDS, STREETS, TWINS

CASES = [
    ("vrptw", ROUNDS, "dist:f64", 30),
    ("vrptw", ROUNDS, "dist:trunc1", 30),
    ("vrptw", replace(ROUNDS, capacity=9), "veh>dist:f64", 10 + 5 + 97**0.5),
    ("pdptw_lilim", GOODS, "veh>dist:f64", None),
    ("pdptw_sartori", STREETS, "veh>time:int", 18),
    ("darp", RIDES, "darp-dist:f64", 40),
    ("darp_heterogeneous", MIXED, "mdhdarp-dist:f64", None),
    ("hhcrsp", CARE, "hhc-third:f64", (23 + 21) / 3),
    ("vrptw_sync", TWINS, "sync-time:int", 21),
]


@pytest.mark.parametrize(("name", "instance", "convention", "cost"), CASES)
def test_the_product_solves_it(name, instance, convention, cost):
    """The plan is complete, sound, feasible by the judge, and as cheap as can be; both sums of cost agree."""
    family = FAMILIES[name]
    whole = family.formulate(instance, convention)
    translation = Translation(formulation=whole)
    assert translation.why_not() is None
    problem, matrix = translation.problem(), translation.matrix()

    result = solve(problem, matrix, budget=Budget(seconds=5, iterations=5), seed=1)

    assert result.plan.unassigned == ()
    assert check(problem, matrix, result.plan) == ()
    verdict = family.verify(instance, translation.answer(result.plan), convention)
    assert verdict.faults == ()
    if cost is not None:
        assert verdict.cost == pytest.approx(cost, abs=1e-3)
    points = result.cost.total - problem.objective.shift_used * verdict.vehicles
    if not whole.tardy:
        assert points / 1000 == pytest.approx(verdict.cost, abs=1e-2)


def test_fewest_vehicles_come_first():
    """One vehicle does what two would do more cheaply."""
    family = FAMILIES["pdptw_lilim"]
    translation = Translation(formulation=family.formulate(GOODS, "veh>dist:f64"))

    plan = solve(translation.problem(), translation.matrix(), budget=Budget(seconds=5, iterations=20), seed=1).plan

    assert family.verify(GOODS, translation.answer(plan), "veh>dist:f64").vehicles == 1


def test_twins_are_a_crew_and_other_ties_a_gap():
    """Alike stops that begin together are one visit of two; stops with different skills need a gap."""
    twins = Translation(formulation=FAMILIES["vrptw_sync"].formulate(TWINS, "")).problem()
    care = Translation(formulation=FAMILIES["hhcrsp"].formulate(CARE, "")).problem()

    assert [(visit.id, visit.crew) for visit in twins.visits] == [("1", 2), ("2", 1)]
    assert [(gap.first, gap.second, gap.minimum, gap.maximum) for gap in care.gaps] == [
        ("1", "2", 0, 0),
        ("4", "5", 2000, 8000),
    ]


def test_one_carer_for_both_cannot_be_excluded():
    """Where one carer could do both services one after the other, the day cannot say that two are asked for."""
    whole = FAMILIES["hhcrsp"].formulate(CARE, "")
    able = Vehicle(depot=0, earliest=0, latest=10**6, skills=frozenset({"s1", "s2"}))

    assert Translation(formulation=replace(whole, vehicles=(able,))).why_not() is not None
    together = replace(whole, vehicles=(able,), ties=(Tie(first=1, second=2),))
    assert Translation(formulation=together).why_not() is None


def test_riders_of_a_single_place_are_kept_apart():
    """A wheelchair place that every van has once becomes two clients who never meet aboard."""
    riders = [replace(node, load=(0, 0, 0, (node.load[2] or node.load[3]))) for node in MIXED.nodes]
    both = replace(MIXED, nodes=tuple(riders))
    whole = FAMILIES["darp_heterogeneous"].formulate(both, "")
    assert Translation(formulation=whole).room.rows == (3,)

    mixed = replace(
        MIXED,
        nodes=(
            *MIXED.nodes[:2],
            replace(MIXED.nodes[2], load=(1, 1, 0, 1)),
            *MIXED.nodes[3:4],
            replace(MIXED.nodes[4], load=(-1, -1, 0, -1)),
        ),
    )
    room = Translation(formulation=FAMILIES["darp_heterogeneous"].formulate(mixed, "")).room
    assert (room.rows, room.apart_rows) == ((0, 1, 2), (3,))


def test_four_kinds_of_places_are_too_many():
    """Where no kind can be said by keeping clients apart, the reason is given."""
    roomy = replace(MIXED, vans=tuple(replace(van, capacity=(2, 6, 2, 4)) for van in MIXED.vans))
    loads = ((0, 0, 0, 0), (0, 0, 1, 1), (1, 1, 1, 1), (0, 0, -1, -1), (-1, -1, -1, -1))
    nodes = tuple(replace(node, load=load) for node, load in zip(roomy.nodes, loads, strict=True))
    whole = FAMILIES["darp_heterogeneous"].formulate(replace(roomy, nodes=nodes), "")

    assert "3 kinds" in Translation(formulation=whole).why_not()
