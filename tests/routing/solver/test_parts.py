"""The small parts: seat layouts as rows, tasks of the model, locks compiled, the engine's silence."""

import time
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.problem import Load, Objective, RideLink, ShiftLock, TimeLock, Waiting
from routing.solver import routing_model
from routing.solver.compile import time_locks, torn
from routing.solver.insertion import insert_all
from routing.solver.instance import Instance
from routing.solver.layouts import capacity_rows
from routing.solver.ortools_engine import OrtoolsEngine
from routing.solver.repair import drop_halves, sound
from routing.solver.soundness import holds
from routing.solver.tasks import pairs, tasks_of
from tests.days import random_day
from tests.routing.review.tiny import ANU, FERRY, MARI, MATRIX, day, ride, visit
from tests.routing.solver.families import BACK, OUT, RULES, alone, minutes, step_of

AMOUNTS = st.tuples(st.integers(0, 5), st.integers(0, 2), st.integers(0, 1))


@given(st.lists(AMOUNTS, min_size=1, max_size=4).map(tuple))
@settings(deadline=None, max_examples=50, derandomize=True)
def test_rows_never_forbid_a_load_that_fits(layouts: tuple[tuple[int, int, int], ...]):
    """Whatever fits one of the layouts obeys every row."""
    rows = list(capacity_rows([layouts], (6, 3, 2)))

    for layout in layouts:
        for load in product(*(range(most + 1) for most in layout)):
            assert all(sum(w * n for w, n in zip(weights, load, strict=True)) <= most for weights, (most,) in rows)


@pytest.mark.parametrize(
    "layouts",
    [((4, 0, 0),), ((4, 0, 0), (2, 1, 0)), ((6, 0, 0), (3, 1, 0), (0, 2, 0)), ((3, 0, 0), (1, 1, 0))],
    ids=str,
)
def test_rows_of_usual_vans_are_exact(layouts: tuple[tuple[int, int, int], ...]):
    """For the usual vans the rows forbid every load that fits no layout."""
    rows = list(capacity_rows([layouts], (7, 3, 2)))

    for load in product(range(8), range(4), range(3)):
        fits = any(all(a <= b for a, b in zip(load, layout, strict=True)) for layout in layouts)
        obeys = all(sum(w * n for w, n in zip(weights, load, strict=True)) <= most for weights, (most,) in rows)
        assert obeys == fits


def test_an_escorted_ride_is_a_task_from_door_to_door():
    """Ride and return become a plain pair; other rides are pairs of their two stops."""
    link = RideLink(outbound="out", inbound="back", waiting=Waiting.STAYS)
    instance = Instance(alone(shipments=(OUT, BACK, ride("r", "a", "b")), links=(link,)), MATRIX)

    tasks = tasks_of(instance)

    assert [task.nodes for task in tasks] == [(0, 1), (2, 3), (4,), (5,)]
    assert set(pairs(instance, tasks)) == {(0, 1), (2, 3)}


def test_a_trip_to_the_island_is_a_task_for_each_choice_of_boats():
    """The visits between two boats are one task, and at most one trip is taken."""
    instance = Instance(alone(visits=(visit("x", "isle"), visit("y", "a")), crossings=(FERRY,)), MATRIX)

    trips = [task for task in tasks_of(instance) if task.alternative is not None]

    assert {task.nodes for task in trips} == {(0,)}
    # Out at ten and home at twelve or at two; who goes out at one is not done by two.
    assert [task.domain[0][0] for task in trips] == [FERRY.outward[0] - FERRY.boarding] * 2


def test_a_crew_is_as_many_tasks():
    """A visit by two is two tasks, a locked shift taking the first."""
    locks = (ShiftLock(shift="mari", requests=("x",)),)
    tasks = tasks_of(Instance(day(visits=(visit("x", "a", crew=2),), locks=locks), MATRIX))

    assert [(task.copy, task.shifts) for task in tasks] == [(0, (1,)), (1, (0, 1))]


def test_time_locks_that_contradict_are_torn():
    """Locks that leave a common time are joined; locks that leave none tear the request."""
    step = step_of("x")
    wide, narrow, far = minutes((10, 60), (100, 110), (30, 90))[0], minutes((30, 90))[0], minutes((100, 110))[0]
    joined = alone(
        visits=(visit("x", "a"),), locks=(TimeLock(step=step, window=wide), TimeLock(step=step, window=narrow))
    )
    apart = replace(joined, locks=(TimeLock(step=step, window=narrow), TimeLock(step=step, window=far)))

    assert time_locks(joined)[step] == (narrow.earliest, wide.latest)
    assert torn(joined) == frozenset()
    assert torn(apart) == {0}
    assert Instance(apart, MATRIX).static_block(0, 0) == "locked"


