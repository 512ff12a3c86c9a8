"""Decisions about lines of a month: a waiver, or a price that was asked for, until the month is closed."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.amounts import read_amount
from api.desk.month_states import closed_already, closed_months, draft_again
from api.errors import ConflictError, MissingError, RefusedError
from api.store import books
from api.store.base import new_id, subject_name
from api.store.history import actor, doing, now
from routing.books.months import Month
from routing.books.statement import Adjustment, AdjustmentKind
from routing.findings import Finding

_LONGEST_REASON: Final = 500
_MOST: Final = Decimal(100_000)


def adjust(
    session: Session, month: Month, *, client: str, line: str, kind: AdjustmentKind, amount: str, reason: str
) -> str:
    """Write down a decision about a line of an open month and return its id.

    RefusedError where amount or reason is no good.
    """
    if month in closed_months(session):
        raise ConflictError([closed_already(month)])
    value, said = _amount(amount), _written(reason)
    faults = []
    if value is None:
        faults.append(Finding(code="ledger.bad-amount", field="amount", found=amount[:60]))
    if not said:
        faults.append(Finding(code="ledger.reason-missing", field="reason"))
    if faults:
        raise RefusedError(faults)
    name = new_id()
    with doing(session, f"month.{kind.value}"):
        session.add(
            books.Adjustment(
                id=name,
                month=str(month),
                client=client,
                line=line,
                kind=kind.value,
                amount=str(value),
                reason=said[:_LONGEST_REASON],
                by=actor(session),
                at=now(session),
            )
        )
    draft_again(session, [month.first])
    return name


def withdraw(session: Session, month: Month, name: str) -> None:
    """Take back a decision about a line of an open month."""
    row = session.get(books.Adjustment, name)
    if row is None or row.month != str(month):
        raise MissingError(subject_name("adjustment", name))
    if month in closed_months(session):
        raise ConflictError([closed_already(month)])
    with doing(session, "month.withdraw"):
        session.delete(row)
    draft_again(session, [month.first])


def adjustments_of(session: Session, month: Month) -> tuple[Adjustment, ...]:
    """Return what was decided about the lines of a month, the earliest first."""
    wanted = select(books.Adjustment).where(books.Adjustment.month == str(month))
    rows = session.scalars(wanted.order_by(books.Adjustment.at, books.Adjustment.id))
    return tuple(
        Adjustment(
            id=row.id,
            client=row.client,
            month=month,
            kind=AdjustmentKind(row.kind),
            line=row.line,
            amount=Decimal(row.amount),
            reason=row.reason,
            day=row.at.date(),
            by=row.by,
        )
        for row in rows
    )


def _written(text: str) -> str:
    """Return what can be written down of a sentence: no control letters, which not every store holds."""
    return "".join(letter if letter.isprintable() else " " for letter in text).strip()


def _amount(text: str) -> Decimal | None:
    value = read_amount(text)
    if value is None or value >= _MOST or value != value.quantize(Decimal("0.01")):
        return None
    return value.quantize(Decimal("0.01"))
