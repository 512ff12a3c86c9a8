"""Whole numbers keep what the original says, and cut off no answer but by rounding times up."""

import numpy as np
import pytest

from benchmarks.convert.darp_heterogeneous import rows
from benchmarks.convert.scaling import cut, upward
from benchmarks.families import FAMILIES
from benchmarks.formulation import Pair, Tie
from benchmarks.verify.darp_heterogeneous import finds_room
from tests.benchmarks.tiny import CARE, GOODS, MIXED, RIDES, ROUNDS, STREETS, TWINS


@pytest.mark.parametrize(
    ("exact", "whole"), [(5.0, 5000), (5.0000000001, 5000), (5.0001, 5001), (5.0009, 5001), (0.0, 0)]
)
def test_times_are_rounded_up(exact, whole):
    """A time never shrinks, and noise of double precision is not a thousandth."""
    assert upward(np.array([exact]), 1000).tolist() == [whole]


@pytest.mark.parametrize(("exact", "tenths"), [(5.0, 50), (5.19, 51), (5.1999999999999, 52), (0.09, 0)])
def test_tenths_are_cut_off(exact, tenths):
    """The DIMACS convention truncates."""
    assert cut(np.array([exact])).tolist() == [tenths]


def test_only_vehicles_first_makes_vehicles_dear():
    """A vehicle costs more than any way round only where the convention says so."""
    first = FAMILIES["vrptw"].formulate(ROUNDS, "veh>dist:f64")

    assert first.vehicle_cost > 2 * first.length.sum(axis=0).max()
    assert FAMILIES["vrptw"].formulate(ROUNDS, "dist:trunc1").vehicle_cost == 0
    assert first.decode(2 * first.vehicle_cost + 30_000) == (2, 30)


def test_goods_travel_in_pairs():
    """Pickups and deliveries become pairs without a ride limit."""
    whole = FAMILIES["pdptw_lilim"].formulate(GOODS, "veh>dist:f64")

    assert whole.pairs == (Pair(pickup=1, delivery=2), Pair(pickup=3, delivery=4))
    assert [stop.load for stop in whole.stops] == [(2,), (-2,), (1,), (-1,)]


def test_street_minutes_stay_as_they_are():
    """An asymmetric matrix of whole minutes is taken over."""
    assert FAMILIES["pdptw_sartori"].formulate(STREETS, "veh>time:int").travel.tolist() == STREETS.minutes.tolist()


def test_open_windows_of_rides_are_narrowed():
    """A pickup begins at most its service and the ride limit before the delivery, at least the direct way before."""
    whole = FAMILIES["darp"].formulate(RIDES, "darp-dist:f64")
    pickup = whole.stop_by_place[1]

    assert (pickup.earliest, pickup.latest) == ((50 - 15 - 2) * 1000, (60 - 5 - 2) * 1000)


@pytest.mark.parametrize("capacity", [(2, 1, 1, 1), (1, 6, 0, 1), (0, 2, 0, 0)])
def test_four_sums_say_who_finds_room(capacity):
    """The sums bound each other exactly as seating one kind after the other does."""
    for load in np.ndindex(4, 4, 3, 3):
        summed = all(a <= b for a, b in zip(rows(load), rows(capacity), strict=True))
        assert summed == finds_room(load, capacity)


def test_a_van_belongs_to_its_depot():
    """Depots are places behind those of the file."""
    whole = FAMILIES["darp_heterogeneous"].formulate(MIXED, "mdhdarp-dist:f64")

    assert [vehicle.depot for vehicle in whole.vehicles] == [5, 6]
    assert whole.length[5, 6] == round(200**0.5 * 1000)


def test_double_services_are_tied():
    """Every service is a stop of its own; those of one patient are tied and at the same place."""
    whole = FAMILIES["hhcrsp"].formulate(CARE, "hhc-third:f64")

    assert whole.ties == (Tie(first=1, second=2), Tie(first=4, second=5, least=2000, most=8000))
    assert whole.travel[1, 2] == 0
    assert whole.tardy


def test_twins_are_tied():
    """A synchronised pair begins at the same moment."""
    assert FAMILIES["vrptw_sync"].formulate(TWINS, "sync-time:int").ties == (Tie(first=1, second=3),)
