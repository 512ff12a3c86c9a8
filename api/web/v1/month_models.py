"""What the API says of months, statements and decisions about lines, and what it is told of them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from api.store.books import MonthState
from api.web.openapi import ProblemFinding
from routing.books.statement import AdjustmentKind, LineKind

_SETTLED: dict[str, JsonValue] = {"month": "2026-06", "state": "approved", "statements": 1, "total": "10.00"}


class MonthListed(BaseModel):
    """A month that has a log or is closed: `state` is open for a draft, approved or closed.

    What was approved may have changed since; reading the month tells.
    """

    month: str
    state: MonthState
    is_closed: bool
    entries: int


class MonthList(BaseModel):
    """Months, the latest first; `next` is where the following ones start, null at the end."""

    months: list[MonthListed]
    total: int
    start: int
    next: int | None


class StatementListed(BaseModel):
    """What a client owes; `total` is null where a line has to be asked, `known` is the sum of the others."""

    client: str
    total: Decimal | None
    known: Decimal
    lines: int
    to_ask: int
    open_entries: int


class ApprovalShown(BaseModel):
    """Who approved a month last and when, and whether its statements are still those that were approved."""

    by: str
    at: dt.datetime
    holds: bool


class MonthShown(BaseModel):
    """A month as it stands, with its statements and why it cannot be approved yet; `stand` is what `ETag` says."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "month": "2026-06",
                    "state": "open",
                    "is_closed": False,
                    "approval": None,
                    "stand": 41,
                    "known": "10.00",
                    "statements": [
                        {"client": "K21", "total": "5.00", "known": "5.00", "lines": 1, "to_ask": 0, "open_entries": 0}
                    ],
                    "blockers": [],
                }
            ]
        }
    )

    month: str
    state: MonthState
    is_closed: bool
    approval: ApprovalShown | None
    stand: int
    known: Decimal
    statements: list[StatementListed]
    blockers: list[ProblemFinding]


class LineShown(BaseModel):
    """One line of a statement, said in the language asked for; `entries` are the rows of the log behind it."""

    key: str
    client: str
    kind: LineKind
    day: dt.date
    said: str
    notes: list[str]
    amount: Decimal | None
    quantity: Decimal | None
    unit_price: Decimal | None
    service: str | None
    entries: list[str]
    schedule: str
    legal_basis: str
    refers: str
    mends: str
    reason: str


class DecisionShown(BaseModel):
    """A decision about a line: what is waived of it, or what is owed where the list does not tell."""

    id: str
    client: str
    line: str
    kind: AdjustmentKind
    amount: Decimal
    reason: str
    day: dt.date


class StatementShown(BaseModel):
    """All that one client owes for a month, every line explained."""

    month: str
    client: str
    is_closed: bool
    total: Decimal | None
    known: Decimal
    lines: list[LineShown]
    decisions: list[DecisionShown]
    open_entries: list[str]


class Corrections(BaseModel):
    """Lines that mend closed months, wherever they are charged."""

    lines: list[LineShown]


class DecisionIn(BaseModel):
    """What somebody decides about a line, with her reason; `amount` in euros."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "client": "K21",
                    "line": "2026-06-03-R1/00-ride",
                    "kind": "waiver",
                    "amount": "2.00",
                    "reason": "order 12-3/45",
                }
            ]
        },
    )

    client: Annotated[str, Field(max_length=200)]
    line: Annotated[str, Field(max_length=400)]
    kind: Literal["waiver", "settled"]
    amount: Annotated[str, Field(max_length=20)]
    reason: Annotated[str, Field(max_length=500)]


class Decided(BaseModel):
    """A decision that was written down or taken back."""

    id: str
    month: str


class Settled(BaseModel):
    """What became of a month: a draft again (`open`), approved as it was seen, or closed for ever."""

    model_config = ConfigDict(json_schema_extra={"examples": [_SETTLED]})

    month: str
    state: MonthState
    statements: int
    total: Decimal
