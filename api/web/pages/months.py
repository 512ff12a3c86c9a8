"""Months and what clients owe for them: lines with their reasons, waivers, prices that were asked for, closing."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Form, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.book_tables import amount_text
from api.desk.log_months import log_of_month
from api.desk.looks import actor_names, log_persons
from api.desk.month_decisions import adjust, withdraw
from api.desk.month_states import take_back_approval
from api.desk.months import MonthBook, approve_month, close_month, list_months, open_book
from api.desk.municipality import open_municipality
from api.desk.records_words import names_of
from api.errors import ConflictError, MissingError, RefusedError, StaleError
from api.printing.statement_print import StatementPrint, total_text
from api.security.principal import Principal
from api.security.roles import Permission
from api.store.base import subject_name
from api.store.opening import Store
from api.web.asked_month import asked_month
from api.web.guards import needs
from api.web.language import language_of
from api.web.redirects import see_other
from api.web.rendering import page
from api.web.state import TheClock, TheStore
from api.wording import say
from api.wording.format import ZONE
from api.wording.spelling import spelling
from routing.books.months import Month
from routing.books.statement import AdjustmentKind, Statement
from routing.findings import Finding

router = APIRouter(include_in_schema=False, prefix="/months")
Reader = Annotated[Principal, needs(Permission.STATEMENTS_READ)]
Clerk = Annotated[Principal, needs(Permission.STATEMENTS_EDIT)]
Approver = Annotated[Principal, needs(Permission.STATEMENTS_APPROVE)]
Text = Annotated[str, Form(max_length=500)]
Stand = Annotated[int, Form(ge=0)]

_TOLD = frozenset({"approved", "drafted", "closed", "decided", "withdrawn", "logged", "planned"})
_TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


class FileName(StrEnum):
    """What is taken away of a month."""

    OVERVIEW_PDF = "overview.pdf"
    STATEMENTS_XLSX = "statements.xlsx"
    OVERVIEW_CSV = "overview.csv"
    LINES_CSV = "lines.csv"


@router.get("", dependencies=[needs(Permission.STATEMENTS_READ)])
def months_page(request: Request, store: TheStore) -> Response:
    """Show every month that has a log."""
    with store.session() as session:
        return page(request, "months.html", months=list_months(session))


@router.get("/{month}")
def month_page(request: Request, store: TheStore, who: Reader, month: str) -> Response:
    """Show the statements of a month."""
    return _month_page(request, store, who, asked_month(month), told=request.query_params.get("told", ""))


@router.post("/{month}/approve")
def approve(request: Request, store: TheStore, who: Approver, month: str, stand: Stand) -> Response:
    """Approve a month as it was seen."""
    return _settle(request, store, who, asked_month(month), stand, approve_month, "approved")


@router.post("/{month}/draft")
def draft(request: Request, store: TheStore, who: Approver, month: str) -> Response:
    """Take an approval back."""
    try:
        with store.transaction(who.actor) as session:
            take_back_approval(session, asked_month(month))
    except ConflictError as error:
        return _month_page(request, store, who, asked_month(month), findings=error.findings, status=409)
    return see_other(f"/months/{month}?told=drafted")


@router.post("/{month}/close")
def close(request: Request, store: TheStore, who: Clerk, month: str, stand: Stand) -> Response:
    """Close an approved month as it was seen, wholly or not at all."""
    return _settle(request, store, who, asked_month(month), stand, close_month, "closed")


@router.get("/{month}/files/{file}")
def month_file(request: Request, store: TheStore, clock: TheClock, who: Reader, month: str, file: FileName) -> Response:
    """Return a month as a file."""
    printed, book = _printed(request, store, clock, asked_month(month))
    _log(store, who, *book.statements)
    return _file(_content(printed, file), f"{book.month}-{file.value}")


@router.get("/{month}/client/{client:path}")
def statement_page(request: Request, store: TheStore, who: Reader, month: str, client: str) -> Response:
    """Show one statement line by line."""
    return _statement_page(request, store, who, asked_month(month), client, told=request.query_params.get("told", ""))


@router.get("/{month}/pdf/{client:path}")
def statement_pdf(request: Request, store: TheStore, clock: TheClock, who: Reader, month: str, client: str) -> Response:
    """Return one statement as PDF."""
    printed, book = _printed(request, store, clock, asked_month(month))
    statement = _statement(book, client)
    _log(store, who, statement)
    return _file(printed.pdf(statement), f"{book.month}-statement.pdf")


@router.post("/{month}/decide/{client:path}")
def decide(
    request: Request,
    store: TheStore,
    who: Clerk,
    month: str,
    client: str,
    line: Annotated[str, Form(max_length=400)],
    kind: Annotated[AdjustmentKind, Form()],
    amount: Text = "",
    reason: Text = "",
) -> Response:
    """Write down a waiver, or a price that was asked for, with its reason."""
    asked = asked_month(month)
    try:
        with store.session() as session:
            statement = _statement(open_book(session, asked), client)
        if line not in {known.key for known in statement.lines}:
            raise MissingError(subject_name("statement_line", line))
        with store.transaction(who.actor) as session:
            adjust(session, asked, client=client, line=line, kind=kind, amount=amount, reason=reason)
    except (RefusedError, ConflictError) as error:
        return _statement_page(request, store, who, asked, client, findings=error.findings, at=line, status=422)
    return see_other(f"/months/{month}/client/{client}?told=decided")


@router.post("/{month}/withdraw/{name}")
def take_back(store: TheStore, who: Clerk, month: str, name: str, client: Text) -> Response:
    """Take back a decision about a line."""
    with store.transaction(who.actor) as session:
        withdraw(session, asked_month(month), name)
    return see_other(f"/months/{month}/client/{client}?told=withdrawn")


def _settle(
    request: Request,
    store: Store,
    who: Principal,
    month: Month,
    stand: int,
    change: Callable[[Session, MonthBook], None],
    told: str,
) -> Response:
    """Approve or close a month that somebody has seen at `stand`; where it has changed since, show it and say so."""
    with store.session() as session:
        book = open_book(session, month)
    changed = (Finding(code="owed.changed-since", details={"month": str(month)}),)
    if book.stand != stand:
        return _month_page(request, store, who, month, findings=changed, status=412)
    try:
        with store.transaction(who.actor) as session:
            change(session, book)
    except ConflictError as error:
        return _month_page(request, store, who, month, findings=error.findings, status=409)
    except StaleError:
        return _month_page(request, store, who, month, findings=changed, status=412)
    return see_other(f"/months/{month}?told={told}")


def _month_page(
    request: Request,
    store: Store,
    who: Principal,
    month: Month,
    *,
    findings: tuple[Finding, ...] = (),
    told: str = "",
    status: int = 200,
) -> Response:
    lang = language_of(request)
    with store.session() as session:
        book, names = open_book(session, month), names_of(session)
        approval, waiting = book.approval, log_of_month(session, month)
        approver = actor_names(session, [approval.by], lang).get(approval.by, approval.by) if approval else ""
    _log(store, who, *book.statements)
    return page(
        request,
        "month.html",
        status=status,
        book=book,
        statements=sorted(book.statements, key=lambda one: spelling(names["clients"].get(one.client, one.client))),
        names=names["clients"],
        findings=findings,
        files=[file.value for file in FileName],
        totals={one.client: amount_text(one.total, lang) for one in book.statements},
        total=amount_text(book.total, lang),
        told=told if told in _TOLD else "",
        approver=approver,
        waiting=waiting,
        may_log=who.may(Permission.LOG_EDIT) and not book.is_closed,
        may_approve=who.may(Permission.STATEMENTS_APPROVE),
        may_edit=who.may(Permission.STATEMENTS_EDIT),
    )


def _statement_page(
    request: Request,
    store: Store,
    who: Principal,
    month: Month,
    client: str,
    *,
    findings: tuple[Finding, ...] = (),
    at: str = "",
    told: str = "",
    status: int = 200,
) -> Response:
    lang = language_of(request)
    with store.session() as session:
        book, names = open_book(session, month), names_of(session)
    statement = _statement(book, client)
    _log(store, who, statement)
    return page(
        request,
        "statement.html",
        status=status,
        book=book,
        statement=statement,
        name=names["clients"].get(client, client),
        amounts={line.key: amount_text(line.amount, lang) for line in statement.lines},
        decided=[one for one in book.adjustments if one.client == client],
        total=total_text(statement, lang),
        money=lambda value: amount_text(value, lang),
        findings=findings,
        at=at,
        told=told if told in _TOLD else "",
        may_edit=who.may(Permission.STATEMENTS_EDIT) and not book.is_closed,
        may_see_log=who.may(Permission.LOG_READ),
    )


def _printed(request: Request, store: Store, clock: TheClock, month: Month) -> tuple[StatementPrint, MonthBook]:
    with store.session() as session:
        book, records = open_book(session, month), open_municipality(session).records
    printed = StatementPrint(
        statements=book.statements,
        month=month,
        records=records,
        lang=language_of(request),
        printed_at=clock().astimezone(ZONE),
        mark="" if book.is_closed else say(f"owed.state-{book.state.value}", language_of(request)),
    )
    return printed, book


def _content(printed: StatementPrint, file: FileName) -> str | bytes:
    match file:
        case FileName.OVERVIEW_PDF:
            return printed.overview_pdf()
        case FileName.STATEMENTS_XLSX:
            return printed.xlsx()
        case FileName.OVERVIEW_CSV:
            return printed.overview.csv(printed.lang)
        case FileName.LINES_CSV:
            return printed.lines.csv(printed.lang)


def _statement(book: MonthBook, client: str) -> Statement:
    found = next((one for one in book.statements if one.client == client), None)
    if found is None:
        raise MissingError(subject_name("statement", str(book.month), client))
    return found


def _log(store: Store, who: Principal, *statements: Statement) -> None:
    persons = (subject_name("record", "clients", one.client) for one in statements)
    log_persons(store, who.actor, persons, purpose="statements.view")


def _file(data: str | bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type=_TYPES[name.rpartition(".")[2]], headers=headers)
