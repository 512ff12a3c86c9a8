"""Somebody who changes records one by one, and all of them at once by importing a file."""

import csv
import io
import random
from collections.abc import Mapping

import httpx
from sqlalchemy import select

from api.desk.demo import demo_folder
from api.store.history import changes_of
from api.store.opening import Store
from api.store.records import Record

NOTE = "door_note"


class Clerk:
    """Writes into the door notes of clients, a note never twice."""

    def __init__(self, store: Store, chance: random.Random) -> None:
        self._store = store
        self._chance = chance
        self._count = 0
        self._notes = self._found(store)
        self._told: dict[str, list[str]] = {key: [] for key in self._notes}
        self._under_way: dict[str, str] = {}

    def work(self, client: httpx.Client) -> bool:
        """Change one record, or now and then all."""
        self._count += 1
        note = f"märge {self._count}"
        if self._chance.random() < 0.3:
            self._under_way = dict.fromkeys(self._notes, note)
            self._import(client, note)
        else:
            key = self._chance.choice(sorted(self._notes))
            self._under_way = {key: note}
            self._change(client, key, note)
        self._acknowledge(self._under_way)
        return True

    def check(self, store: Store, client: httpx.Client) -> None:
        """See that records and history are as acknowledged, and what was under way done wholly or not at all."""
        found = self._found(store)
        assert found in (self._notes, self._notes | self._under_way)
        if found != self._notes:
            self._acknowledge(self._under_way)
        self._under_way = {}
        with store.session() as session:
            for key, told in self._told.items():
                written = [change.after["cells"][NOTE] for change in changes_of(session, f"record:clients/{key}")[1:]]
                assert written == told, key

    def _acknowledge(self, notes: Mapping[str, str]) -> None:
        self._notes |= notes
        for key, note in notes.items():
            self._told[key].append(note)
        self._under_way = {}

    def _change(self, client: httpx.Client, key: str, note: str) -> None:
        with self._store.session() as session:
            record = session.get(Record, ("clients", key))
            assert record
            form = {**record.cells, NOTE: note, "seen": str(record.version)}
        answer = client.post(f"/records/clients/row/{key}", data=form)
        assert answer.status_code == httpx.codes.SEE_OTHER, answer.text

    def _import(self, client: httpx.Client, note: str) -> None:
        sent = client.post("/import", files={"files": ("clients.csv", _clients(note), "text/csv")})
        assert sent.status_code == httpx.codes.SEE_OTHER, sent.text
        done = client.post(f"{sent.headers['location']}/apply")
        assert done.status_code == httpx.codes.SEE_OTHER, done.text

    @staticmethod
    def _found(store: Store) -> dict[str, str]:
        with store.session() as session:
            rows = session.scalars(select(Record).where(Record.sheet == "clients"))
            return {row.key: row.cells.get(NOTE, "") for row in rows}


def _clients(note: str) -> bytes:
    """Return the demo's file of clients with one note at every door."""
    text = (demo_folder() / "clients.csv").read_text(encoding="utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text), delimiter=";")
    column = header.index("ukse juures")
    written = io.StringIO()
    csv.writer(written, delimiter=";").writerows([header, *([*row[:column], note, *row[column + 1 :]] for row in rows)])
    return written.getvalue().encode()
