"""Make the first tables; triggers see to it that logs only grow and plans and taps never change."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.store.base import COUNTED, Moment
from api.store.migrations.guards import drop_guards, guard

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Step forward."""
    op.create_table(
        "access",
        sa.Column("id", COUNTED, autoincrement=True, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("person", sa.String(length=300), nullable=False),
        sa.Column("purpose", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_access"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_access_person_id", "access", ["person", "id"])
    op.create_table(
        "document",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_document"),
    )
    op.create_index("ix_document_kind", "document", ["kind"])
    op.create_table(
        "failed_login",
        sa.Column("id", COUNTED, autoincrement=True, nullable=False),
        sa.Column("login", sa.String(length=200), nullable=False),
        sa.Column("origin", sa.String(length=64), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_failed_login"),
    )
    op.create_index("ix_failed_login_at", "failed_login", ["at"])
    op.create_index("ix_failed_login_login", "failed_login", ["login"])
    op.create_index("ix_failed_login_origin", "failed_login", ["origin"])
    op.create_table(
        "history",
        sa.Column("id", COUNTED, autoincrement=True, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("action", sa.String(length=80), nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_history"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_history_subject_id", "history", ["subject", "id"])
    op.create_index("ix_history_topic_id", "history", ["topic", "id"])
    op.create_table(
        "idempotency",
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("headers", sa.JSON(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("actor", "key", name="pk_idempotency"),
    )
    op.create_index("ix_idempotency_at", "idempotency", ["at"])
    op.create_table(
        "lock",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("value", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_lock"),
        sa.UniqueConstraint("day", "kind", "subject", name="uq_lock_day_kind_subject"),
    )
    op.create_table(
        "plan_version",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("parent", sa.String(length=32), nullable=True),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("figures", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("why", sa.String(length=20), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["parent"], ["plan_version.id"], name="fk_plan_version_parent"),
        sa.PrimaryKeyConstraint("id", name="pk_plan_version"),
        sa.UniqueConstraint("day", "number", name="uq_plan_version_day_number"),
    )
    op.create_table(
        "prepared_import",
        sa.Column("stand", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_prepared_import"),
    )
    op.create_index("ix_prepared_import_at", "prepared_import", ["at"])
    op.create_table(
        "record",
        sa.Column("sheet", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("sheet", "key", name="pk_record"),
    )
    op.create_table(
        "user",
        sa.Column("login", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("password_hash", sa.String(length=300), nullable=True),
        sa.Column("issuer", sa.String(length=300), nullable=True),
        sa.Column("oidc_subject", sa.String(length=300), nullable=True),
        sa.Column("worker", sa.String(length=200), nullable=True),
        sa.Column("lang", sa.String(length=8), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_user"),
        sa.UniqueConstraint("issuer", "oidc_subject", name="uq_user_issuer_oidc_subject"),
        sa.UniqueConstraint("login", name="uq_user_login"),
    )
    op.create_table(
        "day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("current", sa.String(length=32), nullable=True),
        sa.Column("published", sa.String(length=32), nullable=True),
        sa.Column("published_at", Moment(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["current"], ["plan_version.id"], name="fk_day_current"),
        sa.ForeignKeyConstraint(["published"], ["plan_version.id"], name="fk_day_published"),
        sa.PrimaryKeyConstraint("day", name="pk_day"),
    )
    op.create_table(
        "link",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("shift", sa.String(length=200), nullable=False),
        sa.Column("expires", Moment(), nullable=False),
        sa.Column("revoked", Moment(), nullable=True),
        sa.Column("confirmed", sa.String(length=32), nullable=True),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["confirmed"], ["plan_version.id"], name="fk_link_confirmed"),
        sa.PrimaryKeyConstraint("id", name="pk_link"),
        sa.UniqueConstraint("token_hash", name="uq_link_token_hash"),
    )
    op.create_index("ix_link_day", "link", ["day"])
    op.create_table(
        "scenario",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("base", sa.String(length=32), nullable=True),
        sa.Column("offered", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["base"], ["plan_version.id"], name="fk_scenario_base"),
        sa.ForeignKeyConstraint(["offered"], ["plan_version.id"], name="fk_scenario_offered"),
        sa.PrimaryKeyConstraint("id", name="pk_scenario"),
    )
    op.create_index("ix_scenario_day", "scenario", ["day"])
    op.create_table(
        "web_session",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user", sa.String(length=32), nullable=True),
        sa.Column("csrf", sa.String(length=64), nullable=False),
        sa.Column("data", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("seen_at", Moment(), nullable=False),
        sa.Column("expires", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["user"], ["user.id"], name="fk_web_session_user", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_web_session"),
    )
    op.create_index("ix_web_session_expires", "web_session", ["expires"])
    op.create_index("ix_web_session_user", "web_session", ["user"])
    op.create_table(
        "job",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("asked", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("base", sa.String(length=32), nullable=True),
        sa.Column("scenario", sa.String(length=32), nullable=True),
        sa.Column("progress", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("best", sa.Text(), nullable=True),
        sa.Column("pulse", Moment(), nullable=True),
        sa.Column("runner", sa.String(length=64), nullable=True),
        sa.Column("wished_stop", sa.Boolean(), nullable=False),
        sa.Column("fault", sa.String(length=200), nullable=True),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("started_at", Moment(), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["base"], ["plan_version.id"], name="fk_job_base"),
        sa.ForeignKeyConstraint(["scenario"], ["scenario.id"], name="fk_job_scenario"),
        sa.PrimaryKeyConstraint("id", name="pk_job"),
    )
    op.create_index("ix_job_day", "job", ["day"])
    op.create_index("ix_job_state", "job", ["state"])
    op.create_table(
        "link_opening",
        sa.Column("id", COUNTED, autoincrement=True, nullable=False),
        sa.Column("link", sa.String(length=32), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["link"], ["link.id"], name="fk_link_opening_link"),
        sa.PrimaryKeyConstraint("id", name="pk_link_opening"),
    )
    op.create_index("ix_link_opening_link", "link_opening", ["link"])
    op.create_table(
        "tap",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("link", sa.String(length=32), nullable=False),
        sa.Column("stop", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("at_device", Moment(), nullable=False),
        sa.Column("at_received", Moment(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["link"], ["link.id"], name="fk_tap_link"),
        sa.PrimaryKeyConstraint("id", name="pk_tap"),
    )
    op.create_index("ix_tap_link", "tap", ["link"])

    guard("history", "access", growing=True)
    guard("plan_version", "tap", growing=False)


def downgrade() -> None:
    """Step back."""
    drop_guards("history", "access", "plan_version", "tap")
    op.drop_table("tap")
    op.drop_table("link_opening")
    op.drop_table("job")
    op.drop_table("web_session")
    op.drop_table("scenario")
    op.drop_table("link")
    op.drop_table("day")
    op.drop_table("user")
    op.drop_table("record")
    op.drop_table("prepared_import")
    op.drop_table("plan_version")
    op.drop_table("lock")
    op.drop_table("idempotency")
    op.drop_table("history")
    op.drop_table("failed_login")
    op.drop_table("document")
    op.drop_table("access")
