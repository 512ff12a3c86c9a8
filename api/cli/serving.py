"""Run the web server until it is told to stop, then let what is under way end."""

from __future__ import annotations

import contextlib
import logging
import signal
import socket
import sys
from collections.abc import Callable

import uvicorn

from api.settings import Settings
from api.store.opening import Store
from api.warming import warm_in_background
from api.web.app import create_app

_PATIENCE = 10  # seconds for what is under way when the server is told to stop


class Server(uvicorn.Server):
    """A server that says when it listens, and when it is told to stop.

    What is open for long has to end by itself then: uvicorn waits for it before it lets the application end.
    """

    def __init__(self, config: uvicorn.Config, on_ready: Callable[[], None], on_stop: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_ready = on_ready
        self._on_stop = on_stop

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, then say so."""
        await super().startup(sockets)
        if self.started:
            self._on_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let go of what is open, then end."""
        self._on_stop()
        await super().shutdown(sockets)


def run(settings: Settings, store: Store, *, on_ready: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM; `on_ready` is told the address once it can be opened.

    The logs are ours: uvicorn's own would hold addresses with the tokens of links in them.
    """
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    warm_in_background()  # until it is done, plans are made without the compiled search
    listening = _listen(settings.host, settings.port)
    port = listening.getsockname()[1]
    served = settings.model_copy(update={"port": port})
    app = create_app(served, store)
    config = uvicorn.Config(
        app,
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies or None,
        timeout_graceful_shutdown=_PATIENCE,
    )
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with contextlib.suppress(KeyboardInterrupt):  # uvicorn raises the signal again once everything has ended
        Server(config, lambda: on_ready(served.base_url), app.state.shell.jobs.closing.set).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise OSError(error.errno, error.strerror, f"{host}:{port}") from error
    return listening
