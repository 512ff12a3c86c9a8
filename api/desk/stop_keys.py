"""Name the stops of a round so that they keep their names from one plan of the day to the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from routing.plan import Route, Stop


def stops_by_key(route: Route | None) -> Mapping[str, Stop]:
    """Return the stops of a route in their order, `visit:V3` or `pickup:R5`; others are counted, `break:1`."""
    if route is None:
        return {}
    counted: Counter[str] = Counter()
    found: dict[str, Stop] = {}
    for stop in route.stops:
        counted[stop.kind] += 1
        found[f"{stop.kind.value}:{stop.request or counted[stop.kind]}"] = stop
    return found
