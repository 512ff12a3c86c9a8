"""A problem refuses what contradicts itself, and says every fault it finds."""

from collections.abc import Callable
from dataclasses import FrozenInstanceError, replace

import pytest

from routing.errors import HooleringError, ProblemError
from routing.problem import (
    Break,
    Gap,
    Load,
    Objective,
    Place,
    Priority,
    Promise,
    RideLink,
    SequenceLock,
    ShiftLock,
    ShipmentStep,
    Step,
    StepKind,
    TimeLock,
    TimeWindow,
    Vehicle,
    Waiting,
)
from tests.routing.review.tiny import ALL_DAY, ANU, CAR, FERRY, MARI, day, ride, visit

WINDOW = TimeWindow(earliest=0, latest=100)
INVALID: dict[str, Callable[[], object]] = {
    "a window that ends before it begins": lambda: TimeWindow(earliest=2, latest=1),
    "a window before midnight": lambda: TimeWindow(earliest=-1, latest=1),
    "latitude and longitude swapped": lambda: Place(id="p", lat=126.7, lon=58.4),
    "a place beyond the date line": lambda: Place(id="p", lat=58.4, lon=181),
    "fewer than nobody": lambda: Load(seats=-1),
    "a visit without windows": lambda: visit("v", "a", windows=()),
    "windows that overlap": lambda: visit("v", "a", windows=(WINDOW, TimeWindow(earliest=100, latest=200))),
    "a visit that takes negative time": lambda: visit("v", "a", duration=-1),
    "negative lateness": lambda: visit("v", "a", max_lateness=-1),
    "a visit by nobody": lambda: visit("v", "a", crew=0),
    "fewer boxes than none": lambda: visit("v", "a", goods=-1),
    "a step without windows": lambda: ShipmentStep(place="a", duration=0, windows=()),
    "a step that takes negative time": lambda: ShipmentStep(place="a", duration=-1, windows=ALL_DAY),
    "a ride of nobody": lambda: ride("r", "a", "b", load=Load()),
    "a negative ride limit": lambda: ride("r", "a", "b", max_ride=-1),
    "a limit below the direct way": lambda: ride("r", "a", "b", max_ride_percent=99),
    "a vehicle without seats": lambda: Vehicle(id="v", layouts=()),
    "a vehicle that takes fewer boxes than none": lambda: Vehicle(id="v", goods=-1),
    "a break of negative length": lambda: Break(duration=-1, window=WINDOW),
    "a break due before the start": lambda: Break(duration=1, window=WINDOW, required_after=-1),
    "a shift that ends before it begins": lambda: replace(ANU, latest=ANU.earliest - 1),
    "a shift before midnight": lambda: replace(ANU, earliest=-1),
    "negative overtime": lambda: replace(ANU, overtime=-1),
    "a negative duration": lambda: replace(ANU, max_duration=-1),
    "a negative stay": lambda: RideLink(outbound="r", inbound="s", minimum_stay=-1),
    "a negative distance": lambda: RideLink(outbound="r", inbound="s", nearby=-1),
    "a gap of less than nothing": lambda: Gap(first="v", second="w", minimum=-1),
    "a gap that ends before it begins": lambda: Gap(first="v", second="w", minimum=2, maximum=1),
    "a gap to itself": lambda: Gap(first="v", second="v"),
    "a ferry that arrives before it leaves": lambda: replace(FERRY, duration=-1),
    "a departure yesterday": lambda: replace(FERRY, outward=(-1,)),
}


@pytest.mark.parametrize("make", INVALID.values(), ids=INVALID.keys())
def test_an_impossible_part_is_refused(make: Callable[[], object]):
    """What cannot be is a ProblemError from the start."""
    with pytest.raises(ProblemError):
        make()


DAY = day(visits=(visit("v", "a"), visit("w", "b")), shipments=(ride("r", "a", "b"), ride("s", "b", "a")))
AT = Step(request="v", kind=StepKind.VISIT)
BAD_REFERENCES = {
    "two places": ({"places": (*DAY.places, DAY.places[0])}, "place id 'base' is used twice"),
    "two vehicles": ({"vehicles": (*DAY.vehicles, CAR)}, "vehicle id 'car-1' is used twice"),
    "two shifts": ({"shifts": (ANU, ANU, MARI)}, "shift id 'anu' is used twice"),
    "a visit called like a ride": ({"visits": (visit("r", "a"),)}, "request id 'r' is used twice"),
    "a visit nowhere": ({"visits": (visit("v", "mars"),)}, "place 'mars' named by 'v' does not exist"),
    "a pickup nowhere": ({"shipments": (ride("r", "mars", "a"),)}, "place 'mars' named by 'r' does not exist"),
    "a delivery nowhere": ({"shipments": (ride("r", "a", "mars"),)}, "place 'mars' named by 'r' does not exist"),
    "a shift from nowhere": ({"shifts": (replace(ANU, start_place="mars"),)}, "place 'mars' named by 'anu'"),
    "a shift to nowhere": ({"shifts": (replace(ANU, end_place="mars"),)}, "place 'mars' named by 'anu'"),
    "no such vehicle": ({"shifts": (replace(ANU, vehicle="sledge"),)}, "vehicle 'sledge' named by 'anu'"),
    "a link to a visit": ({"links": (RideLink(outbound="r", inbound="v"),)}, "ride 'v' named by 'a link'"),
    "a ride with two returns": (
        {"links": (RideLink(outbound="r", inbound="s"), RideLink(outbound="s", inbound="r"))},
        "linked ride id 'r' is used twice",
    ),
    "a ride that is its own return": ({"links": (RideLink(outbound="r", inbound="r"),)}, "linked ride id 'r'"),
    "a gap to a ride": ({"gaps": (Gap(first="v", second="r"),)}, "visit 'r' named by 'a gap'"),
    "a promise to nobody": ({"promises": (Promise(request="x", worker="w", start=0),)}, "request 'x' named by"),
    "a lock on no shift": ({"locks": (ShiftLock(shift="x", requests=("v",)),)}, "shift 'x' named by 'a lock'"),
    "a lock of nothing": ({"locks": (ShiftLock(shift="anu", requests=("x",)),)}, "request 'x' named by 'a lock'"),
    "a pickup of a visit": (
        {"locks": (SequenceLock(shift="anu", steps=(Step(request="v", kind=StepKind.PICKUP),)),)},
        "pickup 'v' named by 'a lock'",
    ),
    "a visit of a ride": (
        {"locks": (TimeLock(step=Step(request="r", kind=StepKind.VISIT), window=WINDOW),)},
        "visit 'r' named by 'a lock'",
    ),
    "a ferry from nowhere": ({"crossings": (replace(FERRY, mainland_harbour="mars"),)}, "place 'mars' named by"),
    "an island nowhere": ({"crossings": (replace(FERRY, island=frozenset({"mars"})),)}, "place 'mars' named by"),
}


