"""Let a month be approved before it is closed: by whom, when, and the digest of the statements that were approved."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.store.base import Moment

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_COLUMNS = ("approved_by", "approved_at", "approved")


def upgrade() -> None:
    """Step forward."""
    op.add_column("month", sa.Column("approved_by", sa.String(length=200), nullable=True))
    op.add_column("month", sa.Column("approved_at", Moment(), nullable=True))
    op.add_column("month", sa.Column("approved", sa.String(length=64), nullable=True))


def downgrade() -> None:
    """Step back."""
    op.execute("DELETE FROM month WHERE state <> 'closed'")
    for name in _COLUMNS:
        op.drop_column("month", name)
