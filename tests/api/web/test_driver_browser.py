"""Chromium on a phone's screen opens a driver's link: with reception, without, and without scripts."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Error, expect

from api.desk.links import expires_of
from api.desk.records import get_record
from api.desk.taps import RoundStatus, status_of, taps_of
from api.security.accounts import add_user
from api.security.roles import Role
from api.store.opening import open_store
from tests.browsers import Window
from tests.rounds import DAY, LONGEST, SHIFT, changed_round, keys, make_link, publish, publish_demo
from tests.served_window import Reception
from tests.web import PASSWORD, Served

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "reduced_motion": "reduce"}


class Running:
    """An application on the example's day, which goes on from six in the morning."""

    def __init__(self, served: Served, reception: Reception) -> None:
        self.served = served
        self.reception = reception
        self.store = served.store
        morning, began = datetime(2026, 11, 25, 6, 0, tzinfo=UTC), time.monotonic()
        self.store.clock = lambda: morning + timedelta(seconds=time.monotonic() - began)

    def link(self, shift: str = SHIFT) -> str:
        """Return the address of a new link."""
        return f"{self.served.settings.base_url}/r/{make_link(self.store, shift)}/"

    def round(self, shift: str = SHIFT) -> RoundStatus:
        """Return how far a round is."""
        with self.store.session() as session:
            return next(found for found in status_of(session, DAY) if found.shift == shift)

    def states(self, shift: str = SHIFT) -> dict[str, str]:
        """Return how far each stop is that somebody has tapped on."""
        stops = self.round(shift).stops
        return {stop.key: stop.progress.state.value for stop in stops if stop.progress.moments}

    def taps(self, shift: str = SHIFT) -> list[tuple[str, str]]:
        """Return all taps of a round as (stop, kind), in the order of their time."""
        with self.store.session() as session:
            rows = sorted(taps_of(session, DAY, shift), key=lambda tap: tap.at_device)
            return [(tap.stop, tap.kind) for tap in rows]


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    """Serve the published example day."""
    with closing(open_store(tmp_path / "store.db")) as store, Reception() as reception:
        publish_demo(store)
        running = Running(Served(store, port=reception.port), reception)
        reception.begin(running.served)
        yield running


class Phone(Window):
    """A phone at a link."""

    def __init__(self, browser: Browser, address: str, **options: object) -> None:
        super().__init__(browser, urljoin(address, "/"), **(PHONE | {"locale": "et"} | options))
        self.address = address
        self.page.goto(address)

    def open(self) -> None:
        """Open the link in a new tab."""
        self.page = self.context.new_page()
        self.page.goto(self.address)

    def wait_until_kept(self) -> None:
        """Wait until the page says that it works without reception."""
        expect(self.page.locator("#kept")).not_to_be_empty()

    def until(self, expected: object, found: Callable[[], object]) -> None:
        """Wait until the server has what is expected."""
        for _ in range(400):
            if found() == expected:
                return
            self.page.wait_for_timeout(25)
        assert found() == expected

    def tap(self, name: str, *, sent: bool = False) -> None:
        """Tap a button of the next stop; a page without scripts is `sent` and shown again."""
        button = self.page.locator("#next").get_by_role("button", name=name, exact=True)
        if not sent:
            button.tap()
            return
        with self.page.expect_navigation():
            button.tap()

    def expect_next(self, stop: str) -> None:
        """Wait until a stop is on top."""
        expect(self.page.locator("#next .stop")).to_have_attribute("data-stop", stop)

    def expect_state(self, state: str) -> None:
        """Wait until the stop on top is so far."""
        expect(self.page.locator("#next .stop")).to_have_attribute("data-state", state)

    def expect_bar(self, text: str) -> None:
        """Wait until the bar says something."""
        expect(self.page.locator("#bar")).to_contain_text(text)

    def close(self, *, expected: tuple[str, ...] = ("Failed to load resource",)) -> None:
        """Check the same of a phone, whose browser may complain that there is no reception."""
        super().close(expected=expected)

    def check(self) -> None:
        """Hold the page to targets that a thumb hits, too."""
        super().check()
        small = self.page.evaluate(
            """[...document.querySelectorAll('button, a:not(.skip), summary, textarea')]
            .map((item) => [item.textContent, item.getBoundingClientRect()])
            .filter(([, box]) => box.height && (box.height < 44 || box.width < 44)).map(([text]) => text)"""
        )
        assert small == []


