"""Triggers by which the database itself refuses to change or remove what must stay."""

from __future__ import annotations

from typing import Final

from alembic import op

_FUNCTION: Final = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% keeps what it holds', TG_TABLE_NAME; END $$
"""


def guard(*tables: str, growing: bool) -> None:
    """Refuse changes of the rows of `tables`; where they are only `growing`, refuse their removal as well."""
    events = ("UPDATE", "DELETE") if growing else ("UPDATE",)
    for table in tables:
        if _is_sqlite():
            for kind in events:
                op.execute(
                    f"CREATE TRIGGER {table}_no_{kind.lower()} BEFORE {kind} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} keeps what it holds'); END"
                )
            continue
        op.execute(_FUNCTION)
        op.execute(
            f"CREATE TRIGGER {table}_kept BEFORE {' OR '.join(events)} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        if growing:
            op.execute(
                f"CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            )


def drop_guards(*tables: str, last: bool = True) -> None:
    """Let the rows of `tables` go; unless they are the `last`, others are still guarded."""
    for table in tables:
        if _is_sqlite():
            for kind in ("update", "delete"):
                op.execute(f"DROP TRIGGER IF EXISTS {table}_no_{kind}")
        else:
            op.execute(f"DROP TRIGGER IF EXISTS {table}_kept ON {table}")
            op.execute(f"DROP TRIGGER IF EXISTS {table}_not_emptied ON {table}")
    if last and not _is_sqlite():
        op.execute("DROP FUNCTION IF EXISTS refuse_change()")


def _is_sqlite() -> bool:
    return bool(op.get_bind().dialect.name == "sqlite")
