"""The sections of a report: each yields its figures from the same scope of days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from statistics import median
from typing import Final

from routing.books.entry import Entry, EntryKind, Result, Trip
from routing.books.figures import Figure, Scope, cents, counted, decimal, grouped, mean_of, rows_of, shared
from routing.records.model import Decision, RideRequest
from routing.rules.decision_clock import ClockState, read_clock
from routing.rules.entitlement import Cover, covers, judge_entitlement

ON_TIME: Final = 900
"""Seconds after its planned time within which an entry still begins on time."""

EXPIRES_WITHIN: Final = 60
"""Days after the last one within which a decision that ends is shown."""

_FOUR_WEEKS: Final = timedelta(days=28)


def services(scope: Scope) -> Iterator[Figure]:
    """Yield recipients, times, hours and kilometres by service, as the yearly counts of S-veeb ask."""
    for service, entries in grouped(scope.done, lambda entry: entry.service.value):
        rows = rows_of(entries)
        yield counted("recipients", len({entry.client for entry in entries}), rows, service)
        yield counted("times", len(entries), rows, service)
        yield Figure(name="hours", value=_hours(entries), unit="hours", rows=rows, group=service)
        rides = [entry for entry in entries if entry.kind is EntryKind.RIDE]
        if rides:
            yield Figure(name="ride-km", value=_km(rides), unit="km", rows=rows_of(rides), group=service)


def decisions(scope: Scope) -> Iterator[Figure]:
    """Yield decisions that end soon, that came late or are overdue, and what was done without one."""
    known = scope.records.decisions
    until = scope.last + timedelta(days=EXPIRES_WITHIN)
    ending = [d for d in known if d.valid_to and scope.last <= d.valid_to <= until and not _renewed(d, known)]
    yield counted("decisions-ending", len(ending), _decision_rows(ending))
    late = [
        d
        for d in known
        if d.decided_on and scope.first <= d.decided_on <= scope.last and _state(d, scope) is ClockState.LATE
    ]
    yield counted("decisions-late", len(late), _decision_rows(late))
    overdue = [d for d in known if _state(d, scope) is ClockState.OVERDUE]
    yield counted("decisions-overdue", len(overdue), _decision_rows(overdue))
    uncovered = [entry for entry in scope.done if not _is_covered(entry, known)]
    yield counted("uncovered", len(uncovered), rows_of(uncovered))


def continuity(scope: Scope) -> Iterator[Figure]:
    """Yield how many carers a client met in the last four weeks, and how often one of her regular carers came."""
    begin = max(scope.first, scope.last - _FOUR_WEEKS + timedelta(days=1))
    visits = [entry for entry in scope.done if entry.kind is EntryKind.VISIT and entry.day >= begin and entry.workers]
    carers = {
        client: len(set().union(*(e.workers for e in own))) for client, own in grouped(visits, lambda e: e.client)
    }
    yield mean_of("carers-per-client", list(carers.values()), "count", visits)
    most = max(carers.values(), default=None)
    worst = [entry for entry in visits if carers[entry.client] == most]
    yield Figure(name="carers-most", value=None if most is None else Decimal(most), unit="count", rows=rows_of(worst))
    asked = [entry for entry in visits if entry.client in scope.clients and scope.clients[entry.client].regular]
    yield shared("regular-share", [e for e in asked if e.workers & scope.clients[e.client].regular], asked)


def punctuality(scope: Scope) -> Iterator[Figure]:
    """Yield the share that began on time, and how late the others were."""
    known = [entry for entry in scope.done if entry.late is not None]
    late = [entry for entry in known if (entry.late or 0) > ON_TIME]
    yield shared("on-time", [entry for entry in known if entry not in late], known)
    minutes = [(entry.late or 0) / 60 for entry in late]
    yield Figure(
        name="median-late", value=decimal(median(minutes)) if minutes else None, unit="minutes", rows=rows_of(late)
    )
    unknown = [entry for entry in scope.done if entry.late is None]
    yield counted("times-unknown", len(unknown), rows_of(unknown))


def outcomes(scope: Scope) -> Iterator[Figure]:
    """Yield what came of all entries, and why some were refused or not possible."""
    for result in Result:
        entries = [entry for entry in scope.entries if entry.result is result]
        if entries:
            yield counted("result", len(entries), rows_of(entries), result.value)
    waiting = [entry for entry in scope.entries if entry.is_open]
    yield counted("result-open", len(waiting), rows_of(waiting))
    failed = [entry for entry in scope.entries if entry.result in {Result.REFUSED, Result.NOT_POSSIBLE}]
    for reason, entries in grouped(failed, lambda entry: entry.reason or "–"):
        yield counted("reason", len(entries), rows_of(entries), reason)


def access(scope: Scope) -> Iterator[Figure]:
    """Yield by settlement who was served, how much of the time went into travel, how long rides waited, who was not."""
    rides = {ride.id: ride for ride in scope.records.rides}
    for settlement, entries in grouped(scope.entries, scope.settlement):
        done = [entry for entry in entries if entry.is_done]
        yield counted("settlement-clients", len({entry.client for entry in done}), rows_of(done), settlement)
        travel, service = sum(entry.travel or 0 for entry in done), sum(entry.seconds for entry in done)
        share = decimal(travel / (travel + service)) if travel + service else None
        yield Figure(name="travel-share", value=share, unit="share", rows=rows_of(done), group=settlement)
        asked = [entry for entry in done if _days_waited(entry, rides) is not None]
        yield mean_of("days-waited", [_days_waited(entry, rides) or 0 for entry in asked], "days", asked, settlement)
        unserved = [entry for entry in entries if entry.result is Result.NOT_POSSIBLE]
        yield counted("unserved", len(unserved), rows_of(unserved), settlement)


def workload(scope: Scope) -> Iterator[Figure]:
    """Yield times and hours by worker, all who came along counted."""
    workers = sorted({worker for entry in scope.done for worker in entry.workers})
    for worker in workers:
        entries = [entry for entry in scope.done if worker in entry.workers]
        yield counted("worker-times", len(entries), rows_of(entries), worker)
        yield Figure(name="worker-hours", value=_hours(entries), unit="hours", rows=rows_of(entries), group=worker)


def mileage(scope: Scope) -> Iterator[Figure]:
    """Yield kilometres by vehicle, as driven where that is known, else as planned."""
    for vehicle, trips in grouped(scope.trips, lambda trip: trip.vehicle):
        rows = tuple(trip.id for trip in trips)
        yield Figure(name="vehicle-km", value=_driven(trips), unit="km", rows=rows, group=vehicle)


def cost(scope: Scope) -> Iterator[Figure]:
    """Yield what a visit and a kilometre cost, where the municipality says what an hour and a kilometre cost it."""
    rates, trips = scope.rates, scope.trips
    rows = tuple(trip.id for trip in trips)
    known = rates.per_hour is not None and rates.per_km is not None and bool(trips)
    worked = Decimal(sum((trip.end or 0) - (trip.begin or 0) for trip in trips)) / 3600
    total = worked * (rates.per_hour or 0) + _driven(trips) * (rates.per_km or 0) if known else None
    yield Figure(name="cost", value=cents(total), unit="euros", rows=rows)
    each = None if total is None or not scope.done else total / len(scope.done)
    yield Figure(name="cost-per-time", value=cents(each), unit="euros", rows=rows_of(scope.done))
    driven = _driven(trips)
    yield Figure(
        name="cost-per-km",
        value=cents(total / driven) if total is not None and driven else None,
        unit="euros",
        rows=rows,
    )


def decision_key(decision: Decision) -> str:
    """Return what names a decision among the rows behind a figure."""
    return f"{decision.case_number}-{decision.client}-{decision.service.value}-{decision.valid_from.isoformat()}"


def _decision_rows(found: Iterable[Decision]) -> tuple[str, ...]:
    return tuple(sorted(map(decision_key, found)))


def _hours(entries: Iterable[Entry]) -> Decimal:
    return decimal(sum(entry.seconds for entry in entries) / 3600)


def _km(entries: Iterable[Entry]) -> Decimal:
    return Decimal(sum(entry.metres or 0 for entry in entries)) / 1000


def _driven(trips: Iterable[Trip]) -> Decimal:
    known = (trip.planned_metres if trip.metres is None else trip.metres for trip in trips)
    return Decimal(sum(metres or 0 for metres in known)) / 1000


def _days_waited(entry: Entry, rides: Mapping[str, RideRequest]) -> int | None:
    ride = rides.get(entry.request)
    return (entry.day - ride.requested_on).days if ride and ride.requested_on else None


def _state(decision: Decision, scope: Scope) -> ClockState | None:
    if decision.applied_on is None:
        return None
    return read_clock(decision.applied_on, today=scope.last, decided_on=decision.decided_on).state


def _renewed(decision: Decision, known: Iterable[Decision]) -> bool:
    """Tell whether another decision of the same service goes on where this one ends."""
    end = decision.valid_to or date.max
    return any(
        other is not decision
        and (other.client, other.service) == (decision.client, decision.service)
        and covers(other, end + timedelta(days=1))
        for other in known
    )


def _is_covered(entry: Entry, known: Iterable[Decision]) -> bool:
    verdict = judge_entitlement(known, entry.client, entry.service, entry.day)
    return verdict.cover in {Cover.VALID, Cover.UNSTATED}
