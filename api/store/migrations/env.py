"""Run migrations on the connection that `api.store.migrating` hands over, inside its transaction."""

from __future__ import annotations

from alembic import context

from api.store.base import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
