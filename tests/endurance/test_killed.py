"""Servers and solver processes are killed at random moments, and nothing that was acknowledged is lost.

`HOOLERING_KILLS` says how often on each database, three times unless set; `make endure` says fifty. `HOOLERING_SEED`
draws other moments.
"""

import os
import random
import signal
import sys
import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import httpx

from api.desk.demo import load_demo
from api.security import api_tokens
from api.security.roles import Role
from api.store.opening import Store
from tests.endurance.clerk import Clerk
from tests.endurance.crowd import Crowd, Worker, person
from tests.endurance.dispatcher import Dispatcher
from tests.endurance.phone import Phone
from tests.endurance.planner import STAGES, Planner
from tests.endurance.server import Servers
from tests.rounds import make_link, publish

KILLS = int(os.environ.get("HOOLERING_KILLS", "3"))
SEED = int(os.environ.get("HOOLERING_SEED", "0"))
KINDS = ("server", "server and solver", "solver")
BOARD_DAY = date(2026, 12, 2)
PLAN_DAY = date(2026, 11, 25)


class Drill:
    """One store, its servers, and everybody who works on it."""

    def __init__(self, store: Store, servers: Servers) -> None:
        self.store = store
        self.servers = servers
        self.chance, *own = (random.Random(f"{SEED} {number}") for number in range(5))  # noqa: S311 - to be drawn again
        load_demo(store)
        day = _link_day()
        publish(store, day=day)
        self.token = api_tokens.issue(store, name="drill", roles=(Role.COORDINATOR,), actor="test")
        phone = Phone(make_link(store, day=day), own[0])
        self.workers: list[Worker] = [Clerk(store, own[1]), Dispatcher(BOARD_DAY, own[2]), phone]
        self.planner = Planner(PLAN_DAY, own[3])
        self.writes = 0

    def person(self) -> httpx.Client:
        """Return somebody who asks the server at hand."""
        return person(self.servers.address, self.token)

    def kill(self, kind: str) -> None:
        """Let everybody work, kill at a random moment, start again where need be, and compare."""
        if not self.servers.runs:
            self.servers.start()
        with Crowd(self.servers.address, self.token, self.workers) as crowd:
            solver = self._plan(kind) if "solver" in kind else 0
            crowd.wait_for(self.chance.randint(2, 9))
            threading.Event().wait(self.chance.uniform(0, 0.2))
            if kind == "solver":
                assert solver > 1  # zero would be ourselves
                os.kill(solver, signal.SIGKILL)
                crowd.wait_for(crowd.acknowledged + 1)
            else:
                self.servers.kill()
        self.writes += crowd.acknowledged
        if not self.servers.runs:
            self.servers.start()
        self.compare(planned="solver" in kind)

    def compare(self, *, planned: bool) -> None:
        """Ask the server and the store for everything that was acknowledged."""
        with self.person() as client:
            assert client.get("/api/v1/health").json()["status"] == "ok"
            if planned:
                self.planner.settle(self.store, client)
            self.planner.check(client)
            for worker in self.workers:
                worker.check(self.store, client)
        assert not self.servers.failures()

    def _plan(self, kind: str) -> int:
        """Begin a solver run; one that is to be killed by itself has a process by then."""
        stage = self.chance.choice(STAGES[1:] if kind == "solver" else STAGES)
        with self.person() as client:
            return self.planner.begin(self.store, client, stage)


def _link_day() -> date:
    """Return a day whose links are good now, and that nobody else works on."""
    today = datetime.now(UTC).date()
    return today + timedelta(days=today in {BOARD_DAY, PLAN_DAY})


def test_killed_at_random_moments(store: Store, tmp_path: Path) -> None:
    """Records, imports, moves, locks, taps and plans: acknowledged is kept, and what was under way is whole or not."""
    with Servers(store.engine.url.render_as_string(hide_password=False), tmp_path / "log") as servers:
        drill = Drill(store, servers)
        for number in range(KILLS):
            drill.kill(KINDS[number % len(KINDS)])
    sys.stdout.write(f"{store.engine.dialect.name}: {KILLS} kills, {drill.writes} writes acknowledged, {drill.planner}")
