"""Notice: how many working days before the ride it must be asked for.

A ride asked for too late is flagged, never refused: the three working days are a general rule
("üldreeglina", supervision act on Tartu vald, 19.12.2025), and other municipalities ask for 1 to 10.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from routing.findings import Severity
from routing.records.model import Municipality
from routing.rules.calendar import working_days_after, working_days_before, working_days_between
from routing.rules.remark import Remark
from routing.wording.format import clock

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class NoticeRule:
    """A municipality's rule of notice.

    How days are counted is not written down anywhere, so it is a field: with `request_day_counts` the working day of
    the request is one of the `days` (ride Fri 26.06.2026, three days: latest Fri 19.06.2026, as 23. and 24.06. are
    holidays); without it `days` full working days lie between. The day of the ride never counts. `cutoff` is the time
    of day, in seconds, up to which a request counts for that day (Tartumaa: 15:00 on the previous working day).
    """

    days: int = 3
    request_day_counts: bool = True
    cutoff: int | None = None


def rule_of(settings: Municipality) -> NoticeRule:
    """Return the rule of notice that a municipality's settings state."""
    return NoticeRule(
        days=settings.notice_days, request_day_counts=settings.request_day_counts, cutoff=settings.notice_cutoff
    )


@dataclass(frozen=True, kw_only=True)
class Notice:
    """The verdict on one request: the `latest` day it could come on, the working days it is `short_by`."""

    rule: NoticeRule
    ride_day: date
    requested_on: date
    latest: date
    short_by: int

    @property
    def in_time(self) -> bool:
        """Tell whether the request came in time."""
        return self.short_by == 0

    @property
    def remark(self) -> Remark:
        """Say the verdict; short notice is a warning."""
        return Remark(
            code="rules.notice-in-time" if self.in_time else "rules.notice-short",
            severity=Severity.NOTE if self.in_time else Severity.WARNING,
            values={
                "requested": self.requested_on,
                "ride": self.ride_day,
                "latest": self.latest,
                "days": self.rule.days,
                "short": self.short_by,
            },
        )


def latest_request_day(ride_day: date, days: int = 3, *, request_day_counts: bool = True) -> date:
    """Return the last working day on which a ride on `ride_day` can be asked for with `days` of notice."""
    return working_days_before(ride_day, days if request_day_counts or not days else days + 1)


def call_by(ride_day: date, rule: NoticeRule) -> Remark:
    """Answer "by when must I call?" for a ride on `ride_day`."""
    latest = latest_request_day(ride_day, rule.days, request_day_counts=rule.request_day_counts)
    values: dict[str, date | int | str] = {"ride": ride_day, "latest": latest, "days": rule.days}
    if rule.cutoff is None:
        return Remark(code="rules.call-by-day", severity=Severity.NOTE, values=values)
    return Remark(code="rules.call-by-hour", severity=Severity.NOTE, values={**values, "hour": clock(rule.cutoff)})


def judge_notice(ride_day: date, requested_on: date, rule: NoticeRule, *, requested_at: int | None = None) -> Notice:
    """Judge whether a ride was asked for in time; `requested_at` is seconds from midnight.

    A request after the cutoff or on a free day counts as made on the next working day; one whose time is not known
    counts for its day.
    """
    after_cutoff = rule.cutoff is not None and requested_at is not None and requested_at > rule.cutoff
    received = working_days_after(requested_on if after_cutoff else requested_on - _ONE_DAY, 1)
    counted_from = received - _ONE_DAY if rule.request_day_counts else received
    given = working_days_between(counted_from, ride_day - _ONE_DAY)
    return Notice(
        rule=rule,
        ride_day=ride_day,
        requested_on=requested_on,
        latest=latest_request_day(ride_day, rule.days, request_day_counts=rule.request_day_counts),
        short_by=max(0, rule.days - given),
    )
