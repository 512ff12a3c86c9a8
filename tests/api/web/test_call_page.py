"""The form for a phone call without scripts: found, checked, answered, saved, put into the plan."""

import datetime as dt
import re
from html import unescape

import pytest

from api.desk.records import list_records
from api.wording import LANGUAGES
from tests.planned import plan_day
from tests.web import Served

DAY = dt.date(2026, 11, 25)
ASKED = {
    "who": "aino kasemaa",
    "service": "social transport",
    "start": "kodu",
    "end": "kliinikum",
    "day": "25.11.2026",
    "when": "arrive",
    "at": "13.20",
    "flexible": "30",
    "returning": "none",
}


def words(page: str) -> str:
    """Return the text of a page."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


def newest(served: Served) -> dict[str, str]:
    """Return the cells of the ride that was saved last."""
    with served.store.session() as session:
        return dict(list_records(session, "rides", size=1000).records[-1].cells)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_answer(demo: Served, lang: str):
    """Client, notice, decision and price with its lines and legal basis stand on the page at once."""
    client = demo.signed_in()
    client.cookies.set("language", lang)
    assert client.get("/call").status_code == 200

    page = words(client.post("/call/check", data=ASKED).text)

    assert "Aino Kasemaa" in page
    assert "20.11.2026" in page or "20 Nov 2026" in page
    assert "korraldus nr 328" in page
    assert re.search(r"5[,.]00", page)


def test_several_clients_are_asked_about(demo: Served):
    """A search that finds several offers them; the chosen one is taken with the next check."""
    client = demo.signed_in()

    page = client.post("/call/check", data={**ASKED, "who": "Kõrveküla"}).text

    keys = re.findall(r'type="radio" name="client" value="([^"]+)"', page)
    assert len(keys) > 1
    assert "Veel vaja" in page
    chosen = client.post("/call/check", data={**ASKED, "who": "Kõrveküla", "client": keys[1]}).text
    assert f'type="hidden" name="client" value="{keys[1]}"' in chosen
    assert "Sellist klienti" in client.post("/call/check", data={**ASKED, "who": "zzz"}).text


def test_saved_without_a_plan(demo: Served):
    """A request whose day nobody has planned yet waits; sent twice it is there once."""
    client = demo.signed_in()
    new_id = re.search(r'name="id" value="(T\w{5})"', client.get("/call").text)
    assert new_id
    form = {**ASKED, "id": new_id[1]}

    saved = client.post("/call/save", data=form)

    assert saved.headers["location"] == f"/call?saved={new_id[1]}&told=waiting"
    assert "ootab" in client.get(saved.headers["location"]).text
    assert client.post("/call/save", data=form).headers["location"] == saved.headers["location"]
    cells = newest(demo)
    assert (cells["id"], cells["client"], cells["arrival"]) == (new_id[1], "K01", "12:50-13:20")
    assert (cells["start"], cells["end"], cells["requested_on"]) == ("kodu", "kliinikum", "25.11.2026")
    with demo.store.session() as session:
        assert list_records(session, "rides").total == 13
    other = client.post("/call/save", data={**form, "at": "14:00", "slot": "korvekula|²"})
    assert new_id[1] not in other.headers["location"]


def test_the_agreed_time_is_in_the_plan(demo: Served):
    """Times that fit are offered; the chosen one is put into the plan of the day and held there."""
    plan_day(demo, DAY)
    client = demo.signed_in()
    form = {**ASKED, "when": "any", "at": ""}
    page = client.post("/call/check", data=form).text
    slots = re.findall(r'name="slot" value="([^"|]+\|\d+)"', page)
    assert 1 <= len(slots) <= 3

    saved = client.post("/call/save", data={**form, "slot": slots[0]})

    assert saved.headers["location"].endswith("told=planned")
    shift, begin = slots[0].split("|")
    day = demo.app.state.shell.days.open(DAY)
    at = {
        step.request: (served[0][0], served[0][1].start)
        for step, served in day.plan.stops_by_step.items()
        if step.kind.value == "pickup"
    }
    assert at[newest(demo)["id"]] == (shift, int(begin))


def test_faults_when_saving(demo: Served):
    """What is missing or wrong is said beside the fields, and nothing is saved."""
    client = demo.signed_in()

    answer = client.post("/call/save", data={"who": "aino kasemaa", "start": "kodu", "when": "arrive", "at": "26 pm"})

    assert answer.status_code == 422
    assert all(f'<a href="#f-{name}">' in answer.text for name in ("end", "day", "at"))
    with demo.store.session() as session:
        assert list_records(session, "rides").total == 12


def test_parts_for_scripts(demo: Served):
    """A script gets the part it asks for and no page around it."""
    client = demo.signed_in()

    answer = client.post("/call/check", data=ASKED, headers={"X-Part": "answer"}).text
    found = client.post("/call/clients", data={"who": "kasemaa"}, headers={"X-Part": "clients"}).text

    assert "korraldus nr 328" in answer
    assert "Aino Kasemaa" in found
    assert "<html" not in answer + found


def test_hostile_words(demo: Served):
    """Whatever is typed is shown as text."""
    client = demo.signed_in()

    page = client.post("/call/check", data=dict.fromkeys(ASKED, "<script>x</script>")).text

    assert "<script>x" not in page
