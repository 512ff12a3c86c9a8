"""Write tables as an XLSX workbook, such as those of a day; every text a text, never a formula."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from api.day_tables import figures_row, price_rows, round_rows
from api.planned import PlannedDay
from maps.day_view import DayView
from routing.wording import say

_LONGEST_CELL = 32_767
"""Excel's own limit (Microsoft, "Excel specifications and limits")."""
_WIDEST = 60
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time a ZIP archive can hold."""
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
Cells = Sequence[str | int | Decimal]


def day_xlsx(planned: PlannedDay, view: DayView, *, printed_at: datetime) -> bytes:
    """Return the workbook of a day; the same day and `printed_at` give the same bytes."""
    lang = view.lang
    header, rows = round_rows(planned, lang)
    missed_header = [say(f"printing.{key}", lang) for key in ("request", "settlement", "reason", "remedy")]
    missed = [(about.label, about.settlement, about.reason, about.remedy) for about in view.unassigned]
    prices_header, prices = price_rows(planned, lang)
    figures = list(figures_row(planned, lang).items())
    tables = (
        ("rounds", header, rows),
        ("unassigned", missed_header, missed),
        ("prices", prices_header, prices),
        ("figures", [say("printing.figure", lang), say("printing.value", lang)], figures),
    )
    return workbook(
        ((say(f"printing.sheet-{key}", lang), head, body) for key, head, body in tables), printed_at=printed_at
    )


def workbook(tables: Iterable[tuple[str, Sequence[str], Iterable[Cells]]], *, printed_at: datetime) -> bytes:
    """Return a workbook of tables, each a title, a header and rows; the same and `printed_at` give the same bytes."""
    book = Workbook()
    for number, (title, header, rows) in enumerate(tables):
        _fill(book.create_sheet() if number else book.worksheets[0], title, header, rows)
    return _bytes(book, printed_at)


def _fill(sheet: Worksheet, title: str, header: Sequence[str], rows: Iterable[Cells]) -> None:
    sheet.title = title
    for row in (header, *rows):
        sheet.append([_cell(sheet, value) for value in row])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    for column, cells in enumerate(sheet.columns, start=1):
        width = max(len(str(cell.value or "")) for cell in cells)
        sheet.column_dimensions[get_column_letter(column)].width = min(width + 2, _WIDEST)


def _cell(sheet: Worksheet, value: str | int | Decimal) -> Cell:
    """Return a cell to append; a text stays a text whatever it begins with."""
    if not isinstance(value, str):
        return Cell(sheet, row=1, column=1, value=value)
    text = ILLEGAL_CHARACTERS_RE.sub("\ufffd", value.encode("utf-8", "replace").decode())[:_LONGEST_CELL]
    cell = Cell(sheet, row=1, column=1, value=text or None)
    if text:
        cell.data_type = "s"
        cell.quotePrefix = text[0] in "=+-@"
    cell.alignment = Alignment(vertical="top", wrap_text=len(text) > _WIDEST)
    return cell


def _bytes(book: Workbook, printed_at: datetime) -> bytes:
    """Return the workbook packed anew, dated by `printed_at` alone: openpyxl dates by the clock."""
    when = printed_at.astimezone().replace(tzinfo=None)
    raw = io.BytesIO()
    book.properties.creator = "Hoolering"
    book.properties.created = when
    book.save(raw)
    packed = io.BytesIO()
    stamp = f"{printed_at:%Y-%m-%dT%H:%M:%SZ}".encode()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "docProps/core.xml":
                data = _MODIFIED.sub(rb"\g<1>" + stamp, data)
            target.writestr(zipfile.ZipInfo(name, _EPOCH), data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
