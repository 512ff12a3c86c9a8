"""Write the settings as TOML, each with the sentence that explains it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from routing.records.columns import Column, Sheet
from routing.records.kind import split
from routing.records.model import Ferry, Municipality
from routing.records.settings_columns import FERRY, HANDLING, OBJECTIVE, SETTINGS, TIMETABLE
from routing.records.time_kinds import TIME
from routing.wording import say


def settings_text(municipality: Municipality, lang: str) -> str:
    """Return the text of `municipality.toml`, explained in `lang`; what is not set stands as a comment."""
    return "\n".join([*_lines(municipality, lang), ""])


def _lines(municipality: Municipality, lang: str) -> Iterator[str]:
    for column in SETTINGS.columns:
        yield f"# {say(column.note_key, lang)}"
        yield _line(column, getattr(municipality, column.field), lang)
    for name, note in HANDLING.items():
        yield from _table(name, note, getattr(municipality, name), lang)
    objective = municipality.objective
    weights = {column.field: getattr(objective, column.field) for column in OBJECTIVE.columns}
    changed = {field: weight for field, weight in weights.items() if weight != OBJECTIVE.defaults[field]}
    yield from _table("objective", "setting-objective", changed, lang)
    for ferry in municipality.ferries:
        yield from _ferry(ferry, lang)


def _table(name: str, note: str, values: Mapping[str, int], lang: str) -> Iterator[str]:
    yield ""
    yield f"# {say(f'records.note.{note}', lang)}"
    yield f"[{name}]"
    yield from (f"{key} = {value}" for key, value in values.items())


def _ferry(ferry: Ferry, lang: str) -> Iterator[str]:
    yield from ("", "[[ferries]]", *_explained(FERRY, ferry, lang))
    for timetable in ferry.timetables:
        yield from ("", "[[ferries.timetables]]", *_explained(TIMETABLE, timetable, lang))


def _explained(sheet: Sheet, record: object, lang: str) -> Iterator[str]:
    for column in sheet.columns:
        yield f"{_line(column, getattr(record, column.field), lang)}  # {say(column.note_key, lang)}"


def _line(column: Column, value: Any, lang: str) -> str:  # noqa: ANN401 - whatever the column's kind holds
    if value is None:
        return f"# {column.field} ="
    return f"{column.field} = {_literal(column, value, lang)}"


def _literal(column: Column, value: Any, lang: str) -> str:  # noqa: ANN401 - whatever the column's kind holds
    match value:
        case bool():
            return "true" if value else "false"
        case int() if column.kind is TIME:
            return json.dumps(column.kind.write(value, lang))
        case int() | float():
            return repr(value)
        case date():
            return value.isoformat()
        case str():
            return json.dumps(value, ensure_ascii=False)  # a JSON string is a TOML basic string
    return json.dumps(split(column.kind.write(value, lang)), ensure_ascii=False)
