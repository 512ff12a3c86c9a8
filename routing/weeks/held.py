"""What planning a week anew must leave as it is, and what it may choose again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from routing.records.model import CareVisit, Records
from routing.weeks.by_hand import tied
from routing.weeks.demand import week_days


def loosened(
    records: Records,
    first: date,
    *,
    visits: Collection[str] = (),
    worker_days: Collection[tuple[str, date]] = (),
    days: Collection[date] = (),
) -> Records:
    """Return the records without the visits of care plans that may be chosen again, from `first` to its Sunday.

    What is held stays: single `visits`, all that a worker has on a day, whole `days`, and whatever a gap ties to
    something held or to a visit of another recurring one.
    """
    span = frozenset(week_days(first)) - frozenset(days)
    own = [visit for visit in records.visits if visit.day in span]
    named = {visit.id for visit in own if visit.id in visits or _is_hers(visit, worker_days) or not visit.care_slot}
    held: set[str] = set()
    for visit in own:
        together = tied(records, visit)
        if together & named or _is_mixed(records, together):
            held |= together
    free = {visit.id for visit in own} - held
    return replace(records, visits=tuple(visit for visit in records.visits if visit.id not in free))


def _is_hers(visit: CareVisit, worker_days: Collection[tuple[str, date]]) -> bool:
    return any((worker, visit.day) in worker_days for worker in visit.planned_for)


def _is_mixed(records: Records, together: frozenset[str]) -> bool:
    """Tell whether visits of several recurring ones are tied: somebody did that by hand."""
    return len({visit.care_slot for visit in records.visits if visit.id in together}) > 1
