"""Records, roads and a date become a problem: islands, ferries, places without a road, empty days."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from routing.day.build import Day, build_day, place_matrix
from routing.errors import RecordsError
from routing.findings import Severity
from routing.plan import Plan
from routing.records.model import (
    Client,
    Ferry,
    PlaceRecord,
    Records,
    Return,
    Timetable,
    VehicleRecord,
    Worker,
)
from routing.review.explain import LeftOut, explain
from routing.review.labels import Labels
from routing.review.reasons import Block
from routing.roads.network import RoadNetwork
from routing.roads.opening import open_network
from tests.routing.day.small import DAY, HOUR, client, requests, ride, settings, shift, visit

ROADS = Path(__file__).parents[3] / "fixtures" / "tartu_vald" / "roads"
PLACES = (
    PlaceRecord(id="BAAS", name="Kõrveküla", lat=58.4277, lon=26.7731),
    PlaceRecord(id="ARST", name="Kliinikum", lat=58.3696, lon=26.7003),
    PlaceRecord(id="LAAKSAARE", name="Laaksaare sadam", lat=58.3382, lon=27.4164),
    PlaceRecord(id="PIIRISSAAR", name="Piirissaare sadam", lat=58.3765, lon=27.5114, settlement="Piiri küla"),
)
ISLANDER = client(id="S", name="Saare Klient", lat=58.3775, lon=27.5203, settlement="Tooni küla")
FERRY = Ferry(
    id="praam",
    mainland_harbour="LAAKSAARE",
    island_harbour="PIIRISSAAR",
    settlements=frozenset({"Piiri küla", "Tooni küla"}),
    crossing=45 * 60,
    boarding=15 * 60,
    timetables=(
        Timetable(
            first=date(2026, 10, 1),
            last=date(2026, 12, 31),
            weekdays=frozenset({3}),
            outward=(11 * HOUR,),
            homeward=(14 * HOUR,),
        ),
    ),
)


@pytest.fixture(scope="module")
def network() -> RoadNetwork:
    return open_network(ROADS)


def records(**changes: Any) -> Records:
    """Return a day with a shift, a visit on the mainland and one on the island."""
    plain = Records(
        municipality=settings(ferries=(FERRY,)),
        places=PLACES,
        clients=(client(), ISLANDER),
        workers=(Worker(id="T", name="Näide"),),
        vehicles=(VehicleRecord(id="A"),),
        shifts=(shift(),),
        visits=(visit(), visit(id="P", client="S")),
    )
    return replace(plain, **changes)


def codes(day: Day) -> dict[str, Severity]:
    """Return the findings of a day by code, but for those of the road network itself."""
    return {finding.code: finding.severity for finding in day.findings}


def left_out(day: Day, request: str) -> tuple[set[Block], list[str]]:
    """Return why a request finds no shift at all, as codes and in Estonian."""
    plan = Plan(routes=(), unassigned=tuple(asked.id for asked in day.problem.requests))
    found = explain(day.problem, day.matrix, plan, request)
    assert isinstance(found, LeftOut)
    return {blocked.block for blocked in found.blocked}, found.sentences("et", Labels())


def test_only_the_places_of_the_day(network: RoadNetwork) -> None:
    """A place that nobody starts at, calls at or sails from is not measured."""
    day = build_day(records(clients=(client(), ISLANDER, client(id="X", lat=0.0, lon=0.0))), network, DAY)
    assert {place.id for place in day.problem.places} == {"BAAS", "LAAKSAARE", "PIIRISSAAR", "client:K", "client:S"}
    assert codes(day) == {}


def test_an_island_is_joined_by_its_ferry(network: RoadNetwork) -> None:
    """On a day with sailings the island's places belong to the crossing, and no road joins them to the rest."""
    day = build_day(records(), network, DAY)
    (crossing,) = day.problem.crossings
    assert crossing.island == {"PIIRISSAAR", "client:S"}
    assert (crossing.outward, crossing.homeward) == ((11 * HOUR,), (14 * HOUR,))
    assert day.matrix.travel("BAAS", "client:S") is None
    assert day.matrix.travel("PIIRISSAAR", "client:S") is not None


@pytest.mark.parametrize(
    ("day", "changes", "word"),
    [
        (date(2026, 11, 26), {}, "nädalapäeval"),
        (DAY, {"cancelled": frozenset({DAY})}, "tühistatud"),
        (date(2027, 1, 6), {}, "sõiduplaan"),
    ],
)
def test_no_sailing_is_a_reason(network: RoadNetwork, day: date, changes: dict[str, Any], word: str) -> None:
    """Without a sailing that day the island's request stays out, and the reason says why nothing sails."""
    asked = records(
        municipality=settings(ferries=(replace(FERRY, **changes),)), visits=(visit(id="P", client="S", day=day),)
    )
    blocks, sentences = left_out(build_day(asked, network, day), "P")
    assert blocks == {Block.NO_SAILING}
    assert any(word in sentence for sentence in sentences), sentences


