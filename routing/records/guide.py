"""Explain the folder to the person who keeps it, from the same tables that read and write it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Final

from routing.records.columns import Column, Sheet
from routing.records.settings_columns import FERRY, HANDLING, OBJECTIVE, SETTINGS, TIMETABLE
from routing.records.sheets import SHEETS
from routing.wording import say

GUIDE_NAME: Final = {"et": "LOEMIND.txt", "en": "README.txt", "ru": "ПРОЧТИ.txt"}
_WIDTH: Final = 100


def guide_text(lang: str) -> str:
    """Return what stands in each file and column, as plain text in `lang`."""
    return "\n".join(_wrap(line) for line in _lines(lang)) + "\n"


def _lines(lang: str) -> Iterator[str]:
    yield say("records.guide.title", lang).upper()
    for key in ("files", "values", "check"):
        yield from ("", say(f"records.guide.{key}", lang))
    for sheet in SHEETS:
        title = say(f"records.sheet.{sheet.name.replace('_', '-')}", lang)
        yield from ("", say("records.guide.sheet", lang, name=sheet.name, other=sheet.et, title=title))
        yield from (_column_line(sheet, column, lang) for column in sheet.columns)
    yield from ("", say("records.guide.settings", lang), *_setting_lines(SETTINGS, lang))
    yield from (
        say("records.guide.setting", lang, header=f"[{name}]", note=say(f"records.note.{note}", lang))
        for name, note in {**HANDLING, OBJECTIVE.name: "setting-objective"}.items()
    )
    yield from ("", say("records.guide.ferry", lang), *_setting_lines(FERRY, lang), *_setting_lines(TIMETABLE, lang))


def _column_line(sheet: Sheet, column: Column, lang: str) -> str:
    default = sheet.defaults.get(column.field)
    need = "required" if sheet.requires(column) else "defaulted" if default else "optional"
    return say(
        f"records.guide.{need}-column",
        lang,
        header=column.header(lang),
        note=say(column.note_key, lang),
        expected=say(f"{column.kind.code}.expected", lang, found="", **column.kind.details),
        blank=column.kind.write(default, lang) if default else "",
    )


def _setting_lines(sheet: Sheet, lang: str) -> Iterator[str]:
    for column in sheet.columns:
        yield say("records.guide.setting", lang, header=column.field, note=say(column.note_key, lang))


def _wrap(line: str) -> str:
    return textwrap.fill(line, _WIDTH, subsequent_indent="  " if line.startswith("*") else "", break_on_hyphens=False)
