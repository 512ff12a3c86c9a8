"""A signed-in carer sees today's published round of her own, taps on it as a driver does, and sees nobody else's."""

import re
import shutil
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.desk.links import links_of
from api.desk.records import get_record, new_record, sheet_named
from api.desk.taps import status_of
from api.security import accounts
from api.security.roles import Role
from api.store.opening import Store, open_store
from tests.rounds import DAY, SHIFT, keys, make_link, plan, publish, publish_demo, with_route
from tests.web import PASSWORD, Served, csrf_of, sign_in

OTHER = "tabivere"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store with a published day, made once."""
    path = tmp_path_factory.mktemp("template") / "published.db"
    store = open_store(path)
    publish_demo(store)
    store.close()
    return path


@pytest.fixture
def store(template: Path, tmp_path: Path) -> Iterator[Store]:
    """Return a store of its own."""
    shutil.copyfile(template, tmp_path / "store.db")
    store = open_store(tmp_path / "store.db")
    yield store
    store.close()


def carer_of(served: Served, shift: str = SHIFT, *, login: str = "tiina") -> TestClient:
    """Return the browser in which the carer of a shift has signed in."""
    with served.store.session() as session:
        worker = get_record(session, "shifts", shift).cells["worker"]
    accounts.add_user(
        served.store, login=login, name="Tiina", roles=[Role.CARER], actor="test", password=PASSWORD, worker=worker
    )
    client = served.client()
    sign_in(client, login)
    client.headers["X-CSRF-Token"] = csrf_of(client)
    return client


def taps(served: Served, shift: str = SHIFT) -> dict[str, list[str]]:
    """Return the taps that count, by stop."""
    with served.store.session() as session:
        (found,) = [found for found in status_of(session, DAY) if found.shift == shift]
    return {stop.key: [m.kind.value for m in stop.progress.moments] for stop in found.stops if stop.progress.moments}


def test_her_round_and_no_other(served: Served) -> None:
    """Signing in leads to it; the colleague's is not found, whatever is asked of it."""
    client = carer_of(served)
    assert client.get("/").headers["location"] == "/own-round"
    address = client.get("/own-round").headers["location"]
    text = client.get(address).text

    assert address == f"/own-round/{DAY}/{SHIFT}/"
    assert text.count('class="stop"') == len(keys())
    assert client.headers["X-CSRF-Token"] in text
    other = f"/own-round/{DAY}/{OTHER}/"
    body = {"sent_at": served.clock.now.isoformat(), "taps": [tap("visit:V20", served)]}
    assert [client.get(other + rest).status_code for rest in ("", "state")] == [404, 404]
    assert client.post(other + "tap", data={}).status_code == 404
    assert client.post(other + "taps", json=body).status_code == 404
    with served.store.session() as session:
        assert [(row.shift, row.signed_in, len(row.openings)) for row in links_of(session, DAY)] == [(SHIFT, True, 1)]


def tap(stop: str, served: Served) -> dict[str, str]:
    """Return one tap as the page's script sends it."""
    return {"id": str(uuid.uuid4()), "stop": stop, "kind": "done", "at": served.clock.now.isoformat()}


def test_taps_by_form_and_by_script(served: Served) -> None:
    """Both are kept with the round, beside those that came by its link; without the session's token none is."""
    client = carer_of(served)
    address = f"/own-round/{DAY}/{SHIFT}/"
    form = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', client.get(address).text))
    served.clock.turn(minutes=5)
    body = {"sent_at": served.clock.now.isoformat(), "taps": [tap(keys()[1], served)]}

    assert client.post(address + "tap", data={**form, "arrived": keys()[0]}).headers["location"] == address
    assert client.post(address + "taps", json=body).json()["kept"] == [body["taps"][0]["id"]]
    assert taps(served) == {keys()[0]: ["arrived"], keys()[1]: ["done"]}
    token = make_link(served.store)
    assert 'data-state="arrived"' in served.client().get(f"/r/{token}/").text
    client.headers.pop("X-CSRF-Token")
    assert client.post(address + "taps", json=body).status_code == 403
    assert served.client().post(address + "taps", json=body).status_code == 401


def test_her_account_is_no_link(served: Served) -> None:
    """A link that the coordinator makes leaves her page alone; a round that is gone is gone for both."""
    client = carer_of(served)
    address = f"/own-round/{DAY}/{SHIFT}/"
    state = client.get(address + "state")
    make_link(served.store)
    assert client.get(address).status_code == 200
    assert client.get(address + "state", headers={"If-None-Match": state.headers["etag"]}).status_code == 304
    served.clock.turn(minutes=5)
    publish(served.store, with_route(SHIFT, None))
    assert client.get("/own-round").status_code == 200
    assert client.get(address).status_code == 404


def test_taps_on_a_round_that_was_hers(served: Served) -> None:
    """What she tapped without reception is taken after her round went to somebody else, who cannot tap by her link."""
    client, address = carer_of(served), f"/own-round/{DAY}/{SHIFT}/"
    client.get(address)
    body = {"sent_at": served.clock.now.isoformat(), "taps": [tap(keys()[0], served)]}
    with served.store.transaction("test") as session:
        other = get_record(session, "shifts", OTHER).cells["worker"]
        record = get_record(session, "shifts", SHIFT)
        record.cells = {**record.cells, "worker": other}

    assert client.get(address).status_code == 404
    assert client.post(address + "taps", json=body).json()["kept"]
    assert taps(served) == {keys()[0]: ["done"]}
    assert served.signed_in("idle", roles=(Role.CARER,)).post(address + "taps", json=body).status_code == 404


