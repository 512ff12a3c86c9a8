"""Whole weeks, rounds and all, judged independently."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from routing.records.model import Absence, CareSlot, Pause, Records
from routing.review.check import check
from routing.review.week_check import check_week
from routing.weeks.demand import monday_of
from routing.weeks.figures import figures_of, week_figures
from routing.weeks.made import Weeks
from routing.weeks.standing import Standing
from routing.weeks.thinking import Told
from routing.weeks.whole import plan_weeks
from tests.routing.weeks.town import HOMES, HOUR, MINUTE, MONDAY, QUICK, plan, roads, slot, town, window


def judge(weeks: Weeks) -> None:
    """Assert that no rule is broken that the weeks do not own up to, by day and by week."""
    plans = {made.day.day: made.plan for made in weeks.days}
    for made in weeks.days:
        assert check(made.day.problem, made.day.matrix, made.plan) == ()
    visits = {visit.id: visit for visit in weeks.records.visits}
    for one in weeks.plans:
        excused: dict[str, int] = {}
        for missing in one.missing:
            excused[missing.demand.slot.id] = excused.get(missing.demand.slot.id, 0) + missing.times
        for name in weeks.left_out:
            if monday_of(visits[name].day) == monday_of(one.first):
                owner = visits[name].care_slot or ""
                excused[owner] = excused.get(owner, 0) + 1
        assert check_week(weeks.records, monday_of(one.first), plans, excused) == ()


@st.composite
def slots(draw: Any, client: str) -> CareSlot:
    """Draw a recurring visit that a week can hold."""
    per_day = draw(st.integers(1, 2))
    apart = draw(st.integers(1, 3))
    days = draw(st.sampled_from([{1, 2, 3, 4, 5}, {1, 3, 5}, {2, 4}]))
    wide = {1: (window(8, 12),), 2: (window(8, 10), window(13, 15))}[per_day]
    return slot(
        client,
        times=draw(st.integers(1, per_day * (2 if apart > 1 else len(days)))),
        per_day=per_day,
        days_apart=min(apart, 2),
        weekdays=frozenset(days),
        duration=draw(st.sampled_from([20, 45, 90])) * MINUTE,
        windows=wide,
        hours_apart=3 * HOUR if per_day == 2 else 0,
        crew=draw(st.sampled_from([1, 1, 1, 2])),
        every_weeks=draw(st.sampled_from([1, 1, 2])),
    )


@st.composite
def towns(draw: Any) -> Records:
    """Draw a town with a few care plans and pauses."""
    named = draw(st.lists(st.sampled_from(sorted(HOMES)), min_size=1, max_size=4, unique=True))
    drawn = [draw(slots(client)) for client in named]
    starts = draw(st.lists(st.integers(0, 6), max_size=2))
    begins = [MONDAY + timedelta(days=ahead) for ahead in starts]
    pauses = tuple(
        Pause(client=draw(st.sampled_from(named)), first=day, last=day + timedelta(days=1)) for day in begins
    )
    return town(*drawn, pauses=pauses)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(records=towns())
def test_any_week_is_sound(records: Records) -> None:
    """Whatever the plans ask for, the week keeps every rule, and what it lacks is named."""
    judge(plan_weeks(records, roads(), MONDAY, thinking=QUICK))


def test_weeks_follow_each_other() -> None:
    """Two weeks keep their distance across Sunday, every second week is one of them, and the same carer comes back."""
    records = town(slot("K1", times=3, days_apart=2), slot("K2", times=1, every_weeks=2))
    told: list[Told] = []
    made = plan_weeks(records, roads(), MONDAY, weeks=2, thinking=QUICK, on_told=told.append)
    judge(made)
    assert [sum(item.demand.slot.id == "V-K2" for item in one.placed) for one in made.plans] == [1, 0]
    figures = figures_of(made)
    assert (figures.met, figures.carers_per_client) == (1.0, 1.0)
    assert {one.stage for one in told} == {"choose", "week", "days"}
    assert [one.week for one in told] == sorted(one.week for one in told)


def test_plan_that_changes() -> None:
    """A new version begins where the old one ends, in the middle of a week."""
    wednesday = MONDAY + timedelta(days=2)
    old = plan(valid_to=wednesday - timedelta(days=1))
    new = replace(plan(), id="P-new", valid_from=wednesday, version=2)
    later = replace(slot(times=2), id="V-new", plan="P-new")
    made = plan_weeks(town(slot(times=2), later, care_plans=(old, new)), roads(), MONDAY, thinking=QUICK)
    judge(made)
    assert {item.demand.slot.id: item.day >= wednesday for item in made.plans[0].placed} == {
        "V-K1": False,
        "V-new": True,
    }


@pytest.mark.parametrize("stop_at_once", [True])
def test_stopped(stop_at_once: bool) -> None:
    """A run that is stopped at once still answers with a sound week."""
    judge(plan_weeks(town(slot()), roads(), MONDAY, thinking=QUICK, stop=lambda: stop_at_once))


def test_planned_anew_begins_from_what_stood() -> None:
    """A week that stood is found again, whatever the seed, and one whose carer is away keeps everything else."""
    records = town(*(slot(client, times=2, windows=(window(8, 15),)) for client in HOMES))
    first = plan_weeks(records, roads(), MONDAY, thinking=QUICK)
    standing = Standing(visits=first.records.visits, rounds={made.day.day: made.plan for made in first.days})
    other = replace(QUICK, seed=7)
    again = plan_weeks(records, roads(), MONDAY, thinking=other, standing=standing)
    judge(again)
    assert who_and_when(again) == who_and_when(first)
    monday = Absence(worker="T1", first=MONDAY, last=MONDAY)
    away = plan_weeks(replace(records, absences=(monday,)), roads(), MONDAY, thinking=other, standing=standing)
    judge(away)
    kept = who_and_when(first) & who_and_when(away)
    hers = {one for one in who_and_when(first) if one[1] == MONDAY and "T1" in one[2]}
    assert len(kept) >= len(who_and_when(first) - hers) - 1


def who_and_when(weeks: Weeks) -> set[tuple[str | None, date, frozenset[str]]]:
    """Return who makes which visit on which day."""
    return {(visit.care_slot, visit.day, visit.planned_for) for visit in weeks.records.visits}


def test_the_spread_is_that_of_regular_staff() -> None:
    """Who only stands in, and hardly works, says nothing of how evenly the others work."""
    records = town(slot("K1", times=5), slot("K2", times=5))
    made = plan_weeks(records, roads(), MONDAY, thinking=QUICK)
    work = [one.work for one in figures_of(made).workers if one.visits]
    standing_in = replace(
        made.records, workers=tuple(replace(worker, reserve=worker.id == "T2") for worker in records.workers)
    )
    assert len(work) == 2
    assert figures_of(made).spread == max(work) - min(work) > 0
    assert week_figures(standing_in, made.days, [MONDAY]).spread == 0
