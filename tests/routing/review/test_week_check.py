"""The judge of weeks names each rule of a care plan that a week breaks, and nothing else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from routing.plan import Plan, Route, Stop, StopKind
from routing.records.model import Absence, CareVisit, Pause, Records, Service
from routing.review.week_check import WeekRule, check_week
from routing.wording import LANGUAGES
from tests.routing.weeks.town import HOUR, MINUTE, MONDAY, plan, slot, town, window

LASTS = 30 * MINUTE + 120
TUESDAY = MONDAY + timedelta(days=1)
WEDNESDAY = MONDAY + timedelta(days=2)


def visit(day: date, name: str = "", **changes: Any) -> CareVisit:
    """Return a dated visit of the plan."""
    plain = CareVisit(
        id=name or f"D{day.day}",
        day=day,
        client="K1",
        duration=30 * MINUTE,
        windows=(window(8, 12),),
        care_slot="V-K1",
    )
    return replace(plain, **changes)


def made(*stops: tuple[str, str, float], lasts: int = LASTS) -> Plan:
    """Return rounds with stops of (shift, visit, hour of beginning)."""
    routes = {}
    for shift, request, hour in stops:
        start = round(hour * HOUR)
        stop = Stop(
            kind=StopKind.VISIT,
            place="client:K1",
            arrival=start,
            start=start,
            departure=start + lasts,
            request=request,
        )
        routes[shift] = (*routes.get(shift, ()), stop)
    return Plan(routes=tuple(Route(shift=shift, stops=own) for shift, own in routes.items()))


RECORDS = town(slot(days_apart=2), visits=(visit(MONDAY), visit(WEDNESDAY)))
PLANS = {MONDAY: made(("S1", "D30", 9)), WEDNESDAY: made(("S1", "D2", 9))}


def rules(records: Records = RECORDS, plans: dict[date, Plan] = PLANS, **options: Any) -> set[WeekRule]:
    """Return the rules that are broken; each fault has its sentence."""
    faults = check_week(records, MONDAY, plans, **options)
    assert all(fault.sentence(lang) for fault in faults for lang in LANGUAGES)
    return {fault.rule for fault in faults}


def test_sound() -> None:
    """A week as the plan asks for it breaks nothing."""
    assert rules() == set()


def _slot(**changes: Any) -> Callable[[], set[WeekRule]]:
    return lambda: rules(replace(RECORDS, care_slots=(slot(**{"days_apart": 2, **changes}),)))


@pytest.mark.parametrize(
    ("found", "rule"),
    [
        (_slot(times=3), WeekRule.TOO_FEW),
        (_slot(times=1), WeekRule.TOO_MANY),
        (_slot(days_apart=3), WeekRule.TOO_CLOSE),
        (_slot(weekdays=frozenset({1, 2})), WeekRule.WEEKDAY),
        (_slot(duration=40 * MINUTE), WeekRule.LENGTH),
        (_slot(crew=2), WeekRule.CREW),
        (_slot(skills=frozenset({"viipekeel"})), WeekRule.SKILL),
        (lambda: rules(plans={**PLANS, MONDAY: made(("S1", "D30", 9), lasts=20 * MINUTE)}), WeekRule.LENGTH),
        (lambda: rules(plans={**PLANS, MONDAY: made(("S1", "D30", 13))}), WeekRule.WINDOW),
        (lambda: rules(plans={MONDAY: PLANS[MONDAY]}), WeekRule.TOO_FEW),
        (
            lambda: rules(replace(RECORDS, pauses=(Pause(client="K1", first=WEDNESDAY, last=WEDNESDAY),))),
            WeekRule.PAUSE,
        ),
        (lambda: rules(replace(RECORDS, care_plans=(plan(valid_to=TUESDAY),))), WeekRule.VALIDITY),
        (
            lambda: rules(replace(RECORDS, absences=(Absence(worker="T1", first=MONDAY, last=MONDAY),))),
            WeekRule.ABSENT,
        ),
        (
            lambda: rules(
                replace(RECORDS, clients=tuple(replace(c, forbidden=frozenset({"T1"})) for c in RECORDS.clients))
            ),
            WeekRule.FORBIDDEN,
        ),
        (
            lambda: rules(
                replace(
                    RECORDS,
                    care_plans=(plan(service=Service.PERSONAL_ASSISTANT, monthly=50 * MINUTE, valid_from=MONDAY),),
                    visits=(visit(TUESDAY), visit(WEDNESDAY)),
                    care_slots=(slot(),),
                ),
                {TUESDAY: made(("S1", "D1", 9)), WEDNESDAY: made(("S1", "D2", 9))},
            ),
            None,  # the volume is that of December, this week's month is November
        ),
    ],
)
def test_each_rule(found: Callable[[], set[WeekRule]], rule: WeekRule | None) -> None:
    """One thing is wrong, and its rule is named."""
    assert found() == (set() if rule is None else {rule})


def test_excused() -> None:
    """What was named as impossible is not missed."""
    records = replace(RECORDS, care_slots=(slot(times=3, days_apart=2),))
    assert rules(records, excused={"V-K1": 1}) == set()


def test_hours_apart_and_too_many_a_day() -> None:
    """Two visits of a day keep their hours, and a third is one too many."""
    twice = slot(times=2, per_day=2, hours_apart=4 * HOUR, windows=(window(8, 15),))
    three = tuple(visit(MONDAY, name, windows=(window(8, 15),)) for name in ("a", "b", "c"))
    records = town(twice, visits=three)
    assert rules(records, {MONDAY: made(("S1", "a", 8), ("S1", "b", 13))}) == set()
    assert rules(records, {MONDAY: made(("S1", "a", 8), ("S1", "b", 11))}) == {WeekRule.HOURS}
    found = rules(records, {MONDAY: made(("S1", "a", 8), ("S1", "b", 10), ("S1", "c", 15))})
    assert found == {WeekRule.TOO_MANY, WeekRule.TOO_MANY_A_DAY, WeekRule.HOURS}


def test_month() -> None:
    """A plan by the month gets no more than its volume in the month that the week begins in."""
    begins = MONDAY + timedelta(days=7)
    records = town(
        slot(),
        care_plans=(plan(service=Service.PERSONAL_ASSISTANT, monthly=50 * MINUTE),),
        visits=(visit(begins), visit(begins + timedelta(days=2))),
    )
    plans = {begins: made(("S1", "D7", 9)), begins + timedelta(days=2): made(("S1", "D9", 9))}
    assert {fault.rule for fault in check_week(records, begins, plans)} == {WeekRule.MONTH}
