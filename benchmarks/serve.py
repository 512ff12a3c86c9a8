"""`python -m benchmarks serve`: how long the board waits for the server, on loopback, with the demo's day planned."""

from __future__ import annotations

import argparse
import secrets
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import Any

import httpx
import uvicorn

from api.desk.day_writing import begin_write, keep_plan
from api.desk.demo import load_demo
from api.desk.laid_out import Days
from api.security.api_tokens import issue
from api.security.roles import Role
from api.settings import load_settings
from api.store.opening import Store, open_store
from api.store.plans import Why
from api.web.app import create_app
from benchmarks import machine
from routing.solver.insertion import insert_all
from routing.solver.timetable import timetable

DAY = date(2026, 11, 25)
COLUMNS = ("what", "median ms", "95 % ms", "slowest ms", "times")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("--database", help="a fresh PostgreSQL database instead of SQLite in a file")
    parser.add_argument("--tries", type=int, default=40, help="questions of each kind")


def main(options: argparse.Namespace) -> None:
    """Print a table of waits."""
    print(", ".join(f"{name} {value}" for name, value in machine.describe().items()), f"load {machine.load()}\n")
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(options.database or Path(folder) / "serve.db")
        _plan(store)
        with _serving(store) as board:
            stops = sum(bool(stop["request"]) for shown in board.day["rounds"] for stop in shown["stops"])
            print(f"{len(board.homes)} requests planned, {stops} stops\n")
            print(f"| {' | '.join(COLUMNS)} |\n{'| --- ' * len(COLUMNS)}|")
            for what, taken in waits(board, options.tries):
                cells = (median(taken), taken[int(0.95 * len(taken))], taken[-1])
                print(f"| {what} | {' | '.join(f'{cell:.3g}' for cell in cells)} | {len(taken)} |", flush=True)
        store.close()


class Board:
    """A coordinator who asks the server over HTTP, one thing after the other."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client
        self.day: dict[str, Any] = {}
        self.ask("GET", "")

    @property
    def homes(self) -> dict[str, str]:
        """Return which shift serves which request."""
        return {s["request"]: r["shift"] for r in self.day["rounds"] for s in r["stops"] if s["request"]}

    def ask(self, method: str, path: str, body: Any = None) -> float:  # noqa: ANN401 - any JSON value
        """Ask, keep the day that comes back, and return how many milliseconds it took."""
        headers = {"If-Match": f'"{self.day.get("version", 0)}"'}
        began = time.perf_counter()
        answer = self._client.request(method, f"/api/v1/days/{DAY}{path}", json=body, headers=headers)
        taken = 1000 * (time.perf_counter() - began)
        if answer.is_success:
            found = answer.json()
            self.day = found if "rounds" in found else found.get("day") or self.day
        elif answer.status_code != httpx.codes.CONFLICT:
            answer.raise_for_status()
        return taken


def waits(board: Board, tries: int) -> Iterator[tuple[str, list[float]]]:
    """Yield how long each kind of question takes, sorted; moves are written, and taken back in between."""
    homes = board.homes
    shifts = cycle(sorted(set(homes.values())))
    asked = list(islice(zip(cycle(sorted(homes)), shifts, strict=False), tries))
    kinds: dict[str, Callable[[str, str], float]] = {
        "the whole day": lambda _, __: board.ask("GET", ""),
        "the day with its ways": lambda _, __: board.ask("GET", "?lines=true"),
        "fits, all shifts": lambda request, _: board.ask("GET", f"/fits?request={request}"),
        "a move, or why not": lambda request, shift: _there(board, "/moves", {"request": request, "shift": shift}),
        "taken off": lambda request, _: _there(board, "/moves", {"request": request, "shift": None}),
        "locked": lambda request, _: board.ask("PUT", f"/locks/request/{request}"),
        "unlocked": lambda request, _: board.ask("DELETE", f"/locks/request/{request}"),
    }
    for what, ask in kinds.items():
        yield what, sorted(ask(request, shift) for request, shift in asked)


def _there(board: Board, path: str, body: dict[str, Any]) -> float:
    """Return how long a change takes, undone afterwards where it was made."""
    before = board.day["version"]
    taken = board.ask("POST", path, body)
    if board.day["version"] != before:
        board.ask("POST", "/undo")
    return taken


def _plan(store: Store) -> None:
    """Put the demo into a store, its day planned by insertion."""
    load_demo(store)
    days = Days(store=store)
    opened = days.open(DAY)
    instance = opened.desk.instance
    plan = timetable(instance, insert_all(instance, tuple(() for _ in opened.day.problem.shifts)))
    assert plan is not None
    with store.transaction("benchmark") as session:
        row = begin_write(session, opened, opened.version)
        keep_plan(days, session, opened, row, plan, Why.IMPORT)


@contextmanager
def _serving(store: Store) -> Iterator[Board]:
    """Serve a store on loopback and yield a board on it."""
    token = issue(store, name=secrets.token_hex(4), roles=[Role.COORDINATOR], actor="benchmark")
    app = create_app(load_settings(database=str(store.engine.url)), store)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    with httpx.Client(
        base_url=f"http://127.0.0.1:{port}", headers={"Authorization": f"Bearer {token}"}, timeout=60
    ) as client:
        yield Board(client)
    server.should_exit = True
    thread.join()
