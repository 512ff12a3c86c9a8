"""Chromium reads log, months and report: accessible in three languages, and a month from the log to its closing."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, expect

from api.desk.log_entries import filled_day, import_log, keep_day
from api.desk.municipality import open_municipality
from api.security.roles import Role
from api.store.opening import Store, open_store
from routing.books.entry import Result
from tests.browsers import LOOKS
from tests.rounds import DAY, publish_demo
from tests.served_window import ServedWindow, answering, free_port
from tests.web import Served

pytestmark = pytest.mark.browser

PAGES = (
    *("/log/2026-11-26", f"/log/{DAY}", f"/log/entry/{DAY}-V01", f"/log/entry/{DAY}-S09", "/months", "/months/2026-11"),
    *("/months/2026-11/client/K32", "/months/2026-11/client/K01", "/report/2026-11-01/2026-11-30"),
    "/report/2026-11-01/2026-11-30/rows?figure=f1",
)


def fill(store: Store) -> None:
    """Put the demo's day into the log, everything done but one visit."""
    with store.session() as session:
        filled, records = filled_day(session, DAY), open_municipality(session).records
    told = [
        replace(entry, result=Result.DONE, actual_begin=entry.planned_begin, actual_end=entry.planned_end)
        for entry in filled.entries
        if entry.is_open and not entry.id.endswith("-V01")
    ]
    with store.transaction("test") as session:
        keep_day(session, filled)
        import_log(session, records, told, [])


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the demo with its day in the log to somebody who may see every page."""
    path = tmp_path_factory.mktemp("owed") / "store.db"
    with closing(open_store(path)) as store, free_port() as listening:
        served = Served(store, port=listening.getsockname()[1], municipality="Tartu vald")
        publish_demo(store)
        fill(store)
        served.clock.turn(hours=24 * 6)
        served.add("haldur", Role.COORDINATOR, Role.CLERK, Role.AUDITOR)
        with answering(served, listening) as address:
            yield address


@pytest.mark.parametrize(("lang", "width", "scheme"), LOOKS)
def test_pages(browser: Browser, address: str, lang: str, width: int, scheme: str) -> None:
    """Every page passes axe in every language, light and dark, wide, narrow and at 200 % of 1280."""
    options = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme, "locale": lang}
    window = ServedWindow(browser, address, **options)
    window.let_in()
    for path in PAGES:
        window.page.goto(address + path)
        assert window.page.locator("html").get_attribute("lang") == lang
        window.check()
    window.close()


def test_from_the_log_to_a_closed_month(browser: Browser, address: str) -> None:
    """The last visit is reported by keyboard, the price that was asked for is settled, and the month is closed."""
    window = ServedWindow(browser, address, locale="et")
    window.let_in()
    page = window.page
    page.goto(f"{address}/months/2026-11")
    page.locator("summary").click()
    expect(page.get_by_text("ei ole tulemust").first).to_be_visible()
    page.goto(f"{address}/log/entry/{DAY}-V01")
    page.get_by_label("Tulemus").select_option(label="tehtud")
    page.get_by_label("Tegelik algus").fill("8.05")
    page.get_by_label("Tegelik algus").press("Enter")
    expect(page.get_by_role("status").first).to_have_text("Kanne on salvestatud.")
    page.goto(f"{address}/months/2026-11")
    page.locator("a", has=page.locator("xpath=ancestor::tr//span[@class='tag warn']")).first.click()
    page.get_by_text("Määra hind").click()
    page.get_by_label("summa").fill("57,70")
    page.get_by_label("põhjus").fill("mõõdetud")
    page.get_by_label("põhjus").press("Enter")
    expect(page.get_by_role("status").first).to_have_text("Otsus on kirjas.")
    window.check()
    page.goto(f"{address}/months/2026-11")
    page.get_by_role("button", name="Kinnita november 2026").press("Enter")
    expect(page.get_by_role("status").first).to_have_text("Kuu on kinnitatud.")
    window.check()
    page.get_by_role("button", name="Sulge november 2026").press("Enter")
    expect(page.get_by_role("status").first).to_have_text("Kuu on suletud.")
    window.check()
    page.goto(f"{address}/report/2026-11-01/2026-11-30")
    page.locator("a[href*='rows?figure=']").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Saajaid")
    window.close()
