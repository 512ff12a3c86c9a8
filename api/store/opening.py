"""Open the store: SQLite with a write-ahead log in a file, or PostgreSQL by URL.

Both behave alike: a reading session sees one moment of the store and cannot write; writing transactions come one after
the other, and what one has committed is safely on disk. One municipality writes little, so waiting costs nothing and
no two writers can ever disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from api.errors import StaleError, StoreError
from api.store import tables
from api.store.base import utc_now
from api.store.cache import CACHE, Cache
from api.store.history import ACTOR, CLOCK, record_changes
from api.store.migrating import migrate

OUTSIDE: Final = "outside"
"""Where a session's `info` names the store's `outside`."""

_BUSY_SECONDS: Final = 15
_WRITES: Final = "hoolering_writes"
_WRITER: Final = "SELECT pg_advisory_xact_lock(hashtextextended('hoolering-writer', 0))"


class Store:
    """An open store. Threads share it; each session belongs to one of them."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime] = utc_now) -> None:
        self.engine = engine
        self.clock = clock
        self.tables = tables.TABLES
        self.cache = Cache()
        self.outside: Path | None = None  # a folder of this machine whose files the settings of records may name

    @property
    def is_sqlite(self) -> bool:
        """Tell whether this is SQLite rather than PostgreSQL."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Yield a session that reads one moment of the store; writing through it fails."""
        info = {CACHE: self.cache, CLOCK: self.clock, OUTSIDE: self.outside}
        with Session(self._engine(writes=False), expire_on_commit=False, info=info) as session:
            yield session

    @contextmanager
    def transaction(self, actor: str) -> Iterator[Session]:
        """Yield a session that commits when the block ends well and leaves no trace otherwise.

        `actor` is who does it, as the history names her: a user's id, `link:…` or `system`. StaleError where a row has
        changed since it was read, StoreError where the store stays busy with another writer.
        """
        info = {ACTOR: actor, CLOCK: self.clock, OUTSIDE: self.outside}
        try:
            with Session(self._engine(writes=True), expire_on_commit=False, info=info) as session, session.begin():
                record_changes(session)
                yield session
        except StaleDataError as error:
            raise StaleError(subject="", expected=None, found=None) from error
        except OperationalError as error:
            if _is_busy(error):
                raise StoreError("store.busy") from error
            raise

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()

    def _engine(self, *, writes: bool) -> Engine:
        if self.is_sqlite:
            return self.engine.execution_options(**{_WRITES: writes})
        if writes:
            return self.engine.execution_options(isolation_level="READ COMMITTED", **{_WRITES: True})
        return self.engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True, **{_WRITES: False}
        )


def open_store(url: str | Path, *, clock: Callable[[], datetime] = utc_now, create: bool = True) -> Store:
    """Open the store at `url`, created or brought up to date where needed.

    `url` is `sqlite:///path`, `postgresql://user@host/name`, or the path of an SQLite file. StoreError where it cannot
    be opened, was written by a newer version, or is an SQLite file that is not there and not to be created.
    """
    engine = open_engine(url)
    if engine.dialect.name == "sqlite":
        _make_private(Path(engine.url.database or ""), create=create)
    try:
        with engine.execution_options(**{_WRITES: True}).begin() as connection:
            migrate(connection)
    except OperationalError as error:
        engine.dispose()
        raise StoreError("store.cannot-open", detail=type(error.orig).__name__) from error
    except BaseException:
        engine.dispose()
        raise
    return Store(engine, clock)


def _make_private(path: Path, *, create: bool) -> None:
    """Make an SQLite file that is not there yet readable by its owner alone; its log follows it in that."""
    try:
        if create:
            path.touch(mode=0o600)
        elif not path.is_file():
            raise FileNotFoundError
    except OSError as error:
        raise StoreError("store.cannot-open", detail=type(error).__name__) from error


def open_engine(url: str | Path) -> Engine:
    """Return an engine for `url` whose transactions behave as described above; nothing is created yet."""
    parsed = _parse(url)
    if parsed.get_backend_name() == "sqlite":
        engine = create_engine(parsed, hide_parameters=True, connect_args={"timeout": _BUSY_SECONDS})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        options = f"-c lock_timeout={_BUSY_SECONDS}s -c idle_in_transaction_session_timeout=60s"
        engine = create_engine(
            parsed, hide_parameters=True, pool_pre_ping=True, pool_size=20, connect_args={"options": options}
        )
        event.listen(engine, "begin", _begin_postgresql)
    return engine


def _parse(url: str | Path) -> URL:
    if isinstance(url, Path):
        return URL.create("sqlite", database=str(url))
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StoreError("store.url") from error
    match parsed.get_backend_name():
        case "sqlite" if parsed.database and parsed.database != ":memory:":
            return parsed.set(drivername="sqlite")
        case "postgresql" | "postgres":
            return parsed.set(drivername="postgresql+psycopg")
    raise StoreError("store.url")


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own connection
    """Leave beginning to us, write ahead, force every commit to disk, and hold foreign keys."""
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={_BUSY_SECONDS * 1000}"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    """Begin; a writer takes the lock at once, so that it never fails half way for having read before another wrote."""
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if writes else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    """Let writers wait for each other, as SQLite does."""
    if connection.get_execution_options().get(_WRITES, False):
        connection.execute(text(_WRITER))


def _is_busy(error: OperationalError) -> bool:
    return "database is locked" in str(error.orig) or getattr(error.orig, "sqlstate", None) == "55P03"
