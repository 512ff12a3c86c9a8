"""When a month may be closed, and what mends it afterwards: a closed line never changes, new lines refer back to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from routing.books.months import Month
from routing.books.statement import LineKind, Statement, StatementLine
from routing.findings import Finding
from routing.wording import LANGUAGES, say
from routing.wording.format import euros


def blockers(statements: Iterable[Statement]) -> tuple[Finding, ...]:
    """Return why a month cannot be closed yet: entries without a result, lines whose amount has to be asked."""
    found: list[Finding] = []
    for statement in statements:
        details = {"client": statement.client, "month": str(statement.month)}
        found += [Finding(code="ledger.entry-open", found=entry, details=details) for entry in statement.open_entries]
        found += [
            Finding(code="ledger.line-unsettled", found=line.key, details=details) for line in statement.unsettled
        ]
    return tuple(found)


def corrections(
    month: Month, charged: Iterable[StatementLine], now: Iterable[StatementLine], on: date
) -> tuple[StatementLine, ...]:
    """Return the lines that bring what one client was charged for a month to what she owes by the log as it is now.

    `charged` are all lines charged for the month so far, with the corrections of it made since. Whatever still has to
    be asked is left until it is known.
    """
    before, owed = _by_origin(charged), _by_origin(now)
    cases = {(line.refers or line.key).partition("/")[0] for line in now if line.amount is None}
    mended = []
    for key in dict.fromkeys((*before, *owed)):
        was, is_now = _sum(before.get(key, ())), _sum(owed.get(key, ()))
        if was != is_now and key.partition("/")[0] not in cases:
            about, count = (owed.get(key) or before[key])[0], len(before.get(key, ()))
            mended.append(
                replace(_correction(key, about, was, is_now, on), key=f"{key}/correction-{count}", mends=str(month))
            )
    return tuple(mended)


def charged_for(
    month: Month, closed: Iterable[StatementLine], later: Iterable[StatementLine]
) -> tuple[StatementLine, ...]:
    """Return all that was charged for a closed month: its own lines, and those of `later` statements that mend it."""
    told = tuple(closed)
    mending = {line.key for line in told if line.kind is LineKind.CORRECTION}
    own = (line for line in told if line.key not in mending and line.refers not in mending)
    return (*own, *(line for line in later if line.mends == str(month)))


def _by_origin(lines: Iterable[StatementLine]) -> Mapping[str, Sequence[StatementLine]]:
    """Return the lines by the first line they are about: itself, or what a waiver or correction refers to."""
    found: defaultdict[str, list[StatementLine]] = defaultdict(list)
    for line in lines:
        found[line.refers or line.key].append(line)
    return found


def _sum(lines: Iterable[StatementLine]) -> Decimal:
    return sum((line.amount for line in lines if line.amount is not None), Decimal("0.00"))


def _correction(key: str, about: StatementLine, was: Decimal, is_now: Decimal, on: date) -> StatementLine:
    said = {
        lang: say("ledger.line-correction", lang, was=euros(was, lang), now=euros(is_now, lang)) for lang in LANGUAGES
    }
    return StatementLine(
        key=key,
        kind=LineKind.CORRECTION,
        day=on,
        said=said,
        amount=is_now - was,
        service=about.service,
        entries=about.entries,
        schedule=about.schedule,
        legal_basis=about.legal_basis,
        refers=key,
    )
