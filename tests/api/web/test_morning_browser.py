"""A whole morning in Chromium: from an empty store to a driver's taps on the board and the day on paper."""

import json
import re
import shutil
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

import api.jobs.work
from api.desk.demo import demo_folder
from api.security.roles import Role
from api.store.opening import open_store
from tests.api.printing.pdf_text import read_pdf, squeezed
from tests.board import DAY
from tests.browsers import Window
from tests.served_window import ServedWindow, answering, free_port
from tests.spoken import unsaid
from tests.web import Served

pytestmark = pytest.mark.browser

DESK = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
PATIENCE = 60
"""Seconds after which a search goes on although nobody has looked at it."""


class Watched:
    """A planner that hands in its result only when somebody has seen how far it was."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seen = threading.Event()
        solve = api.jobs.work.solve_and_prove

        def solve_and_wait(*args: object, **kwargs: object) -> object:
            solved = solve(*args, **kwargs)
            self.seen.wait(PATIENCE)
            return solved

        monkeypatch.setattr(api.jobs.work, "solve_and_prove", solve_and_wait)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """Serve an empty store on a free port at six in the morning; the planner runs in a thread."""
    with closing(open_store(tmp_path / "store.db")) as store, free_port() as listening:
        served = Served(store, port=listening.getsockname()[1], municipality="Tartu vald")
        morning, began = datetime(2026, 11, 25, 4, 0, tzinfo=UTC), time.monotonic()
        store.clock = lambda: morning + timedelta(seconds=time.monotonic() - began)
        served.app.state.shell.jobs.executor = lambda: ThreadPoolExecutor(1)
        served.add("mari", Role.COORDINATOR)
        with answering(served, listening):
            yield served


class Morning(ServedWindow):
    """The coordinator's window, and those of colleagues who read the same pages in other languages."""

    def __init__(self, browser: Browser, address: str, lang: str = "et") -> None:
        super().__init__(browser, address, locale=lang, **DESK)
        self.lang = lang
        self.colleagues = [Morning(browser, address, other) for other in ("en", "ru") if lang == "et"]

    def look(self, *, alone: bool = False) -> None:
        """Hold what is shown to axe and its own width, and to the language, abroad too where it is at an address."""
        self.check()
        self.read()
        for colleague in () if alone else self.colleagues:
            colleague.page.goto(self.page.url)
            colleague.read()

    def read(self) -> None:
        """Hold what is shown to its language."""
        assert self.page.locator("html").get_attribute("lang") == self.lang
        assert unsaid(self.page, self.lang) == []

    def enter(self) -> None:
        """Sign in, all of them with the same account."""
        self.sign_in("mari")
        for colleague in self.colleagues:
            colleague.context.add_cookies(self.context.cookies())

    def leave(self) -> None:
        """Check that nothing went elsewhere, and that nothing was complained about but what is refused on purpose."""
        for window in (*self.colleagues, self):
            window.close(expected=("status of 409",))

    def open(self) -> None:
        """Open the board of the day."""
        self.page.goto(f"{self.address}/board/{DAY}")
        self.page.wait_for_selector("html.scripted")

    def block(self, request: str, shift: str = "") -> Locator:
        """Return the block of a request, on a round if one is named."""
        on = f'[data-shift="{shift}"]' if shift else ""
        return self.page.locator(f'.block[data-request="{request}"]{on}')

    def movable(self, *, but: str = "") -> tuple[str, str]:
        """Return a visit that another round could take, and that round."""
        for block in self.page.locator(".block:not(.ride)").all():
            request, shift = block.get_attribute("data-request") or "", block.get_attribute("data-shift")
            if request == but or self.block(request).count() > 1:
                continue
            text = self.page.request.get(f"{self.address}/board/{DAY}/fits", params={"request": request}).text()
            others = [to for to in re.findall(r'data-offer="([^"]+)" data-look="(?:yes|dear)"', text) if to != shift]
            if others:
                return request, others[0]
        raise AssertionError("no visit could be moved")

    def plan(self, *, iterations: int) -> None:
        """Ask for a plan, as long as so many rounds of the search take."""
        wish = json.dumps({"seconds": 300, "iterations": iterations})
        self.page.route("**/plans", lambda route: route.continue_(post_data=wish))
        self.page.locator("#plan").click()
        self.page.locator("#plan-dialog [type=submit]").click()

    def toast(self) -> None:
        """Wait for a message that all went well, and close it."""
        self.page.wait_for_selector(".toast:not(.bad)")
        self.page.locator(".toast:not(.bad)").locator("[data-toast=close], [data-toast=keep]").click()


