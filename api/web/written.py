"""How the pages of a day write times and lengths: the functions that their templates are given."""

from __future__ import annotations

from typing import Any

from api.web.timeline import moment
from api.wording.format import ZONE
from routing.wording import format as shapes


def shapes_of(lang: str) -> dict[str, Any]:
    """Return how times and lengths are written in `lang`, by the name that templates know."""
    return {
        "at": moment,
        "clock": shapes.clock,
        "wall": lambda at: f"{at.astimezone(ZONE):%H:%M}",
        "minutes": shapes.minutes,
        "span": lambda seconds: shapes.duration(seconds, lang),
        "distance": lambda metres: shapes.distance(metres, lang),
    }
