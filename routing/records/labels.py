"""What columns and the words in them are called on pages, in every language.

The files themselves are Estonian or English (`Column.header`, `Words.say`); on a page a Russian reader reads Russian.
"""

from __future__ import annotations

import re

from routing.records.columns import Column
from routing.wording import keys, say


def column_label(column: Column, lang: str) -> str:
    """Return what a column is called in `lang`."""
    return say(f"columns.{slug(column.en)}", lang)


def choice_label(english: str, lang: str) -> str:
    """Return what an allowed value is called in `lang`, given its English word; another word stays as it is."""
    key = f"columns.choice-{slug(english)}"
    return say(key, lang) if key in keys("columns", lang) else english


def slug(english: str) -> str:
    """Return the key of an English header or word, its unit in brackets left away."""
    return re.sub(r"[^a-z]+", "-", english.partition("(")[0].lower()).strip("-")