def test_the_ice_road_joins_the_island(network: RoadNetwork) -> None:
    """While the ice road is open there is no crossing, and the island is reached by road."""
    day = build_day(records(municipality=settings(ferries=(replace(FERRY, ice_road=True),))), network, DAY)
    assert day.problem.crossings == ()
    assert day.matrix.travel("BAAS", "client:S") is not None


def test_an_island_without_its_ferry(network: RoadNetwork) -> None:
    """Where the settings know no ferry the island's places are too far from any road of the mainland: a finding."""
    day = build_day(records(municipality=settings()), network, DAY)
    (finding,) = [finding for finding in day.findings if finding.found == "S"]
    assert finding.code in {"roads.place-too-far", "roads.island-without-roads"}
    assert left_out(day, "P")[0] == {Block.UNREACHABLE}


def test_a_harbour_without_a_road(network: RoadNetwork) -> None:
    """Where no road leads to the harbour it is the road that is missing, not a departure."""
    places = tuple(replace(place, lat=59.9, lon=24.0) if place.id == "LAAKSAARE" else place for place in PLACES)
    assert left_out(build_day(records(places=places), network, DAY), "P")[0] == {Block.UNREACHABLE}


def test_a_place_in_the_sea(network: RoadNetwork) -> None:
    """A place far from any road is a finding at its own row, and what is asked there is unreachable, in words."""
    day = build_day(records(clients=(client(lat=59.9, lon=24.0), ISLANDER)), network, DAY)
    (finding,) = [finding for finding in day.findings if finding.code == "roads.place-too-far"]
    assert (finding.found, finding.severity) == ("K", Severity.ERROR)
    blocks, sentences = left_out(day, "C")
    assert blocks == {Block.UNREACHABLE}
    assert "Vahetusel V ei ole kohale viivat teed." in sentences


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"shifts": ()}, {"day.no-shifts": Severity.WARNING}),
        ({"visits": ()}, {"day.no-requests": Severity.WARNING}),
        ({"shifts": (), "vehicles": (), "visits": (), "municipality": settings()}, None),
    ],
)
def test_empty_days(network: RoadNetwork, changes: dict[str, Any], expected: dict[str, Severity] | None) -> None:
    """A day without shifts or requests is a problem all the same, with a warning."""
    assert codes(build_day(records(**changes), network, DAY)) == (
        expected or {"day.no-shifts": Severity.WARNING, "day.no-requests": Severity.WARNING}
    )


def test_each_vehicle_has_its_profile(network: RoadNetwork) -> None:
    """The matrix has the times of every vehicle's profile, and those of a car for prices."""
    vans = (VehicleRecord(id="A", profile="van"),)
    assert set(build_day(records(vehicles=vans), network, DAY).matrix.seconds) == {"car", "van"}


def test_calibration(network: RoadNetwork) -> None:
    """The municipality's factor stretches all times and no lengths."""
    plain, slow = (
        build_day(records(municipality=settings(calibration=factor)), network, DAY).matrix for factor in (1.0, 2.0)
    )
    assert slow.travel("BAAS", "client:K") == pytest.approx(2 * (plain.travel("BAAS", "client:K") or 0), abs=2)
    assert slow.length("BAAS", "client:K") == plain.length("BAAS", "client:K")


def test_clients_who_may_not_ride_together(network: RoadNetwork) -> None:
    """Pairs are named from either side, once; nobody is apart from herself."""
    pair = (client(apart=frozenset({"S", "K"})), replace(ISLANDER, apart=frozenset({"K"})))
    assert build_day(records(clients=pair), network, DAY).problem.apart == {frozenset({"K", "S"})}


def test_ids_that_are_taken(network: RoadNetwork) -> None:
    """An id that stands for a way back leaves its row out; one that stands for a home stops the day."""
    found = requests(rides=(ride(returning=Return.CALL), ride(id="R-R")), visits=(visit(id="R-R"),))
    assert [note.code for note in found.notes] == ["day.id-of-a-return", "day.id-of-a-return"]
    assert [shipment.id for shipment in found.shipments] == ["R", "R-R"]
    assert found.visits == []
    homes = (*PLACES, PlaceRecord(id="client:K", name="Kodu", lat=58.4, lon=26.7))
    with pytest.raises(RecordsError) as error:
        build_day(records(places=homes), network, DAY)
    assert [finding.code for finding in error.value.findings] == ["day.id-of-a-home"]


def test_a_matrix_for_a_quote(network: RoadNetwork) -> None:
    """Two places alone can be measured, across the water not at all."""
    asked = records(clients=(client(), ISLANDER))
    matrix, findings = place_matrix(asked, network, DAY, ["BAAS", "client:K"])
    assert matrix.length("BAAS", "client:K") == build_day(asked, network, DAY).matrix.length("BAAS", "client:K")
    assert list(findings) == []
    matrix, _ = place_matrix(asked, network, DAY, ["BAAS", "client:S"])
    assert matrix.length("BAAS", "client:S") is None


def test_clients_are_found_by_their_own_ids() -> None:
    """A client of the records need not have a name; her id is enough."""
    assert requests(of=Client(id="K", name="", lat=58.4, lon=26.7), visits=(visit(),)).visits[0].client == "K"
