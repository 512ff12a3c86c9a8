"""A coordinator works on the board in Chromium: by keyboard, by mouse, with the planner, beside a colleague."""

import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Route, expect

from api.security.roles import Role
from tests.board import DAY
from tests.rounds import make_link
from tests.served_board import served_board
from tests.served_window import ServedWindow, answering, free_port
from tests.web import Served

pytestmark = pytest.mark.browser


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """Serve a planned day on a free port; the planner runs in a thread."""
    with (
        free_port() as listening,
        served_board(tmp_path, port=listening.getsockname()[1], municipality="Tartu vald") as served,
    ):
        served.app.state.shell.jobs.executor = lambda: ThreadPoolExecutor(1)
        served.add("mari", Role.COORDINATOR)
        with answering(served, listening):
            yield served


class Coordinator(ServedWindow):
    """Somebody at the board."""

    def __init__(self, browser: Browser, served: Served, lang: str = "en", **options: object) -> None:
        super().__init__(browser, served.settings.base_url, locale=lang, **options)
        self.let_in("mari")
        self.open()

    def open(self) -> None:
        """Open the day, and wait for its scripts."""
        self.page.goto(f"{self.address}/board/{DAY}")
        self.page.wait_for_selector("html.scripted")

    def block(self, request: str) -> Locator:
        """Return the first block of a request."""
        return self.page.locator(f'.block[data-request="{request}"]').first

    def shift_of(self, request: str) -> str | None:
        """Return on which round a request is."""
        found = self.block(request)
        return found.get_attribute("data-shift") if found.count() else None

    def movable(self) -> tuple[str, str, str]:
        """Return a request that another round could take, the round it is on, and the other."""
        for block in self.page.locator(".block:not(.ride)").all():
            request, shift = block.get_attribute("data-request"), block.get_attribute("data-shift")
            text = self.page.request.get(f"{self.address}/board/{DAY}/fits", params={"request": request}).text()
            fits = re.findall(r'data-offer="([^"]+)" data-look="(yes|dear)"', text)
            others = [to for to, _ in fits if to != shift]
            if others and self.page.locator(f'.block[data-request="{request}"]').count() == 1:
                return request or "", shift or "", others[0]
        raise AssertionError("no request could be moved")

    def take_off(self, request: str) -> None:
        """Take a request off its round, by the panel of what is chosen."""
        self.block(request).focus()
        self.page.locator("#chosen [data-act=take-off]").click()
        self.page.wait_for_selector(f'.card-missed[data-request="{request}"]')

    def said(self) -> str:
        """Return the message at the bottom, once there is one."""
        return self.page.locator(".toast .text").first.inner_text()


