"""Statements explain every line, add up to the cent, and change after closing by new lines alone."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.books.charging import Pricing
from routing.books.closing import blockers, charged_for, corrections
from routing.books.entry import Entry, Extra, Party, Result, Way
from routing.books.months import Month
from routing.books.sharing import together
from routing.books.statement import Adjustment, AdjustmentKind, LineKind, Statement, StatementLine, statements
from routing.records.model import ReliefRecord, Service
from routing.wording import LANGUAGES
from routing.wording.format import euros
from tests.books import RELAXED, book, months, records, ride, visit

JUNE, JULY = Month(2026, 6), Month(2026, 7)
DAY = date(2026, 6, 3)


def pricing() -> Pricing:
    """Return the small municipality's pricing."""
    return Pricing(records=records(), book=book())


def june(*entries: Entry, adjustments: tuple[Adjustment, ...] = ()) -> dict[str, Statement]:
    """Return the June statements by client."""
    return {made.client: made for made in statements(pricing(), entries, JUNE, adjustments=adjustments)}


def waiver(line: str, amount: str, kind: AdjustmentKind = AdjustmentKind.WAIVER) -> Adjustment:
    """Return a decision about a line."""
    return Adjustment(
        id="a1", client="K1", month=JUNE, kind=kind, line=line, amount=Decimal(amount), reason="hardship", day=DAY
    )


@pytest.mark.parametrize(
    ("entries", "total"),
    [
        ((ride("S1", DAY),), "9.66"),
        ((ride("S1", DAY), ride("S1", DAY, way=Way.BACK)), "19.32"),
        ((ride("S1", DAY), ride("S1", DAY, way=Way.BACK, result=Result.CANCELLED)), "9.66"),
        ((ride("S1", DAY, service=Service.ESCORTED), ride("S1", DAY, way=Way.BACK, service=Service.ESCORTED)), "5.00"),
        ((visit("V1", DAY), visit("V2", date(2026, 6, 9))), "40.00"),
        ((visit("V1", DAY), visit("V2", date(2026, 7, 9))), "40.00"),
        ((ride("S1", DAY, extras=(Extra(name="ferry", amount=Decimal("4.50")),)),), "14.16"),
    ],
)
def test_what_is_owed(entries: tuple[Entry, ...], total: str) -> None:
    """Rides are priced both ways together, care by the month, and what was paid on the way is passed on."""
    statement = june(*entries)["K1"]
    assert statement.total == Decimal(total)
    assert all(line.said[lang] for line in statement.lines for lang in LANGUAGES)
    assert all(line.entries for line in statement.lines)


def test_what_was_not_done_is_not_charged() -> None:
    """A refused visit costs nothing, and one without a result is waited for."""
    statement = june(visit("V1", DAY, result=Result.REFUSED), visit("V2", DAY, result=None))["K1"]
    assert (statement.lines, statement.open_entries) == ((), ("V2",))
    assert [finding.code for finding in blockers([statement])] == ["ledger.entry-open"]


@pytest.mark.parametrize(
    ("result", "by", "lines"),
    [
        (Result.CANCELLED, Party.OFFICE, 0),
        (Result.CANCELLED, Party.CARRIER, 0),
        (Result.CANCELLED, None, 0),
        (Result.CANCELLED, Party.CLIENT, 1),
        (Result.NO_SHOW, None, 1),
        (Result.NOT_POSSIBLE, None, 0),
    ],
)
def test_a_ride_that_was_not_driven(result: Result, by: Party | None, lines: int) -> None:
    """Only what the client gave up or did not come to may cost her, and where the list says nothing it is asked."""
    made = june(*(ride("S1", DAY, way=way, result=result, cancelled_by=by) for way in Way))
    assert [line.amount for statement in made.values() for line in statement.lines] == [None] * lines


