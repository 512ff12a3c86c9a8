"""A window of Chromium on a served application, and a server that answers it."""

import re
import socket
import threading
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from typing import Self

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

    def let_in(self, login: str = "haldur") -> None:
        """Sign in without showing the form, which has tests of its own."""
        asking, address = self.context.request, f"{self.address}/sign-in"
        token = re.search(r'name="csrf" value="([0-9a-f]+)"', asking.get(address).text())
        assert token
        form = {"login": login, "password": PASSWORD, "csrf": token[1]}
        assert asking.post(address, form=form, max_redirects=0).status == 303

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


class Reception:
    """A port on which an application can be reached or not; held all the while, so that nobody else answers there."""

    def __init__(self) -> None:
        self._held = socket.socket()
        self._held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        self._held.bind(("127.0.0.1", 0))
        self._answering = ExitStack()
        self._served: Served | None = None

    @property
    def port(self) -> int:
        """Return the port."""
        return int(self._held.getsockname()[1])

    def begin(self, served: Served) -> None:
        """Let an application answer."""
        self._served = served
        self.regain()

    def lose(self) -> None:
        """Refuse whoever comes, and end the connections there are."""
        self._answering.close()

    def regain(self) -> None:
        """Answer again."""
        assert self._served
        listening = socket.create_server(("127.0.0.1", self.port), reuse_port=True)
        self._answering.enter_context(closing(listening))
        self._answering.enter_context(answering(self._served, listening))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.lose()
        self._held.close()


class _Server(uvicorn.Server):
    """A server that tells when it answers."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()
