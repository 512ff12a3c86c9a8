"""Trip logs of vehicles, and what driving one's own car is compensated by, within dated limits."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from routing.books.entry import Trip
from routing.books.months import Month, month_of
from routing.findings import Finding, Severity

_LIMITS = Path(__file__).with_name("own_car.toml")
_CENT = Decimal("0.01")


@dataclass(frozen=True, kw_only=True)
class CarLimit:
    """Up to how much of compensation is free of tax: euros a kilometre, and a month.

    Where `first` is not known the limit is known to hold from `seen` on; one without either came before all others.
    """

    per_km: Decimal
    per_month: Decimal
    first: date | None
    seen: date | None
    source: str

    @property
    def since(self) -> date:
        """Return the first day on which it is known to hold."""
        return self.first or self.seen or date.min


@dataclass(frozen=True, kw_only=True)
class Compensation:
    """What one worker drove with a car of her own in a month, and what is free of tax of it.

    `amount` is None where it is not known which limit held; `amounts` are then what it may be.
    """

    worker: str
    month: Month
    metres: int
    trips: tuple[str, ...]
    amounts: tuple[Decimal, ...]
    source: str

    @property
    def amount(self) -> Decimal | None:
        """Return the one amount that it can be, None where there are several."""
        return self.amounts[0] if len(self.amounts) == 1 else None


@dataclass(frozen=True, kw_only=True)
class VehicleLog:
    """The trips of a vehicle in the order of day and odometer, and what they add up to.

    `metres` counts what is known; `unknown` are the trips of which nothing is.
    """

    vehicle: str
    trips: tuple[Trip, ...]
    metres: int
    planned: int
    unknown: tuple[str, ...]


def trip_logs(trips: Iterable[Trip], first: date, last: date) -> tuple[VehicleLog, ...]:
    """Return the trip log of every vehicle that drove from `first` to `last`."""
    by_vehicle: defaultdict[str, list[Trip]] = defaultdict(list)
    for trip in trips:
        if first <= trip.day <= last:
            by_vehicle[trip.vehicle].append(trip)
    return tuple(_log(vehicle, sorted(driven, key=_order)) for vehicle, driven in sorted(by_vehicle.items()))


def odometer_gaps(log: VehicleLog) -> Iterator[Finding]:
    """Yield where the odometer of one trip does not begin at what the trip before it ended with."""
    known = [trip for trip in log.trips if trip.start_metres is not None and trip.end_metres is not None]
    for earlier, later in pairwise(known):
        gap = (later.start_metres or 0) - (earlier.end_metres or 0)
        if gap:
            yield Finding(
                code="ledger.odometer-gap",
                severity=Severity.WARNING,
                file=later.origin.file,
                row=later.origin.row,
                field="start_metres",
                found=later.id,
                details={"earlier": earlier.id, "km": f"{Decimal(gap) / 1000:f}"},
            )


def compensations(
    trips: Iterable[Trip], month: Month, limits: Iterable[CarLimit] | None = None
) -> tuple[Compensation, ...]:
    """Return what each worker who drove a car of her own in a month may be paid free of tax."""
    known = tuple(car_limits() if limits is None else limits)
    by_worker: defaultdict[str, list[Trip]] = defaultdict(list)
    for trip in trips:
        if trip.own_car and month_of(trip.day) == month:
            by_worker[trip.worker].append(trip)
    return tuple(_compensated(worker, month, driven, known) for worker, driven in sorted(by_worker.items()))


@cache
def car_limits() -> tuple[CarLimit, ...]:
    """Return the limits in `own_car.toml`, the oldest first."""
    rows: list[dict[str, Any]] = tomllib.loads(_LIMITS.read_text("utf-8"), parse_float=Decimal)["limits"]
    limits = [
        CarLimit(
            per_km=Decimal(row["per_km"]),
            per_month=Decimal(row["per_month"]),
            first=row.get("first"),
            seen=row.get("seen"),
            source=row["source"],
        )
        for row in rows
    ]
    return tuple(sorted(limits, key=lambda limit: limit.since))


def _log(vehicle: str, trips: list[Trip]) -> VehicleLog:
    return VehicleLog(
        vehicle=vehicle,
        trips=tuple(trips),
        metres=sum(trip.metres or 0 for trip in trips),
        planned=sum(trip.planned_metres or 0 for trip in trips),
        unknown=tuple(trip.id for trip in trips if trip.metres is None),
    )


def _compensated(worker: str, month: Month, trips: list[Trip], limits: tuple[CarLimit, ...]) -> Compensation:
    metres = sum(trip.metres or 0 for trip in trips)
    holding = _holding(limits, month.first)
    amounts = {min((limit.per_km * metres / 1000).quantize(_CENT, ROUND_HALF_UP), limit.per_month) for limit in holding}
    return Compensation(
        worker=worker,
        month=month,
        metres=metres,
        trips=tuple(trip.id for trip in trips),
        amounts=tuple(sorted(amounts)),
        source="; ".join(limit.source for limit in holding),
    )


def _holding(limits: tuple[CarLimit, ...], day: date) -> list[CarLimit]:
    """Return the limit that holds on a day, or all that may: one whose first day is not known may have come before."""
    known = [limit for limit in limits if limit.since <= day]
    later = [limit for limit in limits if limit.first is None and limit.since > day]  # since when is not known
    return [*known[-1:], *later]


def _order(trip: Trip) -> tuple[date, int, int, str]:
    return trip.day, trip.begin or 0, trip.start_metres or 0, trip.id
