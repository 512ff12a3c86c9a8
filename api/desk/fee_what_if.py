"""What a month would have cost by a draft of price lists, client by client."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from api.desk.fees import draft_of
from api.desk.log_entries import entries_between
from api.desk.municipality import open_municipality, open_municipality_fees
from api.desk.record_set import errors_of
from api.errors import RefusedError
from routing.books.charging import Pricing
from routing.books.months import Month
from routing.findings import Finding
from routing.rules.charges.what_if import WhatIf, drafted, what_if


@dataclass(frozen=True, kw_only=True)
class Tried:
    """A month priced twice, and what was found in the draft."""

    found: WhatIf
    findings: tuple[Finding, ...]


def try_draft(session: Session, month: Month, text: str) -> Tried:
    """Price a month by the lists in force and by a draft; what came before in the year counts towards both.

    RefusedError with every finding where the draft has an error, or no list at all.
    """
    draft, findings = draft_of(text)
    if errors_of(findings):
        raise RefusedError(tuple(findings))
    if not draft.schedules:
        raise RefusedError([Finding(code="rules.fee-field-missing", file="draft.toml", field="schedules")])
    records = open_municipality(session).records
    book = open_municipality_fees(session)[0]
    entries = entries_between(session, dt.date(month.year, 1, 1), month.last)
    events = Pricing(records=records, book=book).events(entries)
    found = what_if(events, book, drafted(book, draft, records.municipality.name))
    return Tried(found=found.between(month.first, month.last), findings=tuple(findings))
