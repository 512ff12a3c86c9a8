"""People of the load, one request at a time, against the application itself."""

import asyncio
import random
from pathlib import Path

import httpx
import pytest

from api.settings import load_settings
from api.store.opening import open_store
from api.web.app import create_app
from benchmarks.load.command import table
from benchmarks.load.people import Answers, Coordinator, Driver
from benchmarks.load.scene import BEGINS, clock_from, prepare
from routing.errors import UsageError


def test_everybody_is_answered(tmp_path: Path) -> None:
    """Drivers and coordinators get no error, every kind of request is in the table, and a used store is refused."""
    url = f"sqlite:///{tmp_path / 'load.db'}"
    scene = prepare(url)
    with pytest.raises(UsageError):
        prepare(url)
    store = open_store(url, clock=clock_from(BEGINS))
    transport = httpx.ASGITransport(create_app(load_settings(database=url), store))
    answers = Answers()

    async def work() -> None:
        headers = {"Authorization": f"Bearer {scene.token}"}
        async with (
            httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8080") as plain,
            httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8080", headers=headers) as token,
        ):
            link, stops = scene.rounds[0]
            shared = {"answers": answers, "ends": 0.0, "every": 0.0}
            chance = random.Random(1)  # noqa: S311
            driver = Driver(client=plain, chance=chance, token=link, stops=stops, **shared)
            coordinator = Coordinator(client=token, chance=chance, **shared)
            for _ in range(15):
                await driver.once()
                await coordinator.once()

    asyncio.run(work())
    store.close()
    assert not answers.errors
    assert set(answers.waits) == {
        "coordinator: clients",
        "coordinator: day",
        "coordinator: fits",
        "coordinator: move",
        "coordinator: progress",
        "driver: anything new",
        "driver: page",
        "driver: tap",
    }
    assert len(list(table(answers))) == 2 + 8 + 1
