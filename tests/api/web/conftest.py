"""An application on a fresh store."""

import pytest
from argon2 import PasswordHasher

from api.security import passwords
from api.store.opening import Store
from tests.browsers import browser
from tests.web import Served

__all__ = ["browser"]


@pytest.fixture
def served(store: Store) -> Served:
    """Return an application with a clock to turn."""
    return Served(store)


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash with little work: what a hash costs is tested where passwords are."""
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))


@pytest.fixture
def demo(demo_store: Store) -> Served:
    """Return an application whose store holds the demo."""
    return Served(demo_store)
