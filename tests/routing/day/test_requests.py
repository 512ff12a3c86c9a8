"""Care visits and rides of a day become visits, shipments, gaps and links."""

from datetime import date
from typing import Any

import pytest

from routing.day.requests import LAST_MOMENT
from routing.findings import Severity
from routing.problem import Gap, Load, Priority, RideLink, ShipmentStep, TimeWindow, Waiting
from routing.records.model import Aid, ClientState, Return, Service
from tests.routing.day.small import DAY, HOUR, MINUTE, RIDES, client, requests, ride, settings, visit, window

TOMORROW = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("changes", "name", "expected"),
    [
        ({}, "place", "client:K"),
        ({}, "client", "K"),
        ({"duration": 600}, "duration", 600 + 90),
        ({"windows": (window(8, 9), window(12, 13))}, "windows", (window(8, 9), window(12, 13))),
        ({"max_lateness": 300}, "max_lateness", 300),
        ({"priority": Priority.A}, "priority", Priority.A),
        ({"crew": 2}, "crew", 2),
        ({"goods": 3}, "goods", 3),
        ({"skills": frozenset({"tõstmine"})}, "skills", {"tõstmine", "koduabi"}),
        ({}, "regular", {"T1"}),
        ({}, "preferred", {"T2"}),
        ({}, "forbidden", {"T3"}),
    ],
)
def test_a_visit(changes: dict[str, Any], name: str, expected: object) -> None:
    """A visit takes its own facts, its client's wishes and the municipality's door minutes and skills."""
    found = requests(
        of=client(regular=frozenset({"T1"}), preferred=frozenset({"T2"}), forbidden=frozenset({"T3"})),
        under=settings(care_skills=frozenset({"koduabi"})),
        visits=(visit(**changes),),
    )
    assert getattr(found.visits[0], name) == expected
    assert found.subjects["C"].service is Service.HOME_CARE


@pytest.mark.parametrize(
    ("aids", "load", "boarding", "alighting", "skills"),
    [
        (set(), Load(seats=1), 60, 30, set()),
        ({Aid.WALKER}, Load(seats=1), 120, 30, set()),
        ({Aid.WHEELCHAIR}, Load(wheelchairs=1), 300, 240, set()),
        ({Aid.STRETCHER}, Load(stretchers=1), 60, 30, set()),
        ({Aid.STRETCHER, Aid.WHEELCHAIR}, Load(stretchers=1), 300, 240, set()),
        ({Aid.WALKER, Aid.WHEELCHAIR}, Load(wheelchairs=1), 300, 240, set()),
        ({Aid.STAIR_CLIMBER}, Load(seats=1), 60, 30, {"stair_climber"}),
    ],
)
def test_aids(aids: set[Aid], load: Load, boarding: int, alighting: int, skills: set[str]) -> None:
    """What a rider brings decides room, handling at both ends and equipment, whether hers or the ride's."""
    of_client = requests(of=client(aids=frozenset(aids)), rides=(ride(),)).shipments[0]
    of_ride = requests(of=client(aids=frozenset({Aid.WHEELCHAIR})), rides=(ride(aids=frozenset(aids)),)).shipments[0]
    for shipment in (of_client, of_ride):
        assert (shipment.load, shipment.skills) == (load, skills)
        assert (shipment.pickup.duration, shipment.delivery.duration) == (boarding, alighting)


@pytest.mark.parametrize(("companions", "aids"), [(0, set()), (2, set()), (1, {Aid.WHEELCHAIR})])
def test_companions(companions: int, aids: set[Aid]) -> None:
    """Each companion takes a seat besides the rider's own place."""
    found = requests(rides=(ride(companions=companions, aids=frozenset(aids)),)).shipments[0]
    wheeled = int(Aid.WHEELCHAIR in aids)
    assert found.load == Load(seats=companions + 1 - wheeled, wheelchairs=wheeled)


@pytest.mark.parametrize(
    ("changes", "pickup", "delivery", "lateness"),
    [
        ({}, TimeWindow(earliest=0, latest=10 * HOUR), window(9, 10), (0, 0)),
        ({"max_lateness": 600}, TimeWindow(earliest=0, latest=10 * HOUR + 600), window(9, 10), (0, 600)),
        (
            {"arrival": (), "pickup": (window(7, 8),)},
            window(7, 8),
            TimeWindow(earliest=7 * HOUR, latest=LAST_MOMENT),
            (0, 0),
        ),
        (
            {"arrival": (), "pickup": (window(7, 8),), "max_lateness": 600},
            window(7, 8),
            TimeWindow(earliest=7 * HOUR, latest=LAST_MOMENT),
            (600, 0),
        ),
        ({"pickup": (window(8, 9),)}, window(8, 9), window(9, 10), (0, 0)),
    ],
)
def test_pickup_or_arrival(
    changes: dict[str, Any], pickup: TimeWindow, delivery: TimeWindow, lateness: tuple[int, int]
) -> None:
    """A stated time binds its own end of the ride; the other end stays as open as that leaves it."""
    found = requests(rides=(ride(**changes),)).shipments[0]
    assert (found.pickup.windows, found.delivery.windows) == ((pickup,), (delivery,))
    assert (found.pickup.max_lateness, found.delivery.max_lateness) == lateness


