"""Clients and workers, and when either is away."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from routing.records.origin import NOWHERE, Origin


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
