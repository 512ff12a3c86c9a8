"""Chromium plans a week, changes it by keyboard and mouse and repairs it; its pages in three languages, both looks."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from playwright.sync_api import Browser, Page, expect

from api.security.roles import Role
from api.store.opening import open_store
from tests.browsers import LOOKS
from tests.routing.weeks.town import MONDAY
from tests.served_window import ServedWindow, answering, free_port
from tests.web import Served
from tests.weeks import TUESDAY, WEEK, fill_town

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the town to a coordinator; its runs have a thread each."""
    folder = tmp_path_factory.mktemp("week")
    with closing(open_store(folder / "week.db")) as store, free_port() as listening:
        fill_town(store, folder / "vald")
        served = Served(store, port=listening.getsockname()[1], municipality="Näidisvald")
        served.app.state.shell.jobs.executor = lambda: ThreadPoolExecutor(1)
        served.add("haldur", Role.COORDINATOR)
        with answering(served, listening) as address:
            yield address


def plan(page: Page, seconds: int) -> None:
    """Have the week planned, and wait until the run is over."""
    page.select_option("#seconds", str(seconds))
    page.get_by_role("button", name="Plaani nädal").press("Enter")
    expect(page.locator("#week-told")).to_contain_text("Töö käib")
    expect(page.locator("[data-running]")).to_have_count(0)


def chip(page: Page, visit: str):
    """Return a visit in the table."""
    return page.locator(f'a.chip[data-visit="{visit}"]')


def test_a_week_from_planning_to_an_ill_carer(browser: Browser, address: str) -> None:
    """Planned, moved by keyboard and mouse, locked, planned again, accepted; then the ill carer's days are repaired."""
    window = ServedWindow(browser, address, locale="et", viewport={"width": 1280, "height": 900})
    window.sign_in()
    page = window.page
    page.goto(address + WEEK)
    expect(page.locator("#week-empty")).to_be_visible()
    plan(page, 30)
    window.check()
    page.locator("#accept-all").press("Enter")
    expect(page.locator("#week-told")).to_contain_text("Pakutu on nädalas")
    expect(page.locator("a.chip")).to_have_count(7)
    expect(page.locator("#week-empty")).to_have_count(0)

    first = page.locator('tr[data-client="K4"] a.chip').first
    visit, day = first.get_attribute("data-visit"), first.get_attribute("data-day")
    first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#move-day")).to_be_focused()
    window.check()
    page.locator("#move-day").select_option("2026-12-05")
    page.locator("#move-do").press("Enter")
    expect(page.locator("#visit-dialog [role=alert]")).to_contain_text("lubatud päev")
    free = page.evaluate(
        "[...document.querySelectorAll('tr[data-client=K4] td[data-day]')].slice(0, 5)"
        ".filter((cell) => !cell.querySelector('a.chip')).map((cell) => cell.dataset.day)"
    )
    page.locator("#move-day").select_option(free[0])
    page.locator("#move-do").press("Enter")
    expect(page.locator("#week-told")).to_contain_text("Käik on tõstetud")
    expect(chip(page, visit)).to_have_attribute("data-day", free[0])
    expect(chip(page, visit)).to_be_focused()

    chip(page, visit).drag_to(page.locator(f'tr[data-client="K4"] td[data-day="{day}"]'))
    expect(chip(page, visit)).to_have_attribute("data-day", day)
    page.locator("#undo").press("Enter")
    expect(chip(page, visit)).to_have_attribute("data-day", free[0])

    chip(page, visit).press("Enter")
    expect(page.locator("#move-day")).to_be_focused()
    page.locator("#lock-visit").press("Enter")
    expect(page.locator("#week-told")).to_contain_text("Lukus")
    expect(chip(page, visit)).not_to_have_attribute("draggable", "true")
    plan(page, 10)
    if page.locator("#accept-all").count():
        page.locator("#accept-all").press("Enter")
        expect(page.locator("#week-told")).to_contain_text("Pakutu on nädalas")
    expect(chip(page, visit)).to_have_attribute("data-day", free[0])

    page.select_option("#absent-worker", "T1")
    page.fill("#absent-first", str(TUESDAY))
    page.locator("#ask-absence").press("Enter")
    expect(page.locator("#offer-title")).to_contain_text("Pakutud asendus")
    window.check()
    page.locator("#accept-all").press("Enter")
    expect(page.locator("#week-told")).to_contain_text("Pakutu on nädalas")
    page.get_by_role("link", name="Töötajad").click()
    expect(page.locator(f'td[data-worker="T1"][data-day="{TUESDAY}"]')).to_contain_text("ära")
    window.check()
    window.close(expected=("409",))


@pytest.mark.parametrize(("lang", "width", "scheme"), LOOKS)
def test_pages(browser: Browser, address: str, lang: str, width: int, scheme: str) -> None:
    """Every page of the week passes axe in every language, light and dark, wide, narrow and at 200 % of 1280."""
    options = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme, "locale": lang}
    window = ServedWindow(browser, address, **options)
    window.sign_in()
    window.page.goto(address + WEEK)
    visit = window.page.locator("a.chip").first.get_attribute("href")
    window.check_pages((WEEK, f"{WEEK}?view=workers", visit, f"/fragility/{MONDAY}", "/weeks/2027-01-04"), lang)
    window.page.goto(f"{address}/weeks/2026-11-23")
    today = window.page.locator("td.is-today").first
    assert today.evaluate("cell => getComputedStyle(cell).position") == "static"
    window.close()