def test_through_the_day_without_reception(browser: Browser, running: Running) -> None:
    """Offline taps are shown, outlive a closed tab, and reach the server once each when reception is back."""
    phone, stops = Phone(browser, running.link()), keys()
    phone.wait_until_kept()
    phone.tap("Olen kohal")
    phone.until([(stops[0], "arrived")], running.taps)
    running.reception.lose()  # Chromium lets a new tab through where it only plays being offline
    phone.context.set_offline(True)
    phone.tap("Tehtud")
    for stop in stops[1:3]:
        phone.expect_next(stop)
        phone.tap("Olen kohal")
        phone.expect_state("arrived")
        phone.tap("Tehtud")
    phone.expect_next(stops[3])
    phone.expect_bar("ootel: 5")
    phone.page.close()
    phone.open()
    phone.expect_next(stops[3])
    phone.expect_bar("ootel: 5")
    phone.page.get_by_text("Teata murest").first.tap()
    phone.page.locator("#next textarea").fill("Uks on lukus <b>&")
    phone.tap("Saada")
    phone.tap("Pole kodus")
    phone.expect_next(stops[4])
    phone.check()
    assert running.taps() == [(stops[0], "arrived")]
    running.reception.regain()
    phone.context.set_offline(False)
    phone.expect_bar("Kõik on saadetud.")

    assert running.taps() == [
        *((stop, kind) for stop in stops[:3] for kind in ("arrived", "done")),
        (stops[3], "problem"),
        (stops[3], "not_home"),
    ]
    assert running.round().stops[3].progress.note == "Uks on lukus <b>&"
    phone.page.reload()
    phone.expect_next(stops[4])
    assert len(running.round().link.openings) == 1
    phone.close()


def test_taps_wait_for_the_next_opening(browser: Browser, running: Running) -> None:
    """What was tapped before the tab was closed is sent when the link is opened again, by a newer link as well."""
    phone, stops = Phone(browser, running.link()), keys()
    phone.wait_until_kept()
    phone.context.set_offline(True)
    phone.tap("Tehtud")
    phone.expect_next(stops[1])
    phone.page.close()
    phone.address = running.link()
    phone.context.set_offline(False)
    phone.open()
    phone.expect_next(stops[1])
    phone.tap("Tehtud")

    phone.until([(stops[0], "done"), (stops[1], "done")], running.taps)
    phone.close()


def test_a_tap_is_taken_back(browser: Browser, running: Running) -> None:
    """The last tap can be taken back at once, and any other from its own card."""
    phone, stops = Phone(browser, running.link()), keys()
    phone.tap("Olen kohal")
    phone.expect_state("arrived")
    phone.tap("Tehtud")
    phone.expect_next(stops[1])
    phone.page.locator("#just").get_by_role("button").tap()
    phone.expect_next(stops[0])
    phone.expect_state("arrived")
    phone.tap("Võta tagasi")

    phone.until(["arrived", "done", "undone", "undone"], lambda: [kind for _, kind in running.taps()])
    assert running.states() == {}
    phone.close()


def test_out_of_order_the_page_and_the_server_agree(browser: Browser, running: Running) -> None:
    """Whatever is tapped first, the script puts the stops where the server puts them, breaks and boats too."""
    phone = Phone(browser, running.link("ametnik"))
    lists = """['next', 'later', 'past'].map((list) => [...document.getElementById(list).children]
        .map((item) => item.dataset.stop ?? item.innerText.slice(0, 5)))"""
    for number, key in enumerate((2, 0, 1), 1):
        card = phone.page.locator(f'.stop[data-stop="{keys("ametnik")[key]}"]')
        card.evaluate("(item) => { item.firstElementChild.open = true; }")
        card.get_by_role("button", name="Tehtud").tap()
        expect(phone.page.locator("#count b")).to_have_text(str(number))
        phone.until(number, lambda: len(running.taps("ametnik")))
        shown = phone.page.evaluate(lists)
        phone.page.goto(phone.address)
        assert phone.page.evaluate(lists) == shown
    assert phone.page.get_by_text("Kõik peatused on tehtud").is_visible()
    phone.close()


def test_two_hits_are_one_tap(browser: Browser, running: Running) -> None:
    """A thumb that hits twice does not tap on the button that has come under it."""
    phone, stops = Phone(browser, running.link()), keys()
    box = phone.page.locator("#next .arrived").bounding_box()
    for _ in range(2):
        phone.page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    phone.until([(stops[0], "arrived")], running.taps)
    phone.expect_state("arrived")
    phone.close()


def test_a_changed_plan_asks_to_be_confirmed(browser: Browser, running: Running) -> None:
    """An open page learns of it, a note being written stays, and the confirmation reaches the coordinator."""
    phone = Phone(browser, running.link())
    phone.wait_until_kept()
    publish(running.store, changed_round())
    phone.page.get_by_text("Teata murest").first.tap()
    phone.page.locator("#next textarea").fill("pooleli")
    phone.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    button = phone.page.get_by_role("button", name="Plaan on muutunud")
    button.wait_for()
    assert phone.page.locator("#next textarea").input_value() == "pooleli"
    button.tap()
    phone.page.wait_for_selector("#changes")
    assert phone.page.locator("#changes li").count() == 3
    phone.check()
    assert not running.round().link.confirmed
    with phone.page.expect_response("**/taps"):
        phone.page.get_by_role("button", name="Sain aru").tap()
    assert phone.page.locator("#changes").count() == 0
    assert running.round().link.confirmed
    phone.close()


