"""A day's view follows its plan and says what the details say."""

from datetime import date

import pytest

from maps.background import Background
from maps.day_view import DayView, LegKind
from maps.details import Details, MissedDetails, ShiftDetails, StopDetails
from maps.from_plan import view_of_plan
from routing.plan import Plan, Route, Stop, StopKind
from routing.problem import (
    Crossing,
    Load,
    Place,
    Problem,
    Shift,
    Shipment,
    ShipmentStep,
    Step,
    StepKind,
    TimeWindow,
    Vehicle,
    Visit,
)

DAY = (TimeWindow(earliest=0, latest=80_000),)


def problem() -> Problem:
    places = [
        ("base", 58.43, 26.77),
        ("home", 58.46, 26.72),
        ("clinic", 58.38, 26.72),
        ("port", 58.34, 27.42),
        ("isle", 58.38, 27.5),
    ]
    shift = {"vehicle": "car", "start_place": "base", "end_place": "base", "earliest": 0, "latest": 80_000}
    return Problem(
        places=tuple(Place(id=name, lat=lat, lon=lon) for name, lat, lon in places),
        vehicles=(Vehicle(id="car"),),
        shifts=(Shift(id="idle", worker="w1", **shift), Shift(id="busy", worker="w2", **shift)),
        visits=(
            Visit(id="v1", client="c", place="home", duration=600, windows=DAY),
            Visit(id="v2", client="c", place="home", duration=600, windows=DAY),
        ),
        shipments=(
            Shipment(
                id="r1",
                client="c",
                pickup=ShipmentStep(place="clinic", duration=60, windows=DAY),
                delivery=ShipmentStep(place="home", duration=60, windows=DAY),
                load=Load(seats=1),
            ),
        ),
        crossings=(
            Crossing(
                id="f",
                mainland_harbour="port",
                island_harbour="isle",
                island=frozenset(),
                outward=(36_000,),
                homeward=(),
                duration=3600,
            ),
        ),
    )


def stop(kind: StopKind, place: str, at: int, **more: object) -> Stop:
    return Stop(kind=kind, place=place, arrival=at, start=at, departure=at + 600, **more)  # type: ignore[arg-type]


@pytest.fixture
def view() -> DayView:
    stops = (
        stop(StopKind.START, "base", 28_800),
        stop(StopKind.VISIT, "home", 30_000, request="v1", travel=600, metres=5000),
        stop(StopKind.BREAK, "home", 31_000),
        stop(StopKind.BOARD, "port", 36_000, crossing="f", travel=3000, metres=50_000),
        stop(StopKind.LAND, "isle", 39_600, crossing="f"),
        stop(StopKind.END, "base", 50_000, travel=600),
    )
    return view_of_plan(
        problem(),
        Plan(routes=(Route(shift="busy", stops=stops),), unassigned=("v2", "r1")),
        title="Tartu vald",
        day=date(2026, 3, 16),
        lang="et",
        details=Details(
            steps={Step(request="v1", kind=StepKind.VISIT): StopDetails(label="Aino T.", door_note="Koputa.")},
            places={"base": StopDetails(label="Kõrveküla")},
            shifts={"busy": ShiftDetails(worker="Tiina")},
            missed={"r1": MissedDetails(label="Sõit", reason="Ei mahu.")},
        ),
        background=Background(),
        leg_line=lambda shift, start, end: [(0.0, len(start)), (1.0, len(end))],
    )


def test_stops_are_numbered_and_described(view: DayView) -> None:
    """Number the stops that serve somebody, and describe each stop by its step or place."""
    (round_view,) = view.rounds
    assert [s.number for s in round_view.stops] == [None, 1, None, None, None, None]
    assert [s.label for s in round_view.stops] == ["Kõrveküla", "Aino T.", "", "", "", "Kõrveküla"]
    assert round_view.stops[1].door_note == "Koputa."
    assert (round_view.worker, round_view.served, round_view.metres) == ("Tiina", 1, 55_000)


def test_a_shift_keeps_its_letter(view: DayView) -> None:
    """Give the second shift letter B although the first is not used."""
    assert view.rounds[0].style.letter == "B"


def test_legs_come_from_the_roads_and_the_ferry(view: DayView) -> None:
    """Ask the roads for every leg between two places, and draw a crossing straight."""
    legs = view.rounds[0].legs
    assert [leg.kind for leg in legs] == [LegKind.ROAD, LegKind.ROAD, LegKind.FERRY, LegKind.ROAD]
    assert legs[0].line == ((0.0, 4), (1.0, 4))
    assert legs[2].line == ((58.34, 27.42), (58.38, 27.5))


def test_missed_requests_stand_where_they_begin(view: DayView) -> None:
    """Put a visit at its place and a ride at its pickup, named by its id where nothing is known."""
    assert [(m.label, m.lat, m.reason) for m in view.unassigned] == [("v2", 58.46, ""), ("Sõit", 58.38, "Ei mahu.")]
