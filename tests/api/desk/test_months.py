"""A month is worked out anew until it is closed; then it stands, and what changes becomes new lines."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from api.desk.log_entries import import_log
from api.desk.log_needs import log_needs
from api.desk.month_decisions import adjust, withdraw
from api.desk.month_states import take_back_approval
from api.desk.months import approve_month, close_month, list_months, open_book
from api.desk.municipality import open_municipality
from api.desk.records import get_record, remove_record
from api.desk.records_import import Verb, prepare_import
from api.errors import ConflictError, RefusedError, StaleError
from api.store.books import LogEntry, MonthState, Statement
from api.store.history import changes_of
from api.store.opening import Store
from api.store.records import Document, Record
from routing.books.entry import Entry, EntryKind, Result, Way
from routing.books.months import Month
from routing.books.statement import AdjustmentKind, LineKind
from routing.records.model import Service

JUNE, JULY = Month(2026, 6), Month(2026, 7)


def ride(name: str, day: dt.date, client: str = "K21", *, metres: int = 20_000, **values: object) -> Entry:
    """Return an escorted ride that was driven, five euros up to eighty kilometres."""
    entry = Entry(
        id=name,
        day=day,
        kind=EntryKind.RIDE,
        service=Service.ESCORTED,
        client=client,
        request=name,
        way=Way.OUT,
        start="home",
        end="kliinikum",
        planned_metres=metres,
        result=Result.DONE,
    )
    return replace(entry, **values)


def take_in(store: Store, *entries: Entry) -> None:
    """Put entries into the log."""
    with store.session() as session:
        records = open_municipality(session).records
    with store.transaction("test") as session:
        import_log(session, records, entries, [])


def approve(store: Store, month: Month) -> None:
    """Approve a month as it stands."""
    with store.session() as session:
        book = open_book(session, month)
    with store.transaction("mari") as session:
        approve_month(session, book)


def close(store: Store, month: Month) -> None:
    """Approve and close a month as it stands."""
    with store.session() as session:
        is_closed = open_book(session, month).is_closed
    if not is_closed:
        approve(store, month)
    with store.session() as session:
        book = open_book(session, month)
    with store.transaction("kati") as session:
        close_month(session, book)


def state(store: Store, month: Month = JUNE) -> tuple[MonthState, bool | None]:
    """Return the state of a month, and whether its last approval holds; None without any."""
    with store.session() as session:
        book = open_book(session, month)
    return book.state, book.approval.holds if book.approval else None


def total(store: Store, month: Month) -> Decimal:
    """Return what a month comes to."""
    with store.session() as session:
        return open_book(session, month).total


@pytest.fixture
def kept(demo_store: Store) -> Store:
    """Return the demo with two rides in June and one in July."""
    june, july = dt.date(2026, 6, 3), dt.date(2026, 7, 1)
    take_in(demo_store, ride("R1", june), ride("R2", june, "K11"), ride("R3", july))
    return demo_store


def test_closing_keeps_what_was_charged(kept: Store) -> None:
    """The same statements, line by line, and the month says that it is closed."""
    with kept.session() as session:
        before = open_book(session, JUNE)
    assert before.total == 10
    close(kept, JUNE)
    with kept.session() as session:
        after = open_book(session, JUNE)
        assert [(row.month, row.state, row.entries) for row in list_months(session)] == [
            (JULY, MonthState.OPEN, 1),
            (JUNE, MonthState.CLOSED, 2),
        ]
    assert (after.is_closed, after.statements) == (True, before.statements)
    with pytest.raises(ConflictError):
        close(kept, JUNE)


def test_a_month_is_approved_before_it_is_closed(kept: Store) -> None:
    """Nobody closes a draft; who approved and when is kept, and every step is in the history."""
    with kept.session() as session:
        draft = open_book(session, JUNE)
    with pytest.raises(ConflictError) as refused, kept.transaction("kati") as session:
        close_month(session, draft)
    assert [finding.code for finding in refused.value.findings] == ["ledger.month-unapproved"]
    approve(kept, JUNE)
    with kept.session() as session:
        approval = open_book(session, JUNE).approval
    assert approval is not None
    assert (approval.by, approval.holds) == ("mari", True)
    with kept.transaction("mari") as session:
        take_back_approval(session, JUNE)
    assert state(kept) == (MonthState.OPEN, None)
    with pytest.raises(ConflictError), kept.transaction("mari") as session:
        take_back_approval(session, JUNE)
    close(kept, JUNE)
    assert state(kept) == (MonthState.CLOSED, True)
    with kept.session() as session:
        steps = [(row.action, row.actor) for row in changes_of(session, "month:2026-06")]
    assert steps == [
        ("month.approve", "mari"),
        ("month.draft", "mari"),
        ("month.approve", "mari"),
        ("month.close", "kati"),
    ]


def test_whatever_changes_takes_an_approval_back(kept: Store) -> None:
    """The log, a waiver, a price list: the month is a draft again, and says who had approved it."""
    approve(kept, JUNE)
    take_in(kept, ride("R3", dt.date(2026, 7, 1), metres=30_000))
    assert state(kept) == (MonthState.APPROVED, True)
    take_in(kept, ride("R8", dt.date(2026, 6, 5)))
    assert state(kept) == (MonthState.OPEN, False)
    approve(kept, JUNE)
    with kept.session() as session:
        line = open_book(session, JUNE).statements[0].lines[0].key
    what = {"client": "K11", "line": line, "kind": AdjustmentKind.WAIVER}
    with kept.transaction("kati") as session:
        adjust(session, JUNE, **what, amount="2", reason="raske olukord")
    assert state(kept) == (MonthState.OPEN, False)
    approve(kept, JUNE)
    with kept.session() as session:
        name = session.scalars(select(Document.name).where(Document.text.contains('"tartu-vald-escorted"'))).one()
    with kept.transaction("kati") as session:
        row = session.get_one(Document, name)
        row.text = row.text.replace("amount = 5\n", "amount = 6\n", 1)
    assert total(kept, JUNE) > 10
    assert state(kept) == (MonthState.OPEN, False)
    with kept.session() as session:
        book = open_book(session, JUNE)
    with pytest.raises(ConflictError), kept.transaction("kati") as session:
        close_month(session, book)


def test_a_month_that_is_not_over_is_neither_approved_nor_closed(kept: Store) -> None:
    """On its last day it still runs, on the next it may be approved; a day to come is not taken into the log."""
    kept.clock = lambda: dt.datetime(2026, 6, 30, 20, 59, tzinfo=dt.UTC)
    with kept.session() as session:
        assert [finding.code for finding in open_book(session, JUNE).blockers] == ["ledger.month-running"]
    with pytest.raises(ConflictError):
        approve(kept, JUNE)
    with pytest.raises(RefusedError) as refused:
        take_in(kept, ride("R9", dt.date(2026, 7, 1)))
    assert [finding.code for finding in refused.value.findings] == ["ledger.day-ahead"]
    take_in(kept, ride("R9", dt.date(2026, 6, 30)))
    kept.clock = lambda: dt.datetime(2026, 6, 30, 21, 0, tzinfo=dt.UTC)
    close(kept, JUNE)
    take_in(kept, ride("R9", dt.date(2026, 7, 1)))


def test_a_closed_month_is_mended_by_new_lines(kept: Store) -> None:
    """A ride found later and one that did not take place go to July, once; June stays as it was."""
    close(kept, JUNE)
    take_in(kept, ride("R1", dt.date(2026, 6, 3), result=Result.NOT_POSSIBLE), ride("R9", dt.date(2026, 6, 9), "K11"))
    with kept.session() as session:
        july = {statement.client: statement for statement in open_book(session, JULY).statements}
    assert [line.amount for line in july["K11"].lines] == [5]
    assert [(line.kind, line.amount, line.mends) for line in july["K21"].lines] == [
        (LineKind.FEE, 5, ""),
        (LineKind.CORRECTION, -5, "2026-06"),
    ]
    assert july["K21"].lines[1].refers == july["K21"].lines[1].key.removesuffix("/correction-1")
    assert total(kept, JUNE) == 10
    close(kept, JULY)
    take_in(kept, ride("R4", dt.date(2026, 8, 3)))
    assert total(kept, Month(2026, 8)) == 5


def test_months_are_closed_in_order(kept: Store) -> None:
    """July waits for June."""
    with kept.session() as session:
        assert [finding.code for finding in open_book(session, JULY).blockers] == ["ledger.month-before-open"]
    with pytest.raises(ConflictError):
        close(kept, JULY)


def test_what_is_open_or_unsettled_blocks(kept: Store) -> None:
    """An entry without a result and a price to ask keep a month open until they are settled."""
    day = dt.date(2026, 6, 4)
    back = {"way": Way.BACK, "request": "R5"}
    take_in(
        kept, ride("R5", day, metres=60_000), ride("R5-R", day, metres=60_000, **back), ride("R6", day, result=None)
    )
    with kept.session() as session:
        book = open_book(session, JUNE)
    assert sorted(finding.code for finding in book.blockers) == ["ledger.entry-open", "ledger.line-unsettled"]
    (line,) = [line for statement in book.statements for line in statement.unsettled]
    with kept.transaction("kati") as session:
        settled = {"client": "K21", "line": line.key, "kind": AdjustmentKind.SETTLED}
        adjust(session, JUNE, **settled, amount="13,00", reason="kahes suunas kokku")
    take_in(kept, ride("R6", day))
    assert total(kept, JUNE) == 28
    close(kept, JUNE)


def test_a_waiver_and_its_withdrawal(kept: Store) -> None:
    """A waiver needs an amount and a reason, and can be taken back while the month is open."""
    with kept.session() as session:
        line = next(s for s in open_book(session, JUNE).statements if s.client == "K21").lines[0].key
    what = {"client": "K21", "line": line, "kind": AdjustmentKind.WAIVER}
    for amount, reason, code in (("", "x", "ledger.bad-amount"), ("1.234", "x", "ledger.bad-amount"), ("2", "\0", "")):
        with pytest.raises(RefusedError) as refused, kept.transaction("kati") as session:
            adjust(session, JUNE, **what, amount=amount, reason=reason)
        assert refused.value.findings[0].code == (code or "ledger.reason-missing")
    with kept.transaction("kati") as session:
        adjust(session, JUNE, **what, amount="2", reason="raske olukord")
    assert total(kept, JUNE) == 8
    with kept.session() as session:
        (made,) = open_book(session, JUNE).adjustments
    with kept.transaction("kati") as session:
        withdraw(session, JUNE, made.id)
    assert total(kept, JUNE) == 10
    close(kept, JUNE)
    for change in (lambda s: adjust(s, JUNE, **what, amount="2", reason="x"), lambda s: withdraw(s, JUNE, made.id)):
        with pytest.raises((ConflictError, LookupError)), kept.transaction("kati") as session:
            change(session)


def test_what_has_changed_since_is_not_closed(kept: Store) -> None:
    """Who closes what she has seen does not close what she has not."""
    approve(kept, JUNE)
    with kept.session() as session:
        book = open_book(session, JUNE)
    take_in(kept, ride("R7", dt.date(2026, 6, 5)))
    with pytest.raises(StaleError), kept.transaction("kati") as session:
        close_month(session, book)


@pytest.mark.parametrize("table", ["statement", "statement_line"])
@pytest.mark.parametrize("statement", ["DELETE FROM {table}", "UPDATE {table} SET id = 'x'"])
def test_the_database_keeps_closed_months(kept: Store, table: str, statement: str) -> None:
    """Nothing changes or removes what was charged, whoever tries."""
    close(kept, JUNE)
    with pytest.raises(DBAPIError), kept.engine.execution_options(hoolering_writes=True).begin() as connection:
        connection.execute(text(statement.format(table=table)))


def test_a_fault_while_closing_leaves_the_month_open(kept: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever goes wrong in the middle, nothing of it stays."""
    made: list[int] = []

    def failing(original: Callable[..., object]) -> Callable[..., object]:
        def line(*args: object) -> object:
            made.append(1)
            if len(made) > 1:
                raise RuntimeError
            return original(*args)

        return line

    from api.desk import months  # noqa: PLC0415 - the module whose inside breaks

    approve(kept, JUNE)
    monkeypatch.setattr(months, "_line_row", failing(months._line_row))
    with kept.session() as session:
        book = open_book(session, JUNE)
    with pytest.raises(RuntimeError), kept.transaction("kati") as session:
        close_month(session, book)
    with kept.session() as session:
        assert not open_book(session, JUNE).is_closed
        assert session.query(Statement).count() == 0


