"""Each judge accepts a sound answer at its hand-computed cost and names what is wrong with every other."""

import subprocess
import sys

import pytest

from benchmarks.answer import Answer, Round
from benchmarks.families import FAMILIES
from tests.benchmarks.tiny import CARE, GOODS, MIXED, RIDES, ROUNDS, STREETS, TWINS


def rounds(*stops: tuple[int, ...], starts: tuple[tuple[float, ...], ...] = ()) -> Answer:
    """Return an answer with one round per vehicle in order."""
    times = starts or ((),) * len(stops)
    return Answer(
        rounds=tuple(Round(vehicle=k, stops=s, starts=t) for k, (s, t) in enumerate(zip(stops, times, strict=True)))
    )


CARE_STARTS = ((10, 30, 60), (10, 63))
SOUND = [
    ("vrptw", ROUNDS, "dist:f64", rounds((1, 2), (3,)), 2, 30),
    ("vrptw", ROUNDS, "dist:trunc1", rounds((1, 2), (3,)), 2, 30),
    ("pdptw_lilim", GOODS, "veh>dist:f64", rounds((1, 2), (3, 4)), 2, 40),
    ("pdptw_lilim", GOODS, "veh>dist:f64", rounds((1, 2, 3, 4)), 1, 25 + 97**0.5),
    ("pdptw_sartori", STREETS, "veh>time:int", rounds((1, 2)), 1, 18),
    ("darp", RIDES, "darp-dist:f64", rounds((1, 3), (2, 4)), 2, 40),
    ("darp_heterogeneous", MIXED, "mdhdarp-dist:f64", rounds((1, 3), (2, 4)), 2, None),
    ("hhcrsp", CARE, "hhc-third:f64", rounds((1, 3, 4), (2, 5), starts=CARE_STARTS), 2, (23 + 21) / 3),
    (
        "hhcrsp: five late once, twice over the same patient",
        CARE,
        "hhc-third:f64",
        rounds((1, 3, 4), (2, 5), starts=((25, 33, 60), (25, 63))),
        2,
        (23 + 21 + 10 + 5) / 3,
    ),
    ("vrptw_sync", TWINS, "sync-time:int", rounds((1, 2), (3,), starts=((20, 33), (20,))), 2, 21),
]
BROKEN = [
    ("vrptw", ROUNDS, rounds((1, 2)), "stop 3 is visited 0 times"),
    ("vrptw", ROUNDS, rounds((1, 2, 1), (3,)), "stop 1 is visited 2 times"),
    ("vrptw", ROUNDS, rounds((1, 2, 9), (3,)), "stop 9 does not exist"),
    ("vrptw", ROUNDS, rounds((1, 2, 3)), "carries 3 of 2"),
    ("vrptw", ROUNDS, rounds((1,), (2,), (3,)), "vehicle 2 does not exist"),
    ("pdptw_lilim", GOODS, rounds((2, 1), (3, 4)), "delivery 2 without its pickup"),
    ("pdptw_lilim", GOODS, rounds((1, 4), (3, 2)), "comes home with 1 aboard"),
    ("pdptw_lilim", GOODS, rounds((1, 3, 2, 4)), "carries 3 of 2"),
    ("pdptw_sartori", STREETS, rounds((2, 1)), "delivery 2 without its pickup"),
    ("darp", RIDES, rounds((3, 1), (2, 4)), "ride 1 is not driven in order"),
    ("darp", RIDES, rounds((1, 4), (2, 3)), "ride 1 is not driven in order"),
    ("darp", RIDES, rounds((1, 2, 3, 4)), "no timetable"),
    ("darp_heterogeneous", MIXED, rounds((2, 4), (1, 3)), "vehicle 1 has no room"),
    ("hhcrsp", CARE, rounds((1, 3, 4), (2, 5)), "a round has no times"),
    ("hhcrsp", CARE, rounds((1, 3, 4), (2, 5), starts=((10, 30, 60), (11, 63))), "stops 1 and 2 are 1 apart"),
    ("hhcrsp", CARE, rounds((1, 3, 4), (2, 5), starts=((10, 30, 60), (10, 69))), "stops 4 and 5 are 9 apart"),
    ("hhcrsp", CARE, rounds((1, 3, 4), (2, 5), starts=((9, 30, 60), (9, 63))), "starts at 9, earliest 10"),
    ("hhcrsp", CARE, rounds((1, 4, 3), (2, 5), starts=((10, 60, 61), (10, 63))), "starts at 61, reached at 73"),
    ("hhcrsp", CARE, rounds((2, 3, 4), (1, 5), starts=CARE_STARTS), "cannot do s2 of stop 2"),
    ("vrptw_sync", TWINS, rounds((1, 2), (3,), starts=((20, 33), (21,))), "do not begin together"),
    ("vrptw_sync", TWINS, rounds((1, 2), (3,), starts=((31, 44), (31,))), "outside its window"),
    ("vrptw_sync", TWINS, rounds((1, 2), (3,), starts=((20, 32), (20,))), "starts at 32, reached at 33"),
    ("vrptw_sync", TWINS, rounds((1, 2), (3,), starts=((20, 99), (20,))), "back at 110"),
]


@pytest.mark.parametrize(("name", "instance", "convention", "answer", "vehicles", "cost"), SOUND)
def test_a_sound_answer_costs_what_it_should(name, instance, convention, answer, vehicles, cost):
    """Nothing is found, and vehicles and cost are those computed by hand."""
    verdict = FAMILIES[name.partition(":")[0]].verify(instance, answer, convention)

    assert verdict.faults == ()
    assert verdict.vehicles == vehicles
    if cost is not None:
        assert verdict.cost == pytest.approx(cost)


@pytest.mark.parametrize(("name", "instance", "answer", "fault"), BROKEN)
def test_a_broken_answer_is_refused(name, instance, answer, fault):
    """The fault is named."""
    verdict = FAMILIES[name].verify(instance, answer, "dist:f64")

    assert not verdict.feasible
    assert any(fault in found for found in verdict.faults), verdict.faults


def test_judges_share_no_code_with_engines():
    """Importing every judge loads neither the product nor a solver."""
    judges = "; ".join(f"import benchmarks.verify.{name}" for name in FAMILIES)
    foreign = ["routing", "ortools", "pyvrp", "vroom", "benchmarks.engines", "benchmarks.convert"]
    script = f"import sys; {judges}; print([name for name in {foreign} if name in sys.modules])"

    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "[]"
