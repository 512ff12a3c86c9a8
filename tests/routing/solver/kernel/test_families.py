"""Each family of constraints decides a tiny day for the compiled search, which goes wrong where it is blind to it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from routing.cost import cost
from routing.plan import Plan
from routing.problem import Problem
from routing.review.check import check
from routing.solver.elements import DAY_END, NEVER
from routing.solver.instance import Instance
from routing.solver.kernel.data import Data
from routing.solver.kernel.derived import derived
from routing.solver.kernel.engine import Kernel
from routing.solver.timetable import timetable
from tests.routing.review.tiny import MATRIX
from tests.routing.solver.families import RULES, WISHES, Family

SEEDS, ROUNDS = 4, 60


def without(**weights: float) -> Callable[[Data], Data]:
    """Return what sets weights of the objective, by their place, to nothing."""
    places = [int(place.removeprefix("w")) for place in weights]

    def change(d: Data) -> Data:
        weight = d.weight.copy()
        weight[places] = 0
        return d._replace(weight=weight)

    return change


def no_windows(d: Data) -> Data:
    """Let everything begin at any time."""
    return d._replace(
        low=np.zeros_like(d.low), high=np.full_like(d.high, DAY_END), open=np.zeros_like(d.open),
        close=np.full_like(d.close, DAY_END),
    )  # fmt: skip


def no_locks(d: Data) -> Data:
    """Let everybody serve everything in any order."""
    return d._replace(
        lock_shift=d.lock_shift[:0], allowed=np.ones_like(d.allowed), pinned=np.zeros_like(d.pinned),
        pins=np.zeros_like(d.pins),
    )  # fmt: skip


BLIND: dict[str, Callable[[Data], Data]] = {
    "add_windows": no_windows,
    "add_who": lambda d: d._replace(allowed=np.ones_like(d.allowed)),
    "add_shifts": lambda d: d._replace(
        hard_end=np.full_like(d.hard_end, DAY_END), latest=np.full_like(d.latest, DAY_END),
        longest=np.full_like(d.longest, NEVER), earliest=np.zeros_like(d.earliest),
    ),
    "add_ride_limits": lambda d: d._replace(limit=np.full_like(d.limit, -1)),
    "add_room": lambda d: d._replace(layout=np.full_like(d.layout, 99), allowed=np.ones_like(d.allowed)),
    "add_goods": lambda d: d._replace(hold=np.full_like(d.hold, NEVER)),
    "add_company": lambda d: d._replace(apart=np.zeros((0, 0), np.bool_), manner=np.minimum(d.manner, 1)),
    "add_escorts": lambda d: d._replace(manner=np.minimum(d.manner, 1)),
    "add_links": lambda d: d._replace(
        link_out=np.full_like(d.link_out, -1), link_in=np.full_like(d.link_in, -1), manner=np.zeros_like(d.manner),
    ),
    "add_crews": lambda d: d._replace(crew=np.ones_like(d.crew)),
    "add_gaps": lambda d: d._replace(gap_first=d.gap_first[:0], gap_apart=d.gap_apart[:0]),
    "add_breaks": lambda d: d._replace(pause_at=np.zeros_like(d.pause_at)),
    "add_shared": lambda d: d._replace(follows=d.follows[:0]),
    "add_locks": no_locks,
    "add_unassigned": lambda d: d._replace(worth=np.ones_like(d.worth)),
    "add_costs": lambda d: without(w0=0, w1=0)(d._replace(people=np.zeros_like(d.people))),
    "add_promises": lambda d: d._replace(promised=np.full_like(d.promised, -1), people=np.zeros_like(d.people)),
    "add_balance": without(w5=0),
}  # fmt: skip
"""What hides a family from the search. Rides cannot be hidden: it knows no pickup without its delivery after it."""

CHEAPER = "there and back on the same shift"
"""What costs less anyway when each route is weighed by itself."""


def searched(problem: Problem, seed: int, blind: Callable[[Data], Data] | None = None) -> Plan | None:
    """Return the plan of the search alone, None where its routes have no timetable."""
    instance = Instance(problem, MATRIX)
    data = Kernel(instance, seed).data
    if blind:
        data = blind(data)
        data = data._replace(**derived({k: v for k, v in data._asdict().items() if k not in derived_names(data)}))
    kernel = Kernel(instance, seed, data)
    for heat in np.geomspace(2, 0.05, 6):
        kernel.run(ROUNDS // 6, heat * kernel.mean())
    return timetable(instance, kernel.routes)


def derived_names(data: Data) -> frozenset[str]:
    """Return the names of the fields that are worked out from the others."""
    return frozenset(derived(data._asdict()))


def is_right(case: Family, plan: Plan | None) -> bool:
    """Tell whether a plan keeps every rule and leaves out just what must be."""
    return plan is not None and not check(case.problem, MATRIX, plan) and plan.unassigned == case.unassigned


@pytest.mark.parametrize("case", [*RULES, *WISHES], ids=lambda case: case.name)
def test_the_search_knows_every_family(case: Family):
    """Alone and from nothing, the search leaves out just what cannot be served, and nothing is broken."""
    assert all(is_right(case, searched(case.problem, seed)) for seed in range(SEEDS))


@pytest.mark.parametrize(
    "case", [case for case in RULES if case.family in BLIND and case.name != CHEAPER], ids=lambda case: case.name
)
def test_blind_to_a_family_it_breaks_a_rule(case: Family):
    """Where the family is hidden from it, its routes break a rule, have no timetable or leave out the wrong request."""
    assert not all(is_right(case, searched(case.problem, seed, BLIND[case.family])) for seed in range(SEEDS))


@pytest.mark.parametrize("case", WISHES, ids=lambda case: case.name)
def test_blind_to_a_wish_it_plans_no_better(case: Family):
    """Where a wish is hidden from it, its plan is dearer by the one true cost for some seed, and never cheaper."""
    heeded, ignored = (
        [searched(case.problem, seed, blind) for seed in range(SEEDS)] for blind in (None, BLIND[case.family])
    )
    prices = [
        [float("inf") if plan is None else cost(case.problem, MATRIX, plan).total for plan in plans]
        for plans in (heeded, ignored)
    ]
    assert all(seen <= hidden for seen, hidden in zip(*prices, strict=True))
    assert prices[0] != prices[1]


def test_every_family_can_be_hidden_or_says_why_not():
    """No family of rules or wishes goes untried."""
    assert {case.family for case in (*RULES, *WISHES)} - set(BLIND) == {"add_rides"}
