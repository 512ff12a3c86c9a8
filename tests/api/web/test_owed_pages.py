"""Log, months and report as pages: filled, changed, waived, closed, reported, each by who may."""

import re
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from api.desk.log_entries import filled_day, import_log, keep_day
from api.desk.municipality import open_municipality
from api.security.roles import Role
from api.store.opening import Store
from api.web.log_form import entry_fields
from api.wording.spelling import spelling
from routing.books.entry import Result
from routing.books.log_file import log_text
from tests.rounds import DAY
from tests.web import Served

MONTH = "2026-11"


@pytest.fixture
def published(published_store: Store) -> Served:
    """Return an application whose store holds the demo's published day."""
    return Served(published_store)


def fill(store: Store, result: Result | None = None) -> None:
    """Take the demo's day into the log, with one result for all that is planned."""
    with store.session() as session:
        filled, records = filled_day(session, DAY), open_municipality(session).records
    with store.transaction("test") as session:
        keep_day(session, filled)
        if result:
            done = [entry for entry in filled.entries if entry.is_open]
            import_log(session, records, [replace(entry, result=result) for entry in done], [])


def post(client: TestClient, path: str, **form: str) -> int:
    """Send a form and return the status."""
    data = {"csrf": client.headers["X-CSRF-Token"], **form}
    return client.post(path, data=data).status_code


def test_the_log_of_a_day(published: Served) -> None:
    """A day is empty, filled by a button, and an entry is changed by a form that says what is wrong with it."""
    client = published.signed_in()
    assert client.get("/log").headers["location"] == "/log/2026-11-25"
    assert "ei ole veel ühtegi kannet" in client.get(f"/log/{DAY}").text
    assert post(client, f"/log/{DAY}/fill") == 303
    assert post(client, "/log/2026-11-26/fill") == 409
    page = client.get(f"/log/{DAY}").text
    assert f"/log/entry/{DAY}-V01" in page
    assert "Aino Kasemaa" in page
    seen = re.search(r'name="seen" value="(\d+)"', client.get(f"/log/entry/{DAY}-V01").text)
    assert seen
    wrong = client.post(
        f"/log/entry/{DAY}-V01", data={"csrf": client.headers["X-CSRF-Token"], "seen": seen[1], "actual_begin": "99"}
    )
    assert wrong.status_code == 422
    assert 'aria-invalid="true"' in wrong.text
    sent = {"seen": seen[1], "result": "done", "actual_begin": "8.05", "actual_end": "8.40"}
    assert post(client, f"/log/entry/{DAY}-V01", **sent) == 303
    assert "08:05–08:40" in client.get(f"/log/{DAY}").text
    assert post(client, f"/log/entry/{DAY}-V01", **sent) == 412
    assert client.get("/log/entry/none").status_code == 404


def test_a_log_file_is_taken_in_wholly_or_not(published: Served) -> None:
    """A file with a fault changes nothing and says where it is; one without leads to its day."""
    client = published.signed_in()
    with published.store.session() as session:
        entries = list(filled_day(session, DAY).entries)
    text = log_text(entries, "et")
    token = {"csrf": client.headers["X-CSRF-Token"], "day": str(DAY)}
    broken = client.post("/log/import", data=token, files={"files": ("log.csv", text.replace("K01;", "K99;"))})
    assert broken.status_code == 422
    assert "K99" in broken.text
    assert "ei ole veel ühtegi kannet" in client.get(f"/log/{DAY}").text
    assert client.post("/log/import", data=token).status_code == 422
    assert client.post("/log/import", data=token | {"day": "9999-12-31"}).status_code == 422
    assert client.get("/log/9999-12-31").status_code == 422
    taken = client.post("/log/import", data=token, files={"files": ("log.csv", text)})
    assert taken.headers["location"] == f"/log/{DAY}?told=imported"
    assert f"/log/entry/{DAY}-V01" in client.get(f"/log/{DAY}").text


