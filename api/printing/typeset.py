"""Typeset a sheet: a template of ours, everything people wrote as data, nothing from outside the package.

The compiler comes with its own fonts (Libertinus Serif, DejaVu Sans Mono), so the same data gives the same bytes on
every machine. Text goes in as JSON and is never read as markup (Typst reference, `sys.inputs`, `json`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Literal

import typst

from api.printing.fonts import FONTS
from api.printing.plain_text import printable

_TEMPLATES = Path(__file__).parent / "templates"
_NOWHERE = _TEMPLATES / "packages"
"""Where packages would be: a folder that does not exist, so that none is looked up or fetched."""

Template = Literal["rounds", "overview", "wall", "prices", "statement", "statements", "report"]


def typeset(template: Template, data: Mapping[str, object], *, printed_at: datetime) -> bytes:
    """Return a tagged PDF (PDF/UA-1) of `template` filled with `data`; `printed_at` is aware and is all it dates by."""
    compiler, path, moment = _compiler(data), _path(template), int(printed_at.timestamp())
    try:
        return _whole(compiler.compile(format="pdf", pdf_standards="ua-1", timestamp=moment, input=path))
    except typst.TypstError:  # letters that fit alone and not together: a sheet with a gap is better than none
        return _whole(compiler.compile(format="pdf", timestamp=moment, input=path))


def pictures(template: Template, data: Mapping[str, object], *, ppi: float = 100) -> list[bytes]:
    """Return the pages as PNG, to look at."""
    made = _compiler(data).compile(format="png", ppi=ppi, input=_path(template))
    return made if isinstance(made, list) else [_whole(made)]


def drawing(template: Template, data: Mapping[str, object], *, kind: Literal["svg", "png"]) -> bytes:
    """Return a template of one page as a picture whose letters are shapes, so it looks the same everywhere."""
    return _whole(_compiler(data).compile(format=kind, ppi=144, input=_path(template)))


def _path(template: Template) -> str:
    return str(_TEMPLATES / f"{template}.typ")


def _compiler(data: Mapping[str, object]) -> typst.Compiler:
    return typst.Compiler(
        root=str(_TEMPLATES),
        font_paths=FONTS,
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(printable(data), ensure_ascii=False)},
        package_path=str(_NOWHERE),
        package_cache_path=str(_NOWHERE),
    )


def _whole(made: bytes | list[bytes] | None) -> bytes:
    if not isinstance(made, bytes):
        raise TypeError("The compiler gave no single document.")
    return made
