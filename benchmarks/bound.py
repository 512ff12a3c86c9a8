"""`python -m benchmarks bound`: how close to the best possible plans are shown to be, and in which time."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import fmean

from benchmarks import machine
from benchmarks.municipal.command import ROADS
from benchmarks.municipal.days import Size, municipal_day
from routing.day.build import build_day
from routing.matrix import Matrix
from routing.problem import Problem
from routing.records.read import read_folder
from routing.roads.opening import open_network
from routing.solver.bound.lower_bound import Bound, lower_bound
from routing.solver.budget import Budget
from routing.solver.instance import Instance
from routing.solver.proven import excess
from routing.solver.solve import Result, solve

FIXTURES, DAY = Path(__file__).parents[1] / "fixtures", date(2026, 11, 25)
BUNDLED = ("alutaguse", "tartu_vald")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("--roads", type=Path, default=ROADS, help="any road file Hoolering opens, for generated days")
    parser.add_argument("--requests", type=int, nargs="*", default=[20, 40], help="sizes of generated days")
    parser.add_argument("--days", type=int, default=10, help="how many generated days of each size")
    parser.add_argument("--seconds", type=float, default=10.0, help="of search before, on each day")
    parser.add_argument("--proof", type=float, nargs="+", default=[2.0, 20.0], help="seconds for the bound, each anew")
    parser.add_argument("--seed", type=int, default=1, help="of the first day")


def main(options: argparse.Namespace) -> None:
    """Print a row per day, and the mean of each size and time."""
    print(", ".join(f"{name} {value}" for name, value in machine.describe().items()), f"load {machine.load()}\n")
    print("| day | requests | points | left out | seconds given | bound | within | taken s | branches | finished |")
    print("| --- " * 10 + "|")
    parts: dict[tuple[str, float], list[float | None]] = {}
    for name, problem, matrix in _days(options):
        found = solve(problem, matrix, budget=Budget(seconds=options.seconds), seed=options.seed)
        for seconds in options.proof:
            bound = lower_bound(Instance(problem, matrix), seconds=seconds, plan=found.plan)
            part = None if bound is None else excess(found.cost, bound.points)
            size = "bundled" if name in BUNDLED else f"{len(problem.requests)} requests"
            parts.setdefault((size, seconds), []).append(part)
            print(_line(name, problem, found, seconds, bound, part), flush=True)
    print("\n| days | seconds given | with a bound | mean within | worst |\n" + "| --- " * 5 + "|")
    for (size, seconds), known in parts.items():
        told = [part for part in known if part is not None]
        mean, worst = (f"{100 * fmean(told):.1f} %", f"{100 * max(told):.1f} %") if told else ("", "")
        print(f"| {size} | {seconds:g} | {len(told)} of {len(known)} | {mean} | {worst} |")


def _days(options: argparse.Namespace) -> Iterator[tuple[str, Problem, Matrix]]:
    """Yield the bundled days, then the generated ones."""
    for name in BUNDLED:
        records, _ = read_folder(FIXTURES / name)
        assert records is not None
        day = build_day(records, open_network(FIXTURES / name / "roads"), DAY)
        yield name, day.problem, day.matrix
    network = open_network(options.roads)
    for requests in options.requests:
        for seed in range(options.seed, options.seed + options.days):
            yield f"seed {seed}", *municipal_day(network, Size(requests=requests), seed)


def _line(name: str, problem: Problem, found: Result, seconds: float, bound: Bound | None, part: float | None) -> str:
    cells = [name, len(problem.requests), found.cost.total, len(found.plan.unassigned), f"{seconds:g}"]
    if bound is None:
        cells += ["none", "", "", "", ""]
    else:
        within = "" if part is None else f"{100 * part:.1f} %"
        cells += [bound.points, within, f"{bound.seconds:.1f}", bound.branches, "yes" if bound.finished else "no"]
    return f"| {' | '.join(str(cell) for cell in cells)} |"
