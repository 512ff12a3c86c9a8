"""The driver's page by HTTP: what it shows and hides, forms without scripts, guesses, and records that have changed."""

import logging
import re
import shutil
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from api.desk.links import expires_of, links_of
from api.desk.records import get_record, remove_record, update_record
from api.desk.taps import status_of
from api.security.limits import LINK, LINK_MISS
from api.security.tokens import token_hash
from api.store.opening import Store, open_store
from api.store.plans import Day
from api.store.records import Document
from tests.rounds import DAY, LONGEST, SHIFT, changed_round, keys, make_link, plan, publish, publish_demo, with_route
from tests.web import Served, TurnedClock


class Driver:
    """A driver with her link and a browser without scripts."""

    def __init__(self, served: Served, shift: str = SHIFT) -> None:
        self.served = served
        self.shift = shift
        self.token = make_link(served.store, shift)
        self.client: TestClient = served.client()
        self.client.headers["Accept-Language"] = "et"

    def get(self, rest: str = "", **headers: str) -> Response:
        """Open the page or something beside it."""
        return self.client.get(f"/r/{self.token}/{rest}", headers=headers)

    def form(self) -> dict[str, str]:
        """Return what the page's form carries."""
        return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', self.get().text))

    def post(self, form: Mapping[str, str], **fields: str) -> Response:
        """Send a form."""
        return self.client.post(f"/r/{self.token}/tap", data={**form, **fields})

    def send(self, *taps: tuple[str, str], sent_at: str = "", **more: str) -> Response:
        """Send taps as the script does."""
        now = self.served.clock.now.isoformat()
        made = [{"id": str(uuid.uuid4()), "stop": stop, "kind": kind, "at": now, **more} for stop, kind in taps]
        return self.client.post(f"/r/{self.token}/taps", json={"sent_at": sent_at or now, "taps": made})

    def states(self) -> dict[str, list[str]]:
        """Return the taps that count, by stop."""
        with self.served.store.session() as session:
            (found,) = [found for found in status_of(session, DAY) if found.shift == self.shift]
        stops = {stop.key: [moment.kind.value for moment in stop.progress.moments] for stop in found.stops}
        return {key: kinds for key, kinds in stops.items() if kinds}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database with the demo's published day, to be copied."""
    path = tmp_path_factory.mktemp("driver") / "demo.db"
    store = open_store(path)
    store.clock = TurnedClock()
    publish_demo(store)
    store.close()
    return path


@pytest.fixture
def store(template: Path, tmp_path: Path) -> Iterator[Store]:
    """Return a store with the demo's published day; taps and links are tried on both databases elsewhere."""
    found = open_store(shutil.copyfile(template, tmp_path / "store.db"))
    yield found
    found.close()


@pytest.fixture
def driver(served: Served) -> Driver:
    """Return a driver of the demo's published day."""
    return Driver(served)


def section(text: str, name: str) -> str:
    """Return one of the page's lists."""
    found = re.search(rf'<ol id="{name}">(.*?)</ol>', text, re.DOTALL)
    assert found
    return found[1]


def test_the_page_has_this_round_and_no_other(driver: Driver) -> None:
    """Next stop first with all that is to know there; short names, and nobody whom another carer visits."""
    text = driver.get().text
    upcoming = section(text, "next")

    assert keys()[0] in upcoming
    assert keys()[1] not in upcoming
    assert "Aino K." in upcoming
    assert "Kasemaa" not in text
    assert 'href="tel:55500101"' in upcoming
    assert re.search(r'href="geo:58\.\d{5},26\.\d{5}\?q=58\.\d{5},26\.\d{5}"', upcoming)
    mine = set(keys())
    others = {key for route in plan().routes for key in keys(route.shift)} - mine
    assert all(f'"{key}"' in text for key in mine)
    assert not any(f'"{key}"' in text for key in others)


def test_rides_say_who_is_aboard_and_what_comes_along(driver: Driver) -> None:
    """Aids at both ends, other riders by their short names; breaks and the way home are lines."""
    text = Driver(driver.served, LONGEST).get().text
    assert "ratastool" in text
    own = driver.get().text
    assert re.search(r"Algus.*?<br>Kaasa: 1 pakk asju", own)
    assert re.search(r"Helju M\..*?Kaasa:</b> 1 pakk asju", own, re.DOTALL)
    assert re.search(r"Autos ka:</b> \w+ \w\.", text)
    assert "Vaheaeg" in section(text, "later")
    assert "Praamile" in Driver(driver.served, "ametnik").get().text


