"""Every change leaves a row of history, whoever forgets to write it, and what is written stays."""

import datetime as dt

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import DBAPIError

from api.store.accounts import User
from api.store.history import changes_of, doing, seen, seen_by, write
from api.store.opening import Store, open_store
from api.store.plans import PlanVersion
from api.store.records import Record

NOON = dt.datetime(2026, 11, 25, 10, tzinfo=dt.UTC)
HASHED = "$argon2id$x"
SUBJECT = "record:clients/K1"


def _record(name: str = "A") -> Record:
    return Record(sheet="clients", key="K1", position=1, cells={"name": name}, words=name)


def _version(number: int) -> PlanVersion:
    day = dt.date(2026, 11, 25)
    return PlanVersion(id=str(number), day=day, number=number, document="{}", figures={}, why="plan", by="u", at=NOON)


def test_life_of_a_row(store_url: str) -> None:
    """Adding, changing and removing say who, when, what, before and after."""
    store = open_store(store_url, clock=lambda: NOON)
    with store.transaction("user:1") as session:
        session.add(_record())
    with store.transaction("user:2") as session, doing(session, "records.import"):
        session.get_one(Record, ("clients", "K1")).cells = {"name": "B"}
    with store.transaction("user:1") as session:
        session.delete(session.get_one(Record, ("clients", "K1")))
    with store.session() as session:
        found = changes_of(session, SUBJECT)
    assert [(change.actor, change.action, change.version, change.at) for change in found] == [
        ("user:1", "record.add", 1, NOON),
        ("user:2", "records.import", 2, NOON),
        ("user:1", "record.remove", 2, NOON),
    ]
    assert (found[1].before, found[1].after) == ({"cells": {"name": "A"}}, {"cells": {"name": "B"}})
    assert found[0].before is None
    assert found[2].after is None
    store.close()


def test_version_goes_on_after_removal(store: Store) -> None:
    """A row that comes back begins where it ended, so that its first version is not mistaken for the old one."""
    for expected in (1, 2):
        with store.transaction("system") as session:
            session.add(row := _record())
            session.flush()
            assert row.version == expected
            session.delete(row)


def test_secrets_and_documents_are_not_kept_twice(store: Store) -> None:
    """The history holds no password's hash, and of a plan only its SHA-256."""
    with store.transaction("system") as session:
        session.add(User(id="u", login="mari", roles=["clerk"], password_hash=HASHED, at=NOON))
        session.add(_version(1))
    with store.session() as session:
        user = changes_of(session, "user:u")[0].after or {}
        version = changes_of(session, "plan_version:1")[0].after or {}
    assert HASHED not in user.values()
    assert version["document"].startswith("sha256:")


@pytest.mark.parametrize("statement", [update(Record).values(words=""), delete(Record), delete(Record.__table__)])
def test_statements_cannot_pass_by(store: Store, statement: object) -> None:
    """Rows that keep a history cannot be changed by statements that would leave none."""
    with pytest.raises(TypeError, match="as objects"), store.transaction("system") as session:
        session.execute(statement)  # type: ignore[call-overload]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history SET actor = 'nobody'",
        "DELETE FROM history",
        "UPDATE access SET actor = 'nobody'",
        "DELETE FROM access",
        "UPDATE plan_version SET document = ''",
    ],
)
def test_what_is_written_stays(store: Store, statement: str) -> None:
    """The database itself refuses to change or remove logs, and to change a plan."""
    with store.transaction("user:1") as session:
        session.add(_version(1))
        seen(session, SUBJECT, purpose="records")
    with pytest.raises(DBAPIError, match="keeps what it holds"), store.transaction("system") as session:
        session.execute(text(statement))


def test_log_of_one_person(store: Store) -> None:
    """A person's log says who saw her data and what for, nobody else's."""
    with store.transaction("user:1") as session:
        seen(session, SUBJECT, "record:clients/K2", purpose="records")
        seen(session, SUBJECT, purpose="print")
    with store.session() as session:
        found = seen_by(session, SUBJECT)
    assert [(look.actor, look.purpose) for look in found] == [("user:1", "records"), ("user:1", "print")]


def test_writing_of_what_is_no_row(store: Store) -> None:
    """What happens beside the rows can be written too."""
    with store.transaction("user:1") as session:
        write(session, "user.sign-in", "user:1", after={"how": "password"})
    with store.session() as session:
        assert changes_of(session, "user:1")[0].after == {"how": "password"}
