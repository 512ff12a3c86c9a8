"""Where a row was read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where a row came from; the header is row 1."""

    file: str
    row: int


NOWHERE = Origin(file="", row=0)
