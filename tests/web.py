"""A served application with a clock to turn, and people of every role to sign in."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.security import accounts
from api.security.roles import Role
from api.settings import Settings, load_settings
from api.store.opening import Store
from api.web.app import create_app

PASSWORD = "kuusk tuul rada lamp"


class TurnedClock:
    """A clock that stands still until it is turned."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Return what it shows."""
        return self.now

    def turn(self, **by: float) -> None:
        """Turn it on by so many `minutes` or `hours`."""
        self.now += timedelta(**by)


class Served:
    """An application on a store with a turned clock."""

    def __init__(self, store: Store, **settings: object) -> None:
        self.clock = TurnedClock()
        self.store = store
        store.clock = self.clock
        self.settings: Settings = load_settings(**{"database": "sqlite:///unused.db", **settings})
        self.app: FastAPI = create_app(self.settings, store)

    def client(self) -> TestClient:
        """Return a browser without scripts."""
        return TestClient(self.app, base_url=self.settings.base_url, follow_redirects=False)

    def add(self, login: str, *roles: Role, password: str = PASSWORD) -> str:
        """Make an account and return its key."""
        return accounts.add_user(
            self.store, login=login, name=login.title(), roles=roles, actor="test", password=password
        ).id

    def signed_in(self, login: str = "mari", roles: Iterable[Role] = (Role.COORDINATOR,)) -> TestClient:
        """Return a browser in which a fresh account is signed in; its headers carry the session's token."""
        self.add(login, *roles)
        client = self.client()
        sign_in(client, login)
        client.headers["X-CSRF-Token"] = csrf_of(client)
        return client


def sign_in(client: TestClient, login: str, password: str = PASSWORD, **form: str):
    """Fill in the form and send it."""
    token = re.search(r'name="csrf" value="([0-9a-f]+)"', client.get("/sign-in").text)
    assert token
    return client.post("/sign-in", data={"login": login, "password": password, "csrf": token[1], **form})


def csrf_of(client: TestClient) -> str:
    """Return the token that the session's forms carry."""
    found = re.search(r'name="csrf" value="([\w-]+)"', client.get("/account").text)
    assert found
    return found[1]
