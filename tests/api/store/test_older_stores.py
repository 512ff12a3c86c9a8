"""Stores and backups of older revisions, made in the tables of their time, are read by today's code."""

import hashlib
import json
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, Connection, MetaData, Table, insert, inspect, select

from api.desk.links import find_link
from api.desk.months import open_book
from api.desk.published import published_plan
from api.store.backup import restore
from api.store.books import MonthState
from api.store.migrating import current_revision, head_revision, migrate
from api.store.opening import Store, open_engine, open_store
from api.store.plans import PlanVersion
from api.store.tables import TABLES
from tests.api.desk.test_months import JUNE, close, ride, take_in
from tests.rounds import DAY, make_link, plan, publish_demo
from tests.web import TurnedClock

LATER = {"0003": (), "0004": ("log_entry", "log_trip", "month", "adjustment", "statement", "statement_line")}
"""What each revision has of the books."""


@pytest.fixture(scope="module")
def today(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, str]]:
    """Return a store with the demo, a published day, a link and its token, and a closed month."""
    with closing(open_store(tmp_path_factory.mktemp("today") / "store.db", clock=TurnedClock())) as store:
        publish_demo(store)
        token = make_link(store)
        take_in(store, ride("R1", date(2026, 6, 3)), ride("R2", date(2026, 6, 9), "K11"))
        close(store, JUNE)
        yield store, token


@contextmanager
def old_store(path: Path, revision: str, filled: Store) -> Iterator[Connection]:
    """Make a store of a revision, and put into its tables what a store of today holds of them."""
    engine = open_engine(path)
    with engine.execution_options(hoolering_writes=True).begin() as connection:
        migrate(connection, revision)
        with filled.session() as session:
            for table in tables_then(connection):
                rows = session.connection().execute(select(*(table_now(table).c[c.name] for c in table.columns)))
                if found := [dict(row) for row in rows.mappings()]:
                    connection.execute(insert(table), found)
        yield connection
    engine.dispose()


def tables_then(connection: Connection) -> Iterator[Table]:
    """Yield the tables that a store has, with the columns that it has, in an order in which they can be filled."""
    looked = inspect(connection)
    for table in TABLES:
        if looked.has_table(table.name):
            names = {column["name"] for column in looked.get_columns(table.name)}
            columns = (Column(c.name, c.type) for c in table.columns if c.name in names)
            yield Table(table.name, MetaData(), *columns)


def table_now(table: Table) -> Table:
    """Return a table as it is today."""
    return next(one for one in TABLES if one.name == table.name)


def back_up_then(connection: Connection, revision: str, path: Path) -> None:
    """Write the backup that the code of its time wrote: its own tables and columns, plans in the order of numbers."""
    tables: dict[str, Mapping[str, object]] = {}
    with zipfile.ZipFile(path, "w") as archive:
        for table in tables_then(connection):
            order = [table.c.number] if table.name == PlanVersion.__tablename__ else []
            keys = [table.c[column.name] for column in table_now(table).primary_key.columns]
            rows = connection.execute(select(table).order_by(*order, *keys)).mappings()
            lines = [
                json.dumps(dict(row), default=lambda value: value.isoformat(), ensure_ascii=False) + "\n"
                for row in rows
            ]
            data = "".join(lines).encode()
            archive.writestr(f"tables/{table.name}.jsonl", data)
            tables[table.name] = {"rows": len(lines), "sha256": hashlib.sha256(data).hexdigest()}
        manifest = {"format": 1, "revision": revision, "at": "2026-11-01T00:00:00+00:00", "tables": tables}
        archive.writestr("manifest.json", json.dumps(manifest))


def content(store: Store) -> dict[str, list[dict[str, Any]]]:
    """Return every row of a store, by table."""
    with store.session() as session:
        found = ((table, session.connection().execute(select(table)).mappings()) for table in TABLES)
        return {table.name: sorted((dict(row) for row in rows), key=str) for table, rows in found}


@pytest.mark.parametrize("revision", LATER)
def test_an_older_store_is_read_today(today: tuple[Store, str], tmp_path: Path, revision: str) -> None:
    """Put back from its backup and opened where it lies it holds the same, and rounds, links and months are read."""
    filled, token = today
    with old_store(tmp_path / "old.db", revision, filled) as connection:
        assert current_revision(connection) == revision
        back_up_then(connection, revision, tmp_path / "old.zip")

    clock = TurnedClock()
    with (
        closing(open_store(tmp_path / "new.db", clock=clock)) as restored,
        closing(open_store(tmp_path / "old.db", clock=clock)) as opened,
    ):
        counts = restore(restored, tmp_path / "old.zip")
        assert content(restored) == content(opened)
        for store in (restored, opened):
            with store.engine.connect() as connection:
                assert current_revision(connection) == head_revision()
            with store.session() as session:
                published, link = published_plan(session, DAY), find_link(session, token, clock.now)
                book = open_book(session, JUNE)
            assert published is not None
            assert published.plan == plan()
            assert link is not None
            if "month" in LATER[revision]:
                assert (book.state, str(book.total), book.approval) == (MonthState.CLOSED, "10.00", None)
            else:
                assert (book.state, book.statements) == (MonthState.OPEN, ())
        assert counts["record"] == len(content(filled)["record"])
        take_in(restored, ride("R3", date(2026, 7, 1)))
