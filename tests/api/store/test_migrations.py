"""Migrations lead to the tables that the models describe, and back to none."""

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect

from api.store.base import Base
from api.store.migrating import current_revision, head_revision, migrate, take_back
from api.store.opening import Store, open_engine, open_store
from api.store.tables import CLASSES, TABLES


def test_models_and_migrations_agree(store: Store) -> None:
    """Nothing would be generated: the migrations make exactly the tables of the models."""
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_up_and_down(empty_url: str) -> None:
    """Going down leaves nothing but the revision's own table, and going up again works."""
    open_store(empty_url).close()
    engine = open_engine(empty_url)
    with engine.execution_options(hoolering_writes=True).begin() as connection:
        take_back(connection)
        assert set(inspect(connection).get_table_names()) <= {"alembic_version"}
        migrate(connection)
        assert current_revision(connection) == head_revision()
    engine.dispose()


def test_every_table_is_listed() -> None:
    """Backups know every table, and each class of rows is imported where the metadata is gathered."""
    assert {table.name for table in TABLES} == {kind.__tablename__ for kind in CLASSES}


def test_what_keeps_no_history() -> None:
    """Only logs, sessions and what passes by keep no history."""
    unwatched = {kind.__tablename__ for kind in CLASSES if not kind.journaled}
    assert unwatched == {
        "access",
        "failed_login",
        "history",
        "idempotency",
        "link_opening",
        "prepared_import",
        "web_session",
    }
