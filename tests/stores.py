"""Fresh stores for tests, on SQLite and on PostgreSQL.

PostgreSQL is found by `HOOLERING_TEST_POSTGRES`, the URL of a server on which databases may be made. Without it these
tests are skipped, and say so; with `HOOLERING_REQUIRE_POSTGRES` they fail instead. A migrated database, empty or with
the demo in it, is made once per process and copied for each test.
"""

import os
import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Self

import pytest
from sqlalchemy import create_engine, make_url, text

from api.desk.demo import load_demo
from api.store.opening import Store, open_store
from tests.rounds import publish_demo

BACKENDS = ("sqlite", "postgresql")
SERVER = os.environ.get("HOOLERING_TEST_POSTGRES")


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    """Return the name of a database; a test that uses it runs on both."""
    name: str = request.param
    if name == "postgresql" and not SERVER:
        if os.environ.get("HOOLERING_REQUIRE_POSTGRES"):
            pytest.fail("PostgreSQL is required, and HOOLERING_TEST_POSTGRES names no server")
        pytest.skip("no PostgreSQL: HOOLERING_TEST_POSTGRES names no server")
    return name


@pytest.fixture
def empty_url(backend: str, tmp_path: Path) -> Iterator[str]:
    """Return the URL of a database without any table."""
    if backend == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
    else:
        with fresh_database() as url:
            yield url


CONTENTS: Mapping[str, Callable[[Store], object]] = {
    "nothing": lambda _: None,
    "demo": load_demo,
    "published": publish_demo,
}
"""How the stores are filled that are copied for tests."""


@pytest.fixture(scope="session")
def template_urls(tmp_path_factory: pytest.TempPathFactory) -> Iterator["_Templates"]:
    """Return the URL of a migrated store on each database with each content, made when first asked for."""
    with _Templates(tmp_path_factory.mktemp("store")) as templates:
        yield templates


@pytest.fixture
def store_url(backend: str, tmp_path: Path, template_urls: "_Templates") -> Iterator[str]:
    """Return the URL of an empty store."""
    with _copy(template_urls[backend, "nothing"], tmp_path) as url:
        yield url


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """Return an empty store."""
    opened = open_store(store_url)
    yield opened
    opened.close()


@pytest.fixture
def demo_store(backend: str, tmp_path: Path, template_urls: "_Templates") -> Iterator[Store]:
    """Return a store with the demo in it."""
    with _copy(template_urls[backend, "demo"], tmp_path) as url, closing(open_store(url)) as opened:
        yield opened


@pytest.fixture
def published_store(backend: str, tmp_path: Path, template_urls: "_Templates") -> Iterator[Store]:
    """Return a store with the demo and its published day in it."""
    with _copy(template_urls[backend, "published"], tmp_path) as url, closing(open_store(url)) as opened:
        yield opened


@contextmanager
def _copy(template: str, folder: Path) -> Iterator[str]:
    found = make_url(template)
    if found.get_backend_name() == "sqlite":
        path = folder / "store.db"
        shutil.copyfile(found.database or "", path)
        yield f"sqlite:///{path}"
    else:
        with fresh_database(template=found.database) as url:
            yield url


@contextmanager
def fresh_database(template: str | None = None) -> Iterator[str]:
    """Make a database on the PostgreSQL server, and drop it afterwards, whoever is still connected."""
    assert SERVER is not None
    name = f"hoolering_{secrets.token_hex(6)}"
    _command(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{template}"' if template else ""))
    try:
        yield make_url(SERVER).set(database=name).render_as_string(hide_password=False)
    finally:
        _command(f'DROP DATABASE "{name}" WITH (FORCE)')


def _command(statement: str) -> None:
    engine = create_engine(make_url(SERVER or "").set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


class _Templates(dict[tuple[str, str], str]):
    """The URLs by database and content; makes what is missing on the first look."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._names: list[str] = []

    def __missing__(self, wanted: tuple[str, str]) -> str:
        backend, content = wanted
        if backend == "sqlite":
            url = f"sqlite:///{self._folder / content}.db"
        else:
            name = f"hoolering_template_{secrets.token_hex(6)}"
            _command(f'CREATE DATABASE "{name}"')
            self._names.append(name)
            url = make_url(SERVER or "").set(database=name).render_as_string(hide_password=False)
        with closing(open_store(url)) as store:  # SQLite moves its log into the file when the last connection goes
            CONTENTS[content](store)
        self[wanted] = url
        return url

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for name in self._names:
            _command(f'DROP DATABASE "{name}" WITH (FORCE)')
