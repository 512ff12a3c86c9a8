"""The municipality's records as typed rows: what the folder holds once it has been read.

Times of day are whole seconds from local midnight, lengths whole seconds, dates are `datetime.date`, coordinates WGS 84
`lat` and `lon`. A field that may be unknown is None, and stays unknown: nothing here is guessed. Every row knows the
`file` and `row` it came from, so that later findings can point at it; two rows are equal wherever they were read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final, TypeAlias

from routing.problem import Load, Objective, Priority, TimeWindow, Waiting


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where a row came from; the header is row 1."""

    file: str
    row: int


NOWHERE = Origin(file="", row=0)


class Service(StrEnum):
    """The services a decision grants. Escorted rides belong to home care, social transport does not."""

    HOME_CARE = "home_care"
    ESCORTED = "escorted"
    SOCIAL = "social"
    PERSONAL_ASSISTANT = "personal_assistant"
    SUPPORT_PERSON = "support_person"


RIDES: Final = frozenset({Service.ESCORTED, Service.SOCIAL})
"""The services that are rides."""


class Activity(StrEnum):
    """What is done on a visit: six groups of koduabi, then ten of isikuabi (minister's regulation 29.06.2023 nr 40)."""

    SHOPPING = "shopping"
    ERRANDS = "errands"
    HEATING = "heating"
    SAFETY = "safety"
    TIDYING = "tidying"
    OTHER_HOUSEHOLD = "other_household"
    HYGIENE = "hygiene"
    NUTRITION = "nutrition"
    DRESSING = "dressing"
    BED = "bed"
    MEDICATION = "medication"
    MONITORING = "monitoring"
    NETWORK = "network"
    MENTAL = "mental"
    ASSISTIVE = "assistive"
    OTHER_PERSONAL = "other_personal"


class ClientState(StrEnum):
    """Whether a client is served at present: away means hospital or family."""

    ACTIVE = "active"
    AWAY = "away"
    ENDED = "ended"


class Aid(StrEnum):
    """What a rider brings or needs; decides room in the vehicle, equipment and boarding time."""

    WALKER = "walker"
    WHEELCHAIR = "wheelchair"
    STRETCHER = "stretcher"
    STAIR_CLIMBER = "stair_climber"


@dataclass(frozen=True, kw_only=True)
class PlaceRecord:
    """A base, a destination or a harbour.

    `municipality` and `county` decide its fee zone; None is unknown. `settlement` tells whether it lies on an island.
    """

    id: str
    name: str
    lat: float
    lon: float
    settlement: str = ""
    municipality: str | None = None
    county: str | None = None
    origin: Origin = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, kw_only=True)
class Client:
    """A person who is cared for. Names and phones never leave the records but for today's round."""

    id: str
    name: str
    lat: float
    lon: float
    address: str = ""
    settlement: str = ""
    municipality: str | None = None
    county: str | None = None
    phone: str = ""
    door_note: str = ""
    state: ClientState = ClientState.ACTIVE
    aids: frozenset[Aid] = frozenset()
    regular: frozenset[str] = frozenset()
    preferred: frozenset[str] = frozenset()
    forbidden: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()
    origin: Origin = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, kw_only=True)
class Worker:
    """A carer, a driver, or an official in `reserve` who stands in. Of the background check only the date is kept."""

    id: str
    name: str
    phone: str = ""
    skills: frozenset[str] = frozenset()
    background_check: date | None = None
    reserve: bool = False
    origin: Origin = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, kw_only=True)
class VehicleRecord:
    """A car or van with the seat layouts it can be arranged in; `goods` None is as much as may be."""

    id: str
    plate: str = ""
    layouts: tuple[Load, ...] = (Load(seats=4),)
    equipment: frozenset[str] = frozenset()
    profile: str = "car"
    goods: int | None = None
    origin: Origin = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, kw_only=True)
class ShiftRecord:
    """A shift on one date, or every week on `weekdays` (ISO numbers, Monday 1) while `day` is None."""

    id: str
    worker: str
    vehicle: str
    start: int
    end: int
    start_place: str
    end_place: str
    day: date | None = None
    weekdays: frozenset[int] = frozenset()
    overtime: int = 0
    break_length: int = 1800
    max_duration: int | None = None
    balance_group: str = ""
    origin: Origin = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, kw_only=True)
class Absence:
    """A worker is away from `first` to `last`, both included. The reason is not kept."""

    worker: str
    first: date
    last: date
    origin: Origin = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, kw_only=True)
class Pause:
    """A client needs no visits and rides from `first` to `last`, both included. The reason is not kept."""

    client: str
    first: date
    last: date
    origin: Origin = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, kw_only=True)
