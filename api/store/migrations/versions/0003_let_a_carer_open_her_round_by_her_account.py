"""Let a carer open her round by her account: a link that belongs to one needs no token."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Step forward."""
    op.add_column("link", sa.Column("account", sa.String(length=200), nullable=True))


def downgrade() -> None:
    """Step back."""
    op.drop_column("link", "account")
