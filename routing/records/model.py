"""The municipality's records as typed rows: what the folder holds once it has been read.

Times of day are whole seconds from local midnight, lengths whole seconds, dates are `datetime.date`, coordinates WGS 84
`lat` and `lon`. A field that may be unknown is None, and stays unknown: nothing here is guessed. Every row knows the
`file` and `row` it came from, so that later findings can point at it; two rows are equal wherever they were read.

Each topic has a module of its own; whoever works with several takes their names from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from routing.records.care import CarePlan, CareSlot, CareVisit
from routing.records.decisions import Decision, ReliefRecord
from routing.records.fleet import PlaceRecord, ShiftRecord, VehicleRecord
from routing.records.municipality import Ferry, Municipality, Timetable
from routing.records.origin import NOWHERE, Origin
from routing.records.people import Absence, Aid, Client, ClientState, Pause, Worker
from routing.records.rides import Return, RideRequest, RideSeries
from routing.records.services import RIDES, Activity, Service

__all__ = [
    "NOWHERE",
    "RIDES",
    "Absence",
    "Activity",
    "Aid",
    "CarePlan",
    "CareSlot",
    "CareVisit",
    "Client",
    "ClientState",
    "Decision",
    "Ferry",
    "Municipality",
    "Origin",
    "Pause",
    "PlaceRecord",
    "Records",
    "ReliefRecord",
    "Return",
    "RideRequest",
    "RideSeries",
    "Row",
    "Service",
    "ShiftRecord",
    "Timetable",
    "VehicleRecord",
    "Worker",
]

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
