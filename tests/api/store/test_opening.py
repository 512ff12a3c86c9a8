"""The store opens on both databases, reads one moment at a time, and writes one after the other."""

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from api.errors import StaleError, StoreError
from api.store.opening import Store, open_store
from api.store.records import Record


def _record(key: str, name: str = "A") -> Record:
    return Record(sheet="clients", key=key, position=1, cells={"name": name}, words=name)


def test_keeps_what_was_committed(store_url: str) -> None:
    """What a transaction has committed is there when the store is opened again."""
    first = open_store(store_url)
    with first.transaction("system") as session:
        session.add(_record("K1"))
    first.close()
    second = open_store(store_url)
    with second.session() as session:
        assert session.get_one(Record, ("clients", "K1")).cells == {"name": "A"}
    second.close()


def test_fault_leaves_no_trace(store: Store) -> None:
    """A transaction that ends in a fault has changed nothing."""

    def fail() -> None:
        with store.transaction("system") as session:
            session.add(_record("K1"))
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with store.session() as session:
        assert session.get(Record, ("clients", "K1")) is None


def test_reading_cannot_write(store: Store) -> None:
    """A reading session refuses to write, whichever way it is tried."""
    with store.session() as session, pytest.raises(DBAPIError):
        session.execute(text("DELETE FROM record"))
    with store.session() as session:
        session.add(_record("K1"))
        with pytest.raises(DBAPIError):
            session.flush()


def test_reading_sees_one_moment(store: Store) -> None:
    """What others commit meanwhile does not show in a session that has begun to read."""
    with store.session() as session:
        assert session.get(Record, ("clients", "K1")) is None
        with store.transaction("system") as writing:
            writing.add(_record("K1"))
        assert session.get(Record, ("clients", "K1")) is None
    with store.session() as session:
        assert session.get(Record, ("clients", "K1")) is not None


def test_stale_row(store: Store) -> None:
    """A row that was read before another changed it cannot be written over."""
    with store.transaction("system") as session:
        session.add(_record("K1"))
    with store.session() as session:
        old = session.get_one(Record, ("clients", "K1"))
    with store.transaction("system") as session:
        session.get_one(Record, ("clients", "K1")).cells = {"name": "B"}

    def write_over() -> None:
        with store.transaction("system") as session:
            session.add(old)
            old.cells = {"name": "C"}

    with pytest.raises(StaleError):
        write_over()


@pytest.mark.parametrize("url", ["", "nonsense", "mysql://a/b", "sqlite://", "sqlite:///:memory:"])
def test_refused_urls(url: str) -> None:
    """What is no address of a store is refused with the way out."""
    with pytest.raises(StoreError, match="address of a store"):
        open_store(url)


def test_unreachable(tmp_path: Path) -> None:
    """A store that cannot be opened is an error of ours."""
    with pytest.raises(StoreError, match="cannot be opened"):
        open_store(tmp_path / "missing" / "store.db")


def test_private(tmp_path: Path) -> None:
    """What a municipality writes about its clients is readable by the owner of the file alone, its log too."""
    store = open_store(tmp_path / "store.db")
    with store.transaction("system") as session:
        session.add(_record("K1"))
    assert {path.stat().st_mode & 0o077 for path in tmp_path.iterdir()} == {0}
    store.close()


def test_newer_store(store_url: str) -> None:
    """A store of a newer version is left alone."""
    opened = open_store(store_url)
    with opened.transaction("system") as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    opened.close()
    with pytest.raises(StoreError, match="newer version"):
        open_store(store_url)
