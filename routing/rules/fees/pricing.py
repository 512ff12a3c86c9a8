"""Price a ride: the heart of the fee engine, the same for every price list.

A ride is one charge, or two where each direction is charged by itself. Each charge runs through the components from top
to bottom. Where a component depends on something unknown with a closed list of readings, every reading is tried: if all
lead to the same total, that is the price; if not, there is none, and the candidates are shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import islice
from typing import Final, TypedDict, Unpack

from routing.findings import Severity
from routing.rules.fees.book import FeeBook
from routing.rules.fees.components import AnyComponent
from routing.rules.fees.components.pools import pool_of
from routing.rules.fees.line import Line, merged, used
from routing.rules.fees.outcome import Outcome, agreed_uses, deciding
from routing.rules.fees.question import FareQuestion
from routing.rules.fees.quote import Candidate, Quote, Reading
from routing.rules.fees.readings import OpenReading, Situation, UnknownValue, Way
from routing.rules.fees.relief import Relief, by_component, conflicting, relief_line
from routing.rules.fees.schedule import Schedule
from routing.rules.fees.unlisted import counts_rides, unlisted
from routing.rules.fees.uses import RIDES
from routing.rules.remark import Remark

MOST_READINGS: Final = 2000
"""A list that leaves so much open that it could be read in more ways than these is not priced at all."""


def quote(book: FeeBook, question: FareQuestion) -> Quote:
    """Price `question` by the schedule that holds on its day; never raises for what is merely unknown."""
    schedule = book.on(question.municipality, question.service, question.day)
    if isinstance(schedule, Remark):
        return Quote(question=question, unknowns=(schedule,))
    return price(schedule, question)


def price(schedule: Schedule, question: FareQuestion) -> Quote:
    """Price `question` by `schedule`."""
    outcomes = tuple(islice(_outcomes(schedule, question, {}), MOST_READINGS + 1))
    if len(outcomes) > MOST_READINGS:
        too_open = Remark(code="rules.fee-too-open", values={"schedule": schedule.id})
        return _answer(schedule, question, unknowns=(too_open,), uses={RIDES: None})
    first = outcomes[0]
    agreed = all(outcome.total == first.total for outcome in outcomes)
    names = deciding(outcomes)
    return _answer(
        schedule,
        question,
        lines=first.lines if agreed and first.total is not None else _common(outcomes),
        total=first.total if agreed else None,
        unknowns=_unknowns(names, outcomes),
        candidates=_candidates(names, outcomes),
        uses=agreed_uses(outcomes),
    )


class _Answer(TypedDict, total=False):
    lines: tuple[Line, ...]
    total: Decimal | None
    unknowns: tuple[Remark, ...]
    candidates: tuple[Candidate, ...]
    uses: Mapping[str, Decimal | None]


def _answer(schedule: Schedule, question: FareQuestion, **fields: Unpack[_Answer]) -> Quote:
    """Return a quote by `schedule`."""
    return Quote(
        question=question,
        schedule=schedule.id,
        period=schedule.period,
        legal_basis=schedule.legal_basis,
        source=schedule.source,
        **fields,
    )


def _outcomes(schedule: Schedule, question: FareQuestion, assumed: Mapping[str, str]) -> Iterator[Outcome]:
    """Yield the outcome under `assumed`, or under each reading of the first thing it leaves open."""
    situation = Situation(question=question, conventions=schedule.conventions, assumed=assumed, ledger=question.before)
    try:
        lines, uses = _priced(schedule, situation)
    except OpenReading as unknown:
        for reading in unknown.readings:
            yield from _outcomes(schedule, question, {**assumed, unknown.name: reading})
    else:
        yield Outcome(assumed=assumed, lines=lines, uses=uses)


def _priced(schedule: Schedule, situation: Situation) -> tuple[tuple[Line, ...], Mapping[str, Decimal | None]]:
    """Return the lines of all charges and what they use; a line that adds nothing is left out, never the last."""
    charged: list[Line] = []
    ways = _ways(situation)
    for way in ways:
        earlier = None if situation.ledger is None else situation.ledger.plus(situation.question.day, used(charged))
        charge = _charge(schedule, replace(situation, way=way, ledger=earlier))
        charged += _with_ride(charge, schedule, situation)
    lines = merged(charged)
    if not lines:
        return (_unknown_line("", Remark(code="rules.fee-nothing-applies", severity=Severity.WARNING)),), {}
    return tuple(line for line in lines if line.quantity != 0) or lines[:1], used(charged)


def _with_ride(charge: Sequence[Line], schedule: Schedule, situation: Situation) -> Sequence[Line]:
    """Note on its first line that a charge is one ride of the client's quota; a ride not made may be none."""
    if not charge or schedule.period != "ride":
        return charge
    counts = situation.question.result == "done" or not counts_rides(schedule)
    one = Decimal(counts or situation.reading("cancelled_counts") == "yes")
    return replace(charge[0], uses=(*charge[0].uses, (RIDES, one))), *charge[1:]


