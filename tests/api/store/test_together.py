"""Many threads write at once: each gets its turn, and none overwrites another."""

from concurrent.futures import ThreadPoolExecutor

from api.store.history import changes_of
from api.store.opening import Store
from api.store.records import Record


def test_no_change_is_lost(store: Store) -> None:
    """Sixteen threads count one row up; every count is there and in the history."""
    with store.transaction("system") as session:
        session.add(Record(sheet="clients", key="K1", position=1, cells={"n": "0"}, words=""))

    def count(thread: int) -> None:
        for _ in range(5):
            with store.transaction(f"user:{thread}") as session:
                record = session.get_one(Record, ("clients", "K1"))
                record.cells = {"n": str(int(record.cells["n"]) + 1)}
            with store.session() as session:
                session.get_one(Record, ("clients", "K1"))

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(count, range(16)))
    with store.session() as session:
        record = session.get_one(Record, ("clients", "K1"))
        assert (record.cells["n"], record.version) == ("80", 81)
        assert len(changes_of(session, "record:clients/K1")) == 81
