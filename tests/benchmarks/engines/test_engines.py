"""Every engine answers the tiny instances it can express, and says openly what it cannot."""

import pytest

from benchmarks.engines.engine import ENGINES, open_engine
from benchmarks.families import FAMILIES
from routing.errors import UsageError
from tests.benchmarks.tiny import CARE, GOODS, MIXED, RIDES, ROUNDS, STREETS, TWINS

INSTANCES = {
    "vrptw": (ROUNDS, "dist:f64", 30),
    "pdptw_lilim": (GOODS, "veh>dist:f64", 25 + 97**0.5),
    "pdptw_sartori": (STREETS, "veh>time:int", 18),
    "darp": (RIDES, "darp-dist:f64", 40),
    "darp_heterogeneous": (MIXED, "mdhdarp-dist:f64", None),
    "hhcrsp": (CARE, "hhc-third:f64", 44 / 3),
    "vrptw_sync": (TWINS, "sync-time:int", 21),
}
NEEDS = {"pyvrp": "pyvrp", "vroom": "vroom"}
CANNOT = {
    "pyvrp": {"darp", "darp_heterogeneous", "hhcrsp", "vrptw_sync"},
    "vroom": {"darp", "darp_heterogeneous", "hhcrsp", "vrptw_sync"},
}


@pytest.mark.parametrize("family", sorted(INSTANCES))
@pytest.mark.parametrize("name", ["ortools", "plain-ortools", "pyvrp", "vroom"])
def test_an_engine_answers_or_says_why_not(name, family):
    """The judge accepts the answer at the least cost; what cannot be expressed has a reason."""
    if name in NEEDS:
        pytest.importorskip(NEEDS[name])
    instance, convention, cost = INSTANCES[family]
    whole = FAMILIES[family].formulate(instance, convention)
    engine = open_engine(name)
    if family in CANNOT.get(name, set()):
        assert engine.why_not(whole)
        return
    assert engine.why_not(whole) is None

    outcome = engine.solve(whole, seconds=0.1, seed=1)

    assert outcome.answer is not None, outcome.remark
    verdict = FAMILIES[family].verify(instance, outcome.answer, convention)
    assert verdict.faults == ()
    if cost is not None:
        assert verdict.cost == pytest.approx(cost, abs=0.01)
    if not whole.tardy:
        vehicles, length = whole.decode(outcome.value)
        assert vehicles in {None, verdict.vehicles}
        assert length == pytest.approx(verdict.cost, abs=0.01)


def test_an_unknown_engine_is_named():
    """The names there are come with the refusal."""
    with pytest.raises(UsageError, match="ortools"):
        open_engine("abacus")


def test_a_missing_solver_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch):
    """The optional group is named where its package is not installed."""
    monkeypatch.setitem(ENGINES, "pyvrp", ("benchmarks.engines.nobody", "Nobody"))

    with pytest.raises(UsageError, match="make bench"):
        open_engine("pyvrp")


def test_every_engine_of_the_issue_has_a_place():
    """The command's engines are those that are compared."""
    assert {"search", "hybrid", "ortools", "plain-ortools", "pyvrp", "vroom"} == set(ENGINES)
