"""Chromium works with records and answers a call: accessible in three languages, by keyboard, live while typing."""

import datetime as dt
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser

from api.desk.demo import load_demo
from api.security.roles import Role
from api.store.opening import open_store
from tests.browsers import LOOKS
from tests.planned import plan_day
from tests.served_window import ServedWindow, answering, free_port
from tests.web import Served

pytestmark = pytest.mark.browser

PAGES = (
    *("/records", "/records/clients", "/records/rides/new", "/records/clients/row/K02", "/records/clients/history/K02"),
    *("/records/clients/remove/K01", "/import", "/settings", "/fees", "/fees/edit/fees/tartu_vald.toml", "/access"),
    "/fees/cases/fees/tartu_vald.toml",
    *("/access/clients/K02", "/call"),
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the demo with a planned day to somebody who may see every page."""
    path = tmp_path_factory.mktemp("books") / "store.db"
    with closing(open_store(path)) as store, free_port() as listening:
        load_demo(store)
        served = Served(store, port=listening.getsockname()[1], municipality="Tartu vald")
        served.add("haldur", Role.COORDINATOR, Role.CLERK, Role.AUDITOR, Role.ADMIN)
        plan_day(served, dt.date(2026, 11, 25))
        with answering(served, listening) as address:
            yield address


def entered(browser: Browser, address: str, **options: object) -> ServedWindow:
    """Return a browser window in which somebody is signed in."""
    window = ServedWindow(browser, address, **options)
    window.let_in()
    return window


@pytest.mark.parametrize(("lang", "width", "scheme"), LOOKS)
def test_pages(browser: Browser, address: str, lang: str, width: int, scheme: str) -> None:
    """Every page passes axe in every language, light and dark, wide, narrow and at 200 % of 1280."""
    watched = entered(browser, address, viewport={"width": width, "height": 900}, color_scheme=scheme, locale=lang)
    watched.check_pages(PAGES, lang)
    watched.close()


def test_a_refused_form_by_keyboard(browser: Browser, address: str) -> None:
    """The summary has the focus after a refusal, its link leads to the field, and the page still passes axe."""
    watched = entered(browser, address, locale="et")
    page = watched.page
    page.goto(f"{address}/records/absences/new")
    page.focus("#f-first")
    page.keyboard.type("31.02.2026")
    page.keyboard.press("Enter")
    page.wait_for_selector("#summary")
    assert page.evaluate("document.activeElement.id") == "summary"
    page.get_by_role("link", name="Alates").press("Enter")
    assert page.evaluate("document.activeElement.id") == "f-first"
    watched.check()
    watched.close(expected=("422",))


def test_a_list_answers_while_typing(browser: Browser, address: str) -> None:
    """Rows change with every word, and no address ever holds a name."""
    watched = entered(browser, address, locale="et")
    watched.page.goto(f"{address}/records/clients")
    watched.page.get_by_role("searchbox").press_sequentially("kasemaa ai")
    watched.page.get_by_text("Leitud 1 kirje").wait_for()
    assert watched.page.locator("tbody tr").count() == 1
    assert watched.page.url == f"{address}/records/clients"
    watched.close()


def test_a_call_is_answered_live(browser: Browser, address: str) -> None:
    """Price and times appear while the form is filled in; the chosen time is saved into the plan by keyboard."""
    watched = entered(browser, address, locale="et")
    page = watched.page
    page.goto(f"{address}/call")
    page.get_by_label("Klient", exact=True).press_sequentially("aino kasemaa")
    page.locator("#clients .person").wait_for()
    page.get_by_label("Kuhu", exact=True).fill("kliinikum")
    page.get_by_label("Päev").fill("25.11.2026")
    page.get_by_label("ükskõik millal").check()
    page.get_by_text("5,00").first.wait_for()
    first = page.locator("#slots input[name=slot]").first
    first.wait_for()
    watched.check()
    first.focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Salvesta soov").press("Enter")
    page.get_by_text("See on päeva plaanis").wait_for()
    watched.check()
    watched.close()


def test_a_price_list_is_tried_while_typing(browser: Browser, address: str) -> None:
    """Cases that come out otherwise stand first as soon as the text is changed; a list in force needs a word more."""
    watched = entered(browser, address, locale="et")
    page = watched.page
    page.goto(f"{address}/fees/edit/fees/tartu_vald.toml")
    text = page.input_value("#text")
    page.fill("#text", text.replace("amount = 3\n", "amount = 4\n"))
    page.locator("tr.differs").first.wait_for()
    assert "4,00" in page.locator("tbody tr").first.inner_text()
    watched.check()
    page.get_by_role("button", name="Salvesta").click()
    page.get_by_text("Muutub hinnakiri, mis juba kehtib").wait_for()
    assert page.input_value("#text") != text
    page.fill("#text", text.replace("amount = 3\n", "amount = x\n"))
    page.locator("#trial a[data-line]").click()
    assert page.evaluate("getSelection().toString().trim()") == "amount = x"
    watched.check()
    watched.close(expected=("422",))
