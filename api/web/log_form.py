"""The form of a log entry: what really happened, beside what was planned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from starlette.datastructures import FormData

from api.desk.records_words import Names
from api.web.record_form import Choice, Field
from api.web.sent import text_of
from api.wording import say
from routing.books.sheets import LOG
from routing.findings import Finding
from routing.records.cleaning import read_cell
from routing.records.columns import Column
from routing.records.kind import CellError
from routing.records.labels import slug

EDITED: Final = (
    *("result", "actual_begin", "actual_end", "actual_metres", "worker", "vehicle", "waited"),
    *("activities", "extras", "reason", "cancelled_by", "cancelled_at"),
)
"""The fields that somebody may say something of, in the order of the form."""

_REFERRED: Final = {"worker": "workers", "vehicle": "vehicles"}


def entry_fields(
    cells: Mapping[str, str], names: Names, lang: str, findings: Iterable[Finding] = ()
) -> tuple[Field, ...]:
    """Return the fields of an entry, filled with its cells."""
    found = tuple(findings)
    return tuple(_field(LOG.column_by_field[name], cells.get(name, ""), names, lang, found) for name in EDITED)


def entry_cells(form: FormData) -> dict[str, str]:
    """Return the cells that the form has sent."""
    return {name: text_of(form, name) for name in EDITED}


def _field(column: Column, text: str, names: Names, lang: str, found: tuple[Finding, ...]) -> Field:
    choices = _choices(column, text, names, lang)
    name = column.field.replace("_", "-")
    return Field(
        name=column.field,
        label=say(f"owed.field-{name}", lang),
        help=say(f"owed.hint-{name}", lang),
        control="select" if choices else "text",
        value=_written(column, text, lang),
        choices=choices,
        findings=tuple(finding for finding in found if finding.field == column.field),
    )


def _choices(column: Column, text: str, names: Names, lang: str) -> tuple[Choice, ...]:
    chosen = _written(column, text, "en")
    if column.field in _REFERRED:
        known = dict(names.get(_REFERRED[column.field], {}))
        if text:
            known.setdefault(text, text)  # kept, although the records know it no longer
        return tuple(Choice(value=key, label=label, chosen=key == text) for key, label in sorted(known.items()))
    return tuple(
        Choice(value=word, label=say(f"owed.choice-{slug(word)}", lang), chosen=word == chosen)
        for word in column.kind.options
    )


def _written(column: Column, text: str, lang: str) -> str:
    """Return a kept cell in the reader's language; one that cannot be read as it is."""
    try:
        return column.kind.write(column.kind.parse(read_cell(text)), lang) if text else ""
    except CellError:
        return text
