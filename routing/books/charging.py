"""Price what the log says was done: each ride, and home care by the visit or by the month, as its own list asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from routing.books.entry import Entry, EntryKind, Way
from routing.books.months import Month, month_of
from routing.day.prices import km, place_zone
from routing.day.requests import aids_of
from routing.day.subjects import home_of
from routing.records.model import Aid, Client, Records, RideRequest, Service
from routing.records.text_kinds import HOME
from routing.rules.entitlement import judge_entitlement
from routing.rules.fees.book import FeeBook
from routing.rules.fees.pricing import quote
from routing.rules.fees.question import FareQuestion
from routing.rules.fees.quote import Quote
from routing.rules.fees.schedule import Schedule
from routing.rules.zones import Zone, widest


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
    """The records and price lists that charges are made of."""

    records: Records
    book: FeeBook

    def charges(self, entries: Iterable[Entry]) -> tuple[Charge, ...]:
        """Return what is owed for entries, in whatever order they come, by client, day and case."""
        done = sorted((entry for entry in entries if entry.is_done), key=lambda entry: (entry.day, entry.id))
        found = [*self._rides(done), *self._care(done)]
        return tuple(sorted(found, key=lambda charge: (charge.client, charge.day, charge.case)))

    def _rides(self, done: Sequence[Entry]) -> Iterator[Charge]:
        cases: defaultdict[tuple[str, str], list[Entry]] = defaultdict(list)
        for entry in done:
            if entry.kind is EntryKind.RIDE:
                cases[entry.client, entry.case].append(entry)
        for (client, case), ways in cases.items():
            yield self._charge(case, ways, self._ride_question(client, ways))

    def _care(self, done: Sequence[Entry]) -> Iterator[Charge]:
        """Yield the charges of visits: one by one, or together where the list that holds is for a month."""
        months: defaultdict[tuple[str, Service, Month], list[Entry]] = defaultdict(list)
        for entry in done:
            if entry.kind is EntryKind.VISIT and not self._is_monthly(entry):
                yield self._charge(entry.id, [entry], self._visit_question([entry]))
            elif entry.kind is EntryKind.VISIT:
                months[entry.client, entry.service, month_of(entry.day)].append(entry)
        for (client, service, month), visits in months.items():
            yield self._charge(f"{month}-{service.value}-{client}", visits, self._visit_question(visits))

    def _charge(self, case: str, entries: Sequence[Entry], question: FareQuestion) -> Charge:
        first = entries[0]
        return Charge(
            case=case,
            client=first.client,
            service=first.service,
            day=question.day,
            entries=tuple(entry.id for entry in entries),
            quote=quote(self.book, question),
        )

    def _is_monthly(self, entry: Entry) -> bool:
        schedule = self.book.on(self.records.municipality.name, entry.service, entry.day)
        return isinstance(schedule, Schedule) and schedule.period == "month"

    def _visit_question(self, visits: Sequence[Entry]) -> FareQuestion:
        first = visits[0]
        seconds = sum(visit.seconds for visit in visits)
        amounts = {"hours": hours(seconds), "visits": Decimal(len(visits))}
        verdict = judge_entitlement(self.records.decisions, first.client, first.service, first.day)
        if verdict.is_valid and verdict.decision and verdict.decision.weekly_hours is not None:
            amounts["weekly_hours"] = Decimal(str(verdict.decision.weekly_hours))
        return FareQuestion(
            municipality=self.records.municipality.name,
            service=first.service,
            day=first.day,
            zone=self._zones.get(home_of(first.client)),
            resident=self._resident(first.client),
            amounts=amounts,
        )

    def _ride_question(self, client: str, ways: Sequence[Entry]) -> FareQuestion:
        """Return the question that both ways of a ride make, or the one way that was driven."""
        out = next((entry for entry in ways if entry.way is not Way.BACK), ways[0])
        back = next((entry for entry in ways if entry is not out), None)
        places = [home_of(client) if place == HOME else place for place in (out.start, out.end)]
        waits = [entry.waited for entry in ways if entry.waited is not None]
        return FareQuestion(
            municipality=self.records.municipality.name,
            service=out.service,
            day=out.day,
            zone=widest(*(self._zones.get(place) for place in places)),
            km=km(out.metres),
            km_back=km(back.metres) if back else None,
            returning=back is not None,
            wait=sum(waits) if waits else None,
            resident=self._resident(client),
            aids=self._aids(out),
        )

    def _aids(self, entry: Entry) -> frozenset[Aid]:
        ride, client = self._ride_by_id.get(entry.request), self._client_by_id[entry.client]
        return client.aids if ride is None or ride.client != client.id else aids_of(ride, client)

    def _resident(self, client: str) -> bool | None:
        known = self._client_by_id[client].municipality is not None
        return self._zones.get(home_of(client)) is Zone.MUNICIPALITY if known else None

    @cached_property
    def _client_by_id(self) -> Mapping[str, Client]:
        return {client.id: client for client in self.records.clients}

    @cached_property
    def _ride_by_id(self) -> Mapping[str, RideRequest]:
        return {ride.id: ride for ride in self.records.rides}

    @cached_property
    def _zones(self) -> Mapping[str, Zone | None]:
        names = [place.id for place in self.records.places] + [home_of(client.id) for client in self.records.clients]
        return {name: place_zone(self.records, name) for name in names}


def hours(seconds: int) -> Decimal:
    """Return seconds as hours with four decimals: exact to less than half a second."""
    return (Decimal(seconds) / 3600).quantize(Decimal("0.0001"))
