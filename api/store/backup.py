"""Back up a store into one file, and bring it back; the file fits SQLite and PostgreSQL alike.

It is a zip of one file of JSON lines per table, and a manifest of how many rows each has and their SHA-256.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any, Final

from sqlalchemy import Column, Connection, Date, MetaData, Table, func, insert, select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from api.errors import StoreError
from api.store.base import Moment
from api.store.migrating import head_revision, migrate, revisions, take_back
from api.store.opening import Store
from api.store.plans import PlanVersion
from api.store.tables import TABLES
from routing.files import replacing

_FORMAT: Final = 1
_MANIFEST: Final = "manifest.json"
_BATCH: Final = 500


def back_up(store: Store, path: Path) -> Mapping[str, int]:
    """Write everything the store holds at one moment to `path`, whole or not at all; return the rows by table.

    The server may go on writing meanwhile. The file is readable by its owner alone. Raises OSError where it cannot be
    written.
    """
    with replacing(path) as file, store.session() as session:
        return _write(session, file, store.clock())


def restore(store: Store, path: Path, *, replace: bool = False) -> Mapping[str, int]:
    """Fill the store with a backup in one transaction; return the rows by table.

    A backup of an older version goes into the tables of its time, which are then migrated. StoreError, and nothing
    changed, where the file is damaged or newer than us, or the store is not empty and not to be replaced.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = _verified(archive)
            with store.transaction("system") as session:
                connection = session.connection()
                if not _is_empty(connection) and not replace:
                    raise StoreError("store.not-empty")
                take_back(connection)
                migrate(connection, manifest["revision"])
                for table in TABLES:
                    if table.name in manifest["tables"]:
                        _fill(connection, table, archive)
                migrate(connection)
                _count_on(connection)
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, TypeError, ValueError, NotImplementedError) as error:
        raise StoreError("store.backup-broken", detail=type(error).__name__) from error
    except DatabaseError as error:  # rows that its tables cannot have had
        raise StoreError("store.backup-broken", detail=type(error.orig).__name__) from error
    return {name: int(table["rows"]) for name, table in manifest["tables"].items()}


def _write(session: Session, file: IO[bytes], at: datetime) -> dict[str, int]:
    tables: dict[str, dict[str, object]] = {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in TABLES:
            rows, digest = 0, hashlib.sha256()
            with archive.open(_part(table), "w", force_zip64=True) as part:
                for line in _lines(session, table):
                    part.write(line)
                    digest.update(line)
                    rows += 1
            tables[table.name] = {"rows": rows, "sha256": digest.hexdigest()}
        manifest = {"format": _FORMAT, "revision": head_revision(), "at": at.isoformat(), "tables": tables}
        archive.writestr(_MANIFEST, json.dumps(manifest, indent=1, sort_keys=True))
    return {name: int(str(table["rows"])) for name, table in tables.items()}


def _lines(session: Session, table: Table) -> Iterator[bytes]:
    """Yield the rows as JSON lines, in an order in which they can be put back."""
    order = [PlanVersion.__table__.c.number] if table is PlanVersion.__table__ else []
    found = session.connection().execute(select(table).order_by(*order, *table.primary_key.columns))
    for row in found.yield_per(_BATCH).mappings():
        plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}
        yield json.dumps(plain, ensure_ascii=False).encode() + b"\n"


def _verified(archive: zipfile.ZipFile) -> Any:  # noqa: ANN401 - the manifest as it was written
    """Return the manifest once every table is found to be as it says."""
    manifest = json.loads(archive.read(_MANIFEST))
    known = {table.name for table in TABLES}
    if manifest["format"] != _FORMAT or manifest["revision"] not in revisions() or not known >= set(manifest["tables"]):
        raise StoreError("store.backup-version", detail=str(manifest["revision"]))
    if manifest["revision"] == head_revision() and known != set(manifest["tables"]):
        raise StoreError("store.backup-broken", detail="tables")
    for table in TABLES:
        if table.name not in manifest["tables"]:
            continue  # there was no such table then
        rows, digest = 0, hashlib.sha256()
        with archive.open(_part(table)) as part:
            for line in part:
                digest.update(line)
                rows += 1
        if manifest["tables"][table.name] != {"rows": rows, "sha256": digest.hexdigest()}:
            raise StoreError("store.backup-broken", detail=table.name)
    return manifest


def _is_empty(connection: Connection) -> bool:
    return all(connection.scalar(select(func.count()).select_from(table)) == 0 for table in TABLES)


def _fill(connection: Connection, table: Table, archive: zipfile.ZipFile) -> None:
    """Put the rows of a table back, with the columns that it had when they were written."""
    waiting: list[dict[str, Any]] = []
    with archive.open(_part(table)) as part:
        for line in part:
            waiting.append(_row(table, json.loads(line)))
            if len(waiting) == _BATCH:
                _insert(connection, table, waiting)
                waiting = []
    if waiting:
        _insert(connection, table, waiting)


def _insert(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert rows; what the models fill in by themselves is left to the migrations, as it was not there then."""
    columns = (Column(name, table.columns[name].type) for name in rows[0])
    connection.execute(insert(Table(table.name, MetaData(), *columns)), rows)


def _row(table: Table, plain: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _value(table.columns[name].type, value) for name, value in plain.items()}


def _value(kind: object, value: Any) -> Any:  # noqa: ANN401 - any JSON value
    if value is None:
        return None
    if isinstance(kind, Moment):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(kind, Date) else value


def _count_on(connection: Connection) -> None:
    """Let PostgreSQL count on from the ids that were put back; SQLite does by itself."""
    if connection.dialect.name == "sqlite":
        return
    for table in TABLES:
        column = table.autoincrement_column
        if column is not None and connection.scalar(select(func.count()).select_from(table)):
            newest = connection.scalar(select(func.max(column)))
            sequence = text("SELECT setval(pg_get_serial_sequence(:table, :column), :newest)")
            connection.execute(sequence, {"table": f'"{table.name}"', "column": column.name, "newest": newest})


def _part(table: Table) -> str:
    return f"tables/{table.name}.jsonl"
