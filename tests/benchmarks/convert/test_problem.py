"""Every family told as a day to plan is solved by the product, checked by its checker, and accepted by the judge."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.convert.problem import POINTS, Translation
from benchmarks.families import FAMILIES
from benchmarks.formulation import Tie
from routing.problem import Gap
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
    _, points = whole.decode((result.cost.total - result.cost.shift_used) / POINTS * whole.scale)
    assert points == pytest.approx(verdict.cost, abs=1e-2)


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
    assert [(gap.first, gap.second, gap.minimum, gap.maximum, gap.two_carers) for gap in care.gaps] == [
        ("1", "2", 0, 0, True),
        ("4", "5", 2000, 8000, True),
    ]


def test_unlike_neighbours_make_a_gap_of_nothing():
    """A pair that begins together but has unlike ways to it is two visits, by two carers."""
    minutes = TWINS.minutes.copy()
    minutes[2, 3] = 4
    problem = Translation(
        formulation=FAMILIES["vrptw_sync"].formulate(replace(TWINS, minutes=minutes), "sync-time:int")
    ).problem()

    assert [visit.crew for visit in problem.visits] == [1, 1, 1]
    assert problem.gaps == (Gap(first="1", second="3", minimum=0, maximum=0, two_carers=True),)


def test_one_carer_who_could_do_both_does_not():
    """Two carers with both skills share the services of one patient, although one could do them in a row."""
    able = tuple(replace(carer, abilities=frozenset({"s1", "s2"})) for carer in CARE.caregivers)
    patients = (CARE.patients[0], replace(CARE.patients[2], distance=(0, 90)))
    care = replace(CARE, patients=patients, caregivers=able, minutes=CARE.minutes[np.ix_([0, 1, 3], [0, 1, 3])])
    translation = Translation(formulation=FAMILIES["hhcrsp"].formulate(care, "hhc-third:f64"))

    plan = solve(translation.problem(), translation.matrix(), budget=Budget(seconds=5, iterations=5), seed=1).plan

    assert plan.unassigned == ()
    assert FAMILIES["hhcrsp"].verify(care, translation.answer(plan), "hhc-third:f64").feasible


def test_goods_are_brought_to_visits():
    """What a vehicle carries from the depot is goods, no ride: as many stops as customers, and seats do not count."""
    problem = Translation(formulation=FAMILIES["vrptw"].formulate(ROUNDS, "dist:f64")).problem()

    assert [visit.goods for visit in problem.visits] == [customer.demand for customer in ROUNDS.nodes[1:]]
    assert {vehicle.goods for vehicle in problem.vehicles} == {ROUNDS.capacity}
    assert problem.shipments == ()


def test_what_has_no_words_is_said():
    """Goods of two measures, and visits of which either may come first, cannot be told."""
    rounds, care = FAMILIES["vrptw"].formulate(ROUNDS, ""), FAMILIES["hhcrsp"].formulate(CARE, "")
    twofold = tuple(replace(stop, load=(1, 2)) for stop in rounds.stops)

    assert "one measure" in Translation(formulation=replace(rounds, stops=twofold)).why_not()
    assert "first" in Translation(formulation=replace(care, ties=(Tie(first=1, second=2, least=-5, most=5),))).why_not()


def test_leaving_out_is_dearer_than_the_worst_of_days():
    """No request is left out to spare lateness, even if every stop were as late as a day without end allows."""
    whole = FAMILIES["hhcrsp"].formulate(CARE, "hhc-third:f64")
    weigh = Translation(formulation=whole).problem().objective
    worst = 2 * whole.length.sum() * weigh.kilometre / 1000
    worst += (len(whole.stops) * weigh.late_minute + weigh.greatest_late_minute) * whole.vehicles[0].latest / 60

    assert weigh.unassigned_a > worst


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
