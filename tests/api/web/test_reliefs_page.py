"""A relief by decision is a record: the statement names it, the page counts it, and it stays once it was used."""

import datetime as dt

import pytest

from api.desk.demo import load_demo
from api.desk.log_entries import import_log
from api.desk.municipality import open_municipality
from api.desk.records import create_record, get_record, remove_record
from api.errors import RefusedError
from api.security.roles import Role
from api.store.opening import Store
from tests.api.desk.test_months import ride
from tests.web import Served

ACT = "korraldus 12-3/45"


def test_a_relief_is_counted_shown_and_kept(store: Store) -> None:
    """Of a ride of five euros half is let off; the clerk reads the act on page and statement; a used relief stays."""
    load_demo(store)
    with store.transaction("test") as session:
        cells = {"act": ACT, "client": "K21", "service": "escorted", "pays": "50", "first": "2026-11-01"}
        key = create_record(session, "reliefs", cells).key
    with store.session() as session:
        records = open_municipality(session).records
    rides = [ride(f"R{month}", dt.date(2026, month, 3)) for month in (7, 10, 11)]
    with store.transaction("test") as session:
        import_log(session, records, rides, [])
    client = Served(store).signed_in("kati", (Role.CLERK,))
    shown = client.get("/reliefs").text.replace("\xa0", " ")
    assert ACT in shown
    assert "maksab 50 %" in shown
    assert shown.count("2,50 €") == 3
    statement = client.get("/months/2026-11/client/K21").text
    assert ACT in statement
    assert "5,00" in client.get("/months/2026-10/client/K21").text
    with pytest.raises(RefusedError) as refused, store.transaction("test") as session:
        remove_record(session, "reliefs", key, version=get_record(session, "reliefs", key).version)
    assert [(f.code, f.found) for f in refused.value.findings] == [("ledger.dated-in-log", ACT)]
