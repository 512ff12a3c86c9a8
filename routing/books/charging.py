"""Price what the log says was done: entries become the events that price lists charge, and what those come to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Final

from routing.books.entry import Entry, EntryKind, Party, Result, Way
from routing.books.months import Month, month_of
from routing.books.sharing import Together, together
from routing.day.prices import km, place_zone
from routing.day.requests import aids_of
from routing.day.subjects import home_of
from routing.records.model import RIDES, Client, Decision, Records, RideRequest, Service
from routing.records.series import rides_on
from routing.records.text_kinds import HOME
from routing.rules.charges.charge import Charges, charge
from routing.rules.charges.event import Event
from routing.rules.entitlement import judge_entitlement
from routing.rules.fees.book import FeeBook
from routing.rules.fees.question import FareQuestion
from routing.rules.fees.question import Result as RideResult
from routing.rules.fees.quote import Quote
from routing.rules.fees.relief import Relief, reliefs_of
from routing.rules.zones import Zone, widest

_RIDES: Final[Mapping[Result, RideResult]] = {
    Result.DONE: "done",
    Result.NO_SHOW: "no_show",
    Result.CANCELLED: "cancelled",
}
"""What came of a ride that a list may ask money for."""


@dataclass(frozen=True, kw_only=True)
class Charge:
    """One price: what of the log it is for, and the quote that explains it.

    `case` names it for ever: both ways of one ride, one visit, or one month of a service. `day` is the day whose list
    prices it.
    """

    case: str
    client: str
    service: Service
    day: date
    entries: tuple[str, ...]
    quote: Quote


@dataclass(frozen=True, kw_only=True)
class Pricing:
    """The records and price lists that charges are made of; the records' reliefs among them."""

    records: Records
    book: FeeBook

    def charges(self, entries: Iterable[Entry], month: Month) -> tuple[Charge, ...]:
        """Return what is owed for a month, by client, day and case, whatever the order of `entries`.

        What was used earlier in the year counts towards allowances, quotas and caps.
        """
        held = (entry for entry in entries if entry.day.year == month.year and entry.day <= month.last)
        return self.charges_by_month(held).get(month, ())

    def charges_by_month(self, entries: Iterable[Entry]) -> Mapping[Month, tuple[Charge, ...]]:
        """Return what is owed for each month that `entries` lie in; the first of them should begin a year."""
        known = tuple(entries)
        cases, riding = self._cases(known), together(known)
        made = charge(self.book, (self._event(case, own, riding) for case, own in cases.items()))
        found: defaultdict[Month, list[Charge]] = defaultdict(list)
        for one in made.charges:
            found[month_of(one.day)].append(
                Charge(
                    case=_case(one.client, one.service, one.day, one.events, one.quote),
                    client=one.client,
                    service=one.service,
                    day=one.day,
                    entries=tuple(entry.id for key in one.events for entry in cases[key]),
                    quote=one.quote,
                )
            )
        return {
            month: tuple(sorted(_joined(month, charges), key=lambda one: (one.client, one.day, one.case)))
            for month, charges in found.items()
        }

    def events(self, entries: Iterable[Entry]) -> tuple[Event, ...]:
        """Return what price lists charge for of all entries."""
        known = tuple(entries)
        riding = together(known)
        return tuple(self._event(case, own, riding) for case, own in self._cases(known).items())

    def charged(self, entries: Iterable[Entry]) -> Charges:
        """Return all charges of entries with the ledgers of what was used of allowances; a year should begin them."""
        return charge(self.book, self.events(entries))

    def _cases(self, entries: Iterable[Entry]) -> dict[str, list[Entry]]:
        """Return the entries that are charged, those of one client's ride together, in the order of the log."""
        rides: defaultdict[tuple[str, str], list[Entry]] = defaultdict(list)
        found: dict[str, list[Entry]] = {}
        for entry in sorted(entries, key=lambda entry: (entry.day, entry.id)):
            if entry.kind is EntryKind.RIDE:
                rides[entry.case, entry.client].append(entry)
            elif entry.is_done:
                found[entry.id] = [entry]
        for (case, _), ways in rides.items():
            if asked := _asked(ways):
                found[case if case not in found else f"{case}-{asked[0].client}"] = asked
        return found

    def _event(self, case: str, entries: Sequence[Entry], riding: Together) -> Event:
        first = entries[0]
        ask = self._ride_question(entries, riding) if first.kind is EntryKind.RIDE else self._visit_question(first)
        return Event(key=case, client=first.client, ask=ask)

    def _visit_question(self, visit: Entry) -> FareQuestion:
        amounts = {"hours": hours(visit.seconds), "visits": Decimal(1)}
        verdict = judge_entitlement(self._decisions.get(visit.client, ()), visit.client, visit.service, visit.day)
        if verdict.is_valid and verdict.decision and verdict.decision.weekly_hours is not None:
            amounts["weekly_hours"] = Decimal(str(verdict.decision.weekly_hours))
        return FareQuestion(
            municipality=self.records.municipality.name,
            service=visit.service,
            day=visit.day,
            zone=self._zones.get(home_of(visit.client)),
            resident=self._resident(visit.client),
            amounts=amounts,
            at=visit.planned_begin,
            expenses=_expenses([visit]),
            reliefs=self._reliefs.get(visit.client, ()),
        )

    def _ride_question(self, ways: Sequence[Entry], riding: Together) -> FareQuestion:
        """Return the question that both ways of a ride make, or the one way that is charged."""
        out = next((entry for entry in ways if entry.way is not Way.BACK), ways[0])
        back = next((entry for entry in ways if entry is not out), None)
        places = [home_of(out.client) if place == HOME else place for place in (out.start, out.end)]
        waits = [entry.waited for entry in ways if entry.waited is not None]
        ride = self._ride(out)
        return FareQuestion(
            municipality=self.records.municipality.name,
            service=out.service,
            day=out.day,
            zone=widest(*(self._zones.get(place) for place in places)),
            km=km(out.metres),
            km_back=km(back.metres) if back else None,
            returning=back is not None,
            wait=sum(waits) if waits else None,
            resident=self._resident(out.client),
            aids=aids_of(ride, self._client_by_id[out.client]) if ride else self._client_by_id[out.client].aids,
            amounts={"companions": Decimal(ride.companions)} if ride else {},
            at=out.planned_begin,
            origin=self._settlements.get(places[0]),
            destination=self._settlements.get(places[1]),
            result=_RIDES[out.result or Result.DONE],
            notice=_notice(out),
            riders=_riders(out, riding),
            riders_back=_riders(back, riding) if back else None,
            riders_km=_riders_km(out, riding),
            riders_km_back=_riders_km(back, riding) if back else None,
            expenses=_expenses(ways),
            reliefs=self._reliefs.get(out.client, ()),
        )

    def _ride(self, entry: Entry) -> RideRequest | None:
        """Return what was asked for, a row of the list or one that a series brings."""
        ride = self._ride_by_id.get(entry.request)
        if ride is None and self.records.ride_series:
            ride = next((one for one in rides_on(self.records, entry.day) if one.id == entry.request), None)
        return ride if ride and ride.client == entry.client else None

    def _resident(self, client: str) -> bool | None:
        known = self._client_by_id[client].municipality is not None
        return self._zones.get(home_of(client)) is Zone.MUNICIPALITY if known else None

    @cached_property
    def _client_by_id(self) -> Mapping[str, Client]:
        return {client.id: client for client in self.records.clients}

    @cached_property
    def _reliefs(self) -> Mapping[str, tuple[Relief, ...]]:
        return reliefs_of(self.records.reliefs)

    @cached_property
    def _ride_by_id(self) -> Mapping[str, RideRequest]:
        return {ride.id: ride for ride in self.records.rides}

    @cached_property
    def _decisions(self) -> Mapping[str, list[Decision]]:
        found: defaultdict[str, list[Decision]] = defaultdict(list)
        for decision in self.records.decisions:
            found[decision.client].append(decision)
        return found

    @cached_property
    def _zones(self) -> Mapping[str, Zone | None]:
        return {name: place_zone(self.records, name) for name in self._settlements}

    @cached_property
    def _settlements(self) -> Mapping[str, str | None]:
        """Return what fare tables may call each place: its settlement, else its name; nothing for a home without."""
        places = {place.id: place.settlement or place.name for place in self.records.places}
        return places | {home_of(client.id): client.settlement or None for client in self.records.clients}


