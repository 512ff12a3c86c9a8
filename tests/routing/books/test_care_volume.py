"""What care plans ask for beside what was delivered, and who came."""

from dataclasses import replace
from datetime import date

import pytest

from routing.books.care_volume import asked_seconds, care_volumes
from routing.books.carers import carers_by_four_weeks
from routing.books.entry import Result
from routing.books.months import Month
from routing.books.report import report
from routing.problem import TimeWindow
from routing.records.model import CarePlan, CareSlot, Pause, Records, Service
from tests.books import HOUR, records, ride, visit

FIRST, LAST = date(2026, 6, 1), date(2026, 6, 28)
CARE = Service.HOME_CARE


def with_plans(*plans: CarePlan, pauses: tuple[Pause, ...] = (), slots: tuple[CareSlot, ...] = ()) -> Records:
    """Return the small municipality with care plans of its own."""
    return replace(records(), care_plans=plans, pauses=pauses, care_slots=slots)


def plan(name: str = "P1", **values: object) -> CarePlan:
    """Return a care plan of two hours a week since the beginning of the year."""
    return replace(CarePlan(id=name, client="K1", valid_from=date(2026, 1, 1), weekly=2 * HOUR), **values)


SLOT = CareSlot(
    id="P1-1", plan="P1", times=3, duration=HOUR // 2, windows=(TimeWindow(earliest=0, latest=HOUR),), every_weeks=2
)

WEDNESDAYS = replace(SLOT, weekdays=frozenset({3}))


@pytest.mark.parametrize(
    ("known", "asked"),
    [
        (with_plans(plan()), 8 * HOUR),
        (with_plans(plan(weekly=None, monthly=30 * HOUR)), 28 * HOUR),
        (with_plans(plan(weekly=None), slots=(SLOT,)), 3 * HOUR),
        (with_plans(plan(valid_from=date(2026, 6, 25)), slots=(WEDNESDAYS,)), 0),
        (with_plans(plan(valid_from=date(2026, 6, 24)), slots=(WEDNESDAYS,)), 2 * HOUR),
        (with_plans(plan(weekly=None, monthly=8 * HOUR, valid_from=date(2026, 6, 24)), slots=(WEDNESDAYS,)), 2 * HOUR),
        (with_plans(plan(valid_to=date(2026, 6, 7))), 2 * HOUR),
        (with_plans(plan(), pauses=(Pause(client="K1", first=date(2026, 6, 8), last=date(2026, 6, 14)),)), 6 * HOUR),
        (with_plans(plan(), plan("P1B", version=2, valid_from=date(2026, 6, 15), weekly=4 * HOUR)), 12 * HOUR),
        (with_plans(plan(), plan("P2", weekly=HOUR)), 12 * HOUR),
        (with_plans(plan(valid_from=date(2026, 7, 1))), None),
        (with_plans(plan(client="K2")), None),
    ],
)
def test_what_care_plans_ask_for(known: Records, asked: int | None) -> None:
    """Volumes count by the day while a version is in force; the later version holds, and a pause is owed to nobody."""
    assert asked_seconds(known, "K1", CARE, FIRST, LAST) == asked


def test_planned_and_delivered_beside_the_plan() -> None:
    """By client and month: what was given to somebody, what took place, and which share that is."""
    entries = [
        visit("V1", date(2026, 6, 1)),
        visit("V2", date(2026, 6, 8), actual_end=10 * HOUR + HOUR // 2),
        visit("V3", date(2026, 6, 15), result=Result.REFUSED),
        visit("V4", date(2026, 6, 22), result=Result.NOT_POSSIBLE, planned_begin=None, planned_end=None),
        visit("V5", date(2026, 7, 1)),
        ride("S1", date(2026, 6, 2)),
        visit("V6", date(2026, 6, 2), "K2"),
    ]
    found = care_volumes(with_plans(plan()), entries, FIRST, date(2026, 7, 31))
    june, july, other = found
    assert (june.month, june.planned, june.done, june.visits, june.made) == (
        Month(2026, 6),
        3 * HOUR,
        5 * HOUR // 2,
        3,
        2,
    )
    assert june.asked == round(30 * 2 * HOUR / 7)
    assert june.entries == ("V1", "V2", "V3", "V4")
    assert (july.month, july.done, july.plans) == (Month(2026, 7), HOUR, ("P1",))
    assert (other.client, other.asked, other.share, other.done) == ("K2", None, None, HOUR)


def test_carers_of_every_four_weeks() -> None:
    """Each four weeks back from the last day count for themselves; who came most often comes first."""
    entries = [
        visit("V1", date(2026, 5, 31), worker="T9"),
        visit("V2", date(2026, 6, 1), worker="T2"),
        visit("V3", date(2026, 6, 2), worker="T2", others=frozenset({"T1"})),
        visit("V4", date(2026, 6, 28), worker="T2"),
        visit("V5", date(2026, 6, 3), worker="T7", result=Result.NOT_HOME),
    ]
    early, late = carers_by_four_weeks(records(), entries, date(2026, 5, 20), LAST)
    assert (early.first, early.last, early.carers) == (date(2026, 5, 20), date(2026, 5, 31), ("T9",))
    assert (late.first, late.carers, late.visits, late.often) == (FIRST, ("T2", "T1"), 3, 3)
    assert (early.is_whole, late.is_whole) == (False, True)
    assert late.entries == ("V2", "V3", "V4")


def test_the_report_tells_both() -> None:
    """Sums of all clients, each client's own, and one mean for every four weeks stand on the rows they come from."""
    entries = [visit("V1", FIRST), visit("V2", LAST, worker="T2"), visit("V3", date(2026, 5, 20))]
    made = report(with_plans(plan()), entries, date(2026, 5, 4), LAST).figure_by_key
    assert [made[f"care-{name}"].value for name in ("asked", "planned", "done")] == [16, 3, 3]
    assert made["client-asked.K1"].rows == ("P1",)
    assert made["client-done.K1"].rows == ("V3", "V1", "V2")
    assert made["client-carers.K1"].value == 2
    assert made["clients-with-carers.2"].rows == ("V1", "V2")
    assert made["carers-in-weeks.2026-05-04/2026-05-31"].value == 1
    assert made["carers-in-weeks.2026-06-01/2026-06-28"].value == 2
