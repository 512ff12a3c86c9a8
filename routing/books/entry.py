"""One line of the log: what was planned for a client, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from routing.records.model import NOWHERE, Origin, Service


class EntryKind(StrEnum):
    """What a log entry is about."""

    VISIT = "visit"
    RIDE = "ride"


class Way(StrEnum):
    """Which way of a ride an entry is about."""

    OUT = "out"
    BACK = "back"


class Result(StrEnum):
    """What came of a visit or a ride. NOT_HOME is a visit nobody opened for, NO_SHOW a ride nobody came to."""

    DONE = "done"
    REFUSED = "refused"
    NOT_NEEDED = "not_needed"
    NOT_POSSIBLE = "not_possible"
    NOT_HOME = "not_home"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"


class Party(StrEnum):
    """Who cancelled."""

    CLIENT = "client"
    OFFICE = "office"
    CARRIER = "carrier"


@dataclass(frozen=True, kw_only=True)
class Extra:
    """Something paid on the way that is passed on as it is: parking, a ferry ticket. `amount` in euros."""

    name: str
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One visit, or one way of one ride.

    Times are seconds from local midnight of `day`, lengths metres. `planned_metres` is the way by road from door to
    door, which is what a ride is priced by, whatever detour it was driven with others; `actual_metres` what was
    driven with the client. `travel` is the driving planned before it, in seconds. `others` are the workers who came
    along. A visit or ride that the plan left out has no worker. `result` None is not known yet; `waited` is how long
    the vehicle waited for the way back, `reason` why it was refused or not possible.
    """

    id: str
    day: date
    kind: EntryKind
    service: Service
    client: str
    request: str = ""
    way: Way | None = None
    start: str = ""
    end: str = ""
    worker: str = ""
    others: frozenset[str] = frozenset()
    vehicle: str = ""
    shift: str = ""
    planned_begin: int | None = None
    planned_end: int | None = None
    planned_metres: int | None = None
    travel: int | None = None
    actual_begin: int | None = None
    actual_end: int | None = None
    actual_metres: int | None = None
    result: Result | None = None
    reason: str = ""
    cancelled_by: Party | None = None
    cancelled_at: datetime | None = None
    waited: int | None = None
    activities: tuple[str, ...] = ()
    extras: tuple[Extra, ...] = ()
    origin: Origin = field(default=NOWHERE, compare=False)

    @property
    def is_done(self) -> bool:
        """Tell whether the client was served."""
        return self.result is Result.DONE

    @property
    def is_open(self) -> bool:
        """Tell whether nobody has said yet what came of it."""
        return self.result is None

    @property
    def workers(self) -> frozenset[str]:
        """Return everybody who was there."""
        return self.others | {self.worker} if self.worker else self.others

    @property
    def planned_seconds(self) -> int | None:
        """Return how long it was to take."""
        return _length(self.planned_begin, self.planned_end)

    @property
    def actual_seconds(self) -> int | None:
        """Return how long it took, None where that is not known."""
        return _length(self.actual_begin, self.actual_end)

    @property
    def seconds(self) -> int:
        """Return the time spent: as it was, else as planned; nothing where the client was not served."""
        if not self.is_done:
            return 0
        return self.actual_seconds or self.planned_seconds or 0

    @property
    def metres(self) -> int | None:
        """Return the metres a fee counts: the way by road, else what was driven."""
        return self.actual_metres if self.planned_metres is None else self.planned_metres

    @property
    def late(self) -> int | None:
        """Return by how many seconds it began after its planned time; None where one of the two is not known."""
        return _length(self.planned_begin, self.actual_begin)

    @property
    def case(self) -> str:
        """Return what it is charged as part of: both ways of a ride share one, other entries stand alone."""
        return f"{self.day.isoformat()}-{self.request}" if self.kind is EntryKind.RIDE and self.request else self.id


@dataclass(frozen=True, kw_only=True)
class Trip:
    """What one vehicle drove on one shift: a line of its trip log.

    `start_metres` and `end_metres` are the odometer's. `own_car` tells that the car is the worker's own.
    """

    id: str
    day: date
    vehicle: str
    worker: str
    shift: str = ""
    planned_metres: int | None = None
    begin: int | None = None
    end: int | None = None
    start_metres: int | None = None
    end_metres: int | None = None
    driven_metres: int | None = None
    own_car: bool = False
    purpose: str = ""
    origin: Origin = field(default=NOWHERE, compare=False)

    @property
    def metres(self) -> int | None:
        """Return what was driven: by the odometer, else as stated; None where neither is known."""
        by_odometer = _length(self.start_metres, self.end_metres)
        return self.driven_metres if by_odometer is None else by_odometer


def _length(begin: int | None, end: int | None) -> int | None:
    return None if begin is None or end is None else end - begin
