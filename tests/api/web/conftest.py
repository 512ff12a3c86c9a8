"""An application on a fresh store."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from api.desk.demo import load_demo
from api.security import passwords
from api.store.opening import Store, open_store
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


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an SQLite file with the demo in it, made once."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    with closing(open_store(path)) as store:
        load_demo(store)
    return path


@pytest.fixture
def demo(backend: str, demo_file: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Served]:
    """Return an application whose store holds the demo."""
    if backend == "sqlite":
        shutil.copyfile(demo_file, tmp_path / "store.db")
        store = open_store(tmp_path / "store.db")
    else:
        store = open_store(request.getfixturevalue("store_url"))
        load_demo(store)
    with closing(store):
        yield Served(store)
