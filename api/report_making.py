"""A report and everything that goes along with it, made of the log: the same for commands and pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from api.printing.report_print import ReportPrint
from routing.books.contractor import ControlLine
from routing.books.delivered import delivered_by_week
from routing.books.entry import Entry, Trip
from routing.books.figures import Rates
from routing.books.learned import learned_services, learned_travel
from routing.books.mileage import compensations, odometer_gaps, trip_logs
from routing.books.months import months_between
from routing.books.report import report
from routing.books.star import deliveries
from routing.findings import Finding
from routing.records.model import Records

LONGEST: Final = timedelta(days=367)
"""Up to so many days volumes are told week by week."""


def make_report(
    records: Records,
    entries: Iterable[Entry],
    trips: Iterable[Trip],
    first: date,
    last: date,
    *,
    lang: str,
    printed_at: datetime,
    rates: Rates | None = None,
    control: tuple[ControlLine, ...] = (),
) -> ReportPrint:
    """Return the report of the days from `first` to `last`, both included, about to be written in `lang`."""
    held, driven = [entry for entry in entries if first <= entry.day <= last], tuple(trips)
    months = tuple(months_between(first, last))
    return ReportPrint(
        report=report(records, held, first, last, trips=driven, rates=rates),
        records=records,
        lang=lang,
        printed_at=printed_at,
        delivered=delivered_by_week(held, records.decisions, first, last) if last - first < LONGEST else (),
        services=learned_services(held),
        legs=learned_travel(held),
        star=[one for month in months for one in deliveries(held, records.decisions, month)[0]],
        control=control,
        mileage=trip_logs(driven, first, last),
        own_cars=[one for month in months for one in compensations(driven, month)],
    )


def findings_of(printed: ReportPrint) -> tuple[Finding, ...]:
    """Return what a report has to say of its rows: entries that no decision covers, gaps between odometers."""
    made, decisions = printed.report, printed.records.decisions
    months = months_between(made.first, made.last)
    uncovered = [one for month in months for one in deliveries(made.entries, decisions, month)[1]]
    return (*uncovered, *(gap for log in printed.mileage for gap in odometer_gaps(log)))