def test_a_morning(browser: Browser, served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Import, plan, mend, move, lock, plan again, publish; a driver taps without reception; the board knows; print."""
    planner = Watched(monkeypatch)
    mari = Morning(browser, served.settings.base_url)
    mari.page.goto(f"{mari.address}/sign-in")
    mari.look()
    mari.enter()
    mari.look()
    import_folder(mari, tmp_path)
    first_plan(mari, planner)
    request = apply_a_remedy(mari)
    moved = move_by_mouse(mari, but=request)
    move_by_keyboard(mari, but=moved)
    lock(mari, moved)
    accept_part(mari, moved)
    publish(mari)
    address = make_link(mari)
    done = drive(browser, address, mari)
    see_it(mari, done)
    print_it(mari)
    for colleague in mari.colleagues:
        the_rest(colleague, address)
    mari.leave()


def import_folder(mari: Morning, tmp_path: Path) -> None:
    """Send the municipality's folder, look at what would change, and say yes."""
    folder = shutil.make_archive(str(tmp_path / "tartu_vald"), "zip", demo_folder())
    page = mari.page
    page.goto(f"{mari.address}/import")
    mari.look(alone=True)
    page.set_input_files("#files", folder)
    page.locator("form.card button.main").click()
    page.wait_for_selector("form[action$='/apply']")
    mari.look()
    page.locator("form[action$='/apply'] button.main").click()
    page.wait_for_selector(".notice.good")


def first_plan(mari: Morning, planner: Watched) -> None:
    """Plan a day that nobody has planned, and see how far the search is meanwhile."""
    mari.open()
    mari.look(alone=True)
    mari.plan(iterations=20)
    expect(mari.page.locator("[data-tells=points]")).to_contain_text(re.compile(r"\d"))
    mari.look()
    planner.seen.set()
    mari.page.wait_for_selector(".offer-panel")
    mari.toast()
    mari.look(alone=True)
    mari.page.locator("[data-act=accept-all]").click()
    mari.page.wait_for_selector(".block")
    mari.toast()
    mari.look(alone=True)


def apply_a_remedy(mari: Morning) -> str:
    """Read why somebody is left out, and what has been tried that helps; do it."""
    page = mari.page
    for card in page.locator(".card-missed").all():
        card.locator("[data-act=help]").click()
        page.wait_for_selector("#help-dialog .inside :is(li, p + p)")
        mari.look(alone=True)
        if page.locator("#help-dialog [data-act=remedy]").count():
            break
        page.keyboard.press("Escape")
    remedy = page.locator("#help-dialog [data-act=remedy]").first
    request = remedy.get_attribute("data-request") or ""
    remedy.click()
    mari.block(request).first.wait_for()
    mari.toast()
    assert page.locator(f'.card-missed[data-request="{request}"]').count() == 0
    return request


def move_by_mouse(mari: Morning, *, but: str) -> str:
    """Drag a visit to another round."""
    request, to = mari.movable(but=but)
    mari.block(request).hover()
    mari.page.mouse.down()
    row = mari.page.locator(f'.row[data-shift="{to}"] .track').bounding_box()
    mari.page.mouse.move(row["x"] + row["width"] / 2, row["y"] + row["height"] / 2, steps=5)
    mari.page.wait_for_selector(f'.row[data-shift="{to}"] .offer:not(:empty)')
    mari.page.mouse.up()
    mari.block(request, to).wait_for()
    mari.toast()
    return request


def move_by_keyboard(mari: Morning, *, but: str) -> None:
    """Move another visit without a mouse: its block, Enter, a worker, Enter."""
    request, to = mari.movable(but=but)
    page = mari.page
    page.locator(".block[tabindex='0']").focus()
    for _ in range(page.locator(".block").count()):
        if page.evaluate("document.activeElement.dataset.request") == request:
            break
        page.keyboard.press("ArrowRight")
        if page.evaluate("document.activeElement.matches('.track > :last-child')"):
            page.keyboard.press("ArrowDown")
            page.keyboard.press("Home")
    mari.block(request).focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#move-dialog .fits")
    mari.look(alone=True)
    page.locator(f'#move-dialog input[value="{to}"]').press("Space")
    page.keyboard.press("Enter")
    mari.block(request, to).wait_for()
    mari.toast()


def lock(mari: Morning, request: str) -> None:
    """Lock what was moved where it is now."""
    mari.block(request).focus()
    mari.page.locator("#chosen [data-kind=request]").click()
    mari.page.wait_for_selector("#chosen [data-kind=request][aria-pressed=true]")
    mari.look(alone=True)


def accept_part(mari: Morning, locked: str) -> None:
    """Plan what is not locked, compare, and take one of the changes that are offered."""
    page = mari.page
    mari.plan(iterations=1)
    page.wait_for_selector(".offer-panel")
    mari.toast()
    mari.look()
    assert page.locator(".compare tbody tr").count() == 6
    boxes = page.locator(".groups input").all()
    assert len(boxes) > 1
    assert page.locator(f'.groups input[value="{locked}"]').count() == 0
    for box in boxes:
        box.uncheck()
    for box in boxes:  # one alone may break rules without the others, which is said
        box.check()
        page.locator("[data-act=accept-some]").click()
        page.wait_for_selector(".toast:not(.bad), #alerts .toast li")
        if page.locator(".toast:not(.bad)").count():
            break
        page.locator("#alerts .toast button").click()
        box.uncheck()
    assert page.locator(".offer-panel").count() == 0
    mari.toast()


def publish(mari: Morning) -> None:
    """Let the drivers see the day."""
    mari.page.locator("#publish").click()
    mari.look(alone=True)
    mari.page.locator("#publish-dialog [data-act=publish]").click()
    mari.page.wait_for_selector(".state.out")
    mari.toast()


def make_link(mari: Morning) -> str:
    """Make the link of the first round."""
    page = mari.page
    page.locator(".menu-button").first.click()
    page.locator(".menu-pop:popover-open [data-act=link]").click()
    mari.look(alone=True)
    page.locator("#link-dialog [data-act=make-link]").click()
    page.wait_for_selector("#link-dialog [data-act=revoke-link]")
    mari.look(alone=True)
    address = page.locator("#link-address").input_value()
    page.keyboard.press("Escape")
    return address


def drive(browser: Browser, address: str, mari: Morning) -> list[str]:
    """Open the link on a phone, tap through three stops without reception; return their keys once they are sent."""
    phone = Window(browser, f"{mari.address}/", locale="et", **PHONE)
    page = phone.page
    page.goto(address)
    expect(page.locator("#kept")).not_to_be_empty()
    phone.check()
    assert unsaid(page, "et") == []
    stops = [page.locator("#next .stop").get_attribute("data-stop") or ""]
    phone.context.set_offline(True)
    tap(page, "Olen kohal")
    expect(page.locator("#next .stop")).to_have_attribute("data-state", "arrived")
    tap(page, "Tehtud")
    for button in ("Tehtud", "Pole kodus"):
        expect(page.locator("#next .stop")).not_to_have_attribute("data-stop", stops[-1])
        stops.append(page.locator("#next .stop").get_attribute("data-stop") or "")
        if button == "Pole kodus":
            page.get_by_text("Teata murest").first.tap()
            page.locator("#next textarea").fill("Uks on lukus")
            tap(page, "Saada")
        tap(page, button)
    expect(page.locator("#bar")).to_contain_text("5")
    phone.check()
    phone.context.set_offline(False)
    expect(page.locator("#bar")).to_contain_text("Kõik on saadetud.")
    phone.close(expected=("ERR_INTERNET_DISCONNECTED",))
    return stops


def tap(page: Page, button: str) -> None:
    """Tap a button of the next stop."""
    page.locator("#next").get_by_role("button", name=button, exact=True).tap()


def see_it(mari: Morning, stops: list[str]) -> None:
    """Look at the board again: it asks, and shows what was tapped, in words."""
    page = mari.page
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_selector(".alarms")
    first, _, last = (stop.partition(":")[2] for stop in stops)
    assert "Uks on lukus" in page.locator(".alarms").inner_text()
    expect(mari.block(first)).to_have_class(re.compile("tapped-done"))
    expect(mari.block(last)).to_have_class(re.compile("tapped-not_home.*tapped-problem"))
    assert "polnud kodus" in (mari.block(last).get_attribute("aria-label") or "")
    expect(page.locator(".far").first).to_contain_text("3 /")
    page.locator(".alarms [data-act=to-list]").first.click()
    expect(page.locator(f'.stop[data-request="{last}"] .tapped').first).to_contain_text("Uks on lukus")
    mari.look()


def print_it(mari: Morning) -> None:
    """Take the rounds away as a PDF."""
    page = mari.page
    page.locator("[popovertarget=print-menu]").click()
    with page.expect_download() as started:
        page.locator("#print-menu a[href$='rounds.pdf']").click()
    text = read_pdf(started.value.path().read_bytes()).text
    for row in page.locator(".row:has(.block)").all():
        assert squeezed(row.locator(".name").inner_text()) in text
        assert squeezed(row.locator(".whom").first.inner_text()) in text


def the_rest(window: Morning, address: str) -> None:
    """Read in another language what opens on the board, the driver's page, and what a call asks."""
    page = window.page
    window.open()
    window.check()
    for button, shown in (
        (".card-missed [data-act=help]", "#help-dialog .inside :is(li, p + p)"),
        (".card-missed [data-act=move]", "#move-dialog .fits"),
        (".menu-pop [data-act=link]", "#link-dialog .openings"),
    ):
        page.locator(button).first.evaluate("(button) => button.click()")
        page.wait_for_selector(shown)
        window.check()
        window.read()
        page.keyboard.press("Escape")
    for path in (f"/call?day={DAY}", "/import"):
        page.goto(window.address + path)
        window.check()
        window.read()
    page.goto(address)
    assert unsaid(page, window.lang) == []
