"""A server killed in the middle of taking taps has lost none that it said it has; what is sent again is there once.

`HOOLERING_KILLS` says how often it is killed, three times unless set.
"""

import os
import secrets
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from threading import Timer
from typing import Self

import httpx
import pytest
from sqlalchemy import select

from api.desk.links import find_link
from api.security.limits import LINK
from api.store.links import Tap
from api.store.opening import Store, open_store
from tests.api.command import REPOSITORY
from tests.rounds import SHIFT, keys, make_link, publish

KILLS = int(os.environ.get("HOOLERING_KILLS", "3"))
SERVER = """
import os, socket, sys
import uvicorn
from api.settings import load_settings
from api.store.opening import open_store
from api.web.app import create_app
listening = socket.create_server(("127.0.0.1", 0))
settings = load_settings(database=sys.argv[1], port=listening.getsockname()[1])
print(settings.base_url, flush=True)
for _ in sys.stdin:
    child = os.fork()  # everything is imported once, however often a server dies
    if not child:
        app = create_app(settings, open_store(sys.argv[1]))
        uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off")).run(sockets=[listening])
    print(child, flush=True)
    os.waitpid(child, 0)
"""


class Servers:
    """Servers on one address, one after the other."""

    def __init__(self, url: str) -> None:
        command = [sys.executable, "-c", SERVER, url]
        self._parent = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY
        )
        self.address = self._line()
        self._child = 0

    def start(self) -> None:
        """Start a server in the place of the one that was killed."""
        assert self._parent.stdin
        self._parent.stdin.write("\n")
        self._parent.stdin.flush()
        self._child = int(self._line())

    def kill(self) -> None:
        """Kill the server without a word."""
        if self._child:
            os.kill(self._child, signal.SIGKILL)
            self._child = 0

    def _line(self) -> str:
        assert self._parent.stdout
        return self._parent.stdout.readline().strip()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        self._parent.communicate()


class Phone:
    """A phone that sends its taps in order until each was acknowledged."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.made: list[str] = []
        self.acknowledged: list[str] = []
        self._waiting: list[dict[str, str]] = []

    def send(self, client: httpx.Client) -> bool:
        """Send a batch of new taps, or the last one again if nobody acknowledged it; False where the server dies."""
        self._waiting = self._waiting or [self._tap() for _ in range(4)]
        body = {"sent_at": datetime.now(UTC).isoformat(), "taps": self._waiting}
        try:
            kept = client.post(self.address, json=body).raise_for_status().json()["kept"]
        except httpx.TransportError:
            return False
        assert kept == [tap["id"] for tap in self._waiting]
        self.acknowledged += kept
        self._waiting = []
        return True

    def _tap(self) -> dict[str, str]:
        self.made.append(str(uuid.uuid4()))
        stop = secrets.choice(keys())
        return {"id": self.made[-1], "stop": stop, "kind": "problem", "at": datetime.now(UTC).isoformat(), "note": "x"}


@pytest.fixture
def today(store_url: str) -> Iterator[tuple[Store, str]]:
    """Return a store with a day published today, by the real clock, and the token of a link."""
    store = open_store(store_url)
    day = datetime.now(UTC).date()
    publish(store, day=day)
    yield store, make_link(store, SHIFT, day)
    store.close()


def written(store: Store) -> list[str]:
    """Return the ids of all taps in the order in which they were made."""
    with store.session() as session:
        return list(session.scalars(select(Tap.id).order_by(Tap.at_received, Tap.at_device)))


def test_killed_while_taking_taps(store_url: str, today: tuple[Store, str]) -> None:
    """Whenever it dies: acknowledged is written, a message is written whole or not at all, nothing is there twice."""
    store, token = today
    with Servers(store_url) as servers:
        phone = Phone(f"{servers.address}/r/{token}/taps")
        for _ in range(KILLS):
            servers.start()
            with httpx.Client(timeout=60) as client:  # one connection, which ends with the server
                assert phone.send(client)
                timer = Timer(secrets.randbelow(100) / 1000, servers.kill)
                timer.start()
                for _ in range(LINK.amount - 2):
                    if not phone.send(client):
                        break
                timer.join()
            found = written(store)
            assert set(phone.acknowledged) <= set(found)
            assert len(found) % 4 == 0
        servers.start()
        with httpx.Client(timeout=60) as client:
            assert phone.send(client)
            assert phone.send(client)
    assert sorted(written(store)) == sorted(phone.made) == sorted(phone.acknowledged)
    with store.session() as session:
        assert find_link(session, token, datetime.now(UTC)) is not None
