"""Chromium for tests, and windows that remember what they asked for and complained about.

Tests that use it are marked `browser`. Where Debian's Chromium is missing they are skipped, and say so; with
`HOOLERING_REQUIRE_BROWSER` they fail instead.
"""

import os
import shutil
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
_PATIENCE = 60_000  # milliseconds for anything to appear: a busy machine is no fault
LOOKS = (("et", 1280, "light"), ("en", 390, "dark"), ("ru", 640, "light"))
"""Every language, light and dark, wide, narrow and at 200 % of 1280: (language, width, colours)."""
_BRIEF = {"resultTypes": ["violations"]}
"""What of axe's answer is worked out in full: what passes is only counted."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Chromium. It lives as long as a module, because Playwright's event loop bars others from its thread."""
    chromium = shutil.which("chromium")
    if not chromium:
        give_up = pytest.fail if os.environ.get("HOOLERING_REQUIRE_BROWSER") else pytest.skip
        give_up("Chromium is not installed")
    expect.set_options(timeout=_PATIENCE)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=_ARGUMENTS)
        yield browser
        browser.close()


class Window:
    """A window of Chromium with one page, which remembers what it asked for elsewhere and complained about.

    `origins` are the beginnings of the addresses that it may ask for.
    """

    def __init__(self, browser: Browser, *origins: str, **options: object) -> None:
        self.context = browser.new_context(**({"reduced_motion": "reduce"} | options))
        self.context.set_default_timeout(_PATIENCE)
        self.elsewhere: list[str] = []
        self.complaints: list[str] = []
        self._origins = origins
        self.context.on("request", lambda request: self._asked(request.url))
        self.context.on("console", lambda message: self.complaints.append(message.text))
        self.context.on("weberror", lambda found: self.complaints.append(str(found.error)))
        self.page: Page = self.context.new_page()

    def _asked(self, url: str) -> None:
        if not url.startswith(self._origins):
            self.elsewhere.append(url)

    def check(self) -> None:
        """Hold the page to axe's rules and to its own width."""
        found = Axe().run(self.page, options=_BRIEF).response["violations"]
        assert [(fault["id"], [node["target"] for node in fault["nodes"]]) for fault in found] == []
        width = self.page.viewport_size["width"]
        assert self.page.evaluate("document.documentElement.scrollWidth") <= width

    def close(self, *, expected: tuple[str, ...] = ()) -> None:
        """Check that nothing went elsewhere and nothing was complained about but what was expected."""
        assert not self.elsewhere, self.elsewhere
        unexpected = [said for said in self.complaints if not any(word in said for word in expected)]
        assert not unexpected, unexpected
        self.context.close()
