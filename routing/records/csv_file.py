"""Read a CSV file into rows of text: separated by semicolons, commas or tabs, whichever makes sense of the header."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Final

from routing.records.columns import Sheet
from routing.records.decoding import decode
from routing.records.folding import fold
from routing.records.limits import MAX_ROWS
from routing.records.raw import RawRow, RawTable, table_of
from routing.records.reporting import Report

_DELIMITERS: Final = ";,\t"


def read_csv(data: bytes, sheet: Sheet, report: Report) -> RawTable | None:
    """Return the table in `data`, or None where it cannot be read; rows that cannot be split are reported."""
    text = decode(data, report)
    if text is None:
        return None
    first, _, rest = text.partition("\n")
    if fold(first) == "sep":  # a hint some programs write above the header; Excel does not count it as a row
        text = rest
    table = table_of(list(_rows(text, _delimiter(text, sheet), report)))
    if table is None:
        report.add("records.file-empty")
    return table


def _delimiter(text: str, sheet: Sheet) -> str:
    """Return the separator under which most headers are known, then the one that makes most columns."""
    header = text.lstrip("\r\n").partition("\n")[0].rstrip("\r")

    def sense(delimiter: str) -> tuple[int, int]:
        names = [fold(name.strip('"')) for name in header.split(delimiter)]
        return sum(name in sheet.column_by_name for name in names), len(names)

    return max(_DELIMITERS, key=sense)


def _rows(text: str, delimiter: str, report: Report) -> Iterator[RawRow]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        started = reader.line_num
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            code = "records.cell-too-long" if "limit" in str(error) else "records.quotes-unbalanced"
            report.add(code, row=number, limit=str(csv.field_size_limit()), lines=str(reader.line_num - started))
            continue
        if number > MAX_ROWS:
            report.add("records.too-many-rows", row=number, limit=str(MAX_ROWS))
            return
        yield RawRow(number=number, cells=tuple(cells))
