"""What is reported of a span of days: figures by section, each with the rows behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final, TypeAlias

from routing.books.care_volume import CareVolume
from routing.books.carers import Carers
from routing.books.entry import Entry, Trip
from routing.books.figures import Figure, Rates, Scope
from routing.books.report_sections import (
    access,
    care,
    care_clients,
    continuity,
    cost,
    decisions,
    mileage,
    outcomes,
    punctuality,
    services,
    workload,
)
from routing.records.model import Records

Section: TypeAlias = Callable[[Scope], Iterable[Figure]]

SECTIONS: Final[Mapping[str, Section]] = {
    "services": services,
    "decisions": decisions,
    "care": care,
    "continuity": continuity,
    "care-clients": care_clients,
    "punctuality": punctuality,
    "outcomes": outcomes,
    "access": access,
    "workload": workload,
    "mileage": mileage,
    "cost": cost,
}
"""What a report consists of, in its order."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """The figures from `first` to `last`, by section, and the entries they were counted from.

    `volumes` and `carers` are what care and continuity are told by, client by client.
    """

    first: date
    last: date
    sections: Mapping[str, tuple[Figure, ...]]
    entries: tuple[Entry, ...]
    volumes: tuple[CareVolume, ...] = ()
    carers: tuple[Carers, ...] = ()

    @cached_property
    def figure_by_key(self) -> Mapping[str, Figure]:
        """Return every figure by its key."""
        return {figure.key: figure for figures in self.sections.values() for figure in figures}


def report(
    records: Records,
    entries: Iterable[Entry],
    first: date,
    last: date,
    *,
    trips: Iterable[Trip] = (),
    rates: Rates | None = None,
) -> Report:
    """Return the report of the days from `first` to `last`, both included."""
    held = sorted((entry for entry in entries if first <= entry.day <= last), key=lambda entry: (entry.day, entry.id))
    scope = Scope(
        records=records,
        entries=tuple(held),
        trips=tuple(trip for trip in trips if first <= trip.day <= last),
        first=first,
        last=last,
        rates=rates or Rates(),
    )
    sections = {name: tuple(section(scope)) for name, section in SECTIONS.items()}
    return Report(
        first=first,
        last=last,
        sections=sections,
        entries=scope.entries,
        volumes=scope.volumes,
        carers=scope.carers,
    )