def stand_of(client: TestClient, action: str) -> str | None:
    """Return what the form of the month's page for an action says that was seen; None where it has no such form."""
    form = re.search(rf'action="/months/{MONTH}/{action}">(.*?)</form>', client.get(f"/months/{MONTH}").text, re.DOTALL)
    return form and re.search(r'name="stand" value="(\d+)"', form[1])[1]


def test_a_month_is_settled_approved_and_closed(published: Served) -> None:
    """The clerk settles and waives, the coordinator approves, the clerk closes; nobody does the other's part."""
    fill(published.store, Result.DONE)
    published.clock.turn(hours=24 * 6)
    client, mari = published.signed_in("kati", (Role.CLERK,)), published.signed_in("mari")
    assert MONTH in client.get("/months").text
    shown = client.get(f"/months/{MONTH}").text
    assert '<th scope="col" class="value">küsida' in shown
    names = re.findall(rf'/months/{MONTH}/client/[^"]+">([^<]+)<', shown)
    assert names == sorted(names, key=spelling)
    assert len(names) > 3
    assert stand_of(mari, "approve") is None  # a price has to be asked
    address = f"/months/{MONTH}/client/K32"
    line = re.search(r'name="line" value="([^"]+)"', client.get(address).text)
    assert line
    decide = f"/months/{MONTH}/decide/K32"
    assert post(client, decide, line=line[1], kind="settled", amount="57,70", reason="") == 422
    assert post(client, decide, line="none", kind="settled", amount="1", reason="x") == 404
    assert post(client, decide, line=line[1], kind="settled", amount="57,70", reason="täpne km") == 303
    assert "57,70" in client.get(address).text
    assert post(client, decide, line=line[1], kind="waiver", amount="7,70", reason="raske olukord") == 303
    name = re.search(rf"/months/{MONTH}/withdraw/([0-9a-f]+)", client.get(address).text)
    assert name
    assert f'aria-label="Võta tagasi {DAY:%d.%m.%Y}"' in client.get(address).text
    seen = stand_of(mari, "approve")
    assert seen
    assert (stand_of(client, "approve"), stand_of(client, "close")) == (None, None)
    assert post(client, f"/months/{MONTH}/approve", stand=seen) == 403
    assert post(client, f"/months/{MONTH}/close", stand=seen) == 409
    assert post(mari, f"/months/{MONTH}/approve", stand="1") == 412
    assert post(mari, f"/months/{MONTH}/approve", stand=seen) == 303
    assert "Kinnitas Mari" in client.get(f"/months/{MONTH}").text
    assert post(mari, f"/months/{MONTH}/draft") == 303
    assert post(mari, f"/months/{MONTH}/draft") == 409
    assert post(mari, f"/months/{MONTH}/approve", stand=stand_of(mari, "approve") or "") == 303
    seen = stand_of(client, "close")
    assert seen
    assert post(mari, f"/months/{MONTH}/close", stand=seen) == 403
    assert post(client, f"/months/{MONTH}/close", stand="1") == 412
    assert post(client, f"/months/{MONTH}/close", stand=seen) == 303
    closed = client.get(f"/months/{MONTH}").text
    assert "suletud" in closed
    assert '<th scope="col">küsida' not in closed  # a column of nothing
    assert post(client, decide, line=line[1], kind="waiver", amount="1", reason="x") == 422
    assert client.get("/months/2026-13").status_code == 404


def test_a_month_is_logged_from_its_page(published: Served) -> None:
    """The coordinator takes published days in and marks the rest as done as planned; so does the day's page."""
    client = published.signed_in()
    assert "1 avaldatud päev" in client.get(f"/months/{MONTH}").text
    assert post(client, f"/log/month/{MONTH}/fill") == 303
    assert "ei ole tulemust" in client.get(f"/months/{MONTH}").text
    assert post(client, f"/log/month/{MONTH}/as-planned") == 303
    assert "<h1>november 2026" in client.get(f"/months/{MONTH}").text
    assert ">november 2026</a>" in client.get("/months").text
    assert "Kuu logi" not in client.get(f"/months/{MONTH}").text
    assert "Kuu 2026-11 ei ole veel läbi" in client.get(f"/months/{MONTH}").text
    assert post(client, f"/log/{DAY}/as-planned") == 303
    assert post(client, "/log/2026-11-26/as-planned") == 409
    assert post(client, "/log/2026-11-26/fill") == 409
    assert "alles ees" in client.post("/log/2026-11-26/fill", data={"csrf": client.headers["X-CSRF-Token"]}).text
    assert post(client, "/log/month/2026-13/fill") == 404