def test_headers(driver: Driver) -> None:
    """Nothing is told elsewhere, nobody indexes it, and every load asks again."""
    answer = driver.get()
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "'unsafe" not in answer.headers["Content-Security-Policy"]
    assert int(answer.headers["X-Valid-For"]) == 19 * 3600
    assert not re.search(r"<script>|<style>| style=| on[a-z]+=", answer.text)


@pytest.mark.parametrize("lang", ["et", "en", "ru"])
def test_three_languages(driver: Driver, lang: str) -> None:
    """The page follows the browser."""
    answer = driver.get(**{"Accept-Language": lang})
    assert f'<html lang="{lang}">' in answer.text
    assert {"et": "Järgmine", "en": "Next", "ru": "Следующая"}[lang] in answer.text


def test_all_wrong_links_are_answered_alike(driver: Driver) -> None:
    """Unknown, cut, over and revoked: the same page and the same answers, which name nobody."""
    served, old = driver.served, driver.token
    tomorrow = Driver(served)
    wrong = ["unknown", tomorrow.token[:-1], old]
    answers = [driver.client.get(f"/r/{token}/") for token in wrong]
    served.clock.now = expires_of(DAY)
    answers.append(tomorrow.get())

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    assert "koordinaatorile" in answers[0].text
    assert "X-Valid-For" not in answers[0].headers
    for rest in ("state", "worker.js"):
        assert {driver.client.get(f"/r/{token}/{rest}").status_code for token in (*wrong, tomorrow.token)} == {404}
    for token in wrong:
        assert driver.client.post(f"/r/{token}/tap", data={}).status_code == 404
    with served.store.session() as session:
        assert all(row.openings == () for row in links_of(session, DAY))


def test_guesses_are_limited(driver: Driver) -> None:
    """Whoever guesses has to wait; a link that is good opens for her all the same, but not without end."""
    for _ in range(LINK_MISS.amount):
        assert driver.client.get("/r/guess/").status_code == 404
    wait = driver.client.get("/r/guess/")
    assert wait.status_code == 429
    assert int(wait.headers["Retry-After"]) > 0
    for _ in range(LINK.amount - 1):
        driver.served.app.state.shell.limits.hit(LINK, token_hash(driver.token))
    assert [driver.get("state").status_code for _ in range(2)] == [200, 429]


def test_forms_without_scripts(driver: Driver) -> None:
    """Each tap leads back to the page, where the stop has moved on."""
    first, second = keys()[:2]
    answer = driver.post(driver.form(), arrived=first)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/r/{driver.token}/")
    assert "kohal 08:00" in section(driver.get().text, "next")
    driver.served.clock.turn(minutes=20)
    driver.post(driver.form(), done=first)
    assert f'"{second}"' in section(driver.get().text, "next")
    assert "kohal 08:00 · tehtud 08:20" in section(driver.get().text, "past")
    driver.post(driver.form(), problem=second, **{f"note {second}": " <i>Koer</i> & 'uks' "})
    assert "&lt;i&gt;Koer&lt;/i&gt; &amp; &#39;uks&#39;" in driver.get().text
    assert driver.states() == {first: ["arrived", "done"], second: ["problem"]}


def test_a_form_sent_again_is_no_second_tap(driver: Driver) -> None:
    """Loading the answer again taps once; going back and tapping something else does tap."""
    form, first = driver.form(), keys()[0]
    for _ in range(3):
        assert driver.post(form, undone=first).status_code == 303
    for fields in ({"arrived": first}, {"arrived": first}, {"done": first}):
        driver.served.clock.turn(minutes=1)
        driver.post(form, **fields)
    assert driver.states() == {first: ["arrived", "done"]}


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"done": ""},
        {"done": "visit:nobody"},
        {"done": "x" * 500},
        {"page": "no-id", "done": "visit:V01"},
        {"nap": "x"},
    ],
)
def test_forms_that_make_no_sense(driver: Driver, fields: dict[str, str]) -> None:
    """Nothing happens but that the page is shown again."""
    assert driver.post(driver.form() | fields).status_code == 303
    assert driver.states() == {}


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "eaten"}, {"id": "1"}, {"at": "yesterday"}, {"at": "2026-11-25T08:00:00"}, {"note": "x" * 501},
        {"stop": "s" * 201}, {"more": "x"},
    ],
)  # fmt: skip
def test_messages_that_make_no_sense(driver: Driver, wrong: dict[str, str]) -> None:
    """Are refused whole, with what is wrong; nothing of them is written."""
    answer = driver.send((keys()[0], "done"), **wrong)
    assert answer.status_code == 422
    assert driver.states() == {}


