"""Chromium opens the shell's pages in three languages: accessible, nothing fetched elsewhere, no complaint."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser

from api.security.roles import Role
from api.store.opening import open_store
from tests.browsers import LOOKS
from tests.served_window import ServedWindow, answering, free_port
from tests.web import PASSWORD, Served

pytestmark = pytest.mark.browser

ONE_ROW = 70
"""No header of two rows is as low, in pixels."""
PAGES = ("/accounts", "/tokens", "/account", "/accessibility")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve an application with one account on a free port."""
    path = tmp_path_factory.mktemp("browser") / "store.db"
    with closing(open_store(path)) as store, free_port() as listening:
        served = Served(store, port=listening.getsockname()[1], municipality="Tartu vald")
        served.add("haldur", *Role)
        with answering(served, listening) as address:
            yield address


def sign_in_by_keyboard(watched: ServedWindow) -> None:
    """Sign in by keyboard alone: the skip link first, then the form."""
    watched.page.goto(f"{watched.address}/accounts")
    watched.page.keyboard.press("Tab")
    assert watched.page.evaluate("document.activeElement.className") == "skip"
    watched.page.keyboard.press("Enter")
    watched.page.keyboard.press("Tab")
    watched.page.keyboard.type("haldur")
    watched.page.keyboard.press("Tab")
    watched.page.keyboard.type(PASSWORD)
    watched.page.keyboard.press("Enter")
    watched.page.wait_for_selector("a.who")


@pytest.mark.parametrize(("lang", "width", "scheme"), LOOKS)
def test_pages(browser: Browser, address: str, lang: str, width: int, scheme: str) -> None:
    """Every page in every language passes axe, light and dark, wide, narrow and at 200 % of 1280."""
    watched = ServedWindow(browser, address, viewport={"width": width, "height": 900}, color_scheme=scheme, locale=lang)
    watched.page.goto(f"{address}/sign-in")
    watched.check()
    sign_in_by_keyboard(watched)
    watched.check_pages(PAGES, lang)
    watched.close()


def test_the_language_switch_and_signing_out(browser: Browser, address: str) -> None:
    """Forms work in a real browser; the whole menu has room in one row in every language, and opens by keyboard."""
    watched = ServedWindow(browser, address, locale="et")
    sign_in_by_keyboard(watched)
    watched.page.set_viewport_size({"width": 1280, "height": 800})
    for endonym, heading in (("English", "Accounts"), ("Русский", "Учётные записи"), ("Eesti", "Kontod")):
        watched.page.get_by_role("button", name=endonym).click()
        assert watched.page.locator("h1").inner_text() == heading
        assert watched.page.locator("header.top").bounding_box()["height"] < ONE_ROW
    watched.page.get_by_role("button", name="Haldus").press("Enter")
    watched.check()
    watched.page.keyboard.press("Escape")
    watched.page.get_by_role("button", name="Logi välja").click()
    assert watched.page.locator("h1").inner_text() == "Sisselogimine"
    watched.close()
