"""A window of Chromium without network, for pages that stand alone."""

from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.browsers import Window


class OfflineWindow(Window):
    """A window without network that shows files."""

    def __init__(self, browser: Browser, width: int = 1280, height: int = 800) -> None:
        super().__init__(browser, "file://", "data:", viewport={"width": width, "height": height})
        self.context.set_offline(True)

    def open(self, path: Path) -> Page:
        """Open a file and wait until its map is drawn."""
        self.page.goto(path.as_uri())
        self.page.wait_for_selector(".pin")
        return self.page