def test_what_has_to_be_asked_is_one_line_that_says_so() -> None:
    """A price that depends on how the list is read is no guess, and can be settled with a reason."""
    far = [ride("S1", DAY, way=way, service=Service.ESCORTED, planned_metres=60_000) for way in Way]
    statement = june(*far)["K1"]
    (line,) = statement.lines
    assert (statement.total, statement.known, line.amount) == (None, 0, None)
    assert len(line.notes) == 3
    assert [finding.code for finding in blockers([statement])] == ["ledger.line-unsettled"]
    settled = june(*far, adjustments=(waiver(line.key, "13", AdjustmentKind.SETTLED),))["K1"]
    assert (settled.total, settled.lines[0].reason) == (13, "hardship")
    assert settled.lines[0].said["et"] == f"Järele küsitud ja määratud hind: {euros(Decimal(13), 'et')}"


def test_a_service_that_no_list_is_about_is_asked_once_a_month() -> None:
    """Visits of a personal assistant are one question, whose answer settles all of them."""
    helps = [visit(f"V{n}", date(2026, 6, n), service=Service.PERSONAL_ASSISTANT) for n in (3, 9, 17)]
    (line,) = june(*helps)["K1"].lines
    assert (line.key, line.amount, line.entries) == ("2026-06-personal_assistant-K1/ask", None, ("V3", "V9", "V17"))
    assert june(*helps, adjustments=(waiver(line.key, "0", AdjustmentKind.SETTLED),))["K1"].total == 0


def test_a_waiver_is_a_line_of_its_own() -> None:
    """What is waived never exceeds the line it is waived of."""
    key = june(ride("S1", DAY))["K1"].lines[1].key
    made = june(ride("S1", DAY), adjustments=(waiver(key, "100"),))["K1"]
    assert made.total == Decimal("3.00")
    assert (made.lines[-1].kind, made.lines[-1].refers, made.lines[-1].reason) == (LineKind.WAIVER, key, "hardship")


@RELAXED
@given(entries=months(), chance=st.randoms())
def test_order_does_not_matter(entries: list[Entry], chance: Random) -> None:
    """The same month in any order gives the same lines, and they add up to the cent."""
    shuffled = list(entries)
    chance.shuffle(shuffled)
    made = statements(pricing(), entries, JUNE)
    assert statements(pricing(), shuffled, JUNE) == made
    for statement in made:
        amounts = [line.amount for line in statement.lines]
        assert statement.total == (None if None in amounts else sum(amounts, Decimal(0)))
        assert all(amount is None or amount == amount.quantize(Decimal("0.01")) for amount in amounts)
        assert len({line.key for line in statement.lines}) == len(amounts)


def priced_together(entries: list[Entry]) -> list[set[tuple[object, ...]]]:
    """Return the cases of a month in groups: rides that were driven together are priced together."""
    groups = [{_case(entry)} for entry in entries]
    for key, others in together(entries).items():
        wanted = {_case(entry) for entry in (*others, *(entry for entry in entries if entry.id == key))}
        joined = [group for group in groups if group & wanted]
        groups = [group for group in groups if not group & wanted] + [set().union(*joined)]
    return [group for n, group in enumerate(groups) if group not in groups[:n]]


def _case(entry: Entry) -> tuple[object, ...]:
    return entry.client, entry.kind, entry.case if entry.way else "care"


@RELAXED
@given(entries=months())
def test_a_month_is_the_sum_of_its_charges(entries: list[Entry]) -> None:
    """Rides priced with those who rode along, and each client's month of care by itself, are together the month."""
    made = statements(pricing(), entries, JUNE)
    apart: list[StatementLine] = []
    for group in priced_together(entries):
        own = [entry for entry in entries if _case(entry) in group]
        apart += [line for statement in statements(pricing(), own, JUNE) for line in statement.lines]
    whole = [line for statement in made for line in statement.lines]
    assert sorted(whole, key=lambda line: line.key) == sorted(apart, key=lambda line: line.key)


