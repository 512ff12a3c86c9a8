"""Keeping times and moving what changes finds what timing everything afresh finds."""

from random import Random

import pytest

from routing.review.check import check
from routing.solver import earliest, refit, timing_blocks
from routing.solver.earliest import dependent, earliest_clock, groups, timetable_exists
from routing.solver.elements import Routes
from routing.solver.insertion import candidates, insert_all, unit_of, without
from routing.solver.instance import Instance
from routing.solver.refit import clock_of, fits
from routing.solver.timetable import Timetables
from tests.days import random_day


def filled(seed: int, size: int) -> tuple[Instance, Routes]:
    """Return a day and routes that serve what fits."""
    instance = Instance(*random_day(seed, size))
    return instance, insert_all(instance, tuple(() for _ in instance.shifts))


@pytest.mark.parametrize("seed", range(8))
def test_a_clock_that_is_kept_tells_the_times_of_a_new_one(seed: int):
    """Taking requests out and putting them back leaves the very times that timing the routes afresh gives."""
    instance, routes = filled(seed, 30)
    chance = Random(seed)  # noqa: S311
    for _ in range(6):
        unit = unit_of(instance, chance.randrange(len(instance.requests)))
        bare = without(instance, routes, unit)
        for trial in (bare, routes):
            kept, fresh = (
                clock_of(instance, trial),
                [earliest_clock(instance, trial, g) for g in groups(instance, trial)],
            )
            assert kept is not None
            assert all(own is not None for own in fresh)
            assert kept.times == {shift: own.times[shift] for own in fresh if own is not None for shift in own.times}


@pytest.mark.parametrize("seed", range(8))
def test_what_fits_beside_kept_times_has_a_timetable(seed: int, monkeypatch: pytest.MonkeyPatch):
    """No insertion passes that the full test refuses, and on a small day none is refused that it lets through."""
    instance, routes = filled(seed, 24)
    alone = Instance(instance.problem, instance.matrix)  # remembers nothing of the other's
    agreed = large = 0
    for request in range(0, len(instance.requests), 4):
        unit = unit_of(instance, request)
        bare = without(instance, routes, unit)
        for candidate, _ in zip(candidates(instance, bare, unit, tuple(range(len(bare)))), range(8), strict=False):
            truth = timetable_exists(alone, candidate.apply(bare), [shift for shift, _ in candidate.changes])
            assert fits(instance, bare, candidate.changes) is truth
            with monkeypatch.context() as patch:
                patch.setattr(refit, "_SMALL", 0)
                large += fits(instance, bare, candidate.changes)
            agreed += truth
    assert 0.9 * agreed <= large <= agreed


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("largest", [1, 3])
def test_blocks_of_routes_print_sound_plans(seed: int, largest: int, monkeypatch: pytest.MonkeyPatch):
    """However few routes are timed at once, the whole plan keeps every rule, also where only a part changed."""
    monkeypatch.setattr(timing_blocks, "LARGEST", largest)
    monkeypatch.setattr("routing.solver.timetable.LARGEST", largest)
    instance, routes = filled(seed, 30)
    timetables, chance = Timetables(instance), Random(seed)  # noqa: S311
    for _ in range(4):
        unit = unit_of(instance, chance.randrange(len(instance.requests)))
        for trial in (routes, without(instance, routes, unit)):
            plan = timetables.plan(trial)
            assert plan is not None
            assert check(instance.problem, instance.matrix, plan) == ()


@pytest.mark.parametrize("seed", range(3))
def test_groups_share_no_ties(seed: int):
    """Every used shift is in one group, and nothing outside a group depends on it."""
    instance, routes = filled(seed, 30)
    found = list(groups(instance, routes))

    assert sorted(shift for group in found for shift in group) == [s for s, own in enumerate(routes) if own]
    for group in found:
        assert {s for s in dependent(instance, routes, group[:1]) if routes[s]} == set(group)


@pytest.mark.parametrize("seed", range(4))
def test_too_many_routes_to_go_back_to_are_timed_all_the_same(seed: int, monkeypatch: pytest.MonkeyPatch):
    """Breaks placed one route after the other, without a way back, give times that every rule allows."""
    instance, routes = filled(seed, 30)
    monkeypatch.setattr(earliest, "_DEEPEST", 0)
    found = [
        earliest_clock(Instance(instance.problem, instance.matrix), routes, group) for group in groups(instance, routes)
    ]

    assert sum(clock is not None for clock in found) >= len(found) - 1
    assert all(clock.decided == clock.chains.keys() for clock in found if clock is not None)
