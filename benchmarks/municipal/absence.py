"""`python -m benchmarks weeks --absence`: a whole week without one carer, repaired, timed, and what had to be lost."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from api.loading import open_folder
from benchmarks import machine
from benchmarks.municipal.weeks import FIRST, SIZES, municipal_week
from routing.problem import Priority
from routing.review.check import check
from routing.roads.network import RoadNetwork
from routing.solver.budget import Budget
from routing.weeks.cover import Cover
from routing.weeks.made import Weeks
from routing.weeks.reach import reach_of
from routing.weeks.repair import Repair, repair, rescue_budget
from routing.weeks.thinking import Thinking
from routing.weeks.whole import plan_weeks

GENERATED = 6
"""Which of the eight municipalities: 38 clients, three carers, the tightest of them."""

BUNDLED = Path("fixtures/tartu_vald")
RESCUE = 6.0
"""Seconds for the searches of a whole week, as `hoolering absent` has them."""

PROOF = 20.0
"""Seconds to find out whether the time-critical of one day had a cover."""


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A planned week to take a carer out of."""

    name: str
    weeks: Weeks
    network: RoadNetwork


def main(network: RoadNetwork, seconds: float) -> None:
    """Print a row for each carer of the bundled and of a generated municipality."""
    print(", ".join(f"{name} {value}" for name, value in machine.describe().items()), end="\n\n")
    print(HEADER)
    for scene in _scenes(network, seconds):
        told = {made.day.day: made.plan for made in scene.weeks.days}
        for worker in _carers(scene.weeks):
            begun, used = time.monotonic(), time.process_time()
            made = repair(
                scene.weeks.records,
                scene.network,
                told,
                worker=worker,
                first=min(told),
                last=max(told),
                rescue=rescue_budget(RESCUE, len(told)),
            )
            print(line(scene, worker, made, time.monotonic() - begun, time.process_time() - used), flush=True)


HEADER = (
    "| week | carer away | days | visits and rides she had | seconds | processor seconds | promises changed "
    "| moved to another day | lost | time-critical lost | no cover, proven |\n" + "| --- " * 11 + "|"
)


def line(scene: Scene, worker: str, made: Repair, seconds: float, used: float) -> str:
    """Return the table row of one repair; AssertionError where a repaired day breaks a rule."""
    for day in made.days:
        assert not check(day.day.problem, day.day.matrix, day.plan)
    changes = [change for found in made.changes.values() for change in found]
    critical = [change for change in changes if change.is_lost and change.priority is Priority.A]
    cells = (
        scene.name,
        worker,
        str(len(made.absent)),
        str(sum(len(one.stranded) for one in made.absent)),
        f"{seconds:.1f}",
        f"{used:.1f}",
        str(sum(len(change.kinds) for change in changes if not change.is_lost)),
        str(len(made.moved)),
        str(sum(change.is_lost for change in changes)),
        str(len(critical)),
        str(sum(_uncovered(one.best) for one in made.absent if one.best.lost_critical)),
    )
    return f"| {' | '.join(cells)} |"


def _uncovered(cover: Cover) -> int:
    """Return how many time-critical requests of a day no plan can serve, given everybody who is there then."""
    problem = cover.day.problem
    critical = [request.id for request in problem.requests if request.priority is Priority.A]
    return reach_of(problem, cover.day.matrix, critical, budget=Budget(seconds=PROOF), initial=cover.plan).least


def _scenes(network: RoadNetwork, seconds: float) -> list[Scene]:
    thinking, size = Thinking(seconds=seconds, seed=GENERATED + 1), SIZES[GENERATED]
    drawn, folder = municipal_week(network, size, GENERATED + 1), open_folder(BUNDLED)
    bundled = plan_weeks(folder.records, folder.network, FIRST + timedelta(days=7), thinking=thinking)
    generated = plan_weeks(drawn, network, FIRST, thinking=thinking)
    return [
        Scene(name="Tartu vald", weeks=bundled, network=folder.network),
        Scene(name=f"{size.clients} clients, {size.carers} carers", weeks=generated, network=network),
    ]


def _carers(weeks: Weeks) -> list[str]:
    """Return those who make visits of care plans, who stand in nowhere."""
    reserve = {worker.id for worker in weeks.records.workers if worker.reserve}
    planned = {made.day.problem.shift_by_id[route.shift].worker for made in weeks.days for route in made.plan.routes}
    return sorted(planned - reserve)
