"""`hoolering backup` and `hoolering restore`: everything the store holds, in one file and back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from api.cli.console import console, fail, shared_options, show_json
from api.errors import StoreError
from api.store import backup as backups
from api.store.opening import open_store
from routing.wording import say

_DATABASE = click.option(
    "--database",
    "url",
    envvar="HOOLERING_DATABASE",
    default="sqlite:///hoolering.sqlite",
    show_default=True,
    help="The store: sqlite:///PATH or postgresql://USER@HOST/NAME.  [env: HOOLERING_DATABASE]",
)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@_DATABASE
@shared_options
def backup(file: Path, url: str, lang: str, as_json: bool) -> None:
    """Write everything the store holds at this moment to FILE, while the server runs."""
    try:
        store = open_store(url, create=False)
        counts = backups.back_up(store, file)
        store.close()
    except StoreError as error:
        fail(error.sentence(lang))
    _show("store.backed-up", file, counts, lang, as_json=as_json)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@_DATABASE
@click.option("--replace", is_flag=True, help="Throw away what the store holds now.")
@shared_options
def restore(file: Path, url: str, replace: bool, lang: str, as_json: bool) -> None:
    """Fill the store with the backup in FILE; stop the server before."""
    try:
        store = open_store(url)
        counts = backups.restore(store, file, replace=replace)
        store.close()
    except StoreError as error:
        fail(error.sentence(lang))
    _show("store.restored", file, counts, lang, as_json=as_json)


def _show(key: str, file: Path, counts: Mapping[str, int], lang: str, *, as_json: bool) -> None:
    """Say what was done with how many rows."""
    if as_json:
        show_json({"file": str(file), "rows": dict(counts)})
    else:
        console().print(say(key, lang, path=str(file), n=sum(counts.values())), markup=False)
