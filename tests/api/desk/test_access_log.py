"""A person's log opens in a spreadsheet, and nothing in it is a formula."""

import datetime as dt

from api.desk.access_log import access_csv
from api.store.history import seen
from api.store.opening import open_store

NOON = dt.datetime(2026, 11, 25, 10, tzinfo=dt.UTC)


def test_log_as_a_table(store_url: str) -> None:
    """Each look is a row with time, who and what for."""
    store = open_store(store_url, clock=lambda: NOON)
    with store.transaction("=evil") as session:
        seen(session, "record:clients/K1", "record:clients/K2", purpose="records")
    with store.session() as session:
        lines = access_csv(session, "record:clients/K1", lang="et").decode("utf-8-sig").splitlines()
    assert lines == ["aeg;kes;milleks", "2026-11-25T10:00:00+00:00;'=evil;records"]
    store.close()
