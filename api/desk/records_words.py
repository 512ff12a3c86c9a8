"""The records in words for people: what a record is called, what a cell says, what others it names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlalchemy.orm import Session

from api.desk.record_set import Row
from api.desk.records import TOPICS, record_set
from api.store.cache import remembered
from api.wording import say
from routing.records.cleaning import read_cell
from routing.records.columns import Column
from routing.records.kind import CellError, split
from routing.records.labels import choice_label
from routing.records.sheets import SHEET_BY_NAME
from routing.records.text_kinds import HOME, RIDE_END

_TITLES: Final[Mapping[str, tuple[str, ...]]] = {
    "places": ("name",),
    "workers": ("name",),
    "vehicles": ("id", "plate"),
    "clients": ("name",),
    "shifts": ("id", "worker"),
    "absences": ("worker", "first"),
    "pauses": ("client", "first"),
    "care_plans": ("id", "client"),
    "care_slots": ("id",),
    "visits": ("id", "day", "client"),
    "rides": ("id", "day", "client"),
    "ride_series": ("id", "client"),
    "decisions": ("case_number", "client"),
    "reliefs": ("act", "client"),
}
"""The fields that tell a person which record it is."""

Names = Mapping[str, Mapping[str, str]]
"""What the records of places, workers, vehicles and clients are called: by sheet, then by key."""


def names_of(session: Session) -> Names:
    """Return what the records that others refer to are called."""

    def make() -> Names:
        rows = record_set(session).rows
        return {
            name: {row.key: _plain_title(name, row) for row in rows.get(name, ())}
            for name in ("places", "workers", "vehicles", "clients", "care_plans", "care_slots", "visits")
        }

    return remembered(session, "record names", *TOPICS, make=make)


def title_of(sheet: str, key: str, cells: Mapping[str, str], names: Names, lang: str) -> str:
    """Return what a record is called, `V01 · 25.11.2026 · Aino Kasemaa`."""
    columns = SHEET_BY_NAME[sheet].column_by_field
    parts = (cell_words(columns[field], cells.get(field, ""), names, lang) for field in _TITLES[sheet])
    return " · ".join(part for part in parts if part) or key


def cell_words(column: Column, text: str, names: Names, lang: str) -> str:
    """Return what a kept cell says to a reader of `lang`; one with a fault says what is in it."""
    try:
        text = read_cell(text)
        if not text:
            return ""
        english = column.kind.write(column.kind.parse(text), "en")
        if column.kind.options:
            return ", ".join(choice_label(word, lang) for word in split(english))
        if column.refers:
            known = names.get(column.refers, {})
            return ", ".join(known.get(word, _home(column, word, lang)) for word in split(english))
        return column.kind.write(column.kind.parse(text), lang)
    except CellError:
        return text


def _home(column: Column, word: str, lang: str) -> str:
    return say("books.home", lang) if column.kind is RIDE_END and word == HOME else word


def _plain_title(sheet: str, row: Row) -> str:
    if sheet in {"vehicles", "visits", "care_plans", "care_slots"}:
        return " · ".join(filter(None, (row.key, row.cells.get("plate", ""))))
    return row.cells.get("name", "") or row.key
