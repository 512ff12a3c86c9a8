"""Where the pages of a record are."""

from __future__ import annotations

from urllib.parse import quote


def record_path(sheet: str, key: str, what: str = "row") -> str:
    """Return the address of a record's page: `row` to see and change it, `history` or `remove`."""
    return f"/records/{sheet}/{what}/{quote(key, safe='')}"
