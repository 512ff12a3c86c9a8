"""An ill carer's days are repaired with the fewest broken promises, and nobody time-critical is lost needlessly."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pytest

from routing.day.build import build_day
from routing.errors import UsageError
from routing.plan import Plan
from routing.problem import Priority
from routing.records.model import Absence, Records
from routing.review.check import check
from routing.solver.budget import Budget
from routing.weeks.cover import absent_day
from routing.weeks.fragility import fragility
from routing.weeks.made import Weeks
from routing.weeks.promises import TOLD, Broken
from routing.weeks.repair import Repair, repair
from routing.weeks.whole import plan_weeks
from tests.routing.weeks.town import MONDAY, QUICK, plan, roads, slot, town, window

SUNDAY = MONDAY + timedelta(days=6)
RESCUE = Budget(seconds=60, iterations=2)


@cache
def week() -> Weeks:
    """Return a week in which Anu has two clients a day, one of whom cannot wait, and Mari three."""
    slots = (
        slot("K1", times=5, priority=Priority.A, windows=(window(8, 9.5),)),
        slot("K2", times=5, windows=(window(8, 14),)),
        slot("K3", times=3, windows=(window(10, 14),), priority=Priority.C),
        slot("K4", times=5, windows=(window(8, 14),)),
        slot("K5", times=2, windows=(window(8, 14),)),
    )
    regular = {"K1": "T1", "K2": "T1", "K3": "T2", "K4": "T2", "K5": "T2"}
    plans = tuple(plan(client, regular=frozenset({worker})) for client, worker in regular.items())
    return plan_weeks(town(*slots, care_plans=plans), roads(), MONDAY, thinking=QUICK)


def told() -> dict[date, Plan]:
    """Return the rounds as everybody knows them."""
    return {made.day.day: made.plan for made in week().days}


@cache
def repaired(*, spare: bool = False) -> Repair:
    """Return the week without Anu from Tuesday on, with nobody to stand in unless `spare`."""
    records = week().records
    if not spare:
        records = replace(records, workers=tuple(worker for worker in records.workers if worker.id != "T3"))
    first = MONDAY + timedelta(days=1)
    return repair(records, roads(), told(), worker="T1", first=first, last=SUNDAY, rescue=RESCUE)


@pytest.mark.parametrize("spare", [False, True])
def test_sound_and_without_her(spare: bool) -> None:
    """Every repaired day keeps the rules, and the absent carer has no round."""
    made = repaired(spare=spare)
    assert made.days
    for day in made.days:
        assert check(day.day.problem, day.day.matrix, day.plan) == ()
        assert all(day.day.problem.shift_by_id[route.shift].worker != "T1" for route in day.plan.routes)
    assert Absence(worker="T1", first=MONDAY + timedelta(days=1), last=SUNDAY) in made.records.absences


def test_nobody_time_critical_is_lost() -> None:
    """The colleague has time in the morning, so the visit that cannot wait is made each day."""
    lost = [change for found in repaired().lost.values() for change in found]
    assert all(change.priority is not Priority.A for change in lost)


def test_only_what_must_change_is_told() -> None:
    """Other carers come only to her clients, and times of others move no further than need be."""
    for found in repaired(spare=True).changes.values():
        for change in found:
            assert Broken.WORKER not in change.kinds or "T1" in change.before
            if Broken.TIME in change.kinds:
                assert change.start_after is not None
                assert abs(change.start_after - change.start_before) > TOLD


def test_an_official_takes_the_shift() -> None:
    """Whoever is free takes the whole shift: every time stays, and a cover that breaks less comes first."""
    for one in repaired(spare=True).absent:
        substitutes = {cover.substitute for cover in one.covers}
        assert substitutes == {None, "T3"}
        ranks = [cover.rank for cover in one.covers]
        assert ranks == sorted(ranks)
    assert any(shift.worker == "T3" for shift in repaired(spare=True).records.shifts)


def test_an_official_stands_in_for_days() -> None:
    """Whoever stands in on several days has a shift on each, under names that nothing else has; rounds name these."""
    records = week().records
    alone = replace(records, absences=(Absence(worker="T2", first=MONDAY, last=SUNDAY),))
    plans = {day: _only("S1", rounds) for day, rounds in told().items()}
    made = repair(alone, roads(), plans, worker="T1", first=MONDAY, last=SUNDAY)
    names = [shift.id for shift in made.records.shifts]
    assert sum(shift.worker == "T3" for shift in made.records.shifts) > 1
    assert len(names) == len(set(names))
    assert {route.shift for day in made.days for route in day.plan.routes} <= set(names) - {"S1", "S2"}


def _only(shift: str, rounds: Plan) -> Plan:
    """Return a day's rounds with what others do left waiting."""
    others = (stop.request for route in rounds.routes if route.shift != shift for stop in route.stops)
    waiting = (*rounds.unassigned, *filter(None, others))
    return Plan(routes=tuple(route for route in rounds.routes if route.shift == shift), unassigned=waiting)