@pytest.mark.parametrize(
    ("changes", "ready", "latest", "stay", "will_call"),
    [
        ({"returning": Return.AT, "return_at": 12 * HOUR}, 12 * HOUR, 12 * HOUR + 1800, 0, False),
        ({"returning": Return.CALL, "return_at": 12 * HOUR}, 12 * HOUR, 12 * HOUR + 5400, 0, True),
        ({"returning": Return.CALL, "appointment": 2700}, 10 * HOUR + 2700, 10 * HOUR + 8100, 2700, True),
        ({"returning": Return.AT, "appointment": 2700}, 10 * HOUR + 2700, 10 * HOUR + 4500, 2700, False),
        (
            {"returning": Return.AT, "arrival": (), "pickup": (window(9, 9.5),), "appointment": 0},
            9.5 * HOUR,
            10 * HOUR,
            0,
            False,
        ),
        ({"returning": Return.AT, "return_at": LAST_MOMENT}, LAST_MOMENT, LAST_MOMENT, 0, False),
    ],
)
def test_the_way_back(changes: dict[str, Any], ready: int, latest: int, stay: int, will_call: bool) -> None:
    """A return begins when the rider is ready and may wait as long as agreed, or as long as a caller may."""
    found = requests(rides=(ride(**changes),))
    out, back = found.shipments
    assert back.pickup.windows == (TimeWindow(earliest=ready, latest=latest),)
    assert (back.pickup.place, back.delivery.place) == (out.delivery.place, out.pickup.place)
    assert (back.pickup.duration, back.delivery.duration) == (out.pickup.duration, out.delivery.duration)
    assert (back.will_call, back.load, back.skills) == (will_call, out.load, out.skills)
    assert found.links == [RideLink(outbound="R", inbound="R-R", minimum_stay=stay, nearby=900)]
    assert found.subjects["R-R"].is_return
    assert not found.subjects["R"].is_return


@pytest.mark.parametrize("waiting", list(Waiting))
@pytest.mark.parametrize("same", [True, False])
def test_what_the_carer_does_meanwhile(waiting: Waiting, same: bool) -> None:
    """The link of both ways says whether the carer stays, and how far she may go."""
    under = settings(nearby=600)
    found = requests(under=under, rides=(ride(returning=Return.CALL, waiting=waiting, same_vehicle=same),))
    assert found.links == [RideLink(outbound="R", inbound="R-R", same_shift=same, waiting=waiting, nearby=600)]


@pytest.mark.parametrize(
    ("changes", "limits"),
    [
        ({}, (4500, 150)),
        ({"max_ride": 600}, (600, 150)),
        ({"max_ride_percent": 200}, (4500, 200)),
        ({"max_ride": 0}, (0, 150)),
    ],
)
def test_ride_limits(changes: dict[str, Any], limits: tuple[int, int]) -> None:
    """A ride's own limit goes before the municipality's, both ways."""
    under = settings(max_ride=4500, max_ride_percent=150)
    found = requests(under=under, rides=(ride(returning=Return.CALL, **changes),))
    assert {(shipment.max_ride, shipment.max_ride_percent) for shipment in found.shipments} == {limits}


@pytest.mark.parametrize(
    ("service", "skills", "regular"),
    [(Service.ESCORTED, {"saatmine"}, {"T1"}), (Service.SOCIAL, {"juhtimine"}, set())],
)
def test_services(service: Service, skills: set[str], regular: set[str]) -> None:
    """Each service asks for its skills; whom a client knows matters for care, not for a bus."""
    under = settings(escort_skills=frozenset({"saatmine"}), social_skills=frozenset({"juhtimine"}))
    of = client(regular=frozenset({"T1"}), preferred=frozenset({"T1"}), forbidden=frozenset({"T3"}))
    found = requests(under=under, of=of, rides=(ride(service=service),)).shipments[0]
    assert (found.skills, found.regular, found.preferred, found.forbidden) == (skills, regular, regular, {"T3"})


@pytest.mark.parametrize(
    ("start", "end", "places"),
    [("home", "ARST", ("client:K", "ARST")), ("ARST", "home", ("ARST", "client:K")), ("A", "B", ("A", "B"))],
)
def test_places(start: str, end: str, places: tuple[str, str]) -> None:
    """`home` is the client's own address."""
    found = requests(rides=(ride(start=start, end=end),)).shipments[0]
    assert (found.pickup.place, found.delivery.place) == places
    assert isinstance(found.pickup, ShipmentStep)


@pytest.mark.parametrize(
    ("state", "code"), [(ClientState.AWAY, "day.client-away"), (ClientState.ENDED, "day.client-ended")]
)
def test_clients_who_are_not_here(state: ClientState, code: str) -> None:
    """Requests of clients who are away or gone are left out, each with a note that points at its row."""
    found = requests(of=client(state=state), visits=(visit(),), rides=(ride(returning=Return.CALL),))
    assert (found.visits, found.shipments, found.links, found.subjects) == ([], [], [], {})
    assert [(note.code, note.severity, note.found) for note in found.notes] == [
        (code, Severity.NOTE, "C"),
        (code, Severity.NOTE, "R"),
    ]
    assert (found.notes[1].file, found.notes[1].row) == (RIDES.file, RIDES.row)


def test_other_days_stay_out() -> None:
    """Only the requests of the day are asked."""
    found = requests(visits=(visit(day=TOMORROW), visit(id="D")), rides=(ride(day=TOMORROW),))
    assert [request.id for request in found.visits] == ["D"]
    assert found.shipments == []


@pytest.mark.parametrize(
    ("first_day", "gaps"), [(DAY, [Gap(first="C", second="D", minimum=HOUR, maximum=2 * HOUR)]), (TOMORROW, [])]
)
def test_gaps(first_day: date, gaps: list[Gap]) -> None:
    """The gap to an earlier visit holds where both are on the day."""
    second = visit(id="D", after="C", gap_minimum=60 * MINUTE, gap_maximum=120 * MINUTE)
    assert requests(visits=(visit(day=first_day), second)).gaps == gaps


def test_another_worker() -> None:
    """Two visits of a client may ask for two workers."""
    (gap,) = requests(visits=(visit(), visit(id="D", after="C", other_worker=True))).gaps
    assert gap.two_carers
