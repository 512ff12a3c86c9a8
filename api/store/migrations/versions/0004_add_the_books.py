"""Add the books: log, trips, months, decisions about statements; triggers keep statements of closed months."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.store.base import Moment
from api.store.migrations.guards import drop_guards, guard

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Step forward."""
    for name in ("log_entry", "log_trip"):
        op.create_table(
            name,
            sa.Column("id", sa.String(length=200), nullable=False),
            sa.Column("day", sa.Date(), nullable=False),
            sa.Column("cells", sa.JSON(), nullable=False),
            sa.Column("source", sa.String(length=20), nullable=False),
            sa.Column("version", sa.Integer(), nullable=False),
            sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        )
        op.create_index(f"ix_{name}_day", name, ["day"])
    op.create_table(
        "month",
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("month", name="pk_month"),
    )
    op.create_table(
        "adjustment",
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("client", sa.String(length=200), nullable=False),
        sa.Column("line", sa.String(length=400), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("amount", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_adjustment"),
    )
    op.create_index("ix_adjustment_month", "adjustment", ["month"])
    op.create_table(
        "statement",
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("client", sa.String(length=200), nullable=False),
        sa.Column("total", sa.String(length=20), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["month"], ["month.month"], name="fk_statement_month"),
        sa.PrimaryKeyConstraint("id", name="pk_statement"),
        sa.UniqueConstraint("month", "client", name="uq_statement_month_client"),
    )
    op.create_table(
        "statement_line",
        sa.Column("statement", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=400), nullable=False),
        sa.Column("amount", sa.String(length=20), nullable=False),
        sa.Column("refers", sa.String(length=400), nullable=False),
        sa.Column("document", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["statement"], ["statement.id"], name="fk_statement_line_statement"),
        sa.PrimaryKeyConstraint("id", name="pk_statement_line"),
        sa.UniqueConstraint("statement", "number", name="uq_statement_line_statement_number"),
    )
    op.create_index("ix_statement_line_refers", "statement_line", ["refers"])
    guard("statement", "statement_line", growing=True)


def downgrade() -> None:
    """Step back."""
    drop_guards("statement", "statement_line", last=False)
    for name in ("statement_line", "statement", "adjustment", "month", "log_trip", "log_entry"):
        op.drop_table(name)
