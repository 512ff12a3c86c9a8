"""What hangs on each worker: what fails on a day if she is ill, and the cheapest cover."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from routing.day.build import Day
from routing.plan import Plan
from routing.records.model import Absence, Records
from routing.roads.network import RoadNetwork
from routing.solver.budget import Budget, StopSignal, never_stop
from routing.weeks.cover import AbsentDay, absent_day


@dataclass(frozen=True, kw_only=True)
class Fragile:
    """One worker of a day: what she has to do, how much of it cannot wait, and what happens without her."""

    worker: str
    absent: AbsentDay

    @property
    def at_stake(self) -> int:
        """Return how many requests she has."""
        return len(self.absent.stranded)

    @property
    def critical(self) -> int:
        """Return how many of them must be served that day."""
        return len(self.absent.time_critical)

    @property
    def lost(self) -> int:
        """Return how many nobody makes, whoever stands in."""
        return len(self.absent.best.lost)

    @property
    def points(self) -> int:
        """Return what the cheapest cover costs more than the day as planned."""
        return self.absent.best.cost.total


def fragility(
    records: Records,
    network: RoadNetwork,
    day: Day,
    plan: Plan,
    *,
    rescue: Budget | None = None,
    on_worker: Callable[[float], None] | None = None,
    stop: StopSignal = never_stop,
) -> tuple[Fragile, ...]:
    """Return every worker who has something to do that day, whom nobody can replace first.

    Where each cover would lose somebody, the day is searched anew within `rescue`: without, what a repair would save is
    told as lost. `on_worker` hears how much is done, from 0 to 1. Once `stop` says yes nothing is searched any more.
    """
    working = sorted({day.problem.shift_by_id[route.shift].worker for route in plan.routes})
    found = []
    for position, worker in enumerate(working):
        if on_worker is not None:
            on_worker(position / len(working))
        absence = Absence(worker=worker, first=day.day, last=day.day)
        one = absent_day(records, network, day, plan, absence, rescue=rescue, stop=stop)
        if one.stranded:
            found.append(Fragile(worker=worker, absent=one))
    return tuple(sorted(found, key=lambda fragile: (-fragile.lost, -fragile.critical, fragile.worker)))
