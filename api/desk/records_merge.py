"""Put the rows that were not sent below those that were, so that all are read as one file."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field

from api.desk.record_set import RECORD, RecordSet, natural_key, tidy
from routing.findings import Finding, Findings
from routing.records.columns import Column
from routing.records.folder import RecordFile
from routing.records.header import match_header
from routing.records.raw import RawRow, RawTable
from routing.records.read import read_table
from routing.records.reporting import Report
from routing.records.sheets import SHEET_BY_NAME


@dataclass(frozen=True, kw_only=True)
class Merged:
    """A file sent with rows from the store below its own; `keys` are those rows' keys by their numbers."""

    file: RecordFile
    keys: Mapping[int, str] = field(default_factory=dict)

    def named(self, finding: Finding) -> Finding:
        """Return a finding about a row from the store with its key."""
        key = self.keys.get(finding.row or 0)
        if key is None:
            return finding
        return dataclasses.replace(finding, details={**finding.details, RECORD: key})


def merge(file: RecordFile, base: RecordSet, name: str, findings: Findings) -> Merged:
    """Return the file of a sheet with the rows of `base` that it does not hold; settings stay as they are."""
    sheet = SHEET_BY_NAME.get(name)
    table = None if sheet is None else read_table(file, sheet, Report(file=file.name, findings=findings))
    if sheet is None or table is None:
        return Merged(file=file if sheet is None else dataclasses.replace(file, data=None))
    columns = match_header(table, sheet, Report(file=file.name, findings=Findings()))
    lacking = tuple(column for column in sheet.columns if column not in columns.values())
    if any(sheet.requires(column) for column in lacking):
        return Merged(file=dataclasses.replace(file, table=table))
    sent = {natural_key(sheet, tidy(sheet, _cells(row, columns))) for row in table.rows}
    kept = [row for row in base.rows.get(name, ()) if natural_key(sheet, row.cells) not in sent]
    width = max((i for i, cell in enumerate(table.header.cells, start=1) if cell.strip()), default=0)
    places = {**columns, **dict(enumerate(lacking, start=width))}
    first = max((row.number for row in table.rows), default=table.header.number) + 1
    added = [
        RawRow(number=number, cells=tuple(_at(row.cells, places, i) for i in range(width + len(lacking))))
        for number, row in enumerate(kept, start=first)
    ]
    header = dataclasses.replace(
        table.header, cells=(*table.header.cells[:width], *(column.field for column in lacking))
    )
    rows = (*(_padded(row, width, len(lacking)) for row in table.rows), *added)
    return Merged(
        file=dataclasses.replace(file, table=RawTable(header=header, rows=rows)),
        keys={number: row.key for number, row in enumerate(kept, start=first)},
    )


def _cells(row: RawRow, columns: Mapping[int, Column]) -> dict[str, str]:
    return {column.field: row.cells[i] for i, column in columns.items() if i < len(row.cells)}


def _at(cells: Mapping[str, str], places: Mapping[int, Column], position: int) -> str:
    return cells.get(places[position].field, "") if position in places else ""


def _padded(row: RawRow, width: int, more: int) -> RawRow:
    """Return a row with blank cells for the columns its file lacks; one too long or too short for its file stays so."""
    if len(row.cells) < width:
        return row
    return dataclasses.replace(row, cells=(*row.cells[:width], *[""] * more, *row.cells[width:]))
