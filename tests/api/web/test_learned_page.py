"""How long visits really take is shown beside the plan, and written into records where somebody says so."""

import datetime as dt
import re

import pytest
from fastapi.testclient import TestClient

from api.desk.demo import load_demo
from api.desk.log_entries import import_log
from api.desk.municipality import open_municipality
from api.desk.records import create_record, get_record
from api.security.roles import Role
from api.store.opening import Store
from routing.books.entry import Entry, EntryKind, Result
from routing.records.model import Service
from tests.web import Served

FIRST = dt.date(2026, 11, 2)
SPAN = "first=2026-11-01&last=2026-11-24"


def visit(number: int) -> Entry:
    """Return a visit of a care plan that was to take half an hour and took three quarters."""
    return Entry(
        id=f"L{number}",
        day=FIRST + dt.timedelta(days=number),
        kind=EntryKind.VISIT,
        service=Service.HOME_CARE,
        client="K01",
        request=f"W{number}",
        planned_begin=32_400,
        planned_end=34_200,
        actual_begin=32_400,
        actual_end=35_040,
        result=Result.DONE,
    )


@pytest.fixture
def client(store: Store) -> TestClient:
    """Return a coordinator of a municipality with five such visits, and one on its way that stands alone."""
    load_demo(store)
    plan = {"id": "PX", "client": "K01", "valid_from": "2026-10-01", "weekly": "210"}
    slot = {"id": "PX-1", "plan": "PX", "times": "7", "duration": "30", "windows": "08:00-12:00"}
    with store.transaction("test") as session:
        create_record(session, "care_plans", plan)
        create_record(session, "care_slots", slot)
        for number in range(5):
            day = (FIRST + dt.timedelta(days=number)).isoformat()
            own = {"id": f"W{number}", "day": day, "client": "K01", "care_slot": "PX-1"}
            create_record(session, "visits", {**own, "duration": "30", "windows": "08:00-12:00"})
        alone = {"id": "W9", "day": "2026-11-27", "client": "K01", "duration": "30", "windows": "08:00-12:00"}
        create_record(session, "visits", alone)
    with store.session() as session:
        records = open_municipality(session).records
    with store.transaction("test") as session:
        import_log(session, records, [visit(number) for number in range(5)], [])
    return Served(store).signed_in()


def test_what_visits_take_is_shown_and_used(client: TestClient, store: Store) -> None:
    """The plan's recurring visit and the one that stands alone plan 45 minutes once somebody says so."""
    shown = client.get(f"/learned?{SPAN}").text
    assert "Aino Kasemaa" in shown
    assert "14 min kauem" in shown
    assert shown.count("30 min → 45 min") == 2
    for sheet, key in (("care_slots", "PX-1"), ("visits", "W9")):
        found = re.search(rf'name="key" value="{key}"><input type="hidden" name="seen" value="(\d+)"', shown)
        assert found
        form = {"csrf": client.headers["X-CSRF-Token"], "sheet": sheet, "key": key, "seen": found[1], "minutes": "45"}
        assert client.post("/learned/use", data=form).status_code == 303
        assert client.post("/learned/use", data=form).status_code == 412
        with store.session() as session:
            assert get_record(session, sheet, key).cells["duration"] == "45"
    assert "→" not in client.get(f"/learned?{SPAN}").text


def test_who_may_read_and_who_may_write(client: TestClient, store: Store) -> None:
    """Days that are none lead to the last quarter; the clerk sees nothing of visits."""
    assert client.get("/learned?first=x&last=9999-01-01").status_code == 200
    assert Served(store).signed_in("kati", (Role.CLERK,)).get("/learned").status_code == 403
