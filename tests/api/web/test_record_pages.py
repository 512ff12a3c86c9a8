"""The pages of records without scripts: lists, forms, two people at once, the end of a record, its history."""

import re
from html import unescape
from itertools import product

import pytest
from fastapi.testclient import TestClient

from api.desk.records import get_record, list_records
from api.security.roles import Role
from api.store.history import seen_by
from api.wording import LANGUAGES
from routing.records.sheets import SHEET_BY_NAME
from tests.web import Served

ABSENCE = {"worker": "HT1", "first": "01.12.2026", "last": "02.12.2026"}
CLIENT = {"id": "Z1", "name": "Õie Äär", "lat": "58,4", "lon": "26,7"}


def filled(client: TestClient, path: str) -> dict[str, list[str]]:
    """Return what the form of a page would send."""
    page = client.get(path).text
    form = page[page.index('<form class="card"') :]
    fields: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ("checkbox" not in tag or " checked" in tag):
            fields.setdefault(name[1], []).append(unescape(value[1]) if value else "")
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        fields[name] = [unescape(v) for v in re.findall(r'<option value="([^"]*)" selected', options)]
    return fields


def words(page: str) -> str:
    """Return the text of a page."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


def test_every_sheet_in_every_language(demo: Served):
    """Each sheet has a list, an empty form, and records whose forms, history and removal open."""
    client = demo.signed_in()
    for lang, sheet in product(LANGUAGES, SHEET_BY_NAME):
        client.cookies.set("language", lang)
        listed = client.get(f"/records/{sheet}")
        assert listed.status_code == 200
        assert client.get(f"/records/{sheet}/new").status_code == 200
        path = re.search(rf'/records/{sheet}/row/([^"]+)"', listed.text)
        assert path
        for what in ("row", "history", "remove"):
            assert client.get(f"/records/{sheet}/{what}/{path[1]}").status_code == 200


def test_saving_what_is_shown_changes_nothing(demo: Served):
    """A form sent back as it came leaves the record as it was, in every language."""
    client = demo.signed_in()
    for lang, sheet in product(LANGUAGES, SHEET_BY_NAME):
        client.cookies.set("language", lang)
        with demo.store.session() as session:
            record = list_records(session, sheet, start=1, size=1).records[0]
        path = f"/records/{sheet}/row/{record.key}"

        answer = client.post(path, data=filled(client, path))

        assert answer.status_code == 303, words(answer.text)
        with demo.store.session() as session:
            after = get_record(session, sheet, record.key)
        assert (after.cells, after.version) == (record.cells, 1)


def test_add_find_change_remove(demo: Served):
    """A record is added, found without regard to accents, changed, and removed after a question; the history stays."""
    client = demo.signed_in()

    added = client.post("/records/clients/new", data=CLIENT)

    assert added.headers["location"] == "/records/clients/row/Z1?told=added"
    assert "Kirje on lisatud" in client.get(added.headers["location"]).text
    assert "Õie Äär" in client.post("/records/clients/search", data={"search": "oie AAR"}).text
    form = {**filled(client, "/records/clients/row/Z1"), "name": "Õie Uus", "aids": ["walker", "wheelchair"]}
    assert client.post("/records/clients/row/Z1", data=form).status_code == 303
    with demo.store.session() as session:
        assert get_record(session, "clients", "Z1").cells["aids"] == "ratastool; rulaator"
    history = words(client.get("/records/clients/history/Z1").text)
    assert "Õie Äär Õie Uus" in history
    assert "Mari" in history
    assert "Sellele ei viita" in client.get("/records/clients/remove/Z1").text
    assert client.post("/records/clients/remove/Z1", data={"seen": "2"}).status_code == 303
    assert client.get("/records/clients/row/Z1").status_code == 404
    assert "Kirje on eemaldatud" in client.get("/records/clients/history/Z1").text


def test_findings_stand_beside_their_fields(demo: Served):
    """What was typed stays, the fault is said beside the field and in the summary that leads to it."""
    client = demo.signed_in()

    answer = client.post("/records/absences/new", data={**ABSENCE, "last": "31.02.2026"})

    assert answer.status_code == 422
    assert 'id="last-faults"' in answer.text
    assert '<a href="#f-last">' in answer.text
    assert re.search(r'id="f-last"[^>]*value="31.02.2026"[^>]*aria-describedby="[^"]*last-faults"', answer.text)
    assert re.search(r'id="f-last"[^>]*aria-invalid="true"', answer.text)


@pytest.mark.parametrize(
    ("text", "kept"),
    [("<script>alert(1)</script>", True), ("=1+1", False), ("@SUM(A1)", False), ('"><img src=x>', True)],
)
def test_hostile_text_stays_text(demo: Served, text: str, kept: bool):
    """Names that look like markup are shown as they are; formulas are refused with a finding."""
    client = demo.signed_in()

    answer = client.post("/records/clients/new", data={**CLIENT, "name": text})

    assert (answer.status_code == 303) == kept
    page = answer if not kept else client.get("/records/clients/row/Z1")
    listed = client.post("/records/clients/search", data={"search": "58,4"})
    for html in (page.text, listed.text, client.get("/records/visits/new").text):
        assert "<script>alert" not in html
        assert "<img src=x" not in html
    assert unescape(re.search(r'id="f-name" name="name" value="([^"]*)"', page.text)[1]) == text


def test_two_people_change_the_same_record(demo: Served):
    """The second sees both values and what it was, keeps hers of one field and takes the other's of another."""
    mari, kati = demo.signed_in("mari"), demo.signed_in("kati")
    hers, his = (filled(client, "/records/clients/row/K01") for client in (mari, kati))
    assert mari.post("/records/clients/row/K01", data={**hers, "phone": "111", "door_note": "koer"}).status_code == 303

    conflict = kati.post("/records/clients/row/K01", data={**his, "phone": "222", "address": "Uus 1"})

    assert conflict.status_code == 412
    page = words(conflict.text)
    assert "Mari" in page
    assert all(text in page for text in ("Enne: 5550 0101", "222", "111", "koer", "Uus 1"))
    with demo.store.session() as session:
        assert get_record(session, "clients", "K01").cells["phone"] == "111"
    form = conflict.text[conflict.text.index('<form class="card"') :]
    agreed = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    proposed = dict(re.findall(r'<input type="radio" name="([^"]+)" value="([^"]*)" checked', form))
    assert proposed == {"phone": "222", "address": "Uus 1", "door_note": "koer"}
    merged = {name: unescape(value) for name, value in {**agreed, **proposed}.items()}
    assert kati.post("/records/clients/row/K01", data=merged).status_code == 303
    with demo.store.session() as session:
        cells = get_record(session, "clients", "K01").cells
    assert (cells["phone"], cells["address"], cells["door_note"]) == ("222", "Uus 1", "koer")


