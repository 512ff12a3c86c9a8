"""Drivers with their page open and coordinators at the board, each asking one thing after the other."""

from __future__ import annotations

import asyncio
import random
import time
import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx

from benchmarks.load.scene import BEGINS, DAY, Scene

REFUSED = frozenset({409, 412})
"""Answers that are right between people who change the same day: a rule in the way, somebody else was quicker."""


@dataclass(kw_only=True)
class Answers:
    """Milliseconds by kind of request, refusals of changes, and everything that went wrong."""

    waits: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    refused: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    errors: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


@dataclass(kw_only=True)
class Person:
    """Somebody at work until `ends` by the event loop's clock, with a pause of `every` seconds on the mean."""

    client: httpx.AsyncClient
    answers: Answers
    chance: random.Random
    ends: float
    every: float

    async def run(self) -> None:
        """Ask, pause, ask again."""
        await self.pause(self.chance.random())
        while asyncio.get_running_loop().time() < self.ends:
            await self.once()
            await self.pause(self.chance.uniform(0.5, 1.5))

    async def once(self) -> None:
        """Do what this person does next."""
        raise NotImplementedError

    async def pause(self, part: float) -> None:
        """Wait for a part of the usual pause."""
        await asyncio.sleep(self.every * part)

    async def ask(self, kind: str, method: str, path: str, **more: Any) -> httpx.Response | None:  # noqa: ANN401
        """Return the answer to one request, which is timed; None where there is none, or it is no good."""
        began = time.perf_counter()
        try:
            answer = await self.client.request(method, path, **more)
        except httpx.HTTPError as error:
            self.answers.errors[kind].append(type(error).__name__)
            return None
        self.answers.waits[kind].append(1000 * (time.perf_counter() - began))
        if answer.status_code in REFUSED and method != "GET":
            self.answers.refused[kind] += 1
            return None
        if answer.is_error:
            self.answers.errors[kind].append(str(answer.status_code))
            return None
        return answer


@dataclass(kw_only=True)
class Driver(Person):
    """A phone with the page of a round open: it loads it, asks whether the plan is still the same, and sends taps."""

    token: str
    stops: tuple[str, ...]

    async def once(self) -> None:
        """Do one of the three; a page that is open asks more often than it is loaded."""
        draw = self.chance.random()
        if draw < 0.25:
            await self.ask("driver: page", "GET", f"/r/{self.token}/")
        elif draw < 0.75:
            await self.ask("driver: anything new", "GET", f"/r/{self.token}/state")
        else:
            now = (BEGINS + timedelta(hours=2)).isoformat()
            tap = {"id": str(uuid.uuid4()), "stop": self.chance.choice(self.stops), "kind": "arrived", "at": now}
            sent = {"sent_at": now, "taps": [tap]}
            await self.ask("driver: tap", "POST", f"/r/{self.token}/taps", json=sent)


@dataclass(kw_only=True)
class Coordinator(Person):
    """Somebody at the board: looks at the day, asks where a request fits, moves it, and sees how far the rounds are."""

    day: dict[str, Any] = field(default_factory=dict)

    async def once(self) -> None:
        """Do one of these."""
        path = f"/api/v1/days/{DAY}"
        draw = self.chance.random()
        if not self.day or draw < 0.3:
            answer = await self.ask("coordinator: day", "GET", path)
            self.day = answer.json() if answer else {}
        elif draw < 0.5:
            await self.ask("coordinator: progress", "GET", f"{path}/status")
        elif draw < 0.6:
            await self.ask("coordinator: clients", "GET", "/records/clients")
        elif draw < 0.8:
            await self.ask("coordinator: fits", "GET", f"{path}/fits", params={"request": self._request()})
        else:
            await self._move(path)

    async def _move(self, path: str) -> None:
        shift = self.chance.choice([row["shift"] for row in self.day["rounds"]])
        headers = {"If-Match": f'"{self.day["version"]}"', "Idempotency-Key": str(uuid.uuid4())}
        body = {"request": self._request(), "shift": shift}
        answer = await self.ask("coordinator: move", "POST", f"{path}/moves", json=body, headers=headers)
        self.day = answer.json()["day"] if answer else {}

    def _request(self) -> str:
        served = {stop["request"] for row in self.day["rounds"] for stop in row["stops"] if stop["request"]}
        left = {row["request"] for row in self.day["unassigned"]}
        return str(self.chance.choice(sorted(served | left)))


async def crowd(
    address: str, scene: Scene, *, drivers: int, coordinators: int, seconds: float, every: float, seed: int
) -> Answers:
    """Let everybody work at once, and return how they were answered."""
    answers = Answers()
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None)
    ends = asyncio.get_running_loop().time() + seconds
    plain = httpx.AsyncClient(base_url=address, limits=limits, timeout=30)
    token = httpx.AsyncClient(
        base_url=address, limits=limits, timeout=30, headers={"Authorization": f"Bearer {scene.token}"}
    )
    async with plain, token:
        people: list[Person] = []
        for number in range(drivers):
            link, stops = scene.rounds[number % len(scene.rounds)]
            chance = random.Random(f"{seed} driver {number}")  # noqa: S311
            people.append(
                Driver(client=plain, answers=answers, chance=chance, ends=ends, every=every, token=link, stops=stops)
            )
        for number in range(coordinators):
            chance = random.Random(f"{seed} coordinator {number}")  # noqa: S311
            people.append(Coordinator(client=token, answers=answers, chance=chance, ends=ends, every=2.0))
        await asyncio.gather(*(person.run() for person in people))
    return answers