def test_sent_taps_are_acknowledged(driver: Driver) -> None:
    """By id, and after the night too, as long as the phone may have been without reception."""
    first = keys()[0]
    answer = driver.send((first, "arrived"), ("visit:nobody", "done"))
    assert (len(answer.json()["kept"]), len(answer.json()["refused"])) == (1, 1)
    driver.served.clock.now = expires_of(DAY) + timedelta(hours=5)
    assert driver.get().status_code == 404
    assert len(driver.send((first, "done")).json()["kept"]) == 1
    driver.served.clock.turn(hours=72)
    assert driver.send((first, "undone")).status_code == 404


def test_a_page_of_another_site_cannot_tap(driver: Driver) -> None:
    """Should a link become known to it."""
    headers = {"Sec-Fetch-Site": "cross-site"}
    answer = driver.client.post(f"/r/{driver.token}/tap", data={"done": keys()[0]}, headers=headers)
    assert answer.status_code == 403


def test_a_changed_plan(driver: Driver) -> None:
    """The open page hears of it by the state; the page lists what is new, gone and moved until it is confirmed."""
    assert "changes" not in driver.get().text
    before = driver.get("state")
    assert driver.get("state", **{"If-None-Match": before.headers["ETag"]}).status_code == 304
    driver.served.clock.turn(minutes=10)
    version = publish(driver.served.store, changed_round())
    after = driver.get("state", **{"If-None-Match": before.headers["ETag"]})
    assert after.json() == {"version": version}
    text = driver.get().text
    changes = re.findall(r'<li class="(\w+)">\s*(.+?)\s*</li>', text.partition("</section>")[0])
    assert changes == [
        ("gone", "Jääb ära: 08:02 Käik Aino K."),
        ("time", "Käik Laine P.: 08:30 asemel 08:50"),
        ("new", "Lisandus: 15:13 Käik Hilda R."),
    ]
    driver.post(driver.form(), confirmed=version)
    assert "Jääb ära" not in driver.get().text


def test_a_round_that_is_gone(driver: Driver) -> None:
    """Says so, and lists what is off."""
    driver.get()
    driver.served.clock.turn(minutes=10)
    publish(driver.served.store, with_route(SHIFT, None))
    text = driver.get().text
    assert "Avaldatud plaanis teil praegu ringi ei ole" in text
    assert "Jääb ära: 08:02 Käik Aino K." in text


def test_records_that_changed_since(driver: Driver) -> None:
    """A new door note shows, a client who was removed leaves a stop that says to ask, a shift gone no traceback."""
    store = driver.served.store
    visit = keys()[1].removeprefix("visit:")
    with store.transaction("test") as session:
        client = get_record(session, "visits", visit).cells["client"]
        row = get_record(session, "clients", client)
        update_record(session, "clients", client, {**row.cells, "door_note": "Võti naabri käes"}, version=row.version)
    assert "Võti naabri käes" in driver.get().text
    with store.transaction("test") as session:
        remove_record(session, "visits", visit, version=get_record(session, "visits", visit).version)
    text = driver.get().text
    assert "Seda peatust andmetes enam ei ole" in text
    assert keys()[1] in text
    with store.transaction("test") as session:
        remove_record(session, "shifts", SHIFT, version=get_record(session, "shifts", SHIFT).version)
    assert keys()[1] in driver.get().text


