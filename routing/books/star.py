"""Deliveries shaped for STAR, the state's case system: case number, decision, service, delivered volume by month."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from routing.books.charging import hours
from routing.books.delivered import delivered
from routing.books.entry import Entry
from routing.books.months import Month
from routing.findings import Finding, Severity
from routing.records.model import Decision, Service
from routing.rules.entitlement import Cover, judge_entitlement


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """What was delivered under one decision in one month. Hours to four decimals, kilometres exact."""

    case_number: str
    client: str
    service: Service
    valid_from: date
    valid_to: date | None
    month: Month
    times: int
    hours: Decimal
    km: Decimal
    granted_hours: Decimal | None
    entries: tuple[str, ...]


def deliveries(
    entries: Iterable[Entry], decisions: Iterable[Decision], month: Month
) -> tuple[tuple[Delivery, ...], tuple[Finding, ...]]:
    """Return the deliveries of a month by decision, and a warning for each entry that no decision covers.

    An escorted ride under a home-care decision that does not name it counts under that decision.
    """
    known = tuple(decisions)
    by_decision: dict[tuple[Decision, Service], list[Entry]] = {}
    findings: list[Finding] = []
    for entry in sorted(entries, key=lambda entry: (entry.day, entry.id)):
        if not entry.is_done or not month.holds(entry.day):
            continue
        verdict = judge_entitlement(known, entry.client, entry.service, entry.day)
        if verdict.decision is not None and verdict.cover in {Cover.VALID, Cover.UNSTATED}:
            by_decision.setdefault((verdict.decision, entry.service), []).append(entry)
        else:
            findings.append(_uncovered(entry))
    found = (_delivery(decision, service, month, own) for (decision, service), own in by_decision.items())
    return tuple(sorted(found, key=lambda one: (one.case_number, one.service, one.valid_from))), tuple(findings)


def _delivery(decision: Decision, service: Service, month: Month, entries: list[Entry]) -> Delivery:
    first, last = max(month.first, decision.valid_from), min(month.last, decision.valid_to or month.last)
    (span,) = delivered(entries, [], first, last)
    granted = next((s.granted for s in delivered([], [decision], first, last) if s.service is service), None)
    return Delivery(
        case_number=decision.case_number,
        client=decision.client,
        service=service,
        valid_from=decision.valid_from,
        valid_to=decision.valid_to,
        month=month,
        times=span.done,
        hours=hours(span.seconds),
        km=Decimal(span.metres) / 1000,
        granted_hours=None if granted is None else hours(granted),
        entries=span.entries,
    )


def _uncovered(entry: Entry) -> Finding:
    return Finding(
        code="ledger.uncovered",
        severity=Severity.WARNING,
        file=entry.origin.file,
        row=entry.origin.row,
        found=entry.id,
        details={"client": entry.client, "day": entry.day.isoformat()},
    )
