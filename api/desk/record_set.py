"""All records of the municipality as cells of text, and what the reader of the folder makes of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from routing.findings import Finding, Findings, Severity
from routing.records.cleaning import read_cell
from routing.records.columns import Sheet
from routing.records.folder import SETTINGS_FILE, RecordFile
from routing.records.kind import CellError
from routing.records.model import Records
from routing.records.raw import RawRow, RawTable
from routing.records.read import read_files
from routing.records.sheets import SHEET_BY_NAME, SHEETS
from routing.records.write import cell_text

STORED_LANG: Final = "et"
"""The language in which cells are kept, whatever they were typed in; readers understand both."""

RECORD: Final = "record"
"""The detail of a finding that names the key of the row it is about."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of a sheet: its key and its cells by field, blank ones left out."""

    key: str
    cells: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class RecordSet:
    """The rows of every sheet in their order, and the text of the settings, None where there is none yet."""

    rows: Mapping[str, tuple[Row, ...]]
    settings: str | None = None

    def files(self) -> dict[str, RecordFile]:
        """Return the set as the files of a folder: the same order of rows, the header of each column its field."""
        files = {sheet.name: _file(sheet, self.rows.get(sheet.name, ())) for sheet in SHEETS}
        if self.settings is not None:
            files["municipality"] = RecordFile(name=SETTINGS_FILE, data=self.settings.encode())
        return files

    def read(self) -> tuple[Records | None, Findings]:
        """Read the set as `routing.records.read` reads a folder; findings name the key of their row as well."""
        records, findings = read_files(self.files(), Findings())
        return records, Findings(map(self.named, findings))

    def named(self, finding: Finding) -> Finding:
        """Return a finding with the key of the row it is about."""
        rows = self.rows.get(finding.file.removesuffix(".csv"), ())
        if finding.row is None or not 0 <= finding.row - 2 < len(rows):
            return finding
        return dataclasses.replace(finding, details={**finding.details, RECORD: rows[finding.row - 2].key})

    def with_row(self, sheet: str, row: Row) -> RecordSet:
        """Return the set with a row in the place of the one of its key, or behind all others."""
        rows = self.rows.get(sheet, ())
        if any(other.key == row.key for other in rows):
            rows = tuple(row if other.key == row.key else other for other in rows)
        else:
            rows = (*rows, row)
        return dataclasses.replace(self, rows={**self.rows, sheet: rows})

    def without_row(self, sheet: str, key: str) -> RecordSet:
        """Return the set without one row."""
        kept = tuple(row for row in self.rows.get(sheet, ()) if row.key != key)
        return dataclasses.replace(self, rows={**self.rows, sheet: kept})


def about_row(findings: Iterable[Finding], sheet: str, key: str) -> Iterator[Finding]:
    """Yield the findings about one row; their field is the column's."""
    return (finding for finding in findings if finding.file == f"{sheet}.csv" and finding.details.get(RECORD) == key)


def new_findings(before: Iterable[Finding], after: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings of `after` that `before` does not know, wherever their rows stand by now."""
    known = set(map(_identity, before))
    return (finding for finding in after if _identity(finding) not in known)


def errors_of(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that keep a row out."""
    return tuple(finding for finding in findings if finding.severity is Severity.ERROR)


def tidy(sheet: Sheet, cells: Mapping[str, str]) -> dict[str, str]:
    """Return cells as they are kept: blank ones left out, sound ones as the folder would be written.

    A cell with a fault stays as it is, so that a finding can show it. KeyError for a field the sheet does not have.
    """
    kept = {column.field: _tidy_cell(sheet, column.field, cells.get(column.field, "")) for column in sheet.columns}
    for field in cells:
        _ = sheet.column_by_field[field]
    return {field: text for field, text in kept.items() if text}


def natural_key(sheet: Sheet, cells: Mapping[str, str]) -> tuple[str, ...]:
    """Return what makes a row this row, of tidy cells: its id, the fields no two rows may share, or all of it."""
    fields = sheet.key or tuple(column.field for column in sheet.columns)
    return tuple(cells.get(field, "") for field in fields)


def own_key(sheet: Sheet, cells: Mapping[str, str]) -> str | None:
    """Return the id in the cells, None where the sheet has no ids or this one cannot be read."""
    if sheet.key != ("id",):
        return None
    try:
        return sheet.column_by_field["id"].kind.parse(read_cell(cells.get("id", "")))  # type: ignore[no-any-return]
    except CellError:
        return None


def localized(sheet: str, cells: Mapping[str, str], lang: str) -> dict[str, str]:
    """Return kept cells as they are written in `lang`, for forms and files."""
    return {field: _written(SHEET_BY_NAME[sheet], field, text, lang) for field, text in cells.items()}


def _tidy_cell(sheet: Sheet, field: str, text: str) -> str:
    return _written(sheet, field, text, STORED_LANG)


def _written(sheet: Sheet, field: str, text: str, lang: str) -> str:
    try:
        return cell_text(sheet.column_by_field[field], text, lang)
    except CellError:
        return text.strip()


def _file(sheet: Sheet, rows: tuple[Row, ...]) -> RecordFile:
    fields = tuple(column.field for column in sheet.columns)
    table = RawTable(
        header=RawRow(number=1, cells=fields),
        rows=tuple(
            RawRow(number=number, cells=tuple(row.cells.get(field, "") for field in fields))
            for number, row in enumerate(rows, start=2)
        ),
    )
    return RecordFile(name=f"{sheet.name}.csv", data=None, table=table)


def _identity(finding: Finding) -> tuple[str, str, str, str | None, str]:
    return (finding.code, finding.file, finding.details.get(RECORD, ""), finding.field, finding.found)
