"""Try a price list as it is being written: its worked cases, by the list that is kept and by the draft."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import PurePosixPath

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.desk.documents import FEE_CASES, FEES
from api.desk.fees import cases_in, schedules_of
from api.desk.record_set import errors_of
from api.desk.records_documents import check_document, get_document
from api.store.books import Month, MonthState
from api.store.records import Document
from routing.findings import Finding, Findings
from routing.rules.fees.book import FeeBook
from routing.rules.fees.cases import Tried, cases_beside, try_cases
from routing.rules.fees.schedule import Schedule


@dataclass(frozen=True, kw_only=True)
class TriedTwice:
    """One case, by the kept list and by the draft."""

    kept: Tried
    draft: Tried

    @property
    def moved(self) -> bool:
        """Tell whether the draft answers otherwise than the kept list."""
        return (self.kept.total, self.kept.candidates) != (self.draft.total, self.draft.candidates)


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What a draft comes to: `findings` of the text, the `cases`, and lists in force that it `changes`.

    `closed_months` were charged while those lists held: their statements stay as they are, whatever is changed. A
    `faulty` text is not tried.
    """

    findings: tuple[Finding, ...]
    cases_name: str
    cases_kept: bool
    case_findings: tuple[Finding, ...] = ()
    cases: tuple[TriedTwice, ...] = ()
    changes: tuple[Schedule, ...] = ()
    closed_months: tuple[str, ...] = ()
    faulty: bool = False

    @property
    def telling_first(self) -> tuple[TriedTwice, ...]:
        """Return the cases that differ from what is expected, then those that change, then the others."""
        return tuple(sorted(self.cases, key=lambda case: (case.draft.agrees, not case.moved)))

    @property
    def differing(self) -> int:
        """Return how many cases come out otherwise than somebody expects who reads the list."""
        return sum(not case.draft.agrees for case in self.cases)


def try_text(session: Session, name: str, text: str, *, today: date) -> Trial:
    """Try the text of a price list without keeping it; MissingError where there is no such list."""
    document = get_document(session, name, FEES)
    findings, beside = check_document(session, name, text), cases_document(session, name)
    if errors_of(findings):
        return Trial(findings=findings, cases_name=cases_name(name), cases_kept=beside is not None, faulty=True)
    kept, draft = schedules_of(name, document.text), schedules_of(name, text)
    cases, faults = cases_in(beside.name, beside.text) if beside is not None else ((), Findings())
    municipality = next((schedule.municipality for schedule in (*draft, *kept)), "")
    changes = changed_in_force(kept, draft, today)
    sides = (try_cases(FeeBook(schedules=side), municipality, cases) for side in (kept, draft))
    return Trial(
        findings=findings,
        cases_name=cases_name(name),
        cases_kept=beside is not None,
        case_findings=tuple(faults),
        cases=tuple(TriedTwice(kept=one, draft=other) for one, other in zip(*sides, strict=True)),
        changes=changes,
        closed_months=_closed_months(session, changes),
    )


def cases_name(name: str) -> str:
    """Return the name of the document with a price list's worked cases."""
    return str(cases_beside(PurePosixPath(name)))


def cases_document(session: Session, name: str) -> Document | None:
    """Return the worked cases of a price list; None where it has none."""
    document = session.get(Document, cases_name(name))
    return document if document is not None and document.kind == FEE_CASES else None


def begin_cases(session: Session, name: str, text: str) -> str:
    """Keep a first text of worked cases beside a price list that has none; return its name."""
    get_document(session, name, FEES)
    if cases_document(session, name) is None:
        session.add(Document(name=cases_name(name), kind=FEE_CASES, text=text))
        session.flush()
    return cases_name(name)


def changed_in_force(kept: tuple[Schedule, ...], draft: tuple[Schedule, ...], today: date) -> tuple[Schedule, ...]:
    """Return the kept lists that may have priced something by `today` and that a draft changes or leaves out.

    A list may end today or later; new prices belong into a new list with a first day of its own, so that what is
    priced already keeps its price.
    """
    drafted = {schedule.id: schedule for schedule in draft}
    in_force = (schedule for schedule in kept if schedule.first_day <= today)
    return tuple(schedule for schedule in in_force if not _same_until(schedule, drafted.get(schedule.id), today))


def _closed_months(session: Session, changes: tuple[Schedule, ...]) -> tuple[str, ...]:
    """Return the closed months, `2026-06`, in which one of the lists held."""
    closed = session.scalars(select(Month.month).where(Month.state == MonthState.CLOSED).order_by(Month.month))
    return tuple(month for month in closed if any(_held_in(schedule, month) for schedule in changes))


def _held_in(schedule: Schedule, month: str) -> bool:
    begins = schedule.first_day.strftime("%Y-%m")
    return begins <= month and (schedule.valid_to is None or month <= schedule.valid_to.strftime("%Y-%m"))


def _same_until(kept: Schedule, draft: Schedule | None, today: date) -> bool:
    """Tell whether two versions of a list price every day until `today` alike."""
    if draft is None:
        return False
    until = today - timedelta(days=1)
    ends = [min(schedule.valid_to or date.max, until) for schedule in (kept, draft)]
    plain = [
        dataclasses.replace(schedule, valid_to=None, note="", source="", legal_basis="") for schedule in (kept, draft)
    ]
    return ends[0] == ends[1] and plain[0] == plain[1]
