"""A process killed while closing months leaves each of them closed wholly or not at all."""

import datetime as dt
import os
import signal
import subprocess
import sys

import pytest
from sqlalchemy import select

from api.desk.demo import load_demo
from api.desk.months import open_book
from api.store.books import Month as MonthRow
from api.store.books import Statement, StatementLine
from api.store.opening import Store
from routing.books.months import Month
from tests.api.command import REPOSITORY
from tests.api.desk.test_months import close, ride, take_in

CLIENTS = [f"K{number:02d}" for number in range(1, 21)]
MONTHS = [Month(2026, number) for number in range(1, 7)]
CLOSER = """
import sys
from api.desk.months import approve_month, close_month, open_book
from api.store.opening import open_store
from routing.books.months import Month
store = open_store(sys.argv[1])
for number in range(1, 7):
    with store.session() as session:
        book = open_book(session, Month(2026, number))
    with store.transaction("mari") as session:
        approve_month(session, book)
    with store.session() as session:
        book = open_book(session, Month(2026, number))
    print(f"closing {number}", flush=True)
    with store.transaction("kati") as session:
        close_month(session, book)
    print(f"closed {number}", flush=True)
"""


@pytest.fixture
def busy(store: Store) -> Store:
    """Return the demo with a ride of twenty clients in each of six months."""
    load_demo(store)
    take_in(
        store,
        *(ride(f"{month}-{client}", dt.date(2026, month.number, 12), client) for month in MONTHS for client in CLIENTS),
    )
    return store


@pytest.mark.parametrize("line", ["closing 1", "closing 3", "closed 4"])
def test_killed_while_closing(busy: Store, store_url: str, line: str) -> None:
    """What was said to be closed is; each month has all of its statements or none; closing goes on afterwards."""
    closed = []
    command = [sys.executable, "-c", CLOSER, store_url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY, env=os.environ) as process:
        assert process.stdout is not None
        for said in process.stdout:
            closed += [int(said.split()[1])] if said.startswith("closed") else []
            if said.strip() == line:
                process.send_signal(signal.SIGKILL)
    with busy.session() as session:
        known = {row.month for row in session.scalars(select(MonthRow)) if row.state == "closed"}
        assert {f"2026-{number:02d}" for number in closed} <= known
        for month in map(str, MONTHS):
            kept = session.scalars(select(Statement).where(Statement.month == month)).all()
            assert sorted(row.client for row in kept) == (CLIENTS if month in known else [])
            lines = session.scalars(select(StatementLine).where(StatementLine.statement.in_(row.id for row in kept)))
            assert len(lines.all()) == len(kept)
    for month in MONTHS:
        with busy.session() as session:
            book = open_book(session, month)
        if not book.is_closed:
            close(busy, month)
        assert book.total == 5 * len(CLIENTS)
