"""The books over HTTP: log, months, report and what-if, with versions, keys sent twice, and refusals that say why."""

import datetime as dt
import re
from urllib.parse import unquote

import httpx
import pytest
from fastapi.testclient import TestClient

from api.desk.demo import load_demo
from api.desk.log_entries import import_log
from api.desk.municipality import open_municipality
from api.security.roles import Role
from api.store.history import seen_by
from api.store.opening import Store
from routing.books.log_file import log_text
from tests.api.desk.test_months import ride
from tests.web import Served

API = "/api/v1"
DRAFT = """municipality = "Tartu vald"
[[schedules]]
id = "draft"
service = "escorted"
valid_from = 2026-01-01
legal_basis = "draft"
source = "draft"
rounding = { step = 0.01, mode = "half_up" }
conventions = { charged_per = "direction" }
components = [{ kind = "flat", name = "ride", amount = 4 }]
"""
JUNE = (ride("R1", dt.date(2026, 6, 3)), ride("R2", dt.date(2026, 6, 9), "K11"))


@pytest.fixture
def client(store: Store) -> TestClient:
    """Return somebody who may do everything with the books of June: two rides, five euros each."""
    load_demo(store)
    with store.session() as session:
        records = open_municipality(session).records
    with store.transaction("test") as session:
        import_log(session, records, JUNE, [])
    return Served(store).signed_in(roles=(Role.COORDINATOR, Role.CLERK, Role.AUDITOR))


def test_the_log_is_listed_changed_and_imported(client: TestClient) -> None:
    """Pages go on where the last one ended; a change needs the version it has seen; a file is taken in once."""
    days = {"first": "2026-06-01", "last": "2026-06-30"}
    page = client.get(f"{API}/log/entries", params={**days, "size": 1}).json()
    assert (page["total"], page["next"], [row["id"] for row in page["entries"]]) == (2, 1, ["R1"])
    own = client.get(f"{API}/log/entries", params={**days, "client": "K11"}).json()["entries"]
    assert [row["cells"]["client"] for row in own] == ["K11"]

    read = client.get(f"{API}/log/entries/R1")
    told = {"cells": {"result": "not needed", "reason": "sõitis tütrega"}}
    assert client.put(f"{API}/log/entries/R1", json=told).status_code == 428
    seen = {"If-Match": read.headers["ETag"], "Idempotency-Key": "a1"}
    changed = client.put(f"{API}/log/entries/R1", json=told, headers=seen)
    assert (changed.json()["cells"]["result"], changed.json()["source"]) == ("not needed", "hand")
    again = client.put(f"{API}/log/entries/R1", json=told, headers=seen)
    assert (again.json(), again.headers["Idempotency-Replayed"]) == (changed.json(), "true")
    stale = client.put(f"{API}/log/entries/R1", json=told, headers={"If-Match": read.headers["ETag"]})
    assert stale.status_code == 412
    strange = client.put(f"{API}/log/entries/R1", json={"cells": {"client": "K11"}}, headers={"If-Match": '"9"'})
    assert (strange.status_code, strange.json()["findings"][0]["field"]) == (422, "cells.client")

    told_file = log_text([ride("R3", dt.date(2026, 6, 20))], "et").encode()
    assert client.post(f"{API}/log/import", content=told_file).json()["entries"] == 1
    other = log_text([ride("R3", dt.date(2026, 6, 20), "K11")], "et").encode()
    refused = client.post(f"{API}/log/import", content=other)
    assert [finding["code"] for finding in refused.json()["findings"]] == ["ledger.told-otherwise"]
    unpublished = client.post(f"{API}/log/days/2026-06-03/fill")
    assert (unpublished.status_code, unpublished.json()["findings"][0]["code"]) == (409, "ledger.day-unpublished")


def settle(client: TestClient, verb: str) -> httpx.Response:
    """Approve or close June as it stands."""
    seen = client.get(f"{API}/months/2026-06").headers["ETag"]
    return client.post(f"{API}/months/2026-06/{verb}", headers={"If-Match": seen})


