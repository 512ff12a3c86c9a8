"""Somebody who moves, locks and undoes on one day, and sends again what was not answered."""

import random
import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

import httpx
from sqlalchemy import func, select

from api.store.opening import Store
from api.store.plans import PlanVersion, Why

Shape = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Wish:
    """A write under way, to be sent again as it is."""

    method: str
    path: str
    headers: dict[str, str]
    body: dict[str, Any] | None


class Dispatcher:
    """The board of one day."""

    def __init__(self, day: date, chance: random.Random) -> None:
        self._day = day
        self._path = f"/api/v1/days/{day}"
        self._chance = chance
        self._shape: Shape = {}
        self._under_way: Wish | None = None
        self._moves = 0

    def work(self, client: httpx.Client) -> bool:
        """Do one thing; a rule in the way is an answer too."""
        if not self._shape:
            self._shape = self._look(client)
        self._under_way = self._wish()
        self._send(client, self._under_way)
        return True

    def check(self, store: Store, client: httpx.Client) -> None:
        """See that the day stands as acknowledged, and what was under way is done once, however often it is sent."""
        if not self._shape:
            return
        found = self._look(client)
        if self._under_way is None:
            assert found == self._shape
        else:
            assert found["version"] - self._shape["version"] in range(4)
            assert found == self._shape or found["version"] > self._shape["version"]
            done = found["version"] > self._shape["version"]
            answer = self._send(client, self._under_way)
            assert (answer.headers.get("Idempotency-Replayed") == "true") == done, answer.text
            assert not done or self._shape == found
            assert self._look(client) == self._shape
        with store.session() as session:
            mine = (PlanVersion.day == self._day, PlanVersion.why == Why.MOVE.value)
            assert session.scalar(select(func.count()).select_from(PlanVersion).where(*mine)) == self._moves

    def _send(self, client: httpx.Client, wish: Wish) -> httpx.Response:
        answer = client.request(wish.method, wish.path, headers=wish.headers, json=wish.body)
        assert answer.status_code in {httpx.codes.OK, httpx.codes.CONFLICT}, answer.text
        if answer.status_code == httpx.codes.OK:
            self._moves += wish.path.endswith("/moves")
            day = answer.json()["day"]
            self._shape = shape_of(day) if day else self._look(client)
            assert self._shape["version"] == answer.json()["version"]
        self._under_way = None
        return answer

    def _look(self, client: httpx.Client) -> Shape:
        return look(client, self._path)

    def _wish(self) -> Wish:
        request = self._chance.choice(self._shape["requests"])
        locked = ["request", request] in self._shape["locks"]
        draw = self._chance.random()
        if draw < 0.15 and self._shape["can_undo"]:
            return self._as_seen("POST", "/undo")
        if draw < 0.4 or locked:
            return self._as_seen("DELETE" if locked else "PUT", f"/locks/request/{request}")
        shift = self._chance.choice([*self._shape["rounds"], None])
        return self._as_seen("POST", "/moves", {"request": request, "shift": shift})

    def _as_seen(self, method: str, rest: str, body: dict[str, Any] | None = None) -> Wish:
        key = str(uuid.UUID(int=self._chance.getrandbits(128), version=4))
        headers = {"If-Match": f'"{self._shape["version"]}"', "Idempotency-Key": key}
        return Wish(method=method, path=self._path + rest, headers=headers, body=body)


def look(client: httpx.Client, path: str) -> Shape:
    """Return the day as the board shows it now."""
    answer = client.get(path)
    assert answer.status_code == httpx.codes.OK, answer.text
    return shape_of(answer.json())


def shape_of(day: dict[str, Any]) -> Shape:
    """Return what of a day must not get lost: version, who does what when, and locks."""
    rounds = {row["shift"]: [(stop["request"], stop["begin"]) for stop in row["stops"]] for row in day["rounds"]}
    left = sorted(row["request"] for row in day["unassigned"])
    served = {request for stops in rounds.values() for request, _ in stops if request}
    return {
        "version": day["version"],
        "rounds": rounds,
        "left": left,
        "requests": sorted({*left, *served}),
        "locks": [[lock["kind"], lock["subject"]] for lock in day["locks"]],
        "can_undo": day["can_undo"],
    }
