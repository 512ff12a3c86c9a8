"""What hangs on each worker: what fails on a day if she is ill, and the cheapest cover."""

from __future__ import annotations

from dataclasses import dataclass

from routing.day.build import Day
from routing.plan import Plan
from routing.records.model import Absence, Records
from routing.roads.network import RoadNetwork
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


def fragility(records: Records, network: RoadNetwork, day: Day, plan: Plan) -> tuple[Fragile, ...]:
    """Return every worker who has something to do that day, whom nobody can replace first."""
    working = sorted({day.problem.shift_by_id[route.shift].worker for route in plan.routes})
    found = []
    for worker in working:
        absence = Absence(worker=worker, first=day.day, last=day.day)
        one = absent_day(records, network, day, plan, absence)
        if one.stranded:
            found.append(Fragile(worker=worker, absent=one))
    return tuple(sorted(found, key=lambda fragile: (-fragile.lost, -fragile.critical, fragile.worker)))
