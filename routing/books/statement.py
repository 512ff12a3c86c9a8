"""What one client owes for one month, every line explained."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from routing.books.charging import Charge, Pricing
from routing.books.entry import Entry
from routing.books.months import Month
from routing.records.model import Service
from routing.rules.fees.quote import Candidate
from routing.wording import LANGUAGES, say
from routing.wording.format import euros

Said = Mapping[str, str]
"""One sentence in every language."""


class LineKind(StrEnum):
    """What a line of a statement is: a price, or what somebody decided about one."""

    FEE = "fee"
    SETTLED = "settled"
    WAIVER = "waiver"
    CORRECTION = "correction"


@dataclass(frozen=True, kw_only=True)
class StatementLine:
    """One line, which says for ever what it said when it was made: its words are kept in every language.

    `key` names the line within its client, whatever month it stands in: a correction has a key of its own, and names in
    `refers` the line and in `mends` the month that it mends. `amount` is euros, None where it has to be asked; `notes`
    then say what. `entries` are the log entries behind it.
    """

    key: str
    kind: LineKind
    day: date
    said: Said
    amount: Decimal | None
    service: Service | None = None
    entries: tuple[str, ...] = ()
    schedule: str = ""
    legal_basis: str = ""
    quantity: Decimal | None = None
    unit_price: Decimal | None = None
    notes: tuple[Said, ...] = ()
    refers: str = ""
    mends: str = ""
    reason: str = ""


class AdjustmentKind(StrEnum):
    """What somebody decides about a line: to waive of it, or what is owed where the list does not tell."""

    WAIVER = "waiver"
    SETTLED = "settled"


@dataclass(frozen=True, kw_only=True)
class Adjustment:
    """A decision about one line of a statement, with its reason. `amount` in euros: what is waived, or what is owed."""

    id: str
    client: str
    month: Month
    kind: AdjustmentKind
    line: str
    amount: Decimal
    reason: str
    day: date
    by: str = ""


@dataclass(frozen=True, kw_only=True)
class Statement:
    """All that one client owes for one month."""

    client: str
    month: Month
    lines: tuple[StatementLine, ...]
    open_entries: tuple[str, ...] = field(default=())

    @property
    def total(self) -> Decimal | None:
        """Return the sum of the lines, None where one has to be asked."""
        return None if self.unsettled else self.known

    @property
    def known(self) -> Decimal:
        """Return the sum of the lines that have an amount."""
        return sum((line.amount for line in self.lines if line.amount is not None), Decimal("0.00"))

    @property
    def unsettled(self) -> tuple[StatementLine, ...]:
        """Return the lines whose amount has to be asked."""
        return tuple(line for line in self.lines if line.amount is None)


def statements(
    pricing: Pricing,
    entries: Iterable[Entry],
    month: Month,
    *,
    adjustments: Iterable[Adjustment] = (),
    corrections: Mapping[str, Sequence[StatementLine]] | None = None,
) -> tuple[Statement, ...]:
    """Return the statement of every client who was served or has corrections in a month, by client.

    `entries` are those of the whole year, as far as lists count over more than a month.
    `corrections` are lines, by client, that mend months which are closed already (`routing.books.closing`).
    """
    known = tuple(entries)
    return statements_of(pricing.charges(known, month), known, month, adjustments=adjustments, corrections=corrections)


def statements_of(
    charges: Iterable[Charge],
    entries: Iterable[Entry],
    month: Month,
    *,
    adjustments: Iterable[Adjustment] = (),
    corrections: Mapping[str, Sequence[StatementLine]] | None = None,
) -> tuple[Statement, ...]:
    """Return the statements of a month whose charges are worked out already."""
    lines: defaultdict[str, list[StatementLine]] = defaultdict(list)
    for charge in charges:
        lines[charge.client].extend(_lines(charge))
    decided: defaultdict[str, list[Adjustment]] = defaultdict(list)
    for adjustment in adjustments:
        if adjustment.month == month:
            decided[adjustment.client].append(adjustment)
    for client, mended in (corrections or {}).items():
        lines[client].extend(mended)
    waiting: defaultdict[str, list[str]] = defaultdict(list)
    for entry in entries:
        if entry.is_open and month.holds(entry.day):
            waiting[entry.client].append(entry.id)
    return tuple(
        Statement(
            client=client,
            month=month,
            lines=tuple(_adjusted(sorted(lines[client], key=lambda line: (line.day, line.key)), decided[client])),
            open_entries=tuple(sorted(waiting[client])),
        )
        for client in sorted({*lines, *waiting})
    )


def in_all(key: str, **values: object) -> Said:
    """Return a sentence in every language."""
    return {lang: say(key, lang, **values) for lang in LANGUAGES}


def _lines(charge: Charge) -> Iterator[StatementLine]:
    """Yield the lines of a charge, or the one line that says it has to be asked."""
    quote = charge.quote
    if quote.total is None:
        yield _unsettled(charge)
        return
    for number, line in enumerate(quote.lines):
        yield replace(
            _line(charge, f"{charge.case}/{number:02d}-{line.rule}", {lang: line.sentence(lang) for lang in LANGUAGES}),
            amount=line.amount,
            quantity=line.quantity,
            unit_price=line.unit_price,
            notes=({lang: line.warning.sentence(lang) for lang in LANGUAGES},) if line.warning else (),
        )


def _unsettled(charge: Charge) -> StatementLine:
    quote = charge.quote
    notes = [{lang: remark.sentence(lang) for lang in LANGUAGES} for remark in quote.unknowns]
    known = [candidate for candidate in quote.candidates if candidate.total is not None]
    notes += [{lang: _candidate(candidate, lang) for lang in LANGUAGES} for candidate in known]
    said = {lang: quote.sentence(lang) for lang in LANGUAGES}
    return replace(_line(charge, f"{charge.case}/ask", said), notes=tuple(notes))


def _candidate(candidate: Candidate, lang: str) -> str:
    readings = "; ".join(reading.sentence(lang) for reading in candidate.readings)
    return say("ledger.candidate", lang, total=euros(candidate.total or Decimal(0), lang), readings=readings)


def _line(charge: Charge, key: str, said: Said) -> StatementLine:
    return StatementLine(
        key=key,
        kind=LineKind.FEE,
        day=charge.day,
        said=said,
        amount=None,
        service=charge.service,
        entries=charge.entries,
        schedule=charge.quote.schedule or "",
        legal_basis=charge.quote.legal_basis,
    )


def _adjusted(lines: Sequence[StatementLine], decided: Sequence[Adjustment]) -> Iterator[StatementLine]:
    """Yield the lines with what was decided about each; a decision about a line that is gone has no effect.

    Nothing is waived beyond what the line's case comes to: a relief has taken its part of it already.
    """
    settled = [_settled(line, decided) for line in lines]
    owed: defaultdict[str, Decimal] = defaultdict(Decimal)
    for line in settled:
        owed[_case_of(line)] += line.amount or Decimal(0)
    for line in settled:
        yield line
        left = min(line.amount or Decimal(0), owed[_case_of(line)])
        for waiver in decided:
            if waiver.line == line.key and waiver.kind is AdjustmentKind.WAIVER:
                waived = max(Decimal(0), min(waiver.amount, left))  # a credit has nothing to waive
                left -= waived
                owed[_case_of(line)] -= waived
                yield _waived(line, waiver, waived)


def _settled(line: StatementLine, decided: Sequence[Adjustment]) -> StatementLine:
    """Return a line whose price was asked for with what somebody was told, as it was otherwise."""
    told = [one for one in decided if one.line == line.key and one.kind is AdjustmentKind.SETTLED]
    if not told or line.amount is not None:
        return line
    amount = told[-1].amount
    said = {lang: say("ledger.line-settled", lang, amount=euros(amount, lang)) for lang in LANGUAGES}
    return replace(line, kind=LineKind.SETTLED, said=said, amount=amount, reason=told[-1].reason)


def _case_of(line: StatementLine) -> str:
    return line.key.partition("/")[0]


def _waived(line: StatementLine, waiver: Adjustment, amount: Decimal) -> StatementLine:
    return StatementLine(
        key=f"{line.key}/waiver-{waiver.id}",
        kind=LineKind.WAIVER,
        day=waiver.day,
        said=in_all("ledger.line-waiver"),
        amount=-amount,
        service=line.service,
        entries=line.entries,
        refers=line.key,
        reason=waiver.reason,
    )
