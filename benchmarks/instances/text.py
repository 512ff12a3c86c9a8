"""Rows of numbers out of a text file."""

from __future__ import annotations

from pathlib import Path


def number_rows(path: Path) -> list[list[float]]:
    """Return the lines of `path` that hold nothing but numbers, empty ones left out."""
    rows = []
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            row = [float(word) for word in line.split()]
        except ValueError:
            continue
        if row:
            rows.append(row)
    return rows