def test_a_month_is_read_waived_closed_and_mended(client: TestClient) -> None:
    """The draft has its lines; a decision changes one; closing needs what was seen; a later change is a new line."""
    month = client.get(f"{API}/months/2026-06")
    assert [(one["client"], one["total"]) for one in month.json()["statements"]] == [("K11", "5.00"), ("K21", "5.00")]
    statement = client.get(f"{API}/months/2026-06/statements/K21").json()
    line = statement["lines"][0]
    assert (line["amount"], line["entries"]) == ("5.00", ["R1"])
    decision = {"client": "K21", "line": line["key"], "kind": "waiver", "amount": "2", "reason": "korraldus 12"}
    decided = client.post(f"{API}/months/2026-06/decisions", json=decision)
    assert decided.status_code == 201
    assert client.get(f"{API}/months/2026-06/statements/K21").json()["total"] == "3.00"
    assert client.delete(f"{API}/months/2026-06/decisions/{decided.json()['id']}").status_code == 200
    refused = client.post(f"{API}/months/2026-06/decisions", json={**decision, "reason": " "})
    assert refused.json()["findings"][0]["code"] == "ledger.reason-missing"

    for verb in ("approve", "close"):
        stale = client.post(f"{API}/months/2026-06/{verb}", headers={"If-Match": month.headers["ETag"]})
        assert stale.status_code == 412
    assert settle(client, "approve").status_code == 200
    closed = settle(client, "close").json()
    assert (closed["state"], closed["total"]) == ("closed", "10.00")
    version = client.get(f"{API}/log/entries/R1").headers["ETag"]
    told = {"cells": {"result": "not possible"}}
    assert client.put(f"{API}/log/entries/R1", json=told, headers={"If-Match": version}).status_code == 200
    july = log_text([ride("R7", dt.date(2026, 7, 2))], "et").encode()
    assert client.post(f"{API}/log/import", content=july).status_code == 200
    mended = client.get(f"{API}/months/2026-06/corrections").json()["lines"]
    assert [(one["client"], one["amount"], one["kind"]) for one in mended] == [("K21", "-5.00", "correction")]
    listed = client.get(f"{API}/months").json()
    assert [(one["month"], one["is_closed"]) for one in listed["months"]] == [("2026-07", False), ("2026-06", True)]


def test_a_month_is_approved_before_it_is_closed(client: TestClient) -> None:
    """A draft is not closed; an approval is shown, taken back once, and holds no longer where the log changes."""

    def shown() -> tuple[str, bool | None]:
        month = client.get(f"{API}/months/2026-06").json()
        return month["state"], month["approval"] and month["approval"]["holds"]

    refused = settle(client, "close")
    assert (refused.status_code, refused.json()["findings"][0]["code"]) == (409, "ledger.month-unapproved")
    assert settle(client, "approve").json()["state"] == "approved"
    assert shown() == ("approved", True)
    assert client.get(f"{API}/months/2026-06").json()["approval"]["by"] == "Mari"
    assert client.post(f"{API}/months/2026-06/draft").json()["state"] == "open"
    assert shown() == ("open", None)
    again = client.post(f"{API}/months/2026-06/draft")
    assert (again.status_code, again.json()["findings"][0]["code"]) == (409, "ledger.month-unapproved")
    settle(client, "approve")
    more = log_text([ride("R8", dt.date(2026, 6, 20))], "et").encode()
    assert client.post(f"{API}/log/import", content=more).status_code == 200
    assert shown() == ("open", False)


def test_only_who_may_approve_approves(client: TestClient, store: Store) -> None:
    """The clerk closes what the coordinator approved; neither does the other's part."""
    served = Served(store)
    clerk, coordinator = (served.signed_in(role.value, [role]) for role in (Role.CLERK, Role.COORDINATOR))
    assert settle(clerk, "approve").status_code == 403
    assert settle(coordinator, "approve").status_code == 200
    assert settle(coordinator, "close").status_code == 403
    assert clerk.post(f"{API}/months/2026-06/draft").status_code == 403
    assert settle(clerk, "close").status_code == 200


