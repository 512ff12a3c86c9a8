"""What a rider pays: the ride's facts become the question that the fee schedule answers."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from routing.day.build import build_day
from routing.day.prices import place_zone, ride_prices
from routing.day.subjects import home_of
from routing.matrix import DEFAULT_PROFILE
from routing.records.model import Aid, Client, PlaceRecord, Records, Return, VehicleRecord, Worker
from routing.roads.network import RoadNetwork
from routing.roads.opening import open_network
from routing.rules.fees.book import FeeBook
from routing.rules.fees.question import FareQuestion
from routing.rules.zones import Zone
from tests.routing.day.small import DAY, client, ride, settings, shift

ROADS = Path(__file__).parents[3] / "fixtures" / "tartu_vald" / "roads"
HOME = {"municipality": "Näidisvald", "county": "Tartu maakond"}
BASE = PlaceRecord(id="BAAS", name="Kõrveküla", lat=58.4277, lon=26.7731, **HOME)
TARTU = {"municipality": "Tartu linn", "county": "Tartumaa"}
JOGEVA = {"municipality": "Jõgeva vald", "county": "Jõgeva maakond"}


@pytest.fixture(scope="module")
def network() -> RoadNetwork:
    return open_network(ROADS)


def doctor(**area: str) -> PlaceRecord:
    """Return the place a ride leads to."""
    return PlaceRecord(id="ARST", name="Kliinikum", lat=58.3696, lon=26.7003, **area)


def asked(
    network: RoadNetwork, *, of: Client | None = None, to: dict[str, str] | None = None, **ride_changes: Any
) -> FareQuestion:
    """Return the question that one ride asks."""
    records = Records(
        municipality=settings(),
        places=(BASE, doctor(**(TARTU if to is None else to))),
        clients=(of or client(**HOME),),
        workers=(Worker(id="T", name="Näide"),),
        vehicles=(VehicleRecord(id="A", profile="van"),),
        shifts=(shift(),),
        rides=(ride(**ride_changes),),
    )
    day = build_day(records, network, DAY)
    (quote,) = ride_prices(day, FeeBook()).values()
    assert quote.total is None
    return quote.question


@pytest.mark.parametrize(
    ("home", "to", "zone"),
    [
        (HOME, HOME, Zone.MUNICIPALITY),
        (HOME, TARTU, Zone.COUNTY),
        (HOME, JOGEVA, Zone.COUNTRY),
        (JOGEVA, HOME, Zone.COUNTRY),
        (HOME, {}, None),
        ({}, HOME, None),
    ],
)
def test_zone(network: RoadNetwork, home: dict[str, str], to: dict[str, str], zone: Zone | None) -> None:
    """The zone is that of the farther end, and unknown where an address does not tell."""
    assert asked(network, of=client(**home), to=to).zone is zone


@pytest.mark.parametrize(
    ("home", "resident"),
    [
        (HOME, True),
        (TARTU, False),
        (JOGEVA, False),
        ({}, None),
        ({"municipality": "NÄIDISVALD"}, True),
        ({"municipality": "Muu vald"}, False),
    ],
)
def test_resident(network: RoadNetwork, home: dict[str, str], resident: bool | None) -> None:
    """A rider is at home in the municipality of her address, unknown without one."""
    assert asked(network, of=client(**home)).resident is resident


@pytest.mark.parametrize("returning", list(Return))
def test_both_ways_are_one_price(network: RoadNetwork, returning: Return) -> None:
    """A ride with a return is one question with the kilometres of both ways."""
    question = asked(network, returning=returning)
    assert question.returning is (returning is not Return.NONE)
    assert (question.km_back is None) is (returning is Return.NONE)
    assert question.km is not None
    assert question.km > 10


def test_kilometres_are_those_of_the_road(network: RoadNetwork) -> None:
    """Kilometres are exact thousandths, as a car drives them whatever the vehicle."""
    question = asked(network)
    day_km = Decimal(question.km or 0)
    assert day_km == day_km.quantize(Decimal("0.001"))
    assert DEFAULT_PROFILE == "car"


def test_unreachable_places_have_no_kilometres(network: RoadNetwork) -> None:
    """Where no road leads the kilometres are unknown, never a straight line."""
    assert asked(network, of=client(lat=59.9, lon=24.0, **HOME)).km is None


@pytest.mark.parametrize(
    ("aids", "expected"), [(None, {Aid.WALKER}), (frozenset(), set()), (frozenset({Aid.STRETCHER}), {Aid.STRETCHER})]
)
def test_aids(network: RoadNetwork, aids: frozenset[Aid] | None, expected: set[Aid]) -> None:
    """A ride's own aids are asked about, else the rider's."""
    assert asked(network, of=client(aids=frozenset({Aid.WALKER}), **HOME), aids=aids).aids == expected


def test_who_rides_along_and_between_which_places(network: RoadNetwork) -> None:
    """Companions are counted, and ends have the names that fare tables use; when it begins only a plan tells."""
    question = asked(network, of=client(settlement="Äksi", **HOME), companions=2)
    assert question.amounts == {"companions": 2}
    assert (question.origin, question.destination) == ("Äksi", "Kliinikum")
    assert question.at is None
    assert asked(network, of=client(settlement="", **HOME)).origin is None


def test_unknown_places_have_no_zone() -> None:
    """A place that the records do not know has no zone."""
    assert place_zone(Records(municipality=settings()), home_of("X")) is None
