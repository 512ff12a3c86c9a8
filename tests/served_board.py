"""A served board: the bundled municipality with a planned day, made once and copied."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from api.store.opening import open_store
from tests.board import planned_on
from tests.web import Served


@contextmanager
def served_board(folder: Path, **settings: object) -> Iterator[Served]:
    """Serve a copy of the planned municipality from `folder`."""
    path = folder / "board.db"
    shutil.copyfile(_template(), path)
    store = open_store(path)
    yield Served(store, **settings)
    store.close()


@cache
def _template() -> Path:
    """Return a database that holds the municipality and a planned day."""
    path = Path(mkdtemp(prefix="hoolering-board-")) / "template.db"
    store = open_store(path)
    planned_on(store)
    store.close()
    return path
