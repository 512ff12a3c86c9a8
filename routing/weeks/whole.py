"""From records to planned weeks, one after the other: each knows who came to whom in those before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from routing.findings import Finding, Severity
from routing.records.model import Records
from routing.roads.network import RoadNetwork
from routing.solver.budget import StopSignal, never_stop
from routing.weeks.demand import WEEK, Lack, monday_of
from routing.weeks.made import PlannedWorkday, Weeks
from routing.weeks.problem import week_matrix, week_problem
from routing.weeks.result import WeekPlan
from routing.weeks.run import WeekRun
from routing.weeks.standing import Standing
from routing.weeks.thinking import Thinking, Told, ignore


def plan_weeks(
    records: Records,
    network: RoadNetwork,
    first: date,
    *,
    weeks: int = 1,
    thinking: Thinking | None = None,
    standing: Standing | None = None,
    on_told: Callable[[Told], None] = ignore,
    stop: StopSignal = never_stop,
) -> Weeks:
    """Plan `weeks` weeks, the first from `first` to its Sunday, each in the light of the ones before it.

    `standing` is the first week as it stood where it is planned anew: it begins from there.
    """
    thinking = thinking or Thinking()
    matrix, findings = week_matrix(records, network, first)
    plans: list[WeekPlan] = []
    days: list[PlannedWorkday] = []
    left: list[str] = []
    for number in range(weeks):
        begins = first if number == 0 else monday_of(first) + timedelta(days=WEEK * number)
        problem = week_problem(records, network, begins, matrix=matrix, seen=_seen(records, days, begins))
        made = WeekRun(
            problem=problem,
            network=network,
            thinking=thinking,
            weeks=weeks,
            number=number,
            on_told=on_told,
            stop=stop,
            standing=standing if standing is not None and number == 0 else Standing(),
        ).planned()
        records = made.records
        plans.append(made.plan)
        days += made.days
        left += made.left
    return Weeks(records=records, plans=tuple(plans), days=tuple(days), left_out=tuple(left), findings=findings)


def _seen(records: Records, days: Iterable[PlannedWorkday], first: date) -> dict[str, frozenset[str]]:
    """Return who comes to each client by the rounds of the three weeks before, whomever the visits were meant for."""
    visits = {visit.id: visit for visit in records.visits}
    found: dict[str, frozenset[str]] = {}
    for made in days:
        if (monday_of(first) - made.day.day).days > 3 * WEEK:
            continue
        for route in made.plan.routes:
            worker = made.day.problem.shift_by_id[route.shift].worker
            for stop in route.stops:
                if stop.request in visits:
                    client = visits[stop.request].client
                    found[client] = found.get(client, frozenset()) | {worker}
    return found


def left_out_of(weeks: Weeks) -> Iterator[Finding]:
    """Yield a finding for each recurring visit that the rounds of some day could not hold."""
    visits = {visit.id: visit for visit in weeks.records.visits}
    slots = {slot.id: slot for slot in weeks.records.care_slots}
    for owner, times in Counter(visits[name].care_slot or "" for name in weeks.left_out).items():
        slot = slots[owner]
        client = next(visit.client for visit in visits.values() if visit.care_slot == owner)
        yield Finding(
            code=f"week.missing-{Lack.FULL.value}",
            severity=Severity.WARNING,
            file=slot.origin.file,
            row=slot.origin.row or None,
            found=slot.id,
            details={"client": client, "times": str(times), "asked": str(slot.times), "skills": ""},
        )