def test_the_report_names_nobody(client: TestClient, store: Store, caplog: pytest.LogCaptureFixture) -> None:
    """No name of a client or worker is in its data, in an address on its page, or in the server's log."""
    with store.session() as session:
        records = open_municipality(session).records
    words = {word for person in (*records.clients, *records.workers) for word in person.name.split()}
    with caplog.at_level("DEBUG"):
        data = client.get(f"{API}/report", params={"first": "2026-06-01", "last": "2026-06-30"}).text
        page = client.get("/report/2026-06-01/2026-06-30").text
        rows = client.get("/report/2026-06-01/2026-06-30/rows", params={"figure": "f1"}).text
    addresses = " ".join(re.findall(r'(?:href|action|src)="([^"]*)"', page + rows))
    logged = " ".join(record.getMessage() for record in caplog.records)
    assert [word for word in words if word in unquote(f"{data} {addresses} {logged}")] == []


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PUT", "log/entries/R1", r'{"cells":{"reason":"\ud800"}}'),
        ("PUT", "log/entries/R1", r'{"cells":{"\ud800":"x"}}'),
        (
            "POST",
            "months/2026-06/decisions",
            r'{"client":"K21","line":"\ud800","kind":"\ud800","amount":"1","reason":"x"}',
        ),
        ("POST", "months/2026-06/what-if", r'{"draft":"\ud800"}'),
    ],
)
def test_text_that_is_none_is_refused(client: TestClient, method: str, path: str, body: str) -> None:
    """Half a pair of Unicode in JSON is the sender's fault, wherever it comes to light; nothing is written."""
    headers = {"Content-Type": "application/json", "If-Match": '"1"'}
    answer = client.request(method, f"{API}/{path}", content=body, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "input")
    assert client.get(f"{API}/log/entries/R1").headers["ETag"] == '"1"'


@pytest.mark.parametrize(("rest", "looks"), [("rows.csv", 1), ("rows?figure=f1", 1), ("figures.csv", 0), ("", 0)])
def test_whose_rows_a_report_shows(client: TestClient, store: Store, rest: str, looks: int) -> None:
    """Rows that lead to people are logged as seen, on the page and taken away; sums are nobody's."""
    assert client.get(f"/report/2026-06-01/2026-06-30/{rest}".rstrip("/")).status_code == 200
    with store.session() as session:
        assert [look.purpose for look in seen_by(session, "record:clients/K11")] == ["report"] * looks


def test_days_that_no_report_can_have(client: TestClient) -> None:
    """The end of the calendar is refused, on the page, on paper and as a table; the form leads to the last month."""
    for address in ("2026-06-01/9999-12-31", "9999-12-31/9999-12-31", "0001-01-01/2026-06-30"):
        for rest in ("", "/rows?figure=f1", "/report.pdf", "/rows.csv"):
            assert client.get(f"/report/{address}{rest}").status_code == 422
    chosen = client.get("/report", params={"first": "9999-12-31", "last": "9999-12-31"})
    assert chosen.headers["location"] == "/report/2026-10-01/2026-10-31"


def test_report_and_what_if(client: TestClient) -> None:
    """Figures carry their rows; a draft is priced beside the list in force and kept nowhere."""
    report = client.get(f"{API}/report", params={"first": "2026-06-01", "last": "2026-06-30", "km": "0.5"}).json()
    assert report["entries"] == 2
    assert {row for section in report["sections"] for figure in section["figures"] for row in figure["rows"]} >= {"R1"}
    found = client.post(f"{API}/months/2026-06/what-if", json={"draft": DRAFT})
    assert found.status_code == 200, found.text
    found = found.json()
    assert (found["before"]["total"], found["after"]["total"], found["difference"]) == ("10.00", "8.00", "-2.00")
    faulty = client.post(f"{API}/months/2026-06/what-if", json={"draft": "x = ["})
    assert faulty.status_code == 422
    assert faulty.json()["findings"]
