"""A form for one record, made from the columns of its sheet: labels, help, choices, and findings beside each field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from starlette.datastructures import FormData

from api.desk.record_set import localized
from api.desk.records_words import Names, cell_words
from api.web.sent import text_of
from api.wording import say
from api.wording.spelling import spelling
from routing.findings import Finding
from routing.records.cleaning import read_cell
from routing.records.columns import Column, Sheet
from routing.records.kind import CellError, split
from routing.records.labels import choice_label, column_label
from routing.records.text_kinds import HOME, RIDE_END
from routing.records.time_kinds import DATE, MINUTES, TIME, WINDOWS

_NUMERIC: Final = ("records.bad-decimal", "records.bad-whole-number", "records.bad-length", "records.bad-case-number")


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One value to choose: what is sent, what is read, and whether it is chosen."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field: `control` is text, select or boxes; `blank` says what nothing means, `example` how it is written."""

    name: str
    label: str
    help: str
    control: str
    value: str = ""
    choices: tuple[Choice, ...] = ()
    required: bool = False
    fixed: bool = False
    blank: str = ""
    example: str = ""
    numeric: bool = False
    findings: tuple[Finding, ...] = ()

    @property
    def chosen(self) -> str:
        """Return what is chosen, in words."""
        return ", ".join(choice.label for choice in self.choices if choice.chosen)


def fields_of(
    sheet: Sheet,
    cells: Mapping[str, str],
    names: Names,
    lang: str,
    *,
    findings: Iterable[Finding] = (),
    fixed: Sequence[str] = (),
) -> tuple[Field, ...]:
    """Return the fields of a sheet, filled with kept or typed `cells`; the `fixed` ones are not to be changed."""
    found = tuple(findings)
    written = localized(sheet.name, cells, lang)
    return tuple(
        _field(sheet, column, cells.get(column.field, ""), written.get(column.field, ""), names, lang, found, fixed)
        for column in sheet.columns
    )


def cells_in(sheet: Sheet, form: FormData) -> dict[str, str]:
    """Return the cells that a form has sent."""
    return {column.field: text_of(form, column.field) for column in sheet.columns}


def _field(
    sheet: Sheet,
    column: Column,
    text: str,
    written: str,
    names: Names,
    lang: str,
    found: tuple[Finding, ...],
    fixed: Sequence[str],
) -> Field:
    choices = _choices(column, text, names, lang)
    several = column.kind.many or (bool(column.refers) and column.kind.empty is not None)
    return Field(
        name=column.field,
        label=_capital(column_label(column, lang)),
        help=say(column.note_key, lang),
        control="text" if choices is None else "boxes" if several else "select",
        value=written,
        choices=choices or (),
        required=sheet.requires(column),
        fixed=column.field in fixed,
        blank=_blank(sheet, column, names, lang),
        example=_example(column, lang),
        numeric=column.kind.code in _NUMERIC,
        findings=tuple(finding for finding in found if finding.field == column.field),
    )


def _choices(column: Column, text: str, names: Names, lang: str) -> tuple[Choice, ...] | None:
    """Return the values a column offers, None where it takes any text; what is there and unknown stays to be seen."""
    chosen = _words(column, text)
    if column.kind.options:
        known = {word: choice_label(word, lang) for word in column.kind.options}
    elif column.refers:
        listed = names.get(column.refers, {})
        known = {
            key: _with_key(title, key) for key, title in sorted(listed.items(), key=lambda item: spelling(item[1]))
        }
        if column.kind is RIDE_END:
            known = {HOME: say("books.home", lang), **known}
    else:
        return None
    strange = {word: word for word in chosen if word not in known}
    return tuple(
        Choice(value=value, label=label, chosen=value in chosen) for value, label in {**known, **strange}.items()
    )


def _words(column: Column, text: str) -> list[str]:
    """Return what a cell holds, each value as its English word or its id."""
    try:
        text = read_cell(text)
        return split(column.kind.write(column.kind.parse(text), "en")) if text else []
    except CellError:
        return split(text)


def _blank(sheet: Sheet, column: Column, names: Names, lang: str) -> str:
    """Say what a blank field means, where that is something."""
    default: Any = sheet.defaults.get(column.field)
    if default in (None, "", 0, False) or default in (frozenset(), ()):
        return ""
    words = cell_words(column, column.kind.write(default, "et"), names, lang)
    return say("books.blank-means", lang, value=words)


def _example(column: Column, lang: str) -> str:
    """Say how a date or a time is written."""
    if column.kind is DATE:
        return say("books.example-date", lang)
    if column.kind is TIME:
        return say("books.example-time", lang)
    if column.kind is WINDOWS:
        return say("books.example-windows", lang)
    return say("books.example-minutes", lang) if column.kind is MINUTES else ""


def _with_key(title: str, key: str) -> str:
    return title if title == key or title.startswith(f"{key} ·") else f"{title} · {key}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
