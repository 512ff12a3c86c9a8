"""Records, imports, documents and calls over HTTP: conditional, written once, with the codes of the command line."""

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from api.desk.calls import Answer, Call, answer_call
from api.desk.records import list_records
from api.security.roles import Role
from api.store.history import seen_by
from api.web.v1 import calls
from routing.records.sheets import SHEETS
from tests.planned import plan_day
from tests.web import Served

CLIENT = {"id": "Z1", "name": "Õie Äär", "lat": "58.4", "lon": "26.7"}
RIDE = {"client": "K01", "end": "kliinikum", "day": "2026-11-25", "arrive_by": "13:20"}


def test_a_record_from_first_to_last(demo: Served):
    """Added, read, changed on its version, refused on an old one with what has changed, removed."""
    client = demo.signed_in()

    added = client.post("/api/v1/records/clients", json={"cells": CLIENT})

    assert (added.status_code, added.headers["etag"]) == (201, '"1"')
    assert added.headers["location"] == "/api/v1/records/clients/Z1"
    path = added.headers["location"]
    assert client.get(path).json()["cells"]["lat"] == "58.4"
    changed = {"cells": {**CLIENT, "aids": "walker"}}
    assert client.put(path, json=changed).status_code == 428
    assert client.put(path, json=changed, headers={"If-Match": '"1"'}).headers["etag"] == '"2"'
    stale = client.put(path, json={"cells": CLIENT}, headers={"If-Match": '"1"'})
    assert stale.status_code == 412
    assert stale.json()["changes"][0]["after"]["cells"]["aids"] == "rulaator"
    assert client.delete(path, headers={"If-Match": '"1"'}).status_code == 412
    assert client.delete(path, headers={"If-Match": '"2"'}).json() == {"sheet": "clients", "key": "Z1"}
    assert client.get(path).status_code == 404


def test_a_write_sent_twice_is_done_once(demo: Served):
    """The same key with the same request gives the same answer; with another request it is refused."""
    client = demo.signed_in()
    absence = {"cells": {"worker": "HT1", "first": "2026-12-01", "last": "2026-12-01"}}
    headers = {"Idempotency-Key": "one"}

    first = client.post("/api/v1/records/absences", json=absence, headers=headers)
    again = client.post("/api/v1/records/absences", json=absence, headers=headers)

    assert first.json() == again.json()
    assert again.headers["Idempotency-Replayed"] == "true"
    other = {"cells": {**absence["cells"], "last": "2026-12-02"}}
    assert client.post("/api/v1/records/absences", json=other, headers=headers).status_code == 422
    with demo.store.session() as session:
        assert list_records(session, "absences").total == 3


def test_lists_and_searches(demo: Served):
    """Pages say where the next one starts; names are sent in the body, and who is found is logged."""
    client = demo.signed_in()

    page = client.get("/api/v1/records/clients?size=40").json()
    found = client.post("/api/v1/records/clients/search", json={"search": "AINO kasemaa"}).json()

    assert (len(page["records"]), page["total"], page["next"]) == (40, 41, 40)
    assert [record["key"] for record in found["records"]] == ["K01"]
    with demo.store.session() as session:
        assert len(seen_by(session, "record:clients/K01")) == 2


@pytest.mark.parametrize(
    ("cells", "code", "field"),
    [
        ({"worker": "HT1", "first": "2026-12-02", "last": "2026-12-01"}, "records.dates-reversed", "last"),
        ({"worker": "nobody", "first": "2026-12-01", "last": "2026-12-01"}, "records.reference-unknown", "worker"),
        ({"first": "2026-12-01", "last": "2026-12-01"}, "records.value-missing", "worker"),
        ({"worker": "HT1", "first": "=1", "last": "2026-12-01"}, "records.formula", "first"),
    ],
)
def test_checks_have_the_codes_of_the_command_line(demo: Served, cells: dict[str, str], code: str, field: str):
    """A check finds what adding would be refused for, and keeps nothing."""
    client = demo.signed_in()

    checked = client.post("/api/v1/records/absences/check", json={"cells": cells}).json()
    refused = client.post("/api/v1/records/absences", json={"cells": cells})

    assert not checked["acceptable"]
    assert (checked["findings"][0]["code"], checked["findings"][0]["field"]) == (code, field)
    assert refused.status_code == 422
    assert refused.json()["findings"][0]["code"] == code


def test_fields_that_are_not_there(demo: Served):
    """An unknown field is named, an unknown sheet is not found."""
    client = demo.signed_in()

    answer = client.post("/api/v1/records/absences", json={"cells": {"reason": "ill"}})

    assert answer.json()["findings"][0]["code"] == "request.unknown"
    assert client.get("/api/v1/records/nothing").status_code == 404


