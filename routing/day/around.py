"""On which days something is asked for: where a coordinator goes from a day without work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from routing.day.requests import requests_of
from routing.records.model import Records
from routing.records.series import dates_of

_AS_FAR: Final = timedelta(days=366)
"""How far to look each way: rides that recur may go on for ever."""


@dataclass(frozen=True, kw_only=True)
class AskedAround:
    """The nearest days before and after one on which visits or rides are asked for; None within a year."""

    before: date | None
    after: date | None


def asked_around(records: Records, day: date) -> AskedAround:
    """Return the nearest days with work around `day`; work of clients who are away or gone is none."""
    first, last = day - _AS_FAR, day + _AS_FAR
    found = {visit.day for visit in records.visits} | {ride.day for ride in records.rides}
    found |= {when for series in records.ride_series for when in dates_of(series, first=first, last=last)}
    before = sorted((when for when in found if first <= when < day), reverse=True)
    after = sorted(when for when in found if day < when <= last)
    return AskedAround(before=_first_asked(records, before), after=_first_asked(records, after))


def _first_asked(records: Records, days: list[date]) -> date | None:
    return next((day for day in days if requests_of(records, day).subjects), None)