def _joined(month: Month, charges: Iterable[Charge]) -> Iterator[Charge]:
    """Yield charges, those of a service without rides that no list is about as one question a month."""
    unlisted: defaultdict[tuple[str, Service], list[Charge]] = defaultdict(list)
    for one in charges:
        if one.quote.schedule is None and one.service not in RIDES:
            unlisted[one.client, one.service].append(one)
        else:
            yield one
    for (client, service), asked in unlisted.items():
        first = min(asked, key=lambda one: (one.day, one.case))
        entries = tuple(entry for one in asked for entry in one.entries)
        yield replace(first, case=f"{month}-{service.value}-{client}", entries=entries)


def hours(seconds: int) -> Decimal:
    """Return seconds as hours with four decimals: exact to less than half a second."""
    return (Decimal(seconds) / 3600).quantize(Decimal("0.0001"))


def _asked(ways: Sequence[Entry]) -> list[Entry]:
    """Return the ways of a ride that are charged: those driven, else those that the client gave up or did not come to.

    What the office or the carrier cancelled is nobody's debt.
    """
    driven = [entry for entry in ways if entry.is_done]
    missed = [
        entry
        for entry in ways
        if entry.result is Result.NO_SHOW or (entry.result is Result.CANCELLED and entry.cancelled_by is Party.CLIENT)
    ]
    return driven or [entry for entry in missed if entry.result is missed[0].result]


def _expenses(entries: Iterable[Entry]) -> dict[str, Decimal]:
    found: defaultdict[str, Decimal] = defaultdict(Decimal)
    for entry in entries:
        for extra in entry.extras:
            found[extra.name] += extra.amount
    return dict(found)


def _riders(entry: Entry, riding: Together) -> int:
    """Return how many were aboard with a rider at any time of her way, herself included."""
    return 1 + len({other.client for other in riding.get(entry.id, ())})


def _riders_km(entry: Entry, riding: Together) -> Decimal | None:
    """Return the kilometres of all who rode together; None where she rode alone or one is not known."""
    others = riding.get(entry.id, ())
    lengths = [km(one.metres) for one in (entry, *others)]
    return sum(filter(None, lengths), Decimal(0)) if others and None not in lengths else None


def _notice(entry: Entry) -> int | None:
    """Return the seconds from cancelling to when the ride was to begin; None where one of the two is not known."""
    if entry.result is not Result.CANCELLED or entry.cancelled_at is None or entry.planned_begin is None:
        return None
    begin = datetime.combine(entry.day, time()) + timedelta(seconds=entry.planned_begin)
    return max(0, int((begin - entry.cancelled_at).total_seconds()))


def _case(client: str, service: Service, day: date, events: Sequence[str], quote: Quote) -> str:
    if quote.period == "month" or len(events) > 1:
        return f"{month_of(day)}-{service.value}-{client}"
    return events[0]
