"""The sections of a report: each yields its figures from the same scope of days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from statistics import median
from typing import Final

from routing.books.care_volume import CareVolume
from routing.books.carers import Carers
from routing.books.entry import Entry, EntryKind, Result, Trip
from routing.books.figures import UNSAID, Figure, Scope, cents, counted, decimal, mean_of, rows_of, shared
from routing.books.grouping import grouped
from routing.records.model import Decision, RideRequest
from routing.rules.decision_clock import ClockState, read_clock
from routing.rules.entitlement import Cover, covers, judge_entitlement

ON_TIME: Final = 900
"""Seconds after its planned time within which an entry still begins on time."""

EXPIRES_WITHIN: Final = 60
"""Days after the last one within which a decision that ends is shown."""

_CARERS_COUNTED: Final = 4
"""From so many carers on, clients are counted together."""


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


def care(scope: Scope) -> Iterator[Figure]:
    """Yield what care plans ask for of all clients together, and what was planned and delivered of it."""
    volumes = [one for one in scope.volumes if one.asked is not None]
    rows = tuple(row for one in volumes for row in one.entries)
    asked, done = sum(one.asked or 0 for one in volumes), sum(one.done for one in volumes)
    yield _time("care-asked", asked, _plan_rows(volumes))
    yield _time("care-planned", sum(one.planned for one in volumes), rows)
    yield _time("care-done", done, rows)
    yield Figure(name="care-share", value=decimal(done / asked) if asked else None, unit="share", rows=rows)


def care_clients(scope: Scope) -> Iterator[Figure]:
    """Yield the same for each client, and how many carers she met in the last four weeks."""
    for client, volumes in grouped(scope.volumes, lambda one: one.client):
        rows = tuple(row for one in volumes for row in one.entries)
        asked = sum(one.asked or 0 for one in volumes) if any(one.asked is not None for one in volumes) else None
        done = sum(one.done for one in volumes)
        yield _time("client-asked", asked, _plan_rows(volumes), client)
        yield _time("client-planned", sum(one.planned for one in volumes), rows, client)
        yield _time("client-done", done, rows, client)
        share = decimal(done / asked) if asked else None
        yield Figure(name="client-share", value=share, unit="share", rows=rows, group=client)
        met = [one for one in scope.carers if one.client == client and one.last == scope.last]
        yield counted("client-carers", len(met[0].carers) if met else 0, met[0].entries if met else (), client)


def continuity(scope: Scope) -> Iterator[Figure]:
    """Yield how many carers clients met in four weeks, and how often one of their regular carers came.

    The last four weeks stand for all; where there are more, each whole four weeks have a mean of their own.
    """
    last = [one for one in scope.carers if one.last == scope.last]
    yield mean_of("carers-per-client", [len(one.carers) for one in last], "count", _entries_of(scope, last))
    most = max((len(one.carers) for one in last), default=None)
    worst = _entries_of(scope, [one for one in last if len(one.carers) == most])
    yield Figure(name="carers-most", value=None if most is None else Decimal(most), unit="count", rows=rows_of(worst))
    visits = _entries_of(scope, last)
    asked = [entry for entry in visits if entry.client in scope.clients and scope.clients[entry.client].regular]
    yield shared("regular-share", [e for e in asked if e.workers & scope.clients[e.client].regular], asked)
    for number, met in grouped(last, lambda one: str(min(len(one.carers), _CARERS_COUNTED))):
        yield counted("clients-with-carers", len(met), rows_of(_entries_of(scope, met)), number)
    spans = sorted({(one.first, one.last) for one in scope.carers if one.is_whole})
    for first, end in spans if len(spans) > 1 else ():
        met = [one for one in scope.carers if one.last == end]
        numbers, group = [len(one.carers) for one in met], f"{first.isoformat()}/{end.isoformat()}"
        yield mean_of("carers-in-weeks", numbers, "count", _entries_of(scope, met), group)


def punctuality(scope: Scope) -> Iterator[Figure]:
    """Yield the share that began on time, and how late the others were."""
    known = [entry for entry in scope.done if entry.late is not None]
    late = [entry for entry in known if (entry.late or 0) > ON_TIME]
    yield shared("on-time", [entry for entry in known if entry not in late], known)
    if late:
        middle = median((entry.late or 0) / 60 for entry in late)
        yield Figure(name="median-late", value=decimal(middle), unit="minutes", rows=rows_of(late))
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
    for reason, entries in grouped(failed, lambda entry: entry.reason or UNSAID):
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
        if asked:
            waits = [_days_waited(entry, rides) or 0 for entry in asked]
            yield mean_of("days-waited", waits, "days", asked, settlement)
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


def _time(name: str, seconds: int | None, rows: tuple[str, ...], group: str = "") -> Figure:
    value = None if seconds is None else decimal(seconds / 3600)
    return Figure(name=name, value=value, unit="hours", rows=rows, group=group)


def _plan_rows(volumes: Iterable[CareVolume]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(plan for one in volumes for plan in one.plans))


def _entries_of(scope: Scope, met: Iterable[Carers]) -> list[Entry]:
    return [scope.entry_by_id[name] for one in met for name in one.entries]


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
