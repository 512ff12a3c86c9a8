"""Who looks at whom: log it, and say who that was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.desk.records import persons_in
from api.desk.records_import import ImportPreview
from api.desk.records_words import Names
from api.store.accounts import User
from api.store.base import subject_name
from api.store.history import now, seen
from api.store.journal import Access
from api.store.opening import Store
from api.store.records import Record
from api.wording import say
from routing.records.columns import Sheet

_CHOICE: Final = "records.choose"
_AGAIN: Final = dt.timedelta(minutes=15)
_ACTORS: Final = {
    "system": "access.actor-system",
    "command-line": "access.actor-command",
    "link": "access.actor-link",
    "token": "access.actor-token",
}
"""What acts beside accounts, by the beginning of its name, and the key of its words."""


@dataclass(frozen=True, kw_only=True)
class Looked:
    """How often somebody's data was looked at, and when last; `person` is a subject such as `record:clients/K1`."""

    person: str
    times: int
    last: dt.datetime


def log_looks(store: Store, actor: str, records: Iterable[Record], *, purpose: str) -> None:
    """Log that `actor` is shown these records: each person in them once. StoreError where it cannot be logged."""
    with store.session() as session:
        persons = [person for record in records for person in persons_in(session, record)]
    log_persons(store, actor, persons, purpose=purpose)


def log_persons(store: Store, actor: str, persons: Iterable[str], *, purpose: str) -> None:
    """Log that `actor` is shown the data of `persons`, subjects of records: each of them once."""
    found = dict.fromkeys(persons)
    if found:
        with store.transaction(actor) as session:
            seen(session, *found, purpose=purpose)


def log_choices(store: Store, actor: str, sheet: Sheet, names: Names) -> None:
    """Log that `actor` is shown the names of all clients to choose from, each once per quarter of an hour."""
    if not any(column.refers == "clients" for column in sheet.columns):
        return
    persons = [subject_name("record", "clients", key) for key in names["clients"]]
    with store.transaction(actor) as session:
        lately = (Access.actor == actor, Access.purpose == _CHOICE, Access.at > now(session) - _AGAIN)
        known = set(session.scalars(select(Access.person).where(Access.person.in_(persons), *lately)))
        seen(session, *(person for person in persons if person not in known), purpose=_CHOICE)


def log_preview(store: Store, actor: str, preview: ImportPreview) -> None:
    """Log whose data the preview of an import shows, of those whom the store knows already."""
    records = [
        Record(sheet=change.sheet, key=change.key, cells=dict(change.before))
        for change in preview.records
        if change.before is not None
    ]
    log_looks(store, actor, records, purpose="records.import")


def looked_at(session: Session, limit: int = 500) -> tuple[Looked, ...]:
    """Return whose data was looked at, the latest first."""
    last = func.max(Access.at)
    rows = select(Access.person, func.count(), last).group_by(Access.person).order_by(last.desc(), Access.person)
    return tuple(
        Looked(person=person, times=times, last=at) for person, times, at in session.execute(rows.limit(limit))
    )


def actor_names(session: Session, actors: Iterable[str], lang: str) -> Mapping[str, str]:
    """Return the names of accounts by their key, and in `lang` what else acts; of accounts that are gone none."""
    keys = set(actors)
    rows = session.execute(select(User.id, User.name, User.login).where(User.id.in_(keys))) if keys else ()
    spoken = {key: say(_ACTORS[key.partition(":")[0]], lang) for key in keys if key.partition(":")[0] in _ACTORS}
    return spoken | {key: name or login for key, name, login in rows}
