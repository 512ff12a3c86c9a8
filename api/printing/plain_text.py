"""Make any text fit for paper: one line, only letters the fonts have, and no word longer than a line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import typst

from api.printing.fonts import FAMILIES, FONTS

_LONG_RUN = re.compile(r"\S{25,}")
_PIECE = 12
_BREAK_HERE = "\u200b"
_ALWAYS_THERE = 0x0530
"""Latin, Greek and Cyrillic end here; beyond, the compiler is asked."""


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
    seen = (letter for letter in " ".join(text.split()) if unicodedata.category(letter) not in {"Cf", "Cc"})
    shown = "".join(letter if _has(letter) else "\ufffd" for letter in seen)
    return _LONG_RUN.sub(lambda run: _pieces(run.group()), shown)


def _pieces(run: str) -> str:
    return _BREAK_HERE.join(run[at : at + _PIECE] for at in range(0, len(run), _PIECE))


def _has(letter: str) -> bool:
    if ord(letter) < _ALWAYS_THERE:
        return unicodedata.category(letter) != "Cn"
    return unicodedata.category(letter) not in {"Cs", "Cn", "Co"} and _in_fonts(letter)


@cache
def _in_fonts(letter: str) -> bool:
    """Ask the compiler: under PDF/UA-1 a letter that no font has is an error."""
    names = ", ".join(f'"{name}"' for name in FAMILIES)
    source = f'#set document(title: "-")\n#set text(font: ({names}))\n#sys.inputs.letter'
    compiler = typst.Compiler(
        input=source.encode(), font_paths=FONTS, ignore_system_fonts=True, sys_inputs={"letter": letter}
    )
    try:
        compiler.compile(format="pdf", pdf_standards="ua-1", timestamp=0)
    except typst.TypstError:
        return False
    return True