class CarePlan:
    """What a client is granted, in one version: how much of a service, from when, and by whom if it can be.

    `weekly` and `monthly` are seconds of care without the way to the door, one of the two at most; None is not stated.
    Where need changes, a new row with the next `version` begins where the one before ends.
    """

    id: str
    client: str
    valid_from: date
    valid_to: date | None = None
    service: Service = Service.HOME_CARE
    version: int = 1
    weekly: int | None = None
    monthly: int | None = None
    regular: frozenset[str] = frozenset()
    note: str = ""
    origin: Origin = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, kw_only=True)
class CareSlot:
    """One recurring visit of a care plan: `times` in each week, or in every second or third one (`every_weeks`).

    `weekdays` are the only days it may be made on, `preferred_days` those that are best; empty is any. Between two
    days with a visit lie at least `days_apart` (2: never on days that follow each other). A day holds up to `per_day`,
    `hours_apart` seconds from the end of one to the beginning of the next, each in a window of its own if there are
    as many.
    """

    id: str
    plan: str
    times: int
    duration: int
    windows: tuple[TimeWindow, ...]
    every_weeks: int = 1
    per_day: int = 1
    weekdays: frozenset[int] = frozenset()
    preferred_days: frozenset[int] = frozenset()
    days_apart: int = 1
    hours_apart: int = 0
    max_lateness: int = 0
    priority: Priority = Priority.B
    skills: frozenset[str] = frozenset()
    crew: int = 1
    activities: frozenset[Activity] = frozenset()
    origin: Origin = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, kw_only=True)
class CareVisit:
    """One care visit of one day.

    `after` names an earlier visit of the client, with the gap kept between the two; `other_worker` asks that nobody
    makes both. `goods` are what is brought from where the shift begins, in units of the municipality's own.
    `care_slot` is the recurring visit of a care plan that this one stands for, `planned_for` the workers whom the
    plan of the week gave it; they count as the client's regular ones on that day.
    """

    id: str
    day: date
    client: str
    duration: int
    windows: tuple[TimeWindow, ...]
    max_lateness: int = 0
    priority: Priority = Priority.B
    skills: frozenset[str] = frozenset()
    crew: int = 1
    activities: tuple[str, ...] = ()
    after: str | None = None
    gap_minimum: int = 0
    gap_maximum: int | None = None
    other_worker: bool = False
    goods: int = 0
    care_slot: str | None = None
    planned_for: frozenset[str] = frozenset()
    origin: Origin = field(default=NOWHERE, compare=False)


class Return(StrEnum):
    """How a rider comes back: not with us, at a stated time, or when she calls."""

    NONE = "none"
    AT = "at"
    CALL = "call"


@dataclass(frozen=True, kw_only=True)
class RideRequest:
    """One requested ride, and its return if there is one.

    `start` and `end` are place ids, or `home` for the client's own address. Either `pickup` or `arrival` windows are
    given (the appointment begins at the latest arrival). `return_at` is the time the client is ready to go back
    (for `Return.CALL` an estimate); `appointment` how long she is inside at least. `companions` ride along besides the
    client; None for the ride limits means the municipality's own default.
    """

    id: str
    day: date
    client: str
    service: Service
    start: str
    end: str
    pickup: tuple[TimeWindow, ...] = ()
    arrival: tuple[TimeWindow, ...] = ()
    max_lateness: int = 0
    requested_on: date | None = None
    purpose: str = ""
    aids: frozenset[Aid] | None = None
    companions: int = 0
    priority: Priority = Priority.B
    returning: Return = Return.NONE
    return_at: int | None = None
    appointment: int = 0
    waiting: Waiting = Waiting.FREE
    same_vehicle: bool = False
    alone: bool = False
    max_ride: int | None = None
    max_ride_percent: int | None = None
    origin: Origin = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, kw_only=True)
class RideSeries:
    """A ride that recurs by an RFC 5545 rule (`FREQ=WEEKLY;BYDAY=MO,WE,FR`) from `first` to `last`, both included.

    The rule counts days of the local calendar and the windows are times on the wall, so that a ride stays at its hour
    when the clock is put forward or back. `exceptions` are dates without it. Everything else is as in `RideRequest`; a
    ride of the rides' list with the id of one occurrence (`routing.records.series.occurrence_id`) takes its place.
    """

    id: str
    client: str
    service: Service
    start: str
    end: str
    rule: str
    first: date
    last: date | None = None
    exceptions: frozenset[date] = frozenset()
    pickup: tuple[TimeWindow, ...] = ()
    arrival: tuple[TimeWindow, ...] = ()
    max_lateness: int = 0
    purpose: str = ""
    aids: frozenset[Aid] | None = None
    companions: int = 0
    priority: Priority = Priority.B
    returning: Return = Return.NONE
    return_at: int | None = None
    appointment: int = 0
    waiting: Waiting = Waiting.FREE
    same_vehicle: bool = False
    alone: bool = False
    max_ride: int | None = None
    max_ride_percent: int | None = None
    origin: Origin = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, kw_only=True)
