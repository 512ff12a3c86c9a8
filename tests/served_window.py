"""A window of Chromium on a served application, and a server that answers it."""

import socket
import threading
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager

import uvicorn
from playwright.sync_api import Browser

from tests.browsers import Window
from tests.web import PASSWORD, Served


class ServedWindow(Window):
    """A window of a served application."""

    def __init__(self, browser: Browser, address: str, **options: object) -> None:
        super().__init__(browser, f"{address}/", **options)
        self.address = address

    def sign_in(self, login: str = "haldur") -> None:
        """Fill in the form and send it."""
        self.page.goto(f"{self.address}/sign-in")
        self.page.fill("#login", login)
        self.page.fill("#password", PASSWORD)
        self.page.keyboard.press("Enter")
        self.page.wait_for_selector("a.who")

    def check_pages(self, paths: Iterable[str], lang: str) -> None:
        """Check one page after the other, each in the language asked for."""
        for path in paths:
            self.page.goto(self.address + path)
            assert self.page.locator("html").get_attribute("lang") == lang
            self.check()


@contextmanager
def free_port() -> Iterator[socket.socket]:
    """Listen on a free port of this machine."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        yield listening


@contextmanager
def answering(served: Served, listening: socket.socket) -> Iterator[str]:
    """Let an application answer on a port from a thread; return its address."""
    server = _Server(uvicorn.Config(served.app, log_level="critical", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    server.ready.wait()
    try:
        yield served.settings.base_url
    finally:
        server.should_exit = True
        thread.join()


class _Server(uvicorn.Server):
    """A server that tells when it answers."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()
