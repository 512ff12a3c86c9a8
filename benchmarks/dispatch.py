"""`python -m benchmarks dispatch`: how long a coordinator waits for what she does by hand, on days of growing size."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from statistics import median

from benchmarks import machine
from benchmarks.municipal.command import ROADS
from benchmarks.municipal.days import Size, municipal_day
from routing.dispatch.desk import Desk
from routing.dispatch.fits import fits
from routing.dispatch.move import move, shift_time, unassign
from routing.dispatch.slots import slots_of
from routing.plan import Plan
from routing.review.check import check
from routing.roads.network import RoadNetwork
from routing.roads.opening import open_network
from routing.solver.insertion import insert_all
from routing.solver.timetable import timetable

COLUMNS = ("requests", "shifts", "stops", "what", "median ms", "slowest ms", "in checks of the plan")


@dataclass(frozen=True, kw_only=True)
class Wait:
    """How long one kind of question takes: milliseconds by wall time, and the median in checks of the same plan."""

    what: str
    median: float
    slowest: float
    checks: float


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("--roads", type=Path, default=ROADS, help="any road file Hoolering opens")
    parser.add_argument("--requests", type=int, nargs="*", default=[60, 100])
    parser.add_argument("--shifts", type=int, help="keep only so many shifts, so that rounds are full")
    parser.add_argument("--tries", type=int, default=40, help="questions of each kind")
    parser.add_argument("--seed", type=int, default=1)


def main(options: argparse.Namespace) -> None:
    """Print a table of waits."""
    print(", ".join(f"{name} {value}" for name, value in machine.describe().items()), f"load {machine.load()}\n")
    print(f"| {' | '.join(COLUMNS)} |\n{'| --- ' * len(COLUMNS)}|")
    network = open_network(options.roads)
    for requests in options.requests:
        desk, plan = day(network, requests, options.shifts, options.seed)
        stops = sum(stop.request is not None for route in plan.routes for stop in route.stops)
        for wait in waits(desk, plan, options.tries):
            cells = (requests, len(desk.problem.shifts), stops, wait.what, *map(_short, _numbers(wait)))
            print(f"| {' | '.join(map(str, cells))} |", flush=True)


def day(network: RoadNetwork, requests: int, shifts: int | None, seed: int) -> tuple[Desk, Plan]:
    """Return a municipal day and a plan of it by insertion; the day is compiled already."""
    problem, matrix = municipal_day(network, Size(requests=requests), seed)
    problem = replace(problem, shifts=problem.shifts[:shifts])
    desk = Desk(problem=problem, matrix=matrix)
    plan = timetable(desk.instance, insert_all(desk.instance, tuple(() for _ in problem.shifts)))
    assert plan is not None
    assert not check(problem, matrix, plan)
    return Desk(problem=problem, matrix=matrix, told=plan), plan


def waits(desk: Desk, plan: Plan, tries: int) -> Iterator[Wait]:
    """Yield how long each kind of question takes, each asked of a desk that nothing was asked before."""
    one_check = median(_timed(lambda: check(desk.problem, desk.matrix, plan)) for _ in range(10))
    every = len(desk.problem.requests) // tries or 1
    served = [r.id for r in desk.problem.requests if r.id not in plan.unassigned][::every]
    names = [shift.id for shift in desk.problem.shifts]
    begins = {request: plan.stops_by_step[desk.begin_step(request)][0][1].start for request in served}
    kinds: dict[str, Callable[[Desk, str, str], object]] = {
        "fits, all shifts": lambda desk, request, _: fits(desk, plan, request),
        "move to a shift": lambda desk, request, shift: move(desk, plan, request, shift),
        "change of time": lambda desk, request, _: shift_time(desk, plan, request, begins[request] + 600),
        "taken off": lambda desk, request, _: unassign(desk, plan, request),
        "slots on the phone": lambda desk, request, _: slots_of(desk, bare[request], request),
    }
    bare = {request: off for request in served if (off := unassign(desk, plan, request).plan) is not None}
    for what, ask in kinds.items():
        asked = islice(zip(cycle(served), cycle(names), strict=False), tries)
        taken = sorted(_timed(partial(ask, _fresh(desk), request, shift)) for request, shift in asked)
        yield Wait(what=what, median=median(taken), slowest=taken[-1], checks=median(taken) / one_check)


def _fresh(desk: Desk) -> Desk:
    """Return the desk compiled, but with nothing remembered."""
    fresh = replace(desk)
    fresh.routes(Plan(routes=()))
    return fresh


def _timed(ask: Callable[[], object]) -> float:
    began = time.perf_counter()
    ask()
    return 1000 * (time.perf_counter() - began)


def _numbers(wait: Wait) -> tuple[float, float, float]:
    return wait.median, wait.slowest, wait.checks


def _short(number: float) -> str:
    return f"{number:.3g}"
