"""The store that a command works on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from api.settings import load_settings
from api.store.opening import Store, open_store

database_option = click.option(
    "--database", help="Store: sqlite:///PATH or postgresql://…  [default: HOOLERING_DATABASE]"
)


@contextmanager
def opened_store(database: str | None) -> Iterator[Store]:
    """Open a store, that of the settings where none is named, and close it behind."""
    store = open_store(database or load_settings().database)
    try:
        yield store
    finally:
        store.close()