def test_a_revoked_link_says_so(browser: Browser, running: Running) -> None:
    """An open page says whom to call, nothing is kept of it on the phone, and what was not sent stays there."""
    phone = Phone(browser, running.link())
    phone.wait_until_kept()
    running.link()
    phone.tap("Tehtud")
    phone.expect_bar("ei kehti")
    phone.expect_bar("ootel: 1")
    assert phone.page.goto(phone.address).status == 404
    assert "koordinaatorile" in phone.page.inner_text("main")
    phone.context.set_offline(True)
    with suppress(Error):
        phone.page.reload()
    assert phone.page.locator(".stop").count() == 0
    phone.close()


def test_nothing_is_shown_when_the_day_is_over(browser: Browser, running: Running) -> None:
    """A phone without reception shows the round until its link is over, and then whom to call."""
    address = running.link()
    running.store.clock = lambda: expires_of(DAY) - timedelta(milliseconds=500)
    phone = Phone(browser, address)
    phone.wait_until_kept()
    phone.context.set_offline(True)
    phone.page.reload()
    assert phone.page.locator(".stop").count() == 0
    assert "koordinaatorile" in phone.page.inner_text("main")
    phone.close()


def test_without_scripts(browser: Browser, running: Running) -> None:
    """Forms do the same: tap through, tell of a problem, load again, take back."""
    phone, stops = Phone(browser, running.link(), java_script_enabled=False), keys()
    for name in ("Olen kohal", "Tehtud"):
        phone.tap(name, sent=True)
    phone.expect_next(stops[1])
    phone.page.get_by_text("Teata murest").first.tap()
    phone.page.locator("#next textarea").fill("Koer on õues")
    phone.tap("Saada", sent=True)
    assert "mure" in phone.page.locator("#next .said").inner_text()
    phone.tap("Tehtud", sent=True)
    phone.page.reload()
    phone.page.get_by_text("Tehtud peatused").tap()
    card = phone.page.locator("#past .stop").first
    card.locator("summary").first.tap()
    with phone.page.expect_navigation():
        card.get_by_role("button", name="Võta tagasi").tap()

    assert running.states() == {stops[0]: "arrived", stops[1]: "done"}
    phone.close()


@pytest.mark.parametrize(("lang", "scheme", "width"), [("et", "light", 390), ("en", "dark", 390), ("ru", "light", 195)])
def test_looks(browser: Browser, running: Running, lang: str, scheme: str, width: int) -> None:
    """Three languages, light and dark, and a phone at 200 %: axe finds nothing, everything fits and can be hit."""
    view = {"viewport": {"width": width, "height": 844}}
    phone = Phone(browser, running.link(LONGEST), locale=lang, color_scheme=scheme, **view)
    assert phone.page.locator("html").get_attribute("lang") == lang
    phone.wait_until_kept()
    phone.check()
    phone.page.evaluate("document.querySelectorAll('details').forEach((item) => { item.open = true; })")
    phone.check()
    phone.close()


def test_small_enough(browser: Browser, running: Running) -> None:
    """The longest round in Russian with all that its page loads is under 60 kB."""
    context = browser.new_context(**PHONE, locale="ru")
    page, sizes = context.new_page(), {}
    context.on("response", lambda answer: sizes.update({answer.url: len(answer.body())}))
    page.goto(running.link(LONGEST))
    expect(page.locator("#kept")).not_to_be_empty()

    assert {url.rpartition("/")[2].partition("?")[0] for url in sizes} >= {"", "driver.css", "round.js", "queue.js"}
    assert sum(sizes.values()) < 60_000, sizes
    context.close()


def test_a_signed_in_carer(browser: Browser, running: Running) -> None:
    """She signs in on her phone, taps by the page's script, and nothing but the queue stays on the phone."""
    with running.store.session() as session:
        worker = get_record(session, "shifts", SHIFT).cells["worker"]
    add_user(
        running.store,
        login="tiina",
        name="Tiina",
        roles=[Role.CARER],
        actor="test",
        password=PASSWORD,
        worker=worker,
    )
    phone = Phone(browser, f"{running.served.settings.base_url}/sign-in")
    page = phone.page
    page.fill("#login", "tiina")
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("#round")
    assert page.url.endswith(f"/own-round/{DAY}/{SHIFT}/")
    phone.check()
    page.locator("#next .done").first.click()
    page.wait_for_selector("#just:not([hidden])")
    page.wait_for_selector("#bar.fine")

    assert running.states() == {keys()[0]: "done"}
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
    phone.close()
