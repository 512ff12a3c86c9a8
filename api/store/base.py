"""What all tables share: names of constraints, the column types, and how a row says which one it is."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, ClassVar, Final

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, MetaData, String, inspect
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.types import TypeDecorator

JOURNAL: Final = "journal"
"""The key of a column's `info` that says how the history keeps it."""

SKIPPED: Final[Mapping[str, str]] = {JOURNAL: "skipped"}
"""A column whose changes are no news: a counter, a pulse, a search index."""

DIGESTED: Final[Mapping[str, str]] = {JOURNAL: "digested"}
"""A column too large to keep twice: the history holds the SHA-256 of it."""

SECRET: Final[Mapping[str, str]] = {JOURNAL: "secret"}
"""A column the history must not hold at all; it only tells that there is a value."""

_NAMES: Final = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """A moment in UTC; SQLite, which knows no zones, keeps the clock time of UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment as the database keeps it; ValueError where it has no zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"A moment needs a time zone, got {value!r}.")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return the moment in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


COUNTED: Final = BigInteger().with_variant(Integer(), "sqlite")
"""The type of ids that the database counts up; SQLite counts in plain INTEGER columns only."""


class Base(DeclarativeBase):
    """A table. Unless `journaled` is switched off, no row of it changes without a row of history."""

    metadata = MetaData(naming_convention=_NAMES)
    type_annotation_map: ClassVar = {
        datetime: Moment(),
        dict[str, str]: JSON(),
        dict[str, Any]: JSON(none_as_null=True),
        list[str]: JSON(),
    }

    journaled: ClassVar[bool] = True


class Versioned:
    """A row that counts its changes, so that nobody overwrites what she has not seen.

    A writing session counts (`api.store.history`); a row that was there before begins where it ended.
    """

    version: Mapped[int] = mapped_column(info=dict(SKIPPED))

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version, "version_id_generator": False}


class Identified:
    """A row with an opaque id of its own, fit for addresses."""

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=lambda: secrets.token_hex(16))


def new_id() -> str:
    """Return a fresh opaque id that says nothing and cannot be guessed."""
    return secrets.token_hex(16)


def subject_of(row: Base) -> str:
    """Return the name of a row in the history, `record:clients/K1`."""
    return subject_name(row.__tablename__, *inspect(row).mapper.primary_key_from_instance(row))


def subject_name(table: str, *identity: object) -> str:
    """Return the name that the row of `table` with this primary key has in the history."""
    return f"{table}:{'/'.join(map(str, identity))}"


def utc_now() -> datetime:
    """Return this moment in UTC."""
    return datetime.now(UTC)