def test_the_document_describes_every_column(demo: Served):
    """Each sheet's cells are in the OpenAPI document with the notes of the one table of columns."""
    document = demo.client().get("/api/v1/openapi.json").json()

    described = document["components"]["schemas"]["RecordIn"]["properties"]["cells"]["anyOf"]

    assert [list(schema["properties"]) for schema in described] == [
        [column.field for column in sheet.columns] for sheet in SHEETS
    ]
    assert all(field["description"] for schema in described for field in schema["properties"].values())


def test_import_and_export(demo: Served):
    """What is exported imports as no change; a file is previewed, applied, and stale afterwards."""
    client = demo.signed_in()
    exported = client.get("/api/v1/export")

    same = client.post("/api/v1/imports", content=exported.content).json()
    text = "worker;first;last\nHT1;2026-12-01;2026-12-02\n"
    fresh, other = (client.post("/api/v1/imports?name=absences.csv", content=text).json() for _ in range(2))

    assert (same["usable"], same["records"], same["documents"]) == (True, [], [])
    assert [change["after"]["worker"] for change in fresh["records"]] == ["HT1"]
    assert client.post(f"/api/v1/imports/{fresh['id']}/apply").status_code == 200
    assert client.post(f"/api/v1/imports/{other['id']}/apply").status_code == 412
    assert client.delete(f"/api/v1/imports/{other['id']}").status_code == 200
    assert client.get(f"/api/v1/imports/{other['id']}").status_code == 404
    assert client.post("/api/v1/imports", content=b"no zip").status_code == 422


def test_settings_and_price_lists(demo: Served):
    """Texts are checked with lines, kept on their version, and refused where they have an error."""
    clerk = demo.signed_in("hille", roles=(Role.CLERK,))
    path = "/api/v1/fees/fees/tartu_vald.toml"
    text = clerk.get(path).json()["text"]

    checked = clerk.post(path, json={"text": text.replace("amount = 3\n", "amount = -3\n")}).json()

    assert not checked["acceptable"]
    assert checked["findings"][0]["line"] == text[: text.index("amount = 3\n")].count("\n") + 1
    kept = clerk.put(path, json={"text": text + "# 2026\n"}, headers={"If-Match": '"1"'})
    assert kept.headers["etag"] == '"2"'
    assert clerk.put(path, json={"text": text}, headers={"If-Match": '"1"'}).status_code == 412
    assert len(clerk.get("/api/v1/fees").json()["documents"]) == 1
    assert clerk.get("/api/v1/settings").status_code == 403
    settings = demo.signed_in().get("/api/v1/settings")
    assert "notice_days" in settings.json()["text"]


def test_answers_on_the_phone(demo: Served):
    """Price with lines and law, notice, decision for those who may see records, times that fit the plan."""
    coordinator, clerk = demo.signed_in(), demo.signed_in("hille", roles=(Role.CLERK,))

    quote = coordinator.post("/api/v1/quotes", json=RIDE, headers={"Accept-Language": "en"}).json()

    assert (quote["total"], quote["notice"][0]["code"]) == ("5.00", "rules.notice-short")
    assert quote["decisions"][0]["code"] == "rules.decision-none"
    assert "korraldus nr 328" in quote["legal_basis"]
    assert clerk.post("/api/v1/quotes", json=RIDE).json()["decisions"] is None
    assert clerk.post("/api/v1/slots", json=RIDE).status_code == 403
    assert coordinator.post("/api/v1/notices", json={"day": "2026-12-29"}).json()["notice"][1]["sentence"]
    assert coordinator.post("/api/v1/slots", json=RIDE).json() == {"planned": False, "slots": []}
    plan_day(demo, dt.date(2026, 11, 25))
    offered = coordinator.post("/api/v1/slots", json={**RIDE, "arrive_by": None}).json()
    assert 1 <= len(offered["slots"]) <= 3
    assert coordinator.post("/api/v1/quotes", json={**RIDE, "client": "nobody"}).status_code == 422
    assert coordinator.post("/api/v1/quotes", json={**RIDE, "pickup_at": "08:00"}).status_code == 422


def test_a_clerk_learns_of_no_aids(demo: Served, monkeypatch: pytest.MonkeyPatch):
    """A client's own aids are asked for by those alone who may see her record; others name them or have none."""
    coordinator, clerk = demo.signed_in(), demo.signed_in("hille", roles=(Role.CLERK,))
    asked: list[str] = []

    def answered(session: Session, call: Call, *, moment: dt.datetime) -> Answer:
        asked.append(call.aids)
        return answer_call(session, call, moment=moment)

    monkeypatch.setattr(calls, "answer_call", answered)
    ride = {**RIDE, "client": "K21"}
    for client, aids in ((coordinator, {}), (clerk, {}), (clerk, {"aids": ["wheelchair"]})):
        answer = client.post("/api/v1/quotes", json={**ride, **aids})
        assert answer.status_code == 200
    assert asked == ["", "none", "wheelchair"]
