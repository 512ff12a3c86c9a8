"""Bring the tables of a database up to date, whoever was there before."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection

from api.errors import StoreError

_FOLDER: Final = Path(__file__).parent / "migrations"


def migrate(connection: Connection, to: str = "head") -> None:
    """Upgrade to the revision `to` inside the connection's transaction. StoreError where the store is newer than us."""
    config = _config(connection)
    if to == "head" and current_revision(connection) == head_revision():
        return
    try:
        command.upgrade(config, to)
    except CommandError as error:
        raise StoreError("store.newer") from error


def take_back(connection: Connection, to: str = "base") -> None:
    """Downgrade to the revision `to`; with `base` nothing is left."""
    command.downgrade(_config(connection), to)


def current_revision(connection: Connection) -> str | None:
    """Return the revision the tables are at, None where there are none."""
    return MigrationContext.configure(connection).get_current_revision()


def head_revision() -> str | None:
    """Return the newest revision we know."""
    return ScriptDirectory(str(_FOLDER)).get_current_head()


def revisions() -> frozenset[str]:
    """Return all revisions that we know."""
    return frozenset(script.revision for script in ScriptDirectory(str(_FOLDER)).walk_revisions())


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
