"""Recurring rides as the rides of single days, by RFC 5545 rules on the local calendar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from functools import lru_cache
from typing import Final

from dateutil.rrule import rrulestr

from routing.records.model import Records, RideRequest, RideSeries

_OWN: Final = frozenset({"id", "rule", "first", "last", "exceptions"})
_LAST: Final = date(2100, 12, 31)
_UNTIL: Final = re.compile(r";?UNTIL=(\d{8})", re.ASCII)


def rides_on(records: Records, day: date) -> tuple[RideRequest, ...]:
    """Return all rides of a day: those of the list, and those that series bring unless the list has them already."""
    listed = tuple(ride for ride in records.rides if ride.day == day)
    taken = {ride.id for ride in records.rides} | {visit.id for visit in records.visits}
    recurring = (_occurrence(series, day) for series in records.ride_series if is_due(series, day))
    return (*listed, *(ride for ride in recurring if ride.id not in taken))


def is_due(series: RideSeries, day: date) -> bool:
    """Tell whether a series has a ride on `day`."""
    return next(dates_of(series, first=day, last=day), None) is not None


def dates_of(series: RideSeries, *, first: date | None = None, last: date | None = None) -> Iterator[date]:
    """Yield the dates of a series, from `first` to `last` where given; exceptions are left out."""
    begins, ends = first or series.first, last or _LAST
    for when in _ruled(series.rule, series.first, min(series.last or _LAST, _until(series.rule))):
        if begins <= when <= ends and when not in series.exceptions:
            yield when


def occurrence_id(series: str, day: date) -> str:
    """Return the id of the ride that a series brings on `day`."""
    return f"{series}-{day:%Y%m%d}"


def _occurrence(series: RideSeries, day: date) -> RideRequest:
    same = {name: value for name, value in vars(series).items() if name not in _OWN}
    return RideRequest(id=occurrence_id(series.id, day), day=day, **same)


@lru_cache(maxsize=64)
def _ruled(rule: str, first: date, last: date) -> tuple[date, ...]:
    """Return all dates of a rule: a day asks for every series, and a rule that is never met is looked for long."""
    bounded = f"{_UNTIL.sub('', rule)};UNTIL={last:%Y%m%d}"
    return tuple(moment.date() for moment in rrulestr(bounded, dtstart=_midnight(first)))


def _until(rule: str) -> date:
    found = _UNTIL.search(rule)
    return _LAST if found is None else min(_LAST, datetime.strptime(found[1], "%Y%m%d").date())  # noqa: DTZ007


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())