def test_files_of_a_month(published: Served) -> None:
    """A month and a statement are taken away as files; what was charged is in them."""
    fill(published.store, Result.DONE)
    client = published.signed_in("kati", (Role.CLERK,))
    for name, begins in (("overview.pdf", b"%PDF"), ("statements.xlsx", b"PK"), ("lines.csv", b"\xef\xbb\xbfkuu;")):
        answer = client.get(f"/months/{MONTH}/files/{name}")
        assert answer.content.startswith(begins)
        assert "attachment" in answer.headers["content-disposition"]
    assert client.get(f"/months/{MONTH}/pdf/K01").content.startswith(b"%PDF")
    assert client.get(f"/months/{MONTH}/pdf/none").status_code == 404


def test_the_clerk_sees_no_needs(published: Served) -> None:
    """Neither the log nor the report is hers, and a statement leads to neither."""
    fill(published.store, Result.DONE)
    client = published.signed_in("kati", (Role.CLERK,))
    for path in (f"/log/{DAY}", f"/log/entry/{DAY}-V01", "/report/2026-11-01/2026-11-30"):
        assert client.get(path).status_code == 403
    page = client.get(f"/months/{MONTH}/client/K01").text
    assert f"{DAY}-V01" in page
    assert "/log/entry" not in page
    assert not re.search("ravimid|rulaator|hügieen", page)


def test_the_report_and_the_rows_behind_it(published: Served) -> None:
    """Each figure leads to its rows; the auditor reads it without a name in it."""
    fill(published.store, Result.DONE)
    client = published.signed_in("aadu", (Role.AUDITOR,))
    assert client.get("/report").headers["location"] == "/report/2026-10-01/2026-10-31"
    address = "/report/2026-11-01/2026-11-30"
    page = client.get(f"{address}?hour=12&km=0,3").text
    assert f'name="back" value="{address}?hour=12&amp;km=0%2C3"' in page
    links = re.findall(rf'href="({address}/rows\?figure=f\d+&amp;hour=12&amp;km=0,3)"', page)
    assert len(links) > 20
    rows = client.get(links[0].replace("&amp;", "&")).text
    assert f"{DAY}-" in rows
    assert "Kasemaa" not in page + rows
    assert client.get(f"{address}/rows?figure=none").status_code == 404
    assert client.get(f"{address}/report.pdf").content.startswith(b"%PDF")
    assert client.get(f"{address}/delivered.csv").status_code == 403
    coordinator = published.signed_in("mari")
    assert "koduteenus" in coordinator.get(f"{address}/delivered.csv").text
    assert coordinator.get(f"{address}/none.csv").status_code == 404


def test_looks_are_logged(published: Served) -> None:
    """Who opened a statement or a log is asked for by the person it is about."""
    fill(published.store, Result.DONE)
    published.signed_in("kati", (Role.CLERK,)).get(f"/months/{MONTH}/client/K01")
    published.signed_in("mari").get(f"/log/{DAY}")
    log = published.signed_in("aadu", (Role.AUDITOR,)).get("/access/clients/K01").text
    assert "arvete vaatamine" in log
    assert "logi vaatamine" in log


def test_a_worker_who_is_gone_stays_in_the_form() -> None:
    """What the records know no longer is still chosen, so that saving the form keeps it."""
    fields = {field.name: field for field in entry_fields({"worker": "GONE"}, {"workers": {"HT1": "Tiina"}}, "et")}
    assert [choice.value for choice in fields["worker"].choices if choice.chosen] == ["GONE"]
