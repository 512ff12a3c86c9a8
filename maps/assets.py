"""Read the script and the styles that a page carries inside itself, so that nothing is fetched when it is opened."""

from __future__ import annotations

import base64
import re
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable


@cache
def leaflet_script() -> str:
    """Return Leaflet itself, with its copyright notice and without the pointer to its source map."""
    text = (_leaflet() / "leaflet.js").read_text("utf-8")
    return re.sub(r"(?m)^//# sourceMappingURL=.*$", "", text)


@cache
def leaflet_style() -> str:
    """Return Leaflet's style sheet with its few pictures inside."""
    text = (_leaflet() / "leaflet.css").read_text("utf-8")
    return re.sub(r"url\((images/[\w-]+\.png)\)", _inline, text)


@cache
def own(name: str) -> str:
    """Return one of the files beside the page templates."""
    return (files("maps") / "templates" / name).read_text("utf-8")


def _leaflet() -> Traversable:
    return files("xstatic.pkg.leaflet") / "data"


def _inline(match: re.Match[str]) -> str:
    picture = (_leaflet() / match[1]).read_bytes()
    return f"url(data:image/png;base64,{base64.b64encode(picture).decode()})"
