"""One dated use of a service by a client: a ride, a visit, a month's hours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from routing.errors import UsageError
from routing.rules.fees.question import FareQuestion


@dataclass(frozen=True, kw_only=True)
class Event:
    """What a client used: `key` names it for good, `ask` says all that its price may depend on.

    What the client had used before is not asked: it follows from the earlier events.
    """

    key: str
    client: str
    ask: FareQuestion

    @property
    def day(self) -> date:
        """Return the day on which it was used."""
        return self.ask.day

    @property
    def order(self) -> tuple[str, date, int, str]:
        """Return what events are sorted by: the client, the day, the time of day (unknown first), the key."""
        at = -1 if self.ask.at is None else self.ask.at
        return self.client, self.day, at, self.key


def in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    """Return events in the order in which they are charged; UsageError where two have the same key."""
    ordered = tuple(sorted(events, key=lambda event: event.order))
    twice = sorted(key for key, number in Counter(event.key for event in ordered).items() if number > 1)
    if twice:
        raise UsageError(f"events must have keys of their own; more than one has {', '.join(twice)}")
    return ordered
