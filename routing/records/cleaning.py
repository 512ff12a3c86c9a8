"""Clean the text of a cell, and refuse what no cell may hold: formulas, error values, unprintable or endless text.

A text that a spreadsheet program would take for a formula is written with an apostrophe before it and read without,
so that it comes back as it was and nothing is ever evaluated (OWASP, CSV injection).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from routing.records.decoding import REPLACEMENT
from routing.records.kind import CellError
from routing.records.limits import MAX_CELL_CHARACTERS

_APOSTROPHE: Final = "'"
_NUMBER_OR_PHONE: Final = re.compile(r"[+-]\d[\d\s().,/-]*")
_DASH_NOTE: Final = re.compile(r"-\s")
_ERROR_VALUE: Final = re.compile(r"#(NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A|SPILL!|CALC!|GETTING_DATA|#+)")


def clean(text: str) -> str:
    """Return `text` composed (NFC), without invisible format letters, with plain spaces and line ends, stripped."""
    if text.isascii() and "\r" not in text:
        return text.strip()
    visible = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    composed = unicodedata.normalize("NFC", visible.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(" " if unicodedata.category(letter) == "Zs" else letter for letter in composed).strip()


def looks_like_formula(text: str) -> bool:
    """Tell whether a spreadsheet program would evaluate `text`; phone numbers and dashed notes are let through."""
    if text[:1] in {"=", "@"}:
        return True
    return text[:1] in {"+", "-"} and not (_NUMBER_OR_PHONE.fullmatch(text) or _DASH_NOTE.match(text))


def guard(text: str) -> str:
    """Return `text` so that no program evaluates it when the file is opened."""
    return _APOSTROPHE + text if text[:1] in {"=", "@", "+", "-", _APOSTROPHE} and not _plain(text) else text


def read_text(text: str) -> str:
    """Return the cleaned text of a value, or raise CellError where it is endless or unprintable."""
    if len(text) > MAX_CELL_CHARACTERS:
        raise CellError("records.cell-too-long", limit=str(MAX_CELL_CHARACTERS), lines="1")
    text = clean(text)
    if REPLACEMENT in text or any(unicodedata.category(letter) == "Cc" for letter in text if letter not in "\n\t"):
        raise CellError("records.unprintable")
    return text


def read_cell(text: str) -> str:
    """Return the cleaned text of a spreadsheet's cell without its guard, or raise CellError where it must not be."""
    text = read_text(text)
    if looks_like_formula(text):
        raise CellError("records.formula")
    if _ERROR_VALUE.fullmatch(text):
        raise CellError("records.error-value")
    if text[:1] == _APOSTROPHE and text[1:2] in {"=", "@", "+", "-", _APOSTROPHE}:
        return text[1:]
    return text


def _plain(text: str) -> bool:
    """Tell whether `text` is one signed number, which is harmless and best left readable."""
    return re.fullmatch(r"[+-]\d+([.,]\d+)?", text) is not None