def test_logs_hold_no_tokens_and_no_names(driver: Driver, caplog: pytest.LogCaptureFixture) -> None:
    """Of opening, tapping and guessing the log knows the pattern alone."""
    caplog.set_level(logging.INFO, "api")
    driver.get()
    driver.post(driver.form(), arrived=keys()[0])
    driver.send((keys()[0], "problem"), note="Aino kukkus")
    driver.client.get("/r/a-guess/")
    assert "/r/{token}/" in caplog.text
    for secret in (driver.token, "a-guess", "Aino", "kukkus", keys()[0]):
        assert secret not in caplog.text


def test_the_worker_keeps_to_its_link(driver: Driver) -> None:
    """The script lies below the link, so that browsers let it look at nothing else."""
    answer = driver.get("worker.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert "Service-Worker-Allowed" not in answer.headers
    assert driver.get("over").status_code == 200


def test_the_api_of_links(served: Served) -> None:
    """Made, listed with openings, revoked; refusals in the caller's language."""
    client = served.signed_in()
    path = f"/api/v1/days/{DAY}/links"
    made = client.post(f"{path}/{SHIFT}")
    assert made.status_code == 201
    address = made.json()["address"]
    assert re.fullmatch(rf"{served.settings.base_url}/r/[\w-]{{43}}/", address)
    assert served.client().get(address).status_code == 200
    (row,) = client.get(path).json()
    assert (row["shift"], len(row["openings"]), row["confirmed"]) == (SHIFT, 1, True)
    assert address.split("/")[-2] not in client.get(path).text
    assert client.delete(f"{path}/{SHIFT}").status_code == 204
    assert served.client().get(address).status_code == 404
    assert client.delete(f"{path}/{SHIFT}").status_code == 404
    assert client.post(f"{path}/nobody").status_code == 404
    refused = client.post("/api/v1/days/2026-11-27/links/x", headers={"Accept-Language": "en"})
    assert refused.status_code == 409
    assert refused.json()["findings"][0]["sentence"] == "The plan of 2026-11-27 is not published."


def test_the_link_of_a_shift_with_a_slash(served: Served) -> None:
    """A link is made and revoked whatever is in the shift's id."""
    route = plan().route_by_shift[SHIFT]
    publish(served.store, with_route(SHIFT, replace(route, shift="pikk/ring")))
    client, path = served.signed_in(), f"/api/v1/days/{DAY}/links/pikk%2Fring"
    assert client.post(path).status_code == 201
    assert client.delete(path).status_code == 204


def test_the_api_of_the_status(driver: Driver) -> None:
    """Every round with planned times beside taps, unchanged until somebody taps."""
    client = driver.served.signed_in()
    path = f"/api/v1/days/{DAY}/status"
    before = client.get(path)
    assert {found["shift"] for found in before.json()} == set(plan().route_by_shift)
    assert client.get(path, headers={"If-None-Match": before.headers["ETag"]}).status_code == 304
    driver.get()
    driver.send((keys()[0], "arrived"), (keys()[1], "problem"), note="Uks lukus")
    after = {found["shift"]: found for found in client.get(path).json()}[SHIFT]
    first, second = after["stops"][:2]
    assert (first["state"], first["start"], first["arrived_at"]) == ("arrived", 28_932, "2026-11-25T06:00:00Z")
    assert (second["state"], second["note"]) == ("planned", "Uks lukus")
    assert after["confirmed"] is True
    assert client.get("/api/v1/days/2026-11-27/status").json() == []


def test_a_day_that_is_published_no_longer(driver: Driver, store: Store) -> None:
    """Shows a page that says so."""
    with store.transaction("test") as session:
        session.get_one(Day, DAY).published = None
    assert "Avaldatud plaanis teil praegu ringi ei ole" in driver.get().text
    assert driver.get("state").json() == {"version": ""}


def test_the_coordinator_is_called(driver: Driver) -> None:
    """Her number is on the round and on the page of a link that is over; without one there is no button."""
    assert all('href="tel:55500100"' in text for text in (driver.get().text, driver.client.get("/r/unknown/").text))
    with driver.served.store.transaction("test") as session:
        settings = session.get_one(Document, "municipality.toml")
        lines = settings.text.splitlines(keepends=True)
        settings.text = "".join(line for line in lines if not line.startswith("coordinator_phone"))
    assert all(
        "Helista koordinaatorile" not in text for text in (driver.get().text, driver.client.get("/r/unknown/").text)
    )