@pytest.mark.parametrize(("change", "fault"), BAD_REFERENCES.values(), ids=BAD_REFERENCES.keys())
def test_a_reference_to_nothing_is_refused(change: dict[str, object], fault: str):
    """An id used twice or naming nothing is named in the fault."""
    with pytest.raises(ProblemError) as caught:
        replace(DAY, **change)

    assert any(text.startswith(fault) for text in caught.value.faults)


def test_all_faults_are_told_at_once():
    """Two faults make one error with both, which is ours and a ValueError."""
    with pytest.raises(HooleringError) as caught:
        visit("v", "a", windows=(), duration=-1)

    assert len(caught.value.faults) == 2
    assert isinstance(caught.value, ValueError)


def test_everything_is_frozen():
    """A problem and its parts change by copying only."""
    for part in (DAY, DAY.visits[0], ANU, CAR, WINDOW):
        with pytest.raises(FrozenInstanceError):
            part.id = "other"


@pytest.mark.parametrize(
    ("percent", "absolute", "expected"),
    [(None, None, None), (None, 900, 900), (150, None, 1501), (150, 900, 900), (150, 2000, 1501)],
)
def test_the_tighter_ride_limit_holds(percent: int | None, absolute: int | None, expected: int | None):
    """A relative limit is rounded down to whole seconds, and the smaller of the two counts."""
    assert ride("r", "a", "b", max_ride=absolute, max_ride_percent=percent).ride_limit(1001) == expected


@pytest.mark.parametrize(
    ("load", "layout", "expected"),
    [
        (Load(seats=2), Load(seats=2), True),
        (Load(seats=3), Load(seats=2), False),
        (Load(wheelchairs=1), Load(seats=4), False),
        (Load(seats=1), Load(wheelchairs=1), False),
        (Load(seats=1, stretchers=1), Load(seats=1, stretchers=1), True),
    ],
)
def test_a_load_finds_room_kind_by_kind(load: Load, layout: Load, *, expected: bool):
    """A wheelchair place is not a seat, nor the reverse."""
    assert load.fits(layout) is expected


def test_loads_add_up():
    """Two loads together need the room of both."""
    assert Load(seats=1, wheelchairs=1) + Load(seats=2, stretchers=1) == Load(seats=3, wheelchairs=1, stretchers=1)


@pytest.mark.parametrize(
    ("waiting", "same", "expected"),
    [
        (Waiting.FREE, False, False),
        (Waiting.FREE, True, True),
        (Waiting.NEARBY, False, True),
        (Waiting.STAYS, False, True),
    ],
)
def test_waiting_implies_one_shift(waiting: Waiting, *, same: bool, expected: bool):
    """Who waits nearby or stays also drives back."""
    assert RideLink(outbound="r", inbound="s", waiting=waiting, same_shift=same).one_shift is expected


def test_look_ups_find_what_was_put_in():
    """Requests, links, locks and offers are found by id."""
    link = RideLink(outbound="r", inbound="s")
    locks = (
        ShiftLock(shift="anu", requests=("v",)),
        SequenceLock(shift="anu", steps=(Step(request="r", kind=StepKind.PICKUP),)),
        TimeLock(step=Step(request="w", kind=StepKind.VISIT), window=WINDOW),
    )
    lifting = replace(CAR, equipment=frozenset({"lift"}))
    skilled = replace(ANU, skills=frozenset({"medication"}))
    problem = replace(DAY, links=(link,), locks=locks, vehicles=(lifting, DAY.vehicles[1]), shifts=(skilled, MARI))

    assert [request.id for request in problem.requests] == ["v", "w", "r", "s"]
    assert problem.link_by_ride == {"r": link, "s": link}
    assert problem.locked_requests == {"v", "r", "w"}
    assert problem.offers(skilled) == {"lift", "medication"}
    assert problem.request_by_id["v"] is DAY.visits[0]


def test_priorities_are_far_apart():
    """Sixty requests of one priority weigh less than one of a priority two steps up, and a lock more than all."""
    weigh = Objective()

    assert [weigh.unassigned(priority) for priority in Priority] == [10_000_000, 1_000_000, 100_000]
    assert weigh.locked > weigh.unassigned_a
