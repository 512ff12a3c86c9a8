"""The drill: back up, wreck, restore, and everything is as it was; also from one database to the other."""

import hashlib
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from api.desk.demo import load_demo
from api.errors import StoreError
from api.store.backup import back_up, restore
from api.store.history import seen
from api.store.migrating import current_revision, head_revision
from api.store.opening import Store, open_store
from api.store.records import Record
from api.store.tables import TABLES
from tests.rounds import make_link, publish_demo
from tests.stores import SERVER, fresh_database


def _content(store: Store) -> dict[str, list[Any]]:
    with store.session() as session:
        return {
            table.name: sorted(map(str, session.connection().execute(select(table)).mappings())) for table in TABLES
        }


@pytest.fixture
def filled(demo_store: Store) -> Store:
    """Return a store with the demo in it, and a look at somebody."""
    with demo_store.transaction("user:1") as session:
        seen(session, "record:clients/K01", purpose="records")
    return demo_store


def test_drill(filled: Store, tmp_path: Path) -> None:
    """A wrecked store is restored to what it was, and goes on counting where it had come to."""
    before = _content(filled)
    back_up(filled, tmp_path / "backup.zip")
    assert (tmp_path / "backup.zip").stat().st_mode & 0o077 == 0
    with filled.transaction("system") as session:
        for record in session.scalars(select(Record)):
            session.delete(record)
        session.execute(text("DROP TABLE idempotency"))
        session.execute(text("CREATE TABLE idempotency (actor INTEGER)"))
    restore(filled, tmp_path / "backup.zip", replace=True)
    assert _content(filled) == before
    with filled.transaction("user:1") as session:
        seen(session, "record:clients/K01", purpose="records")


def test_not_over_what_is_there(filled: Store, tmp_path: Path) -> None:
    """A store that holds anything is not written over unless it is said."""
    back_up(filled, tmp_path / "backup.zip")
    before = _content(filled)
    with pytest.raises(StoreError, match="not empty"):
        restore(filled, tmp_path / "backup.zip")
    assert _content(filled) == before


@pytest.mark.parametrize("part", ["manifest.json", "tables/record.jsonl", "tables/history.jsonl"])
def test_damaged_backup(filled: Store, tmp_path: Path, part: str) -> None:
    """A backup with a changed or missing part is refused before anything is touched."""
    back_up(filled, tmp_path / "backup.zip")
    before = _content(filled)
    for damage in (lambda data: data[: len(data) // 2], lambda _: None):
        with zipfile.ZipFile(tmp_path / "backup.zip") as good, zipfile.ZipFile(tmp_path / "bad.zip", "w") as bad:
            for name in good.namelist():
                data = damage(good.read(name)) if name == part else good.read(name)
                if data is not None:
                    bad.writestr(name, data)
        with pytest.raises(StoreError):
            restore(filled, tmp_path / "bad.zip", replace=True)
        assert _content(filled) == before


def test_other_version(store: Store, tmp_path: Path) -> None:
    """A backup of tables that are not ours says which version it needs."""
    back_up(store, tmp_path / "backup.zip")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("manifest.json", json.dumps({"format": 1, "revision": "9999"}))
    with pytest.raises(StoreError, match="9999"):
        restore(store, tmp_path / "other.zip")


def aged(path: Path, revision: str, lacks: Mapping[str, set[str]]) -> Path:
    """Return a backup as it was written at a revision, without the columns of tables that it lacked; {} a table."""
    older = path.with_name(f"{revision}.zip")
    with zipfile.ZipFile(path) as now, zipfile.ZipFile(older, "w") as then:
        tables: dict[str, dict[str, object]] = {}
        for table in TABLES:
            missing = lacks.get(table.name)
            if missing == set():
                continue
            lines = map(json.loads, now.read(f"tables/{table.name}.jsonl").splitlines())
            rows = [{name: value for name, value in row.items() if name not in (missing or ())} for row in lines]
            data = b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)
            then.writestr(f"tables/{table.name}.jsonl", data)
            tables[table.name] = {"rows": len(rows), "sha256": hashlib.sha256(data).hexdigest()}
        manifest = {"format": 1, "revision": revision, "at": "2026-01-01T00:00:00+00:00", "tables": tables}
        then.writestr("manifest.json", json.dumps(manifest))
    return older


@pytest.mark.parametrize(
    ("revision", "lacks"),
    [("0001", {"api_token": set(), "link": {"account"}}), ("0002", {"link": {"account"}})],
)
def test_older_backups_are_migrated(store: Store, tmp_path: Path, revision: str, lacks: Mapping[str, set[str]]) -> None:
    """A backup of older tables is put back as it was and brought up to date: nothing of it is lost."""
    publish_demo(store)
    make_link(store)
    before = _content(store)
    back_up(store, tmp_path / "backup.zip")
    restore(store, aged(tmp_path / "backup.zip", revision, lacks), replace=True)

    assert _content(store) == before
    with store.engine.connect() as connection:
        assert current_revision(connection) == head_revision()
    with store.transaction("user:1") as session:
        seen(session, "record:clients/K01", purpose="records")


def test_columns_that_nobody_knows(store: Store, tmp_path: Path) -> None:
    """A backup that says it is older and has what its tables had not is refused, and nothing changed."""
    publish_demo(store)
    make_link(store)
    back_up(store, tmp_path / "backup.zip")
    before = _content(store)
    with pytest.raises(StoreError):
        restore(store, aged(tmp_path / "backup.zip", "0002", {}), replace=True)
    assert _content(store) == before


@pytest.mark.skipif(not SERVER, reason="no PostgreSQL: HOOLERING_TEST_POSTGRES names no server")
def test_moves_between_databases(tmp_path: Path) -> None:
    """A backup of SQLite restores into PostgreSQL, and back into SQLite, with nothing changed."""
    first = open_store(tmp_path / "first.db")
    load_demo(first)
    back_up(first, tmp_path / "first.zip")
    with fresh_database() as url:
        second = open_store(url)
        restore(second, tmp_path / "first.zip")
        assert _content(second) == _content(first)
        back_up(second, tmp_path / "second.zip")
        second.close()
    third = open_store(tmp_path / "third.db")
    restore(third, tmp_path / "second.zip")
    assert _content(third) == _content(first)
    for store in (first, third):
        store.close()
