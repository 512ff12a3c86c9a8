"""What the log teaches about the time that visits and ways take, and the records whose minutes it may mend."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.desk.log_entries import entries_between
from api.desk.municipality import open_municipality
from api.desk.records import get_record, update_record
from api.errors import MissingError
from api.store.base import subject_name
from api.store.records import Record
from routing.books.entry import Entry
from routing.books.learned import Learned, learned_services, learned_travel, to_plan
from routing.records.model import Records

SHEETS = ("care_slots", "visits")
"""The sheets whose records say how long a visit is planned to take."""


@dataclass(frozen=True, kw_only=True)
class Mendable:
    """A record that plans visits, and what to plan instead; minutes. `count` visits teach it."""

    sheet: str
    key: str
    version: int
    minutes: int
    suggested: int
    count: int
    is_enough: bool


@dataclass(frozen=True, kw_only=True)
class LearnedClient:
    """How long visits to a client take, and her records that plan them otherwise."""

    learned: Learned
    records: tuple[Mendable, ...]


@dataclass(frozen=True, kw_only=True)
class LearnedTimes:
    """What the entries from `first` to `last` teach: clients, the furthest off first, and classes of ways."""

    first: dt.date
    last: dt.date
    clients: tuple[LearnedClient, ...]
    legs: tuple[Learned, ...]


def learned_times(session: Session, first: dt.date, last: dt.date, *, today: dt.date) -> LearnedTimes:
    """Return what the log of these days teaches; visits before `today` are not planned any more."""
    records = open_municipality(session).records
    entries = entries_between(session, first, last)
    services = learned_services(entries)
    mendable = _mendable(session, records, entries, services, today)
    clients = [LearnedClient(learned=one, records=tuple(mendable.get(one.subject, ()))) for one in services]
    return LearnedTimes(
        first=first,
        last=last,
        clients=tuple(sorted(clients, key=lambda one: (-abs(one.learned.off), one.learned.subject))),
        legs=learned_travel(entries),
    )


def use_minutes(session: Session, sheet: str, key: str, minutes: int, *, version: int) -> None:
    """Let a record plan so many minutes; RefusedError, StaleError as for every change of a record."""
    if sheet not in SHEETS:
        raise MissingError(subject_name("record", sheet, key))
    record = get_record(session, sheet, key)
    update_record(session, sheet, key, {**record.cells, "duration": str(minutes)}, version=version)


def _mendable(
    session: Session, records: Records, entries: Iterable[Entry], services: Iterable[Learned], today: dt.date
) -> Mapping[str, list[Mendable]]:
    """Return by client the records that plan otherwise than visits go.

    A care plan's recurring visit is judged by its own visits. One that stands alone is judged by all of its client's,
    if it is planned as they were.
    """
    slot_of = {visit.id: visit.care_slot or "" for visit in records.visits}
    by_slot = {one.subject: one for one in learned_services(entries, lambda entry: slot_of.get(entry.request, ""))}
    by_client = {one.subject: one for one in services}
    clients = {plan.id: plan.client for plan in records.care_plans if plan.valid_to is None or plan.valid_to >= today}
    versions = {(row.sheet, row.key): row.version for row in session.scalars(select(Record)) if row.sheet in SHEETS}
    found: defaultdict[str, list[Mendable]] = defaultdict(list)
    for slot in records.care_slots:
        if slot.plan in clients and slot.id in by_slot:
            found[clients[slot.plan]] += _told("care_slots", slot.id, slot.duration, by_slot[slot.id], versions)
    for visit in records.visits:
        learned = by_client.get(visit.client)
        if learned and visit.day >= today and not visit.care_slot and visit.duration == learned.planned:
            found[visit.client] += _told("visits", visit.id, visit.duration, learned, versions)
    return found


def _told(
    sheet: str, key: str, duration: int, learned: Learned, versions: Mapping[tuple[str, str], int]
) -> Iterable[Mendable]:
    """Return the record, or nothing where it plans what visits take already."""
    suggested = to_plan(learned.actual)
    if suggested == duration or (sheet, key) not in versions:
        return
    yield Mendable(
        sheet=sheet,
        key=key,
        version=versions[sheet, key],
        minutes=duration // 60,
        suggested=suggested // 60,
        count=learned.count,
        is_enough=learned.is_enough,
    )
