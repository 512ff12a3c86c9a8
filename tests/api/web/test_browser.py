"""Chromium opens the shell's pages in three languages: accessible, nothing fetched elsewhere, no complaint."""

import shutil
import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn

from api.security.roles import Role
from api.store.opening import open_store
from tests.web import PASSWORD, Served

pytestmark = pytest.mark.browser
playwright = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
PAGES = ("/accounts", "/tokens", "/account", "/accessibility")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve an application with one account on a free port."""
    store = open_store(tmp_path_factory.mktemp("browser") / "store.db")
    listening = socket.create_server(("127.0.0.1", 0))
    served = Served(store, port=listening.getsockname()[1], municipality="Tartu vald")
    served.add("haldur", Role.ADMIN, Role.COORDINATOR)
    server = uvicorn.Server(uvicorn.Config(served.app, log_level="critical", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield served.settings.base_url
    server.should_exit = True
    thread.join()
    listening.close()
    store.close()


@pytest.fixture(scope="module")
def browser() -> Iterator["playwright.Browser"]:
    """Start Chromium."""
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        yield browser
        browser.close()


class Watched:
    """A page that remembers what it asked for and complained about."""

    def __init__(self, browser: "playwright.Browser", address: str, **options: object) -> None:
        self.context = browser.new_context(reduced_motion="reduce", **options)
        self.page = self.context.new_page()
        self.address = address
        self.elsewhere: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self._asked(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _asked(self, url: str) -> None:
        if not url.startswith(self.address):
            self.elsewhere.append(url)

    def sign_in(self) -> None:
        """Sign in by keyboard alone: the skip link first, then the form."""
        self.page.goto(f"{self.address}/accounts")
        self.page.keyboard.press("Tab")
        assert self.page.evaluate("document.activeElement.className") == "skip"
        self.page.keyboard.press("Enter")
        self.page.keyboard.press("Tab")
        self.page.keyboard.type("haldur")
        self.page.keyboard.press("Tab")
        self.page.keyboard.type(PASSWORD)
        self.page.keyboard.press("Enter")
        self.page.wait_for_selector("a.who")

    def check(self) -> None:
        """Hold the page to axe's rules and to its own width."""
        found = axe.Axe().run(self.page).response["violations"]
        assert [(fault["id"], [node["target"] for node in fault["nodes"]]) for fault in found] == []
        width = self.page.viewport_size["width"]
        assert self.page.evaluate("document.documentElement.scrollWidth") <= width

    def close(self) -> None:
        """Check that nothing went elsewhere and nothing was complained about."""
        assert self.elsewhere == []
        assert self.complaints == []
        self.context.close()


@pytest.mark.parametrize(
    ("lang", "width", "scheme"), [("et", 1280, "light"), ("en", 390, "dark"), ("ru", 640, "light")]
)
def test_pages(browser: "playwright.Browser", address: str, lang: str, width: int, scheme: str) -> None:
    """Every page in every language passes axe, light and dark, wide, narrow and at 200 % of 1280."""
    watched = Watched(browser, address, viewport={"width": width, "height": 900}, color_scheme=scheme, locale=lang)
    watched.page.goto(f"{address}/sign-in")
    watched.check()
    watched.sign_in()
    for path in PAGES:
        watched.page.goto(address + path)
        assert watched.page.locator("html").get_attribute("lang") == lang
        watched.check()
    watched.close()


def test_the_language_switch_and_signing_out(browser: "playwright.Browser", address: str) -> None:
    """Forms work in a real browser, whose origin is hidden by the referrer policy."""
    watched = Watched(browser, address, locale="et")
    watched.sign_in()
    watched.page.get_by_role("button", name="Русский").click()
    assert watched.page.locator("h1").inner_text() == "Учётные записи"
    watched.page.get_by_role("button", name="Eesti").click()
    watched.page.get_by_role("button", name="Logi välja").click()
    assert watched.page.locator("h1").inner_text() == "Sisselogimine"
    watched.close()