class Decision:
    """A decision that grants a service. `case_number` has 11 digits as in STAR; `valid_to` None is open-ended."""

    case_number: str
    client: str
    service: Service
    valid_from: date
    valid_to: date | None = None
    weekly_hours: float | None = None
    volume: str = ""
    applied_on: date | None = None
    decided_on: date | None = None
    origin: Origin = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, kw_only=True)
class ReliefRecord:
    """What a committee lets a client off: from `first` to `last` she pays `pays` per cent of a price.

    `act` names the decision. `service` None is every service, `component` one price of the list by its name, empty the
    whole; `last` None is open-ended.
    """

    act: str
    client: str
    first: date
    last: date | None = None
    service: Service | None = None
    component: str = ""
    pays: int = 0
    origin: Origin = field(default=NOWHERE, compare=False)


Row: TypeAlias = (
    PlaceRecord
    | Client
    | Worker
    | VehicleRecord
    | ShiftRecord
    | Absence
    | Pause
    | CarePlan
    | CareSlot
    | CareVisit
    | RideRequest
    | RideSeries
    | Decision
    | ReliefRecord
)
"""A record that is one row of a file."""


@dataclass(frozen=True, kw_only=True)
class Timetable:
    """A ferry's departures on `weekdays` from `first` to `last`, both included."""

    first: date
    last: date
    weekdays: frozenset[int]
    outward: tuple[int, ...]
    homeward: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Ferry:
    """A ferry to an island.

    `settlements` are served through it only; `cancelled` are dates without sailing (ice, storm).
    `crossing` and `boarding` are lengths. While `ice_road` is on, the road network's ice road replaces it.
    """

    id: str
    mainland_harbour: str
    island_harbour: str
    settlements: frozenset[str]
    crossing: int
    boarding: int
    timetables: tuple[Timetable, ...] = ()
    cancelled: frozenset[date] = frozenset()
    ice_road: bool = False


@dataclass(frozen=True, kw_only=True)
class Municipality:
    """Settings of the municipality that keeps the folder.

    `boarding` and `alighting` are seconds by aid, with key `none` for a rider without one; `door` is added to every
    visit (parking, walking to the door). `calibration` multiplies all travel times. `call_wait` is how long a rider who
    calls for her return may have to wait. `care_skills`, `escort_skills` and `social_skills` are what a worker must be
    able to do for any visit, escorted ride or ride. How working days of notice are counted is written down nowhere:
    `request_day_counts` and `notice_cutoff` (a time of day) say it (see `routing.rules.notice`). `fees`, `roads` and
    `boundaries` are paths from the folder; maps ask the tile server `tiles` only where one is named. Drivers call
    `coordinator_phone`, where it is known. `keep_openings_days` and `keep_taps_days` say for how long it is kept when
    drivers opened their links and what they tapped: None is for good.
    """

    name: str
    county: str
    notice_days: int = 3
    request_day_counts: bool = True
    notice_cutoff: int | None = None
    care_skills: frozenset[str] = frozenset()
    escort_skills: frozenset[str] = frozenset()
    social_skills: frozenset[str] = frozenset()
    fees: str = ""
    roads: str = ""
    boundaries: str = ""
    coordinator_phone: str = ""
    keep_openings_days: int | None = None
    keep_taps_days: int | None = None
    tiles: str = ""
    tiles_attribution: str = ""
    boarding: Mapping[str, int] = field(default_factory=lambda: {"none": 120})
    alighting: Mapping[str, int] = field(default_factory=lambda: {"none": 120})
    door: int = 120
    max_ride: int | None = None
    max_ride_percent: int | None = None
    nearby: int = 900
    return_wait: int = 1800
    call_wait: int = 5400
    calibration: float = 1.0
    background_check_days: int = 365
    objective: Objective = field(default_factory=Objective)
    ferries: tuple[Ferry, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Records:
    """Everything a folder holds. Rows with an ERROR finding are not in here; the findings say so."""

    municipality: Municipality
    places: tuple[PlaceRecord, ...] = ()
    clients: tuple[Client, ...] = ()
    workers: tuple[Worker, ...] = ()
    vehicles: tuple[VehicleRecord, ...] = ()
    shifts: tuple[ShiftRecord, ...] = ()
    absences: tuple[Absence, ...] = ()
    pauses: tuple[Pause, ...] = ()
    care_plans: tuple[CarePlan, ...] = ()
    care_slots: tuple[CareSlot, ...] = ()
    visits: tuple[CareVisit, ...] = ()
    rides: tuple[RideRequest, ...] = ()
    ride_series: tuple[RideSeries, ...] = ()
    decisions: tuple[Decision, ...] = ()
    reliefs: tuple[ReliefRecord, ...] = ()