@RELAXED
@given(before=months(), between=months(), after=months())
def test_corrections_bring_a_closed_month_to_what_is_owed(
    before: list[Entry], between: list[Entry], after: list[Entry]
) -> None:
    """However the log changes after closing, what was charged and its corrections are what is owed now."""
    closed = june(*before)
    for client in ("K1", "K2", "K3"):
        own = closed[client].lines if client in closed else ()
        charged = own
        for entries in (between, after):
            now = june(*entries)[client].lines if client in june(*entries) else ()
            mended = corrections(JUNE, charged, now, date(2026, 8, 1))
            charged = (*charged, *mended)
            assert all(line.refers and line.kind is LineKind.CORRECTION for line in mended)
            asked = {line.key.partition("/")[0] for line in now if line.amount is None}
            assert _sums(charged, asked) == _sums(now, asked)
            assert not corrections(JUNE, charged, now, date(2026, 9, 1))
            assert charged_for(JUNE, own, charged[len(own) :]) == charged
        assert len({line.key for line in charged}) == len(charged)


def _sums(lines: tuple[StatementLine, ...], but: set[str]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for line in lines:
        case = line.key.partition("/")[0]
        if case not in but:
            found[case] = found.get(case, Decimal(0)) + (line.amount or 0)
    return {case: amount for case, amount in found.items() if amount}


def test_corrections_of_another_month_do_not_count() -> None:
    """Of later statements only the lines that mend this month are taken."""
    (own,) = june(ride("S1", DAY))["K1"].lines[:1]
    mend = replace(own, key=f"{own.key}/correction-1", kind=LineKind.CORRECTION, refers=own.key, mends="2026-06")
    other = replace(mend, mends="2026-05")
    assert charged_for(JUNE, [own, other], [mend, other, own]) == (own, mend)


def test_a_ride_that_is_cancelled_late_becomes_a_correction() -> None:
    """A ride found not to have taken place is taken off a later statement, with both amounts said."""
    closed = june(ride("S1", DAY))["K1"].lines
    mended = corrections(JUNE, closed, (), date(2026, 7, 31))
    assert sum(line.amount or 0 for line in mended) == -sum(line.amount or 0 for line in closed)
    assert "3,00" in mended[0].said["et"]
    made = {s.client: s for s in statements(pricing(), [], JULY, corrections={"K1": mended})}["K1"]
    assert made.total == Decimal("-9.66")


def test_nothing_is_waived_of_a_credit() -> None:
    """What is given back stays given back, whatever was decided about its line."""
    closed = june(ride("S1", DAY))["K1"].lines
    mended = corrections(JUNE, closed, (), date(2026, 7, 31))
    decided = replace(waiver(mended[0].key, "2.00"), month=JULY)
    made = statements(pricing(), [], JULY, corrections={"K1": mended}, adjustments=(decided,))
    assert [statement.total for statement in made] == [Decimal("-9.66")]


def test_a_waived_correction_is_not_charged_again() -> None:
    """A waiver goes with the correction that it is about: neither counts among the month's own lines."""
    (own,) = june(ride("S1", DAY))["K1"].lines[:1]
    mend = replace(own, key=f"{own.key}/correction-1", kind=LineKind.CORRECTION, refers=own.key, mends="2026-05")
    waived = replace(own, key=f"{mend.key}/waiver-a1", kind=LineKind.WAIVER, refers=mend.key, amount=Decimal("-5.00"))
    assert charged_for(JUNE, [own, mend, waived], []) == (own,)


def test_a_waiver_leaves_what_a_relief_has_taken() -> None:
    """Of a ride that half is let off, no more than the other half can be waived: nobody is owed money by it."""
    relief = ReliefRecord(act="order 7", client="K1", service=Service.SOCIAL, pays=50, first=date(2026, 1, 1))
    pricing = Pricing(records=replace(records(), reliefs=(relief,)), book=book())
    (plain,) = statements(pricing, [ride("S1", DAY)], JUNE)
    assert [line.kind for line in plain.lines].count(LineKind.FEE) == 3
    assert plain.lines[-1].amount < 0
    assert "order 7" in plain.lines[-1].said["et"]
    largest = max(plain.lines, key=lambda line: line.amount)
    (waived,) = statements(pricing, [ride("S1", DAY)], JUNE, adjustments=[waiver(largest.key, "100")])
    assert waived.total == 0
