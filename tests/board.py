"""A day of the demo behind HTTP: whoever plays coordinator sees versions, and sends them with each change."""

import json
import secrets
from collections.abc import Iterator
from concurrent.futures import Executor
from datetime import date
from typing import Any

from fastapi.testclient import TestClient
from httpx import Response

from api.desk.day_writing import begin_write, keep_plan
from api.desk.demo import load_demo
from api.desk.laid_out import Days
from api.jobs.runner import Inline
from api.store.opening import Store
from api.store.plans import Why
from routing.solver.insertion import insert_all
from routing.solver.timetable import timetable
from tests.web import Served

DAY = "2026-11-25"
API = "/api/v1"


class Board:
    """The board of one coordinator, who works on what she has seen last."""

    def __init__(self, client: TestClient, day: str = DAY) -> None:
        self.client = client
        self.day = f"{API}/days/{day}"
        self.tag = '"0"'

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Response:
        """Send a request about the day, or to `path` below the API where it begins with a slash."""
        address = API + path if path.startswith("/") else f"{self.day}/{path}".rstrip("/")
        answer = self.client.request(method, address, json=body, headers={"If-Match": self.tag, **headers})
        self.tag = answer.headers.get("etag", self.tag)
        return answer

    def get(self, path: str = "", **headers: str) -> dict[str, Any]:
        """Return what is there."""
        answer = self.ask("GET", path, **headers)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def do(self, path: str, body: Any = None, *, method: str = "POST", **headers: str) -> dict[str, Any]:
        """Return the answer to a change that works."""
        answer = self.ask(method, path, body, **headers)
        assert answer.status_code in {200, 202}, answer.text
        return dict(answer.json())

    def refused(self, path: str, body: Any = None, *, method: str = "POST", status: int = 409) -> dict[str, Any]:
        """Return the problem of a change that is refused."""
        answer = self.ask(method, path, body)
        assert answer.status_code == status, answer.text
        return dict(answer.json())

    def events(self, job: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the events of a job as they come."""
        with self.client.stream("GET", f"{API}/jobs/{job}/events") as answer:
            name = ""
            for line in answer.iter_lines():
                if line.startswith("event:"):
                    name = line.removeprefix("event:").strip()
                elif line.startswith("data:"):
                    yield name, json.loads(line.removeprefix("data:"))

    def plan(self, **wish: Any) -> dict[str, Any]:
        """Plan the day with few rounds of search and return the scenario that comes of it."""
        job = self.do("plans", {"seconds": 20, "iterations": 1, **wish})
        return self.get(f"/scenarios/{self.get('/jobs/' + job['id'])['scenario']}")


def board_on(store: Store, executor: type[Executor] = Inline, **settings: object) -> Board:
    """Return the board of a coordinator signed in on a store."""
    served = Served(store, **settings)
    served.app.state.shell.jobs.executor = executor
    return Board(served.signed_in(secrets.token_hex(4)))


def demo_on(store: Store, executor: type[Executor] = Inline) -> Board:
    """Return the board of a coordinator on a store with the demo in it."""
    load_demo(store)
    return board_on(store, executor)


def planned_on(store: Store) -> None:
    """Put the demo into a store and a plan by insertion, the same on every machine, on its day."""
    load_demo(store)
    days = Days(store=store)
    opened = days.open(date.fromisoformat(DAY))
    instance = opened.desk.instance
    plan = timetable(instance, insert_all(instance, tuple(() for _ in opened.day.problem.shifts)))
    assert plan is not None
    with store.transaction("test") as session:
        row = begin_write(session, opened, 0)
        keep_plan(days, session, opened, row, plan, Why.IMPORT)


def homes(day: dict[str, Any]) -> dict[str, str]:
    """Return which shift serves which request."""
    return {stop["request"]: r["shift"] for r in day["rounds"] for stop in r["stops"] if stop["request"]}


def begins(day: dict[str, Any], request: str) -> int:
    """Return when a request begins."""
    return min(stop["begin"] for r in day["rounds"] for stop in r["stops"] if stop["request"] == request)
