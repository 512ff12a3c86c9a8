"""People at work on a server, each in a thread, until it dies under them or they are sent home."""

import threading
from collections.abc import Callable, Sequence
from typing import Protocol, Self

import httpx

from api.store.opening import Store

PATIENCE = 180
"""Seconds within which whatever is waited for must happen, on the slowest machine."""


class Worker(Protocol):
    """Somebody who writes, and remembers what was acknowledged."""

    def work(self, client: httpx.Client) -> bool:
        """Write once; True where that was acknowledged, False to rest until the next server."""

    def check(self, store: Store, client: httpx.Client) -> None:
        """Compare what the next server has with what was acknowledged, and send again what was not."""


class Crowd:
    """Workers writing all at once."""

    def __init__(self, address: str, token: str, workers: Sequence[Worker]) -> None:
        self.acknowledged = 0
        self._faults: list[BaseException] = []
        self._news = threading.Condition()
        self._home = threading.Event()
        self._threads = [threading.Thread(target=self._run, args=(address, token, worker)) for worker in workers]

    def wait_for(self, most: int) -> None:
        """Wait until so many writes were acknowledged, or nobody writes any more."""

        def enough() -> bool:
            return bool(self._faults) or self.acknowledged >= most or not any(t.is_alive() for t in self._threads)

        with self._news:
            assert self._news.wait_for(enough, PATIENCE), "nobody was answered"
        self._refuse_faults()

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._home.set()
        for thread in self._threads:
            thread.join(PATIENCE)
        assert not any(thread.is_alive() for thread in self._threads), "somebody was never answered"
        self._refuse_faults()

    def _run(self, address: str, token: str, worker: Worker) -> None:
        try:
            with person(address, token) as client:
                while not self._home.is_set() and worker.work(client):
                    with self._news:
                        self.acknowledged += 1
                        self._news.notify_all()
        except httpx.TransportError:
            pass  # the server has died
        except BaseException as error:  # noqa: BLE001 - told to whoever waits
            self._faults.append(error)
        with self._news:
            self._news.notify_all()

    def _refuse_faults(self) -> None:
        if self._faults:
            raise self._faults[0]


def person(address: str, token: str) -> httpx.Client:
    """Return somebody who talks to a server with another system's token."""
    return httpx.Client(base_url=address, headers={"Authorization": f"Bearer {token}"}, timeout=PATIENCE)


def until(holds: Callable[[], bool], what: str) -> None:
    """Wait until something holds."""
    turn = threading.Event()
    for _ in range(PATIENCE * 20):
        if holds():
            return
        turn.wait(0.05)
    raise AssertionError(f"never: {what}")
