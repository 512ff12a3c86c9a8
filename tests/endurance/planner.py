"""Somebody who lets the solver plan a day, and takes what it offers."""

import random
import uuid
from datetime import date
from typing import Any

import httpx

from api.jobs.keeping import OPEN
from api.jobs.processes import is_alive, number_of
from api.store.jobs import Job
from api.store.opening import Store
from tests.endurance.crowd import until
from tests.endurance.dispatcher import Shape, look, shape_of

STAGES = ("asked", "running", "told")
_SECONDS = 600
"""Longer than anybody waits: these runs end by being killed."""


class Planner:
    """Solver runs of one day, one after the other."""

    def __init__(self, day: date, chance: random.Random) -> None:
        self._path = f"/api/v1/days/{day}"
        self._chance = chance
        self._shape: Shape = {}
        self._told: dict[str, Any] = {}
        self.job = ""
        self.begun = 0
        self.offered = 0

    def __str__(self) -> str:
        """Say how often the solver was killed, and how often it had a plan by then."""
        return f"{self.begun} solver runs killed, {self.offered} of them with a plan to offer\n"

    def begin(self, store: Store, client: httpx.Client, stage: str) -> int:
        """Start a run on a day without a plan, wait for a stage; return the number of its process, 0 before it has."""
        self.check(client)
        if self._shape.get("can_undo"):
            self._take(client, f"{self._path}/undo")
        seen = look(client, self._path)["version"]
        body = {"seconds": _SECONDS, "seed": self._chance.getrandbits(16)}
        answer = client.post(f"{self._path}/plans", headers=self._headers(seen), json=body)
        assert answer.status_code == httpx.codes.ACCEPTED, answer.text
        self.job, self._told = answer.json()["id"], {}
        self.begun += 1
        if stage == "asked":
            return 0
        until(lambda: self._state(client) == "running", "the run begins")
        if stage == "told":
            until(lambda: self._is_told(client), "the run has a plan")
        return number_of(_runner(store, self.job))

    def check(self, client: httpx.Client) -> None:
        """See that what was accepted stands."""
        if self._shape:
            assert look(client, self._path) == self._shape

    def settle(self, store: Store, client: httpx.Client) -> None:
        """See that the run is over, and take its best plan: it is there if anybody was told of one."""
        until(lambda: self._state(client) not in OPEN, "the run is over")
        found = self._show(client)
        assert found["state"] in {"stopped", "lost"}, found
        assert (found["scenario"] is not None) == (found["state"] == "stopped"), found
        if self._told:
            assert found["scenario"] is not None, found
            assert found["points"] <= self._told["points"]
        assert not is_alive(_runner(store, self.job))
        if found["scenario"]:
            self.offered += 1
            self._take(client, f"/api/v1/scenarios/{found['scenario']}/accept", {"all": True})
        else:
            self._shape = look(client, self._path)

    def _take(self, client: httpx.Client, path: str, body: dict[str, Any] | None = None) -> None:
        seen = look(client, self._path)["version"]
        answer = client.post(path, headers=self._headers(seen), json=body)
        assert answer.status_code == httpx.codes.OK, answer.text
        self._shape = shape_of(answer.json()["day"])

    def _is_told(self, client: httpx.Client) -> bool:
        found = self._show(client)
        assert found["state"] in OPEN, found
        if found["points"] is not None:
            self._told = found
        return bool(self._told)

    def _state(self, client: httpx.Client) -> str:
        return str(self._show(client)["state"])

    def _show(self, client: httpx.Client) -> dict[str, Any]:
        answer = client.get(f"/api/v1/jobs/{self.job}")
        assert answer.status_code == httpx.codes.OK, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def _headers(self, version: int) -> dict[str, str]:
        key = str(uuid.UUID(int=self._chance.getrandbits(128), version=4))
        return {"If-Match": f'"{version}"', "Idempotency-Key": key}


def _runner(store: Store, key: str) -> str:
    with store.session() as session:
        job = session.get(Job, key)
    assert job
    assert job.runner
    return job.runner
