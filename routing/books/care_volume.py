"""What care plans ask for beside what was planned and delivered of it, by client, service and month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from routing.books.entry import Entry, EntryKind
from routing.books.months import Month, month_of, months_between
from routing.records.model import CarePlan, CareSlot, Records, Service

_ALL_DAYS: Final = frozenset(range(1, 8))


@dataclass(frozen=True, kw_only=True)
class CareVolume:
    """One client's care of one service in a month, cut to the days from `first` to `last`, both included. Seconds.

    `asked` is what her care plans grant for these days, less pauses; None where no plan is in force. `planned` is what
    was given to a worker, `done` the time with her, however many came; `visits` were planned, `made` took place.
    `plans` are the care plans, `entries` the log entries that it was counted from.
    """

    client: str
    service: Service
    month: Month
    first: date
    last: date
    asked: int | None
    planned: int
    done: int
    visits: int
    made: int
    plans: tuple[str, ...]
    entries: tuple[str, ...]

    @property
    def share(self) -> float | None:
        """Return the delivered share of what is asked for; None where nothing is."""
        return self.done / self.asked if self.asked else None


def care_volumes(records: Records, entries: Iterable[Entry], first: date, last: date) -> tuple[CareVolume, ...]:
    """Return the volumes of the days from `first` to `last`, for each client with a care plan or a visit in a month."""
    held: defaultdict[tuple[str, Service, Month], list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.kind is EntryKind.VISIT and first <= entry.day <= last:
            held[entry.client, entry.service, month_of(entry.day)].append(entry)
    granting = _plans(records)
    found = []
    for month in months_between(first, last):
        begin, end = max(first, month.first), min(last, month.last)
        asked = {pair: _asked(records, plans, begin, end) for pair, plans in granting.items()}
        pairs = {pair for pair, (seconds, _) in asked.items() if seconds is not None}
        pairs |= {(client, service) for client, service, of in held if of == month}
        for pair in pairs:
            seconds, plans = asked.get(pair, (None, ()))
            found.append(_volume(pair, month, begin, end, seconds, plans, held.get((*pair, month), [])))
    return tuple(sorted(found, key=lambda one: (one.client, one.service, one.month)))


def asked_seconds(records: Records, client: str, service: Service, first: date, last: date) -> int | None:
    """Return the seconds that care plans grant a client from `first` to `last`; None where none is in force.

    A volume is spread over the days of its week or month on which the plan's visits may be made, over all days where it
    has none; days of a pause are owed to nobody.
    """
    return _asked(records, _plans(records).get((client, service), ()), first, last)[0]


def _plans(records: Records) -> Mapping[tuple[str, Service], Sequence[CarePlan]]:
    found: defaultdict[tuple[str, Service], list[CarePlan]] = defaultdict(list)
    for plan in records.care_plans:
        found[plan.client, plan.service].append(plan)
    return found


def _asked(records: Records, plans: Sequence[CarePlan], first: date, last: date) -> tuple[int | None, tuple[str, ...]]:
    """Return the seconds granted and the plans that grant them; of two versions on one day the later one counts."""
    total, used = Fraction(), dict[str, None]()
    by_day = {plan.id: _by_day([slot for slot in records.care_slots if slot.plan == plan.id], plan) for plan in plans}
    for day in _days(first, last):
        valid = [p for p in plans if p.valid_from <= day and (p.valid_to is None or day <= p.valid_to)]
        newest = max((plan.version for plan in valid), default=0)
        for plan in (plan for plan in valid if plan.version == newest):
            used[plan.id] = None
            if not any(p.client == plan.client and p.first <= day <= p.last for p in records.pauses):
                total += by_day[plan.id](day)
    return (round(total), tuple(used)) if used else (None, ())


def _by_day(slots: Sequence[CareSlot], plan: CarePlan) -> Callable[[date], Fraction]:
    """Return what tells the seconds of a plan on any day."""
    allowed = frozenset[int]().union(*(slot.weekdays or _ALL_DAYS for slot in slots)) or _ALL_DAYS
    weekly = sum((Fraction(slot.times * slot.duration, slot.every_weeks) for slot in slots), Fraction())
    if plan.weekly is not None:
        weekly = Fraction(plan.weekly)

    def seconds(day: date) -> Fraction:
        if day.isoweekday() not in allowed:
            return Fraction()
        if plan.monthly is None:
            return weekly / len(allowed)
        month = month_of(day)
        return Fraction(plan.monthly, sum(one.isoweekday() in allowed for one in _days(month.first, month.last)))

    return seconds


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))


def _volume(
    pair: tuple[str, Service],
    month: Month,
    first: date,
    last: date,
    asked: int | None,
    plans: tuple[str, ...],
    entries: Sequence[Entry],
) -> CareVolume:
    given = [entry for entry in entries if entry.planned_seconds is not None]
    done = [entry for entry in entries if entry.is_done]
    return CareVolume(
        client=pair[0],
        service=pair[1],
        month=month,
        first=first,
        last=last,
        asked=asked,
        planned=sum(entry.planned_seconds or 0 for entry in given),
        done=sum(entry.seconds for entry in done),
        visits=len(given),
        made=len(done),
        plans=plans,
        entries=tuple(sorted(entry.id for entry in entries)),
    )
