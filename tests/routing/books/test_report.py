"""Each figure of the report says what it was counted from."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given

from routing.books.entry import Entry, Result, Trip
from routing.books.figures import Rates
from routing.books.report import SECTIONS, Report, report
from routing.books.report_sections import decision_key
from routing.records.model import Decision
from routing.wording import LANGUAGES, say
from tests.books import HOUR, RELAXED, months, records, ride, visit

FIRST, LAST = date(2026, 6, 1), date(2026, 6, 30)


def made(*entries: Entry, decisions: tuple[Decision, ...] | None = None) -> Report:
    """Return the report of June."""
    known = records() if decisions is None else replace(records(), decisions=decisions)
    return report(known, entries, FIRST, LAST)


def test_recipients_and_hours() -> None:
    """A client counts once a service, however often she was served."""
    found = made(visit("V1", FIRST), visit("V2", FIRST), visit("V3", FIRST, "K2"), ride("S1", FIRST)).figure_by_key
    assert found["recipients.home_care"].value == 2
    assert found["hours.home_care"].value == 3
    assert found["ride-km.social"].value == 20
    assert found["times.home_care"].rows == ("V1", "V2", "V3")


def test_decisions_that_end_or_came_late() -> None:
    """A decision that ends soon counts unless another one goes on; one made after ten working days is late."""
    base = records().decisions[0]
    ending = replace(base, case_number="1", valid_to=date(2026, 7, 20))
    renewed = replace(base, client="K2", case_number="2", valid_to=date(2026, 7, 20))
    renewal = replace(renewed, case_number="3", valid_from=date(2026, 7, 21), valid_to=None)
    late = replace(base, case_number="4", applied_on=date(2026, 6, 1), decided_on=date(2026, 6, 25))
    overdue = replace(base, case_number="5", applied_on=date(2026, 6, 1), decided_on=None)
    found = made(decisions=(ending, renewed, renewal, late, overdue)).figure_by_key
    assert found["decisions-ending"].rows == ()
    assert made(decisions=(ending,)).figure_by_key["decisions-ending"].rows == (decision_key(ending),)
    assert made(decisions=(renewed, renewal)).figure_by_key["decisions-ending"].rows == ()
    assert found["decisions-late"].rows == (decision_key(late),)
    assert found["decisions-overdue"].rows == (decision_key(overdue),)
    assert made(visit("V1", FIRST), decisions=()).figure_by_key["uncovered"].rows == ("V1",)


def test_continuity_and_punctuality() -> None:
    """Carers are counted in the last four weeks; a visit sixteen minutes late is late."""
    late = 9 * HOUR + 16 * 60
    entries = [
        visit("V0", FIRST, worker="T9"),
        visit("V1", LAST, worker="T1"),
        visit("V2", LAST, worker="T2", others=frozenset({"T3"}), actual_begin=late),
        visit("V3", LAST, "K2", worker="T1", actual_begin=None),
    ]
    found = made(*entries).figure_by_key
    assert (found["carers-per-client"].value, found["carers-most"].value) == (2, 3)
    assert found["regular-share"].value == Decimal("0.5000")
    assert found["on-time"].value == Decimal("0.6667")
    assert (found["median-late"].value, found["median-late"].rows) == (16, ("V2",))
    assert found["times-unknown"].rows == ("V3",)


def test_refusals_and_access() -> None:
    """Who was not served is counted by reason and by where she lives."""
    entries = [
        visit("V1", FIRST),
        visit("V2", FIRST, result=Result.NOT_POSSIBLE, reason="nobody on duty"),
        visit("V3", FIRST, "K2", result=Result.REFUSED),
        visit("V4", FIRST, "K2", result=None),
    ]
    found = made(*entries).figure_by_key
    assert found["reason.nobody on duty"].rows == ("V2",)
    assert found["reason.–"].rows == ("V3",)
    assert found["result-open"].rows == ("V4",)
    assert found["unserved.Tabivere alevik"].rows == ("V2",)
    assert found["travel-share.Tabivere alevik"].value == Decimal("0.1429")


def test_cost_is_unknown_until_somebody_says_what_things_cost() -> None:
    """An hour and a kilometre have no price of their own."""
    trips = [Trip(id="t", day=FIRST, vehicle="A", worker="T1", begin=8 * HOUR, end=10 * HOUR, driven_metres=100_000)]
    rates = Rates(per_hour=Decimal(10), per_km=Decimal("0.3"))
    known = report(records(), [visit("V1", FIRST)], FIRST, LAST, trips=trips, rates=rates).figure_by_key
    assert [known[name].value for name in ("cost", "cost-per-time", "cost-per-km")] == [50, 50, Decimal("0.50")]
    unknown = report(records(), [visit("V1", FIRST)], FIRST, LAST, trips=trips).figure_by_key
    assert unknown["cost"].value is None
    assert unknown["vehicle-km.A"].value == 100


@RELAXED
@given(months())
def test_every_figure_stands_on_rows_of_its_days(entries: list[Entry]) -> None:
    """Counts are the number of their rows or less, rows exist, and every name has its words."""
    found = made(*entries)
    held = {entry.id for entry in entries if FIRST <= entry.day <= LAST}
    decisions = {decision_key(decision) for decision in records().decisions}
    plans = {plan.id for plan in records().care_plans}
    for section, figures in found.sections.items():
        assert say(f"ledger.section-{section}", "et")
        for figure in figures:
            assert set(figure.rows) <= held | decisions | plans
            assert figure.unit != "count" or figure.value is None or figure.value <= max(len(figure.rows), 2)
            assert all(say(f"ledger.figure-{figure.name}", lang) for lang in LANGUAGES)
    assert set(found.sections) == set(SECTIONS)
    assert found.last - found.first < timedelta(days=30)