def _ways(situation: Situation) -> tuple[Way, ...]:
    if situation.question.returning and situation.reading("charged_per") == "direction":
        return Way.OUT, Way.BACK
    return (Way.TRIP,)


def _charge(schedule: Schedule, situation: Situation) -> Sequence[Line]:
    """Run one charge through the components from top to bottom."""
    lines: list[Line] = []
    for component in schedule.components:
        if situation.matches(component.when):
            lines.append(_rounded(_line(component, situation, lines), schedule))
    lines += (_unknown_line("", remark) for remark in tuple(unlisted(schedule, situation.question, lines)))
    holding = (
        relief for relief in situation.question.reliefs if relief.holds(schedule.service, situation.question.day)
    )
    for reliefs in by_component(holding):
        if any(reliefs[0].component in {"", line.rule} for line in lines):
            lines.append(_rounded(_relief(reliefs, lines), schedule))
    return lines


def _relief(reliefs: Sequence[Relief], above: Sequence[Line]) -> Line:
    if conflicting(reliefs):
        return _unknown_line("relief", Remark(code="rules.fee-reliefs-differ", severity=Severity.WARNING))
    return relief_line(reliefs, above)


def _line(component: AnyComponent, situation: Situation, above: Sequence[Line]) -> Line:
    try:
        return component.line(situation, above)
    except UnknownValue as unknown:
        pool = pool_of(component)
        line = _unknown_line(component.name, unknown.remark)
        return line if pool is None else replace(line, uses=((pool, None),))


def _rounded(line: Line, schedule: Schedule) -> Line:
    return line if line.amount is None else replace(line, amount=schedule.rounding.round(line.amount))


def _unknown_line(rule: str, remark: Remark) -> Line:
    return Line(rule=rule, sentence_key=remark.code, measure="charge", unknown=remark)


def _unknowns(names: Iterable[str], outcomes: Iterable[Outcome]) -> tuple[Remark, ...]:
    """Return what to ask: the readings that decide, then every value that some outcome lacks."""
    asked = [Remark(code=f"rules.unknown-{name.replace('_', '-')}", severity=Severity.WARNING) for name in names]
    for outcome in outcomes:
        for line in outcome.lines:
            if line.unknown is not None and line.unknown not in asked:
                asked.append(line.unknown)
    return tuple(asked)


def _candidates(names: Sequence[str], outcomes: Iterable[Outcome]) -> tuple[Candidate, ...]:
    """Return one candidate for each distinct reading of what decides; none where nothing does."""
    found: dict[tuple[Reading, ...], Candidate] = {}
    for outcome in outcomes:
        readings = tuple(Reading(name=name, value=outcome.assumed[name]) for name in names if name in outcome.assumed)
        if readings:
            found.setdefault(readings, Candidate(readings=readings, lines=outcome.lines, total=outcome.total))
    return tuple(found.values())


def _common(outcomes: Sequence[Outcome]) -> tuple[Line, ...]:
    return tuple(line for line in outcomes[0].lines if all(line in outcome.lines for outcome in outcomes))
