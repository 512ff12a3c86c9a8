"""How the pages of a day write times and lengths: the functions that their templates are given."""

from __future__ import annotations

from typing import Any, Final

from api.web.timeline import moment
from api.wording import say
from api.wording.format import ZONE
from routing.wording import format as shapes

_MIDNIGHT: Final = 24 * 3600
_MINUTE: Final = 60


def shapes_of(lang: str) -> dict[str, Any]:
    """Return how times and lengths are written in `lang`, by the name that templates know."""
    return {
        "at": moment,
        "clock": shapes.clock,
        "wall": lambda at: f"{at.astimezone(ZONE):%H:%M}",
        "window": lambda begin, end: _window(begin, end, lang),
        "minutes": shapes.minutes,
        "span": lambda seconds: shapes.duration(seconds, lang),
        "distance": lambda metres: shapes.distance(metres, lang),
    }


def _window(begin: int, end: int, lang: str) -> str:
    """Return when something may begin, `08:00–09:20`; from or until midnight is open on that side."""
    early, late = begin < _MINUTE, end >= _MIDNIGHT - _MINUTE
    if early and late:
        return say("board.window-any", lang)
    if early:
        return say("board.window-until", lang, at=shapes.clock(end))
    if late:
        return say("board.window-from", lang, at=shapes.clock(begin))
    return f"{shapes.clock(begin)}–{shapes.clock(end)}"