def test_halves_are_dropped_and_unsound_routes_mended():
    """Half a crew, half a ride and a missed window go; what can stay stays."""
    visits = (visit("both", "a", crew=2), visit("x", "a", windows=minutes((10, 10))), visit("y", "b"))
    instance = Instance(day(visits=visits, shipments=(ride("r", "a", "b"),)), MATRIX)

    assert drop_halves(instance, ((0, 2, 3), ())) == ((2,), ())
    mended = sound(instance, ((2, 1), ()))
    assert mended in (((2,), ()), ((1,), ()))
    assert holds(instance, mended)


@pytest.mark.parametrize("name", ["a skill that only the far carer has", "a crew of two people", "a shift lock"])
def test_routes_on_the_wrong_shift_do_not_hold(name: str):
    """Skills, whole crews of different people and locks are part of soundness."""
    instance = Instance(next(family.problem for family in RULES if family.name == name), MATRIX)
    right = insert_all(instance, tuple(() for _ in instance.shifts))
    wrong = (*right[-1:], *right[:-1]) if instance.crew[0] == 1 else ((0,), (0,), ())

    assert holds(instance, right)
    assert not holds(instance, wrong)


@pytest.mark.parametrize("seed", [0, 2, 5])
def test_the_engine_prints_nothing(seed: int, capfd: pytest.CaptureFixture[str]):
    """OR-Tools is asked in a way that gives it nothing to complain about."""
    problem, matrix = random_day(seed, 20)
    instance = Instance(problem, matrix)
    engine = OrtoolsEngine(instance=instance, on_progress=lambda _: None, stop=lambda: False)

    routes = engine.improve(insert_all(instance, tuple(() for _ in instance.shifts)), 2.0, descend=True)

    assert holds(instance, sound(instance, routes))
    assert capfd.readouterr() == ("", "")


def test_the_engine_stops_when_asked():
    """With a stop that says yes at once, the engine returns without having searched."""
    problem, matrix = random_day(0, 20)
    instance = Instance(problem, matrix)
    engine = OrtoolsEngine(instance=instance, on_progress=lambda _: None, stop=lambda: True)
    start = insert_all(instance, tuple(() for _ in instance.shifts))

    engine.improve(start, 60.0, descend=False)

    assert engine.solutions <= 1


def test_vans_are_slower_than_cars():
    """Each shift drives by the profile of its own vehicle, in the model as everywhere."""
    cars = day().vehicles
    problem = day(
        vehicles=(cars[0], replace(cars[1], profile="van", layouts=(Load(seats=6),))),
        shifts=(ANU, MARI),
        visits=(visit("x", "a"),),
    )
    model = OrtoolsEngine(instance=Instance(problem, MATRIX), on_progress=lambda _: None, stop=lambda: False)._model

    out = [model.transit(shift)[1][0] for shift in (0, 1)]

    assert out == [600, 1200]
    assert model.transit(0)[0][1] == 1800 + 600  # half an hour of service, then the way back


def test_a_model_that_takes_too_long_to_build_is_not_built():
    """Where building alone would take the seconds, the sequences come back as they were, and in time."""
    instance = Instance(*random_day(1, 40))
    start = insert_all(instance, tuple(() for _ in instance.shifts))
    engine = OrtoolsEngine(instance=instance, on_progress=lambda _: None, stop=lambda: False)

    assert engine.improve(start, 1e-6, descend=False) == start
    assert "_model" not in vars(engine)


def test_reading_a_plan_takes_none_of_the_time_to_improve_it():
    """The seconds count once, whatever the model makes of its start."""
    instance = Instance(*random_day(2, 30))
    start = insert_all(instance, tuple(() for _ in instance.shifts))
    engine = OrtoolsEngine(instance=instance, on_progress=lambda _: None, stop=lambda: False)

    began = time.monotonic()
    engine.improve(start, 1.0, descend=False)

    assert time.monotonic() - began < 1.6


def test_who_serves_whom_counts_without_a_table_for_each_shift(monkeypatch: pytest.MonkeyPatch):
    """A day too large for a table of costs per shift weighs the carer all the same."""
    monkeypatch.setattr(routing_model, "_CELLS", 0)
    problem = day(visits=(visit("x", "a", regular=frozenset({"w-mari"})),), objective=Objective(unfamiliar=10**6))
    instance = Instance(problem, MATRIX)

    found = OrtoolsEngine(instance=instance, on_progress=lambda _: None, stop=lambda: False).improve(
        ((0,), ()), 5.0, descend=True
    )

    assert found == ((), (0,))
