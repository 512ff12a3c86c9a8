"""Time, frequency and volume that each client was given, against what her decision grants."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from routing.books.entry import Entry
from routing.books.months import weeks
from routing.records.model import Decision, Service
from routing.rules.entitlement import covers


@dataclass(frozen=True, kw_only=True)
class Span:
    """What was delivered of one service to one client from `first` to `last`, both included.

    `seconds` is time with the client, however many came; `planned` counts every entry, `done` those that took place.
    `granted` is the seconds that decisions grant for these days, a week's hours by the day; None where none says.
    `activities` are what was done, how often.
    """

    client: str
    service: Service
    first: date
    last: date
    planned: int
    done: int
    seconds: int
    metres: int
    granted: int | None
    entries: tuple[str, ...]
    activities: tuple[tuple[str, int], ...] = ()

    @property
    def share(self) -> float | None:
        """Return the delivered share of what is granted; None where nothing is."""
        return self.seconds / self.granted if self.granted else None


def delivered(entries: Iterable[Entry], decisions: Iterable[Decision], first: date, last: date) -> tuple[Span, ...]:
    """Return what was delivered in these days together, for each client and service with entries or a decision."""
    held = _grouped(entry for entry in entries if first <= entry.day <= last)
    granting = [decision for decision in decisions if _overlaps(decision, first, last)]
    pairs = {*held, *((decision.client, decision.service) for decision in granting)}
    return tuple(
        _span(client, service, first, last, held.get((client, service), []), granting)
        for client, service in sorted(pairs)
    )


def delivered_by_week(
    entries: Iterable[Entry], decisions: Iterable[Decision], first: date, last: date
) -> tuple[Span, ...]:
    """Return what was delivered week by week, for each client and service, weeks cut to the days asked for."""
    held, known = tuple(entries), tuple(decisions)
    spans = (span for begin, end in weeks(first, last) for span in delivered(held, known, begin, end))
    return tuple(sorted(spans, key=lambda span: (span.client, span.service, span.first)))


def granted_seconds(
    decisions: Iterable[Decision], client: str, service: Service, first: date, last: date
) -> int | None:
    """Return the seconds granted to a client from `first` to `last`; None where no decision of these days says hours.

    Where two decisions cover a day the larger counts.
    """
    own = [
        decision
        for decision in decisions
        if decision.client == client and decision.service is service and decision.weekly_hours is not None
    ]
    total, known = 0.0, False
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        weekly = [decision.weekly_hours or 0.0 for decision in own if covers(decision, day)]
        known = known or bool(weekly)
        total += max(weekly, default=0.0) * 3600 / 7
    return round(total) if known else None


def _grouped(entries: Iterable[Entry]) -> dict[tuple[str, Service], list[Entry]]:
    found: defaultdict[tuple[str, Service], list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda entry: (entry.day, entry.id)):
        found[entry.client, entry.service].append(entry)
    return dict(found)


def _span(
    client: str, service: Service, first: date, last: date, entries: Sequence[Entry], decisions: Iterable[Decision]
) -> Span:
    done = [entry for entry in entries if entry.is_done]
    counts: defaultdict[str, int] = defaultdict(int)
    for entry in done:
        for activity in entry.activities:
            counts[activity] += 1
    return Span(
        client=client,
        service=service,
        first=first,
        last=last,
        planned=len(entries),
        done=len(done),
        seconds=sum(entry.seconds for entry in done),
        metres=sum(entry.metres or 0 for entry in done),
        granted=granted_seconds(decisions, client, service, first, last),
        entries=tuple(entry.id for entry in entries),
        activities=tuple(sorted(counts.items())),
    )


def _overlaps(decision: Decision, first: date, last: date) -> bool:
    return decision.valid_from <= last and (decision.valid_to is None or decision.valid_to >= first)