def test_what_months_stand_on_stays(kept: Store, tmp_path: Path) -> None:
    """A client who was charged, her decision and her place are not removed, by hand or by an import; others may go."""
    close(kept, JUNE)
    before = total(kept, JULY)
    codes = {("clients", "K21"): "ledger.client-in-log", ("places", "kliinikum"): "ledger.record-in-log"}
    for (sheet, key), code in codes.items():
        with kept.session() as session:
            version = get_record(session, sheet, key).version
        with pytest.raises(RefusedError) as refused, kept.transaction("mari") as session:
            remove_record(session, sheet, key, version=version)
        assert [finding.code for finding in refused.value.findings] == [code]
    (tmp_path / "kliendid.csv").write_text("tunnus;nimi;laiuskraad;pikkuskraad\nK01;Uus;58,4;26,7\n", encoding="utf-8")
    with kept.transaction("mari") as session:
        preview = prepare_import(session, tmp_path)
    told = {finding.found for finding in preview.findings if finding.code == "ledger.client-in-log"}
    assert told == {"K11", "K21"}
    gone = {change.key for change in preview.records if change.verb is Verb.REMOVE}
    assert "K12" in gone
    assert not gone & told
    assert total(kept, JULY) == before


def test_a_decision_that_set_a_price_stays(kept: Store) -> None:
    """While nothing was done by it a decision may be removed, afterwards it may not."""
    with kept.session() as session:
        rows = {row.cells["case_number"]: row for row in session.scalars(select(Record)) if row.sheet == "decisions"}
        decisions = open_municipality(session).records.decisions
    done = next(decision for decision in decisions if decision.client not in {"K11", "K21"})
    found = rows[done.case_number]
    assert not needed(kept, found)
    take_in(kept, ride("R8", done.valid_from, done.client, service=done.service))
    assert needed(kept, found)
    with pytest.raises(RefusedError) as refused, kept.transaction("mari") as session:
        remove_record(session, "decisions", found.key, version=found.version)
    assert [(f.code, f.found) for f in refused.value.findings] == [("ledger.dated-in-log", done.case_number)]


def needed(store: Store, record: Record) -> bool:
    """Tell whether the log stands on a record."""
    with store.session() as session:
        return log_needs(session).about(record.sheet, record.key, record.cells)


def test_a_row_nobody_can_read_keeps_a_month_open(kept: Store) -> None:
    """It is missing from the statements, so the month waits until it is mended."""
    with kept.transaction("test") as session:
        row = session.get_one(LogEntry, "R2")
        row.cells = {**row.cells, "client": "K99"}
    with kept.session() as session:
        assert [(f.code, f.found) for f in open_book(session, JUNE).blockers] == [("ledger.row-unread", "R2")]
