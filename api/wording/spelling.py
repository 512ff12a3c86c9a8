"""The order of names and texts in lists."""

from __future__ import annotations

import re
from typing import Final

_ALPHABET: Final = "abcdefghijklmnopqrsšzžtuvwõäöüxy"
_PLACE: Final = {letter: place for place, letter in enumerate(_ALPHABET)}


def spelling(text: str) -> tuple[tuple[int, ...], ...]:
    """Return a key that orders texts by the Estonian alphabet, numbers in them by their size: K2 before K10."""
    parts = re.split(r"(\d+)", text.casefold())
    return tuple((int(part[:15]),) if part.isdigit() and part.isascii() else _letters(part) for part in parts)


def _letters(text: str) -> tuple[int, ...]:
    return tuple(_PLACE.get(letter, 100 + ord(letter)) for letter in text)
