"""Months of the books: their statements, decisions about lines, approving, closing, and what mends closed ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from sqlalchemy.orm import Session

from api.desk.looks import actor_names, log_persons
from api.desk.month_decisions import adjust, withdraw
from api.desk.month_states import Approval, take_back_approval
from api.desk.months import MonthBook, approve_month, close_month, list_months, open_book
from api.errors import MissingError, StaleError
from api.security.principal import Principal
from api.security.roles import Permission
from api.store.base import subject_name
from api.store.books import MonthState
from api.store.opening import Store
from api.web.conditional import SeenVersion, tag
from api.web.guards import needs
from api.web.idempotent import Once, TheOnce
from api.web.language import language_of
from api.web.openapi import ProblemFinding
from api.web.state import TheStore
from api.web.v1.month_models import (
    ApprovalShown,
    Corrections,
    Decided,
    DecisionIn,
    DecisionShown,
    LineShown,
    MonthList,
    MonthListed,
    MonthShown,
    Settled,
    StatementListed,
    StatementShown,
)
from api.wording.findings import as_dict
from routing.books.months import read_month
from routing.books.statement import AdjustmentKind, Statement, StatementLine

router = APIRouter(tags=["months"], prefix="/months")
Reader = Annotated[Principal, needs(Permission.STATEMENTS_READ)]
MonthName = Annotated[
    str,
    Path(pattern=r"^(199[0-9]|20[0-9][0-9]|2100)-(0[1-9]|1[0-2])$", description="A month.", examples=["2026-06"]),
]
ClientId = Annotated[str, Path(max_length=200, description="The id of a client.", examples=["K21"])]
_Start = Annotated[int, Query(ge=0, le=1_000_000)]
_Size = Annotated[int, Query(ge=1, le=500)]


@router.get("", summary="List the months", dependencies=[needs(Permission.STATEMENTS_READ)])
def listed(store: TheStore, start: _Start = 0, size: _Size = 100) -> MonthList:
    """Return every month that has a log or is closed, the latest first."""
    with store.session() as session:
        found = list_months(session)
    rows = found[start : start + size]
    behind = start + len(rows)
    return MonthList(
        months=[
            MonthListed(
                month=str(row.month), state=row.state, is_closed=row.state is MonthState.CLOSED, entries=row.entries
            )
            for row in rows
        ],
        total=len(found),
        start=start,
        next=behind if behind < len(found) else None,
    )


@router.get("/{month}", summary="Read a month")
def read(store: TheStore, who: Reader, request: Request, response: Response, month: MonthName) -> MonthShown:
    """Return a month: worked out anew while it is open, as it was charged once it is closed."""
    book, lang = _opened(store, month), language_of(request)
    _log(store, who, *book.statements)
    tag(response, book.stand)
    return MonthShown(
        month=month,
        state=book.state,
        is_closed=book.is_closed,
        approval=_approval(store, book.approval, lang) if book.approval else None,
        stand=book.stand,
        known=book.total,
        statements=[_listed(statement) for statement in book.statements],
        blockers=[ProblemFinding.model_validate(as_dict(finding, lang)) for finding in book.blockers],
    )


@router.get("/{month}/corrections", summary="Read what mends a closed month")
def corrections(store: TheStore, who: Reader, request: Request, month: MonthName) -> Corrections:
    """Return the lines that mend a month: those of the open month that come of the log now, and those charged since."""
    lang = language_of(request)
    with store.session() as session:
        later = [open_book(session, row.month) for row in list_months(session) if str(row.month) > month]
    found = [
        (statement, line)
        for book in later
        for statement in book.statements
        for line in statement.lines
        if line.mends == month
    ]
    _log(store, who, *(statement for statement, _ in found))
    return Corrections(lines=[_line(statement.client, line, lang) for statement, line in found])


@router.get("/{month}/statements/{client:path}", summary="Read a statement")
def statement_of(
    store: TheStore, who: Reader, request: Request, response: Response, month: MonthName, client: ClientId
) -> StatementShown:
    """Return what a client owes for a month, line by line, with the decisions about her lines."""
    book, lang = _opened(store, month), language_of(request)
    statement = _statement(book, client)
    _log(store, who, statement)
    tag(response, book.stand)
    return StatementShown(
        month=month,
        client=client,
        is_closed=book.is_closed,
        total=statement.total,
        known=statement.known,
        lines=[_line(client, line, lang) for line in statement.lines],
        decisions=[
            DecisionShown(
                id=one.id,
                client=one.client,
                line=one.line,
                kind=one.kind,
                amount=one.amount,
                reason=one.reason,
                day=one.day,
            )
            for one in book.adjustments
            if one.client == client
        ],
        open_entries=list(statement.open_entries),
    )


@router.post(
    "/{month}/decisions",
    summary="Waive or settle a line",
    status_code=201,
    dependencies=[needs(Permission.STATEMENTS_EDIT)],
)
def decide(once: TheOnce, month: MonthName, decision: DecisionIn) -> Decided:
    """Write down a waiver, or a price that was asked for, while the month is open."""
    statement = _statement(_opened(once.store, month), decision.client)
    if decision.line not in {line.key for line in statement.lines}:
        raise MissingError(subject_name("statement_line", decision.line))
    with once.writing() as session:
        name = adjust(
            session,
            read_month(month),
            client=decision.client,
            line=decision.line,
            kind=AdjustmentKind(decision.kind),
            amount=decision.amount,
            reason=decision.reason,
        )
        answer = Decided(id=name, month=month)
        once.keep(session, answer, status=201)
    return answer


@router.delete(
    "/{month}/decisions/{decision}",
    summary="Take a decision back",
    dependencies=[needs(Permission.STATEMENTS_EDIT)],
)
def take_back(
    once: TheOnce, month: MonthName, decision: Annotated[str, Path(max_length=40, description="Its id.")]
) -> Decided:
    """Take back a decision about a line of an open month."""
    answer = Decided(id=decision, month=month)
    with once.writing() as session:
        withdraw(session, read_month(month), decision)
        once.keep(session, answer)
    return answer


@router.post("/{month}/approve", summary="Approve a month", dependencies=[needs(Permission.STATEMENTS_APPROVE)])
def approve(once: TheOnce, month: MonthName, stand: SeenVersion) -> Settled:
    """Say that all statements of a month are right as `If-Match` says they were seen; then it may be closed."""
    return _settle(once, _seen(once.store, month, stand), approve_month, MonthState.APPROVED)


@router.post("/{month}/draft", summary="Take an approval back", dependencies=[needs(Permission.STATEMENTS_APPROVE)])
def draft(once: TheOnce, month: MonthName) -> Settled:
    """Make an approved month a draft again, whatever has been seen of it."""
    return _settle(once, _opened(once.store, month), _draft, MonthState.OPEN)


@router.post("/{month}/close", summary="Close a month", dependencies=[needs(Permission.STATEMENTS_EDIT)])
def close(once: TheOnce, month: MonthName, stand: SeenVersion) -> Settled:
    """Keep all statements of an approved month for ever, or nothing; `If-Match` says what was seen of it."""
    return _settle(once, _seen(once.store, month, stand), close_month, MonthState.CLOSED)


def _settle(once: Once, book: MonthBook, change: Callable[[Session, MonthBook], None], state: MonthState) -> Settled:
    """Bring a month into a state, and answer what became of it."""
    answer = Settled(month=str(book.month), state=state, statements=len(book.statements), total=book.total)
    with once.writing() as session:
        change(session, book)
        once.keep(session, answer)
    return answer


def _draft(session: Session, book: MonthBook) -> None:
    take_back_approval(session, book.month)


def _seen(store: Store, month: str, stand: int) -> MonthBook:
    book = _opened(store, month)
    if book.stand != stand:
        raise StaleError(subject=subject_name("month", month), expected=stand, found=book.stand)
    return book


def _opened(store: Store, month: str) -> MonthBook:
    with store.session() as session:
        return open_book(session, read_month(month))


def _approval(store: Store, approval: Approval, lang: str) -> ApprovalShown:
    with store.session() as session:
        names = actor_names(session, [approval.by], lang)
    return ApprovalShown(by=names.get(approval.by, approval.by), at=approval.at, holds=approval.holds)


def _statement(book: MonthBook, client: str) -> Statement:
    found = next((one for one in book.statements if one.client == client), None)
    if found is None:
        raise MissingError(subject_name("statement", str(book.month), client))
    return found


def _listed(statement: Statement) -> StatementListed:
    return StatementListed(
        client=statement.client,
        total=statement.total,
        known=statement.known,
        lines=len(statement.lines),
        to_ask=len(statement.unsettled),
        open_entries=len(statement.open_entries),
    )


def _line(client: str, line: StatementLine, lang: str) -> LineShown:
    return LineShown(
        key=line.key,
        client=client,
        kind=line.kind,
        day=line.day,
        said=line.said[lang],
        notes=[note[lang] for note in line.notes],
        amount=line.amount,
        quantity=line.quantity,
        unit_price=line.unit_price,
        service=line.service.value if line.service else None,
        entries=list(line.entries),
        schedule=line.schedule,
        legal_basis=line.legal_basis,
        refers=line.refers,
        mends=line.mends,
        reason=line.reason,
    )


def _log(store: Store, who: Principal, *statements: Statement) -> None:
    persons = (subject_name("record", "clients", one.client) for one in statements)
    log_persons(store, who.actor, persons, purpose="statements.view")
