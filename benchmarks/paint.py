"""`python -m benchmarks paint`: how soon the board of the demo's day stands in Chromium, on loopback."""

from __future__ import annotations

import argparse
import re
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from api.security.accounts import add_user
from api.security.roles import Role
from api.store.opening import open_store
from benchmarks import machine
from benchmarks.load.scene import ACTOR, DAY, prepare
from benchmarks.load.server import served
from routing.errors import UsageError

LOGIN = "coordinator"
COLUMNS = ("what", "median ms", "slowest ms", "times")
_TIMES = """async () => {
  const painted = await new Promise((found) => new PerformanceObserver((list) => {
    for (const entry of list.getEntriesByName("first-contentful-paint")) found(entry.startTime);
  }).observe({type: "paint", buffered: true}));
  const [page] = performance.getEntriesByType("navigation");
  return [painted, page.domContentLoadedEventEnd, page.loadEventEnd];
}"""
_KINDS = ("first paint", "page and its scripts ready", "everything loaded")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "--tries", type=int, default=20, help="fresh browser profiles in which it is opened, twice each"
    )


def main(options: argparse.Namespace) -> None:
    """Print a table of waits: with nothing kept from before, and opened again."""
    chromium = shutil.which("chromium")
    if not chromium:
        raise UsageError("Chromium is not installed.")
    print(", ".join(f"{name} {value}" for name, value in machine.describe().items()), f"load {machine.load()}\n")
    password = secrets.token_urlsafe(16)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        url = f"sqlite:///{Path(folder) / 'paint.db'}"
        scene = prepare(url)
        store = open_store(url)
        add_user(store, login=LOGIN, name="Board", roles=(Role.COORDINATOR,), actor=ACTOR, password=password)
        store.close()
        with served(url, Path(folder) / "log") as address:
            browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
            taken = [_opened(browser, address, password) for _ in range(options.tries)]
            browser.close()
    print(f"{sum(len(stops) for _, stops in scene.rounds)} stops\n")
    print("\n".join(table(taken)))


def table(taken: list[tuple[list[float], list[float]]]) -> Iterator[str]:
    """Yield the lines of a Markdown table; `taken` holds per try the times of a first and of a second opening."""
    yield f"| {' | '.join(COLUMNS)} |"
    yield "| --- " * len(COLUMNS) + "|"
    for way, opening in enumerate(("nothing kept", "opened again")):
        for kind, what in enumerate(_KINDS):
            waits = [pair[way][kind] for pair in taken]
            yield f"| {what}, {opening} | {median(waits):.0f} | {max(waits):.0f} | {len(waits)} |"


def _opened(browser: Browser, address: str, password: str) -> tuple[list[float], list[float]]:
    """Return the times of the board opened in a fresh profile, and of opening it once more."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        _sign_in(context, address, password)
        page, found = context.new_page(), []
        for _ in range(2):
            page.goto(f"{address}/board/{DAY}", wait_until="load")
            page.locator("#publish").wait_for()  # the board, and no page that stands in for it
            found.append([float(time) for time in page.evaluate(_TIMES)])
        return found[0], found[1]


def _sign_in(context: BrowserContext, address: str, password: str) -> None:
    """Sign in without showing the form."""
    form = re.search(r'name="csrf" value="([0-9a-f]+)"', context.request.get(f"{address}/sign-in").text())
    if form is None:
        raise OSError("the page to sign in holds no token")
    body = {"login": LOGIN, "password": password, "csrf": form[1]}
    answer = context.request.post(f"{address}/sign-in", form=body, max_redirects=0)
    if answer.status != HTTPStatus.SEE_OTHER:
        raise OSError(f"signing in was answered by {answer.status}")