def test_lost_visit_moves_to_another_day() -> None:
    """What nobody can make today is made on another day of the week that the care plan allows."""
    records, monday = week().records, MONDAY
    alone = replace(
        records,
        workers=tuple(worker for worker in records.workers if worker.id != "T3"),
        absences=(Absence(worker="T2", first=monday, last=monday),),
    )
    only = {day: rounds for day, rounds in told().items() if day == monday}
    before = build_day(alone, roads(), monday)
    routes = tuple(route for route in only[monday].routes if route.shift in before.problem.shift_by_id)
    served = {stop.request for route in routes for stop in route.stops}
    left = tuple(request.id for request in before.problem.requests if request.id not in served)
    plans = {**told(), monday: Plan(routes=routes, unassigned=left)}
    made = repair(alone, roads(), plans, worker="T1", first=monday, last=monday)
    assert all(moved.after > monday for moved in made.moved)
    for day in made.days:
        assert check(day.day.problem, day.day.matrix, day.plan) == ()


def test_unknown_worker() -> None:
    """A worker whom nobody knows is named, and those there are."""
    with pytest.raises(UsageError, match=r"T9.*T1, T2"):
        repair(week().records, roads(), told(), worker="T9", first=MONDAY, last=SUNDAY)


def test_nothing_to_do_without_a_round() -> None:
    """A worker without a round that day leaves nobody waiting, and nothing changes."""
    records: Records = week().records
    built = build_day(records, roads(), MONDAY)
    absence = Absence(worker="T3", first=MONDAY, last=MONDAY)
    found = absent_day(records, roads(), built, told()[MONDAY], absence)
    assert found.stranded == ()
    assert found.best.changes == ()


def test_fragility() -> None:
    """Everybody with a round is thought away in turn; whoever cannot be replaced comes first."""
    built = build_day(week().records, roads(), MONDAY)
    found = fragility(week().records, roads(), built, told()[MONDAY])
    assert {one.worker for one in found} == {
        built.problem.shift_by_id[route.shift].worker for route in told()[MONDAY].routes
    }
    anu = next(one for one in found if one.worker == "T1")
    assert anu.critical == 1
    assert anu.at_stake >= anu.critical >= anu.lost


@cache
def swapped() -> tuple[Records, dict[date, Plan]]:
    """Return a Monday on which Mari could make Anu's visit, if she went to her own two in the other order."""
    monday = {"times": 1, "weekdays": frozenset({1}), "days_apart": 1}
    urgent = slot("K1", **monday, priority=Priority.A, windows=(window(9, 9.25),))
    first = slot("K4", **monday, duration=3600, windows=(window(8, 8.5),))
    second = slot("K5", **monday, windows=(window(10, 10.1),))
    regular = {"K1": "T1", "K4": "T2", "K5": "T2"}
    plans = tuple(plan(client, regular=frozenset({worker})) for client, worker in regular.items())
    records = town(urgent, first, second, care_plans=plans)
    made = plan_weeks(records, roads(), MONDAY, thinking=QUICK)
    wide = tuple(replace(v, windows=(window(8, 14),)) if v.client == "K4" else v for v in made.records.visits)
    workers = tuple(worker for worker in records.workers if worker.id != "T3")
    return replace(made.records, visits=wide, workers=workers), {day.day.day: day.plan for day in made.days}


def test_fragile_is_who_cannot_be_replaced_at_all() -> None:
    """What a search for another order saves is not told as lost; without a search it would be."""
    records, plans = swapped()
    built = build_day(records, roads(), MONDAY)
    shares: list[float] = []
    hasty, careful = (
        {one.worker: one for one in fragility(records, roads(), built, plans[MONDAY], rescue=budget, on_worker=listen)}
        for budget, listen in ((None, None), (RESCUE, shares.append))
    )
    assert [change.request for change in hasty["T1"].absent.best.lost_critical]
    assert careful["T1"].lost == 0
    assert shares == [0.0, 0.5]


def test_stopped() -> None:
    """A repair that is stopped searches no more, and is whole all the same: every day without her, by the rules."""
    records, plans = swapped()
    told = {**plans, MONDAY + timedelta(days=1): Plan(routes=(), unassigned=())}
    stopped, whole = (
        repair(records, roads(), told, worker="T1", first=MONDAY, last=SUNDAY, rescue=RESCUE, stop=stop)
        for stop in (lambda: True, lambda: False)
    )
    assert [len(found) for found in stopped.lost.values()] == [1]
    assert not whole.lost
    assert [day.day.day for day in stopped.days] == [day.day.day for day in whole.days] == sorted(told)
    for day in stopped.days:
        assert check(day.day.problem, day.day.matrix, day.plan) == ()
        assert all(day.day.problem.shift_by_id[route.shift].worker != "T1" for route in day.plan.routes)


def test_what_is_lost_is_proven() -> None:
    """Two who cannot wait, at the same time, and one carer left: one is lost, and it is known that no cover exists."""
    same = {"times": 1, "weekdays": frozenset({1}), "priority": Priority.A, "windows": (window(9, 9.25),)}
    records = town(slot("K1", **same), slot("K2", **same))
    records = replace(records, workers=tuple(worker for worker in records.workers if worker.id != "T3"))
    made = plan_weeks(records, roads(), MONDAY, thinking=QUICK)
    plans = {day.day.day: day.plan for day in made.days}
    found = repair(made.records, roads(), plans, worker="T1", first=MONDAY, last=MONDAY, rescue=RESCUE)
    (one,) = found.absent
    assert len(one.best.lost_critical) == 1
    assert one.best.least_lost == 1
