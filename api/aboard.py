"""Who else sits in the car at each stop of a round."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from routing.plan import Stop, StopKind


def aboard_at(stops: Iterable[Stop]) -> Iterator[tuple[str, ...]]:
    """Yield, for each stop, the rides aboard when it is over besides its own; none where nobody is served."""
    aboard: list[str] = []
    for stop in stops:
        if stop.kind is StopKind.PICKUP:
            aboard.append(str(stop.request))
        elif stop.kind is StopKind.DELIVERY and stop.request in aboard:
            aboard.remove(stop.request)
        yield tuple(request for request in aboard if request != stop.request) if stop.step else ()
