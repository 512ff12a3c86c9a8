"""The log of a whole month: published days that are not in it yet, and entries that nobody has told of."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.desk.log_entries import days_without_log, entries_between, filled_day, keep_as_planned, keep_day
from api.desk.month_states import today
from api.desk.municipality import open_municipality
from api.store.opening import Store
from api.store.plans import Day
from routing.books.months import Month


@dataclass(frozen=True, kw_only=True)
class MonthLog:
    """What a month's log still waits for: published days up to today that are not in it, days with open entries."""

    unlogged: tuple[dt.date, ...]
    untold: tuple[dt.date, ...]
    open_entries: int


def log_of_month(session: Session, month: Month) -> MonthLog:
    """Return what the log of a month still waits for."""
    last = min(month.last, today(session))
    published = select(Day.day).where(Day.published.is_not(None), Day.day >= month.first, Day.day <= last)
    waiting = [entry.day for entry in entries_between(session, month.first, last) if entry.is_open]
    return MonthLog(
        unlogged=tuple(sorted(days_without_log(session, session.scalars(published).all()))),
        untold=tuple(sorted({*waiting})),
        open_entries=len(waiting),
    )


def fill_month(store: Store, actor: str, month: Month) -> int:
    """Take every published day of a month into the log that is not in it yet; return how many there were."""
    with store.session() as session:
        days = log_of_month(session, month).unlogged
    for day in days:  # a day at a time: what one is made of is worked out before anybody waits
        with store.session() as session:
            filled = filled_day(session, day)
        with store.transaction(actor) as session:
            keep_day(session, filled)
    return len(days)


def month_as_planned(store: Store, actor: str, month: Month) -> int:
    """Write down that what nobody has told of was done as planned; return how many entries that were."""
    with store.session() as session:
        days, records = log_of_month(session, month).untold, open_municipality(session).records
    with store.transaction(actor) as session:
        return sum(keep_as_planned(session, records, day) for day in days)
