"""Each hard rule of the choice of a week: what it forbids happens as soon as the rule is taken out of the model."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest

from routing.records.model import CarePlan, Records, Service
from routing.weeks import model
from routing.weeks.model import WeekModel
from routing.weeks.planner import Effort, plan_week
from routing.weeks.problem import week_problem
from routing.weeks.result import WeekPlan
from tests.routing.weeks.town import HOUR, MINUTE, MONDAY, plan, roads, slot, town, window

WORK = Effort(seconds=60, work=0.2)
MONDAYS = frozenset({1})


def alone(records: Records) -> Records:
    """Return the records with one carer only."""
    return replace(records, shifts=records.shifts[:1])


def twice_on_duty(records: Records) -> Records:
    """Return the records with one carer, who has two shifts at the same time."""
    return replace(records, shifts=tuple(replace(shift, worker="T1") for shift in records.shifts))


def apart(made: WeekPlan) -> bool:
    """Tell whether days with a visit never follow each other."""
    days = sorted(item.day for item in made.placed)
    return all((later - day).days >= 2 for day, later in pairwise(days))


def once_a_day(made: WeekPlan) -> bool:
    """Tell whether no day has two visits."""
    return max(Counter(item.day for item in made.placed).values(), default=0) <= 1


def at_most(count: int) -> Callable[[WeekPlan], bool]:
    """Return a test for so many visits or fewer."""
    return lambda made: len(made.placed) <= count


ASSISTANT = CarePlan(
    id="P-K1", client="K1", service=Service.PERSONAL_ASSISTANT, valid_from=plan().valid_from, monthly=30 * MINUTE
)
LONG = {"duration": 3 * HOUR, "windows": (window(8, 16),), "weekdays": MONDAYS, "times": 1}
FULL_DAY = town(*(slot(f"K{number}", **LONG) for number in range(1, 6)))
TWO_TURNS = slot(times=2, per_day=2, hours_apart=4 * HOUR, weekdays=MONDAYS, windows=(window(8, 9), window(10, 11)))
FAR = (
    slot("K1", times=1, weekdays=MONDAYS, windows=(window(9, 9),)),
    slot("K5", times=1, weekdays=MONDAYS, windows=(window(9.7, 9.7),)),
)


@pytest.mark.parametrize(
    ("rule", "records", "holds"),
    [
        (WeekModel.add_frequency, town(slot(times=2)), lambda made: len(made.placed) == 2),
        (WeekModel.add_spacing, town(slot(times=3, days_apart=2, weekdays=frozenset({1, 2, 3}))), apart),
        (WeekModel.add_spacing, town(TWO_TURNS), once_a_day),
        (WeekModel.add_months, town(slot(times=1, duration=HOUR), care_plans=(ASSISTANT,)), at_most(0)),
        (WeekModel.add_shifts, FULL_DAY, at_most(4)),
        (WeekModel.add_conflicts, alone(town(*FAR)), at_most(1)),
        (WeekModel.add_crews, twice_on_duty(town(slot(crew=2))), at_most(0)),
    ],
)
def test_each_rule(
    monkeypatch: pytest.MonkeyPatch,
    rule: Callable[[WeekModel], None],
    records: Records,
    holds: Callable[[WeekPlan], bool],
) -> None:
    """With the rule the week keeps it; without, the same week does not."""
    problem = week_problem(records, roads(), MONDAY)
    assert holds(plan_week(problem, effort=WORK))
    monkeypatch.setattr(model, "_RULES", tuple(other for other in model._RULES if other is not rule))
    assert not holds(plan_week(problem, effort=WORK))
