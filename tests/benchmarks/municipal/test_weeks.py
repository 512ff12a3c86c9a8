"""Generated municipalities for weeks, and the week made by hand."""

from benchmarks.municipal.command import ROADS
from benchmarks.municipal.week_by_hand import week_by_hand
from benchmarks.municipal.week_command import measured
from benchmarks.municipal.weeks import FIRST, SIZES, Vald, municipal_week
from routing.records.care_checks import volume_doubts
from routing.roads.opening import open_network


def test_same_seed_same_municipality() -> None:
    """The same seed gives the same records, whose plans agree with their visits."""
    network = open_network(ROADS)
    one, other = (municipal_week(network, SIZES[0], 3) for _ in range(2))
    assert one == other
    assert list(volume_doubts(one.care_plans, one.care_slots)) == []
    assert {client.id for client in one.clients} == {plan.client for plan in one.care_plans}


def test_week_by_hand_is_sound() -> None:
    """A week made by hand keeps every rule, and says what it lacks."""
    network = open_network(ROADS)
    made = week_by_hand(municipal_week(network, Vald(clients=6, carers=2), 1), network, FIRST)
    row = measured(made)
    assert row["met"] > 0.8
    assert row["carers_per_client"] >= 1