def test_a_record_that_went_away_meanwhile(demo: Served):
    """Who changes what another has removed may add it again."""
    mari, kati = demo.signed_in("mari"), demo.signed_in("kati")
    mari.post("/records/clients/new", data=CLIENT)
    seen = filled(kati, "/records/clients/row/Z1")
    mari.post("/records/clients/remove/Z1", data={"seen": "1"})

    answer = kati.post("/records/clients/row/Z1", data=seen)

    assert answer.status_code == 412
    assert 'action="/records/clients/new"' in answer.text
    assert kati.post("/records/clients/remove/Z1", data={"seen": "1"}).status_code == 303


def test_what_others_need_is_not_removed(demo: Served):
    """The page lists who refers to it and offers no button; sent all the same, it is refused."""
    client = demo.signed_in()

    page = client.get("/records/clients/remove/K01").text

    assert "V01 · 25.11.2026 · Aino Kasemaa" in words(page)
    assert "Jah, eemalda" not in page
    assert client.post("/records/clients/remove/K01", data={"seen": "1"}).status_code == 422
    assert client.post("/records/clients/remove/K01", data={"seen": "7"}).status_code == 412


def test_looking_is_logged_and_handed_out(demo: Served):
    """Lists, searches and forms log whom they show; the auditor reads it and gives it away as a file."""
    coordinator, auditor = demo.signed_in("mari"), demo.signed_in("audit", roles=(Role.AUDITOR,))
    coordinator.get("/records/visits")
    coordinator.post("/records/clients/search", data={"search": "kasemaa aino"})
    coordinator.get("/records/clients/row/K01")

    with demo.store.session() as session:
        assert [look.purpose for look in seen_by(session, "record:clients/K01")] == [
            "records.list",
            "records.search",
            "records.view",
            "records.choose",  # among the clients whom she is not to ride with
        ]
    assert auditor.post("/access", data={"key": "K01"}).headers["location"] == "/access/clients/K01"
    log = words(auditor.get("/access/clients/K01").text)
    assert "Mari kirje vaatamine" in log
    assert "Vaadatud 4 korda" in log
    assert auditor.get("/access/csv/clients/K01").text.count("\r\n") == 5
    assert "K01" in auditor.get("/access").text
    assert auditor.post("/access", data={"key": "nobody"}).status_code == 404
    assert coordinator.get("/access/clients/K01").status_code == 403


def test_sorting_and_paging(demo: Served):
    """Columns sort both ways by what they mean, and pages follow each other."""
    client = demo.signed_in()

    first = client.get("/records/decisions?sort=valid_from").text
    second = client.get("/records/decisions?sort=valid_from&start=50").text

    dates = re.findall(r'data-label="kehtib alates">(\d\d)\.(\d\d)\.(\d{4})', first + second)
    assert len(dates) == 55
    assert [date[::-1] for date in dates] == sorted(date[::-1] for date in dates)
    assert 'aria-sort="ascending"' in first
    assert client.get("/records/decisions?sort=nothing").status_code == 400
    assert client.get("/records/nothing").status_code == 404


def test_an_empty_store(served: Served):
    """Without any records the pages open and say so."""
    client = served.signed_in(roles=(Role.COORDINATOR, Role.CLERK))

    for path in ("/records", "/records/clients", "/records/clients/new", "/fees", "/import"):
        assert client.get(path).status_code == 200
    assert client.get("/settings").status_code == 404
    call = client.get("/call", follow_redirects=False)
    assert (call.status_code, call.headers["location"]) == (303, "/import?told=first")