def test_a_worker_who_is_no_more(served: Served) -> None:
    """An account whose worker has left the records finds no round, and a page all the same."""
    client = carer_of(served)
    with served.store.transaction("test") as session:
        session.delete(get_record(session, "workers", get_record(session, "shifts", SHIFT).cells["worker"]))

    assert client.get(f"/own-round/{DAY}/{SHIFT}/").status_code == 404
    assert [client.get(f"/own-round{rest}").status_code for rest in ("", "/next")] == [200, 200]


def test_the_days_to_come(served: Served) -> None:
    """She sees when she works in the plans published for the next two weeks, and whose homes she goes to nowhere."""
    client = carer_of(served)
    for days in (1, 3, 20):
        publish(served.store, day=DAY + timedelta(days=days))
    text = client.get("/own-round/next").text

    found = re.findall(r"<li><strong>(.+?)</strong> <span>(.+?)</span>", text)
    assert [day for day, _ in found] == ["neljapäev, 26. november 2026", "laupäev, 28. november 2026"]
    assert {words for _, words in found} == {"Vahetus 08:01–15:41 (korvekula) · 17 peatust"}
    assert "/own-round/next" in client.get(f"/own-round/{DAY}/{SHIFT}/").text


def test_only_today(served: Served) -> None:
    """Neither the day after nor, once the night is over, the day before; its taps are taken for three days more."""
    client = carer_of(served)
    address = f"/own-round/{DAY}/{SHIFT}/"
    assert client.get(f"/own-round/{DAY + timedelta(days=1)}/{SHIFT}/").status_code == 404
    client.get(address)
    body = {"sent_at": served.clock.now.isoformat(), "taps": [tap(keys()[0], served)]}
    served.clock.turn(hours=30)
    sign_in(client, "tiina")
    client.headers["X-CSRF-Token"] = csrf_of(client)

    assert client.get(address).status_code == 404
    assert client.post(address + "taps", json=body).json()["kept"]


@pytest.mark.parametrize("lang", ["et", "en", "ru"])
def test_where_there_is_no_round(served: Served, lang: str) -> None:
    """Nothing published, no round in it, no worker tied to the account: three sentences."""
    idle = carer_of(served, "laeva-ek", login="idle")
    untied = served.signed_in("untied", roles=(Role.CARER,))
    for client in (idle, untied):
        client.cookies.set("language", lang)
    publish(served.store, with_route("laeva-ek", None))
    none, without = idle.get("/own-round"), untied.get("/own-round")
    served.clock.turn(hours=24)
    sign_in(idle, "idle")
    unpublished = idle.get("/own-round")

    said = {re.findall(r"<p>(.+?)</p>", answer.text)[0] for answer in (none, without, unpublished)}
    assert len(said) == 3
    assert all("driver." not in text for text in said)


def test_several_rounds(served: Served) -> None:
    """Whoever drives two rounds on a day chooses."""
    client = carer_of(served)
    with served.store.transaction("test") as session:
        worker = get_record(session, "shifts", SHIFT).cells["worker"]
        record = get_record(session, "shifts", OTHER)
        record.cells = {**record.cells, "worker": worker}
    text = client.get("/own-round").text

    found = re.findall(r'href="/own-round/([^"]+)"', text)
    assert found == [f"{DAY}/{SHIFT}/", f"{DAY}/{OTHER}/"]


@pytest.mark.parametrize("name", ["pikk/ring", "ring/state", "ring/"])
def test_a_shift_with_a_slash(served: Served, name: str) -> None:
    """Whatever is in a shift's id, its round is opened, asked for and tapped on, and it is found by her alone."""
    client = carer_of(served)
    with served.store.transaction("test") as session:
        record = get_record(session, "shifts", SHIFT)
        cells, position = {**record.cells, "id": name}, record.position
        session.delete(record)
        session.flush()
        session.add(new_record(sheet_named("shifts"), name, cells, position=position))
    route = plan().route_by_shift[SHIFT]
    publish(served.store, with_route(SHIFT, replace(route, shift=name)))
    address = client.get("/own-round").headers["location"]
    assert address.count("/") == 4
    text = client.get(address).text
    form = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', text))
    body = {"sent_at": served.clock.now.isoformat(), "taps": [tap(keys()[1], served)]}

    assert text.count('class="stop"') == len(keys())
    assert client.get(address + "state").status_code == 200
    assert client.post(address + "tap", data={**form, "arrived": keys()[0]}).headers["location"] == address
    assert client.post(address + "taps", json=body).json()["kept"] == [body["taps"][0]["id"]]
    assert taps(served, name) == {keys()[0]: ["arrived"], keys()[1]: ["done"]}
    assert served.signed_in("idle", roles=(Role.CARER,)).get(address).status_code == 404


def test_an_account_is_tied_to_a_worker_there_is(served: Served) -> None:
    """The admin is told of ids that no worker has, and nothing is kept."""
    admin = served.signed_in("admin", roles=(Role.ADMIN,))
    form = {"csrf": admin.headers["X-CSRF-Token"], "login": "leida", "roles": "carer", "worker": "keegi"}
    assert admin.post("/accounts", data=form).status_code == 422
    key = served.add("leida", Role.CARER)
    assert admin.post(f"/accounts/{key}", data={**form, "active": "true"}).status_code == 422
    assert accounts.user_by_login(served.store, "leida").worker is None
