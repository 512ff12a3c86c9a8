"""A phone that sends its taps in order until each was acknowledged."""

import random
import uuid
from datetime import UTC, datetime

import httpx
from sqlalchemy import select

from api.store.links import Tap
from api.store.opening import Store
from tests.rounds import keys

BATCH = 3


class Phone:
    """Taps on one link."""

    def __init__(self, token: str, chance: random.Random) -> None:
        self._path = f"/r/{token}/taps"
        self._chance = chance
        self._waiting: list[dict[str, str]] = []
        self.acknowledged: list[str] = []

    def work(self, client: httpx.Client) -> bool:
        """Send what is waiting, or something new."""
        if not self._waiting:
            self._waiting = [self._tap() for _ in range(BATCH)]
        body = {"sent_at": datetime.now(UTC).isoformat(), "taps": self._waiting}
        answer = client.post(self._path, json=body)
        if answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
            return False
        assert answer.status_code == httpx.codes.OK, answer.text
        assert answer.json()["kept"] == [tap["id"] for tap in self._waiting]
        self.acknowledged += answer.json()["kept"]
        self._waiting = []
        return True

    def check(self, store: Store, client: httpx.Client) -> None:
        """Each acknowledged tap is there; a message is there whole or not at all, and once when it is sent again."""
        found = self._written(store)
        waiting = {tap["id"] for tap in self._waiting}
        assert set(self.acknowledged) <= found
        assert found - set(self.acknowledged) in (set(), waiting)
        if self._waiting:
            assert self.work(client)
        assert self._written(store) == set(self.acknowledged)

    def _written(self, store: Store) -> set[str]:
        with store.session() as session:
            return set(session.scalars(select(Tap.id)))

    def _tap(self) -> dict[str, str]:
        key = str(uuid.UUID(int=self._chance.getrandbits(128), version=4))
        at = datetime.now(UTC).isoformat()
        return {"id": key, "stop": self._chance.choice(keys()), "kind": "problem", "at": at, "note": "uks lukus"}