@pytest.mark.parametrize(
    ("lang", "width", "scheme"), [("et", 1280, "light"), ("ru", 768, "dark"), ("en", 640, "light"), ("et", 390, "dark")]
)
def test_the_board_is_accessible(browser: Browser, served: Served, lang: str, width: int, scheme: str) -> None:
    """In every language, light and dark, wide, as a tablet, at 200 % of 1280 and narrow: whole, and axe is content."""
    mari = Coordinator(browser, served, lang, viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = mari.page
    assert page.locator("html").get_attribute("lang") == lang
    assert page.locator(".timeline").is_visible() == (width >= 640)
    page.locator("#map").scroll_into_view_if_needed()
    page.wait_for_selector(".map .pin")
    page.locator("details.stops summary").first.click()
    mari.check()
    page.locator("details.stops [data-act=move]").first.click()
    page.wait_for_selector("#move-dialog .fits")
    mari.check()
    assert "board." not in page.locator("body").inner_text()
    mari.close()


def test_moving_by_keyboard(browser: Browser, served: Served) -> None:
    """Arrows walk the grid, Enter opens the dialog with prices, a choice moves the work, undo brings it back."""
    mari = Coordinator(browser, served, viewport={"width": 1280, "height": 900})
    page = mari.page
    request, shift, other = mari.movable()
    page.locator(".block[tabindex='0']").focus()
    page.keyboard.press("End")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Home")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "gridcell"
    assert page.locator('.block[aria-selected="true"]').count() >= 1
    assert page.locator("#chosen p").inner_text() == page.evaluate("document.activeElement.ariaLabel")

    mari.block(request).focus()
    page.keyboard.press("m")
    page.wait_for_selector("#move-dialog .fits")
    page.keyboard.press("Escape")
    assert page.locator("#move-dialog").is_hidden()
    assert page.evaluate("document.activeElement.dataset.request") == request

    page.keyboard.press("Enter")
    page.locator(f'#move-dialog input[value="{other}"]').check()
    page.keyboard.press("Enter")
    page.wait_for_selector(".toast [data-toast=undo]")
    assert mari.shift_of(request) == other
    assert mari.block(request).get_attribute("aria-selected") == "true"

    page.locator(".toast [data-toast=undo]").click()
    page.wait_for_selector(f'.block[data-request="{request}"][data-shift="{shift}"]')
    mari.close()


def test_dragging(browser: Browser, served: Served) -> None:
    """While a block is dragged every row says its price; dropped on another round, or in the tray, it goes there."""
    mari = Coordinator(browser, served, viewport={"width": 1280, "height": 900})
    page = mari.page
    request, _, other = mari.movable()

    def drag(target: str) -> None:
        mari.block(request).hover()
        page.mouse.down()
        row = page.locator(target).bounding_box()
        page.mouse.move(row["x"] + row["width"] / 2, row["y"] + row["height"] / 2, steps=5)
        page.wait_for_selector(f'.row[data-shift="{other}"] .offer:not(:empty)')
        assert page.locator(".row .offer:not(:empty)").count() == page.locator(".row").count()

    drag(f'.row[data-shift="{other}"] .track')
    page.keyboard.press("Escape")
    page.mouse.up()
    assert page.locator(".flying, .landing").count() == 0

    drag(f'.row[data-shift="{other}"] .track')
    page.mouse.up()
    page.wait_for_selector(f'.block[data-request="{request}"][data-shift="{other}"]')

    drag("#part-tray")
    page.mouse.up()
    page.wait_for_selector(f'.card-missed[data-request="{request}"]')
    page.locator("#undo").click()
    page.wait_for_selector(f'.block[data-request="{request}"][data-shift="{other}"]')
    mari.close()


def test_dragging_waits_for_the_last_move(browser: Browser, served: Served) -> None:
    """While a move is on its way nothing can be lifted: the page that comes with the answer would take it away."""
    mari = Coordinator(browser, served, viewport={"width": 1280, "height": 900})
    page = mari.page
    request, _, other = mari.movable()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    def drag() -> None:
        mari.block(request).hover()
        page.mouse.down()
        row = page.locator(f'.row[data-shift="{other}"] .track').bounding_box()
        page.mouse.move(row["x"] + row["width"] / 2, row["y"] + row["height"] / 2, steps=5)

    page.route("**/moves", hold)
    drag()
    with page.expect_request("**/moves"):
        page.mouse.up()
    drag()
    assert page.locator(".flying").count() == 0
    page.mouse.up()
    held[0].continue_()
    page.wait_for_selector(f'.block[data-request="{request}"][data-shift="{other}"]')
    page.wait_for_selector("#board:not([aria-busy])")
    drag()
    page.wait_for_selector(".flying")
    page.keyboard.press("Escape")
    page.mouse.up()
    mari.close()


def test_dragging_along_the_row(browser: Browser, served: Served) -> None:
    """Dropped on its own round a block begins at another time, which is locked then; or the server says why not."""
    mari = Coordinator(browser, served, viewport={"width": 1280, "height": 900})
    page = mari.page
    request = mari.movable()[0]
    before = mari.block(request).get_attribute("aria-label")
    box = mari.block(request).bounding_box()
    page.mouse.move(box["x"] + 5, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 25, box["y"] + 12, steps=4)
    page.mouse.up()
    page.wait_for_selector(".toast")
    if page.locator(".toast.bad").count() == 0:
        assert mari.block(request).get_attribute("aria-label") != before
        assert "time" in (mari.block(request).get_attribute("data-locks") or "")
    mari.close(expected=("409",))


def test_dragging_with_a_finger(browser: Browser, served: Served) -> None:
    """A finger that rests lifts a block; one that moves at once scrolls and lifts nothing."""
    mari = Coordinator(browser, served, viewport={"width": 1024, "height": 900}, has_touch=True)
    page = mari.page
    request, _, other = mari.movable()
    mari.block(request).scroll_into_view_if_needed()
    box = mari.block(request).bounding_box()
    row = page.locator(f'.row[data-shift="{other}"] .track').bounding_box()
    session = mari.context.new_cdp_session(page)
    page.clock.install()
    page.clock.pause_at(page.evaluate("Date.now() + 1000"))  # how long a finger rests is for the test to say

    def touch(kind: str, *points: tuple[float, float]) -> None:
        touches = [{"x": x, "y": y} for x, y in points]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    start = (box["x"] + 8, box["y"] + 8)
    touch("touchStart", start)
    touch("touchMove", (start[0] + 30, start[1]))
    touch("touchEnd")
    assert page.locator(".flying").count() == 0

    touch("touchStart", start)
    page.clock.run_for(400)
    page.wait_for_selector(".flying")
    touch("touchMove", (row["x"] + 200, row["y"] + 20))
    page.wait_for_selector(".row.over")
    touch("touchEnd")
    page.wait_for_selector(f'.block[data-request="{request}"][data-shift="{other}"]')
    mari.close()


def test_what_breaks_a_rule_is_refused_in_words(browser: Browser, served: Served) -> None:
    """A worker who may not take it can still be asked; the dialog stays and says which rule."""
    mari = Coordinator(browser, served, viewport={"width": 1280, "height": 900})
    page = mari.page
    page.locator(".card-missed [data-act=move]").first.click()
    page.locator("#move-dialog input[data-barred]").first.check()
    page.locator("#move-dialog [type=submit]").click()
    page.wait_for_selector("#move-dialog [role=alert]:not([hidden]) li")
    mari.check()
    page.keyboard.press("Escape")
    mari.close(expected=("409",))


def test_help_for_the_unassigned(browser: Browser, served: Served) -> None:
    """What would help is listed, and applying it gives the request a place."""
    mari = Coordinator(browser, served, viewport={"width": 1280, "height": 900})
    page = mari.page
    for card in page.locator(".card-missed").all():
        card.locator("[data-act=help]").click()
        page.wait_for_selector("#help-dialog .inside :is(li, p + p)")
        remedies = page.locator("#help-dialog [data-act=remedy]")
        if remedies.count():
            break
        page.keyboard.press("Escape")
    mari.check()
    request = remedies.first.get_attribute("data-request") or ""
    remedies.first.click()
    page.wait_for_selector(".toast")
    assert page.locator(f'.card-missed[data-request="{request}"]').count() == 0
    mari.close()


def test_locks(browser: Browser, served: Served) -> None:
    """A place, a time, a worker and a round are locked and let go again, in words everywhere."""
    mari = Coordinator(browser, served, viewport={"width": 1280, "height": 900})
    page = mari.page
    first = page.locator(".block").first
    first.focus()
    for kind in ("request", "time"):
        page.locator(f"#chosen [data-kind={kind}]").click()
        page.wait_for_selector(f"#chosen [data-kind={kind}][aria-pressed=true]")
    assert "time locked" in (first.get_attribute("aria-label") or "")
    page.locator("#chosen [data-kind=time]").click()
    page.wait_for_selector("#chosen [data-kind=time][aria-pressed=false]")
    page.locator(".menu-button").first.click()
    page.locator(".menu-pop:popover-open [data-kind=round]").click()
    page.wait_for_selector(".row-head .locked-text")
    page.locator("details.stops summary").first.click()
    mari.check()
    mari.close()


def test_planning(browser: Browser, served: Served) -> None:
    """A search tells how far it is; what it offers is accepted in part, and undone."""
    mari = Coordinator(browser, served, viewport={"width": 1280, "height": 900})
    page = mari.page
    request, _, _ = mari.movable()
    mari.take_off(request)

    page.route("**/plans", lambda route: route.continue_(post_data=json.dumps({"seconds": 60, "iterations": 40})))
    page.locator("#plan").click()
    page.locator("#plan-dialog [type=submit]").click()
    page.wait_for_selector("[data-running], .offer-panel")
    page.wait_for_selector(".offer-panel", timeout=60_000)
    mari.check()

    leads_on = page.locator(".bar button.main, .work button.main")
    assert [button.inner_text().strip() for button in leads_on.all()] == ["Accept all"]
    boxes = page.locator(".groups input")
    for box in boxes.all():
        box.uncheck()
    page.locator("[data-act=accept-some]").click()
    page.wait_for_selector(".toast.bad")
    page.locator(f'.groups input[value="{request}"]').check()
    page.locator("[data-act=accept-some]").click()
    page.wait_for_selector(f'.block[data-request="{request}"]')
    page.wait_for_selector("#told .toast")
    assert page.locator(".offer-panel, #toasts .toast").count() == 0
    mari.close()


def test_stopping_and_throwing_away(browser: Browser, served: Served) -> None:
    """A long search is stopped, and what it offers is thrown away."""
    mari = Coordinator(browser, served, viewport={"width": 1280, "height": 900})
    page = mari.page
    request, _, _ = mari.movable()
    mari.take_off(request)
    page.locator("#plan").click()
    page.locator("#plan-dialog [type=submit]").click()
    page.locator("[data-tells=points]").filter(has_text=re.compile(r"\d")).wait_for(timeout=60_000)
    page.locator("[data-act=stop-job]").click()
    page.wait_for_selector(".offer-panel", timeout=60_000)
    page.locator("[data-act=drop-scenario]").click()
    page.locator(".offer-panel").wait_for(state="detached")
    assert page.locator(f'.card-missed[data-request="{request}"]').count() == 1
    mari.close()


def test_publishing(browser: Browser, served: Served) -> None:
    """An urgent request without a place blocks publishing, in words; put back, the day is published."""
    mari = Coordinator(browser, served, viewport={"width": 1280, "height": 900})
    page = mari.page
    mari.take_off("V01")
    assert page.locator('.card-missed.urgent[data-request="V01"]').count() == 1
    page.locator("#publish").click()
    assert page.locator("#publish-dialog .notice.bad li").count() >= 1
    assert page.locator("#publish-dialog [data-act=publish]").is_disabled()
    mari.check()
    page.keyboard.press("Escape")
    page.locator("#undo").click()
    page.wait_for_selector('.block[data-request="V01"]')
    page.locator("#publish").click()
    page.locator("#publish-dialog [data-act=publish]").click()
    page.wait_for_selector(".state.out")
    mari.check()
    mari.close()


def test_the_link_of_a_round(browser: Browser, served: Served) -> None:
    """Nothing is made unasked; a link is made on a narrow screen, opens the round, and once ended opens nothing."""
    mari = Coordinator(browser, served, viewport={"width": 1280, "height": 900})
    page = mari.page
    page.locator("#publish").click()
    page.locator("#publish-dialog [data-act=publish]").click()
    page.wait_for_selector(".state.out")
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator(".listed .menu-button").first.press("Enter")
    page.locator(".menu-pop:popover-open [data-act=link]").press("Enter")
    page.wait_for_selector("#link-dialog [data-act=make-link]")
    assert page.locator("#link-address").is_hidden()
    assert page.locator("#link-dialog [data-act=revoke-link]").count() == 0

    page.locator("#link-dialog [data-act=make-link]").click()
    page.wait_for_selector("#link-dialog [data-act=revoke-link]")
    page.locator("#link-dialog [data-act=copy]").click()
    page.wait_for_selector(".toast")
    address = page.locator("#link-address").input_value()
    assert page.request.get(address).status == 200
    mari.check()

    page.locator("#link-dialog [data-act=revoke-link]").click()
    page.locator("#link-dialog [data-act=revoke-link]").wait_for(state="detached")
    assert page.locator("#link-address").is_hidden()
    assert page.locator("#link-before li").count() == 1
    assert page.request.get(address).status == 404
    mari.close()


def test_taps_do_not_disturb(browser: Browser, served: Served) -> None:
    """While a dialog is open the board stays as it is; afterwards it asks again and shows what is new."""
    mari = Coordinator(browser, served, viewport={"width": 1280, "height": 900})
    page = mari.page
    page.locator("#publish").click()
    page.locator("#publish-dialog [data-act=publish]").click()
    page.wait_for_selector(".state.out")
    assert "No link yet." in page.locator(".far").first.inner_text()
    assert page.request.get(f"{mari.address}/r/{make_link(served.store)}/").status == 200
    page.locator(".block").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#move-dialog .fits")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert "No link yet." in page.locator(".far").first.inner_text()
    page.keyboard.press("Escape")
    with page.expect_response("**/status"):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.locator(".far").filter(has_text="Link opened at").wait_for()
    assert page.locator("#move-dialog").is_hidden()
    mari.close()


def test_two_coordinators(browser: Browser, served: Served) -> None:
    """Who is second learns that the day has changed, loads it, and still has her stop chosen."""
    mari = Coordinator(browser, served, viewport={"width": 1280, "height": 900})
    kati = Coordinator(browser, served, viewport={"width": 1280, "height": 900})
    kati.page.locator(".block").first.focus()
    kati.page.locator("#chosen [data-kind=request]").click()
    kati.page.wait_for_selector("#chosen [data-kind=request][aria-pressed=true]")

    request, shift, other = mari.movable()
    mari.block(request).focus()
    mari.page.keyboard.press("Enter")
    mari.page.locator(f'#move-dialog input[value="{other}"]').check()
    mari.page.locator("#move-dialog [type=submit]").click()
    mari.page.wait_for_selector("#conflict:not([hidden]) li")
    mari.check()
    mari.page.locator("#conflict button").click()
    mari.page.wait_for_selector(".block.held")
    assert mari.shift_of(request) == shift
    assert mari.block(request).get_attribute("aria-selected") == "true"
    kati.close()
    mari.close(expected=("412",))


def test_choosing_on_the_map(browser: Browser, served: Served) -> None:
    """A pin chosen by keyboard chooses its block, and the other way round; the map can be skipped."""
    mari = Coordinator(browser, served, viewport={"width": 1280, "height": 900})
    page = mari.page
    pin = page.locator(".map .pin[role=button]").first
    pin.wait_for()
    pin.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector('.block[aria-selected="true"]')
    page.locator(".block").nth(3).focus()
    page.wait_for_selector(".map .pin.lit")
    page.locator(".hop").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "after-map"
    mari.close()


def test_a_menu_goes_along_when_the_page_is_scrolled(browser: Browser, served: Served) -> None:
    """What is opened right after scrolling stays open beside its button, until that is out of sight."""
    mari = Coordinator(browser, served)
    page = mari.page
    page.locator(".stop").last.scroll_into_view_if_needed()
    page.locator("[popovertarget=print-menu]").click()
    beside = page.evaluate(
        """() => {
            scrollBy(0, 40);
            return document.querySelector('[popovertarget=print-menu]').getBoundingClientRect().bottom;
        }"""
    )
    expect(page.locator("#print-menu:popover-open")).to_have_css("top", f"{beside + 4:g}px")
    page.evaluate("() => scrollTo(0, document.body.scrollHeight)")
    page.wait_for_selector("#print-menu:popover-open", state="detached")
    mari.close()


def test_redo_and_the_plans_so_far(browser: Browser, served: Served) -> None:
    """What was undone is done again; an earlier plan is found, looked at, and taken back."""
    mari = Coordinator(browser, served)
    page = mari.page
    request, home, _ = mari.movable()
    mari.block(request).click()
    page.locator("#chosen [data-act=take-off]").click()
    page.wait_for_selector(f'.card-missed[data-request="{request}"]')
    page.locator("#undo").click()
    page.wait_for_selector(f'.block[data-request="{request}"]')
    page.locator("#redo:enabled").click()
    page.wait_for_selector(f'.card-missed[data-request="{request}"]')
    page.wait_for_selector("#redo:disabled")
    page.locator(".bar a[href$='/versions']").click()
    mari.check()
    page.locator("tbody a").nth(1).click()
    mari.check()
    assert page.locator("html.scripted").count() == 0
    page.locator(".bar form button").click()
    page.wait_for_selector("html.scripted")
    assert mari.shift_of(request) == home
    mari.close()
