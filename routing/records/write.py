"""Write records as the folder they are read from: CSV as Estonian Excel expects it, and the settings as TOML."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from routing.records.cleaning import guard, read_cell
from routing.records.columns import Column, Sheet
from routing.records.folder import SETTINGS_FILE
from routing.records.model import Records, Row
from routing.records.settings_text import settings_text
from routing.records.sheets import SHEETS
from routing.records.staging import staged_folder

_EXCEL_ENCODING: Final = "utf-8-sig"
"""UTF-8 with a mark: without it Excel takes the file for the system's own code page."""


def write_folder(records: Records, path: Path, *, lang: str) -> None:
    """Write `records` as a new folder at `path`, headers and words in `lang`; reading it gives equal records.

    The folder appears complete or not at all. UsageError where `path` holds something already. Text is expected as
    reading leaves it: composed, stripped, without control characters.
    """
    with staged_folder(path, lang) as folder:
        fill_folder(records, folder, lang=lang)


def fill_folder(records: Records, folder: Path, *, lang: str) -> None:
    """Write every record file into `folder`, which exists."""
    (folder / SETTINGS_FILE).write_text(settings_text(records.municipality, lang), encoding="utf-8")
    for sheet in SHEETS:
        rows = (_cells(sheet, row, lang) for row in getattr(records, sheet.name))
        write_sheet(sheet, rows, folder / f"{sheet.name}.csv", lang=lang)


def write_sheet(sheet: Sheet, rows: Iterable[Iterable[str]], path: Path, *, lang: str) -> None:
    """Write one sheet as CSV: the header in `lang`, then rows of cells in the order of the columns."""
    path.write_bytes(_sheet_bytes(sheet, rows, lang))


def rows_file(sheet: Sheet, records: Iterable[Row], *, lang: str) -> bytes:
    """Return the file that holds some rows of a sheet, as `write_sheet` writes it."""
    return _sheet_bytes(sheet, (_cells(sheet, row, lang) for row in records), lang)


def _sheet_bytes(sheet: Sheet, rows: Iterable[Iterable[str]], lang: str) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(column.header(lang) for column in sheet.columns)
    writer.writerows(rows)
    return file.getvalue().encode(_EXCEL_ENCODING)


def cell_text(column: Column, text: str, lang: str) -> str:
    """Return a cell as it is written in `lang`, whatever language it was typed in. CellError where it has a fault."""
    text = read_cell(text)
    return _cell(column, column.kind.parse(text), lang) if text else ""


def _cells(sheet: Sheet, row: Row, lang: str) -> Iterator[str]:
    return (_cell(column, getattr(row, column.field), lang) for column in sheet.columns)


def _cell(column: Column, value: Any, lang: str) -> str:  # noqa: ANN401 - whatever the column's kind holds
    return "" if value is None else guard(column.kind.write(value, lang))
