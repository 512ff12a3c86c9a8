"""Days and carers of a week are chosen by the rules."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from routing.problem import Priority
from routing.records.model import Absence, CarePlan, Records, Service
from routing.weeks.demand import Lack
from routing.weeks.planner import Effort, plan_week
from routing.weeks.problem import week_problem
from routing.weeks.result import WeekPlan, dated_visits
from tests.routing.weeks.town import HOUR, MINUTE, MONDAY, plan, roads, slot, town, window

EFFORT = Effort(seconds=60, work=0.5)


def planned(records: Records, **options: Any) -> WeekPlan:
    """Return the week of some records."""
    return plan_week(week_problem(records, roads(), MONDAY, **options), effort=EFFORT)


def days_of(made: WeekPlan) -> list[int]:
    """Return the weekdays of the visits, Monday 0."""
    return sorted((item.day - MONDAY).days for item in made.placed)


def test_spacing_and_preferred_days() -> None:
    """Three visits never on days that follow each other are on Monday, Wednesday and Friday; one is where it suits."""
    assert days_of(planned(town(slot(times=3, days_apart=2)))) == [0, 2, 4]
    assert days_of(planned(town(slot(times=1, preferred_days=frozenset({4}))))) == [3]


def test_several_a_day() -> None:
    """Two visits a day have a window each, the later one waits its hours, and both are one chain of records."""
    twice = slot(times=10, per_day=2, hours_apart=4 * HOUR, windows=(window(8, 9), window(13, 15)))
    made = planned(town(twice))
    assert Counter(days_of(made)) == Counter(dict.fromkeys(range(5), 2))
    records = dated_visits(made)
    later = [visit for visit in records if visit.after is not None]
    assert len(later) == 5
    assert all(visit.windows == (window(13, 15),) and visit.gap_minimum == 4 * HOUR for visit in later)
    assert {visit.after for visit in later} <= {visit.id for visit in records}


def test_crew_of_two() -> None:
    """A visit for two has two different carers."""
    made = planned(town(slot(crew=2)))
    assert all(item.workers == {"T1", "T2"} for item in made.placed)
    assert len(made.placed) == 2


def test_regular_carer_and_few_faces() -> None:
    """The plan's regular carer comes; without one, still one and the same."""
    made = planned(town(slot(times=5), care_plans=(plan(regular=frozenset({"T2"})),)))
    assert {worker for item in made.placed for worker in item.workers} == {"T2"}
    seen = planned(town(slot(times=5)), seen={"K1": frozenset({"T2"})})
    assert {worker for item in seen.placed for worker in item.workers} == {"T2"}


def test_reserve_is_spared() -> None:
    """Whoever only stands in is not asked while others have time."""
    records = town(slot(times=5))
    third = replace(records.shifts[0], id="S3", worker="T3")
    made = planned(replace(records, shifts=(*records.shifts, third)))
    assert "T3" not in {worker for item in made.placed for worker in item.workers}


@pytest.mark.parametrize(
    ("records", "why"),
    [
        (town(slot(skills=frozenset({"viipekeel"}))), Lack.SKILL),
        (town(slot(crew=3)), Lack.CREW),
        (town(slot(windows=(window(18, 20),))), Lack.WINDOW),
        (town(slot(weekdays=frozenset({6, 7}))), Lack.OFF_DUTY),
        (
            town(
                slot(),
                absences=tuple(
                    Absence(worker=worker, first=MONDAY, last=MONDAY + timedelta(days=6)) for worker in ("T1", "T2")
                ),
            ),
            Lack.ABSENT,
        ),
        (town(slot(times=5, duration=9 * HOUR, windows=(window(8, 9),))), Lack.WINDOW),
    ],
)
def test_what_cannot_be_met_has_its_reason(records: Records, why: Lack) -> None:
    """Each rule that nobody can keep is named, with sentences in every language."""
    made = planned(records)
    assert [missing.why for missing in made.missing] == [why]
    for missing in made.missing:
        for lang in ("et", "en", "ru"):
            assert missing.finding.sentence(lang)
            assert missing.finding.action(lang)


def test_forbidden() -> None:
    """Where all who could may not come, that is the reason."""
    records = town(slot())
    clients = tuple(replace(client, forbidden=frozenset({"T1", "T2", "T3"})) for client in records.clients)
    made = planned(replace(records, clients=clients))
    assert [missing.why for missing in made.missing] == [Lack.FORBIDDEN]


def test_full() -> None:
    """Two carers cannot make more than their hours hold; the time-critical visits are kept."""
    long = {"duration": 3 * HOUR, "windows": (window(8, 16),), "weekdays": frozenset({1}), "times": 1}
    slots = [slot(f"K{n}", priority=Priority.A if n == 3 else Priority.C, **long) for n in range(1, 6)]
    made = planned(town(*slots))
    assert "V-K3" in {item.demand.slot.id for item in made.placed}
    assert {missing.why for missing in made.missing} == {Lack.FULL}


def test_volume_of_the_month() -> None:
    """A plan by the month gets no more than that, also in the week where the month turns."""
    assistant = CarePlan(
        id="P-K1",
        client="K1",
        service=Service.PERSONAL_ASSISTANT,
        valid_from=MONDAY - timedelta(days=28),
        monthly=90 * MINUTE,
    )
    made = planned(town(slot(times=5), care_plans=(assistant,)))
    assert sum(item.day.month == 12 for item in made.placed) == 3
    assert sum(missing.times for missing in made.missing if missing.expected) == 1


def test_same_work_same_week() -> None:
    """Counted in work the same records give the same week."""
    records = town(*(slot(f"K{n}", times=3) for n in range(1, 6)))
    one, other = (planned(records) for _ in range(2))
    assert dated_visits(one) == dated_visits(other)
