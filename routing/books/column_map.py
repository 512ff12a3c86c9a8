"""Read what another program exports, such as a fleet tracker, by a map of its columns kept in a TOML file.

The map says which of its headers are which of ours, what it calls our vehicles and workers, and which of its columns
nobody needs. Whatever it has besides is reported, never guessed.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Final, Literal

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from routing.books.sheets import LOG, TRIPS
from routing.findings import Finding, Severity
from routing.records.columns import Sheet
from routing.records.folding import fold
from routing.records.raw import RawRow, RawTable
from routing.records.reporting import clip

SHEETS: Final[Mapping[str, Sheet]] = {"log": LOG, "trips": TRIPS}
_FORBID: Final = ConfigDict(extra="forbid")
_Text = Annotated[str, Field(max_length=200)]


@dataclass(frozen=True, kw_only=True)
class ColumnMap:
    """How another program's columns are to be read.

    `target` is the file its rows become: `trips` or `log`. `columns` gives, for a header of theirs, our field, or two
    fields with a plus between them where a date and a time stand in one cell. `values` gives, by our field, what their
    words mean. `number` are fields of ours that make the id of a row, joined by a dash. `ignore` are headers that
    nobody needs.
    """

    __pydantic_config__ = _FORBID

    target: Literal["log", "trips"]
    columns: Mapping[_Text, _Text]
    number: tuple[_Text, ...] = ("day", "vehicle", "begin")
    values: Mapping[_Text, Mapping[_Text, _Text]] = field(default_factory=dict)
    ignore: tuple[_Text, ...] = ()


def read_map(text: str, name: str) -> tuple[ColumnMap | None, tuple[Finding, ...]]:
    """Return the map in a TOML text, or None with what is wrong with it."""
    try:
        found = TypeAdapter(ColumnMap).validate_python(tomllib.loads(text))
    except ValidationError as error:
        faults = error.errors()
        return None, tuple(
            Finding(code="ledger.map-fault", file=name, field=".".join(map(str, e["loc"])), found=clip(e["msg"]))
            for e in faults
        )
    except (ValueError, RecursionError) as error:  # no TOML, a number without end, or brackets without end
        return None, (Finding(code="ledger.map-unreadable", file=name, found=clip(str(error))),)
    strange = [part for fields in found.columns.values() for part in fields.split("+")]
    strange = [
        part for part in (*strange, *found.number, *found.values) if part not in SHEETS[found.target].column_by_field
    ]
    known = ", ".join(SHEETS[found.target].column_by_field)
    faults_of = [
        *(Finding(code="ledger.map-field", file=name, found=clip(part), details={"known": known}) for part in strange),
        *_named_twice(found, name),
    ]
    return (None if faults_of else found), tuple(faults_of)


def _named_twice(by: ColumnMap, name: str) -> Iterator[Finding]:
    """Yield a finding for each field that two columns would fill, and for each column that is named twice."""
    fields = Counter(part for fields in by.columns.values() for part in fields.split("+"))
    headers = Counter(fold(header) for header in by.columns)
    for code, counted in (("ledger.map-field-twice", fields), ("ledger.map-header-twice", headers)):
        yield from (Finding(code=code, file=name, found=clip(part)) for part, number in counted.items() if number > 1)


def mapped(table: RawTable, by: ColumnMap, name: str) -> tuple[RawTable, tuple[Finding, ...]]:
    """Return a table as our own file would have it, and a finding for each column of it that the map does not name."""
    wanted = {fold(header): fields.split("+") for header, fields in by.columns.items()}
    ignored = {fold(header) for header in by.ignore}
    headers = [fold(cell) for cell in table.header.cells]
    unknown = [cell for cell, key in zip(table.header.cells, headers, strict=True) if key and key not in wanted]
    findings = [_stray(cell, table, name) for cell in unknown if fold(cell) not in ignored]
    findings += [
        Finding(code="ledger.map-column-missing", severity=Severity.WARNING, file=name, found=clip(header))
        for header in by.columns
        if fold(header) not in headers
    ]
    places = [(number, wanted[key]) for number, key in enumerate(headers) if key in wanted]
    fields = [part for _, parts in places for part in parts]
    head = RawRow(number=table.header.number, cells=("id", *fields) if "id" not in fields else tuple(fields))
    rows = tuple(_row(row, places, by, has_id="id" in fields) for row in table.rows)
    return RawTable(header=head, rows=rows), tuple(findings)


def _row(row: RawRow, places: Iterable[tuple[int, list[str]]], by: ColumnMap, *, has_id: bool) -> RawRow:
    cells = dict(_cells(row, places, by))
    own = () if has_id else ("-".join(cells.get(part, "").strip() for part in by.number),)
    return RawRow(number=row.number, cells=(*own, *cells.values()))


def _cells(row: RawRow, places: Iterable[tuple[int, list[str]]], by: ColumnMap) -> Iterator[tuple[str, str]]:
    for position, parts in places:
        text = row.cells[position] if position < len(row.cells) else ""
        pieces = text.replace("T", " ").split(None, len(parts) - 1) if len(parts) > 1 else [text]
        for number, part in enumerate(parts):
            piece = pieces[number] if number < len(pieces) else ""
            yield part, _meant(piece, by.values.get(part, {}))


def _meant(text: str, words: Mapping[str, str]) -> str:
    return next((ours for theirs, ours in words.items() if fold(theirs) == fold(text)), text)


def _stray(cell: str, table: RawTable, name: str) -> Finding:
    return Finding(
        code="ledger.map-column-unknown",
        severity=Severity.WARNING,
        file=name,
        row=table.header.number,
        field=clip(cell),
        found=clip(cell),
    )
