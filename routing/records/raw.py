"""A file's cells as text, before anybody asks what they mean."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class RawRow:
    """One row as text; `number` counts as the spreadsheet does."""

    number: int
    cells: tuple[str, ...]

    @property
    def blank(self) -> bool:
        """Tell whether no cell holds anything."""
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True, kw_only=True)
class RawTable:
    """The header row and every row below it that is not blank."""

    header: RawRow
    rows: tuple[RawRow, ...]


def table_of(rows: list[RawRow]) -> RawTable | None:
    """Return the table whose header is the first row that is not blank, or None where there is none."""
    filled = [row for row in rows if not row.blank]
    return RawTable(header=filled[0], rows=tuple(filled[1:])) if filled else None
