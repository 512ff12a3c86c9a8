"""Make any text fit for paper: one line, only letters the fonts have, and no word longer than a line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import typst

from api.printing.fonts import FAMILIES, FONTS

_LONG_RUN = re.compile(r"\S{25,}")
_PIECE = 12
_BREAK_HERE = "\u200b"
_MISSING = "\ufffd"
_ALWAYS_THERE = re.compile(r"[!-~\u00a1-\u017e\u0410-\u044f\u0401\u0451\u2013\u2014\u2018-\u201e\u20ac\u00a0]*")
"""Latin letters of Europe, Russian ones and common marks; about words with others the compiler is asked."""


def printable(value: Any) -> Any:  # noqa: ANN401 - any plain data
    """Return plain data with every text in it fit for paper."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, Mapping):
        return {key: printable(part) for key, part in value.items()}
    if isinstance(value, Sequence):
        return [printable(part) for part in value]
    return value


def plain(text: str) -> str:
    """Return text on one line; what the fonts do not have shows as a replacement mark, endless words may break."""
    seen = "".join(letter for letter in " ".join(text.split()) if unicodedata.category(letter) not in {"Cf", "Cc"})
    shown = " ".join(_shown(word) for word in seen.split(" "))
    return _LONG_RUN.sub(lambda run: _pieces(run.group()), shown)


def _pieces(run: str) -> str:
    return _BREAK_HERE.join(run[at : at + _PIECE] for at in range(0, len(run), _PIECE))


def _shown(word: str) -> str:
    """Return a word as the fonts can show it: whole, without the letters they lack, or without the marks upon them."""
    while word and unicodedata.category(word[0]).startswith("M"):
        word = word[1:]  # a mark upon nothing would be set upon the space before
    if _ALWAYS_THERE.fullmatch(word) or _in_fonts(word):
        return word
    letters = "".join(letter if _in_fonts(letter) else _MISSING for letter in word)
    if _in_fonts(letters):
        return letters
    bare = "".join(letter for letter in letters if not unicodedata.category(letter).startswith("M"))
    return bare if _in_fonts(bare) else _MISSING


@lru_cache(maxsize=4096)
def _in_fonts(text: str) -> bool:
    """Ask the compiler, in both weights: under PDF/UA-1 a letter that no font has is an error."""
    if any(unicodedata.category(letter) in {"Cs", "Cn", "Co"} for letter in text):
        return False
    names = ", ".join(f'"{name}"' for name in FAMILIES)
    source = f'#set document(title: "-")\n#set text(font: ({names}))\n#sys.inputs.text\n#strong(sys.inputs.text)'
    compiler = typst.Compiler(
        input=source.encode(), font_paths=FONTS, ignore_system_fonts=True, sys_inputs={"text": text}
    )
    try:
        compiler.compile(format="pdf", pdf_standards="ua-1", timestamp=0)
    except typst.TypstError:
        return False
    return True
