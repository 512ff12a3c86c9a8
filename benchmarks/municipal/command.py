"""`python -m benchmarks municipal`: compare plans of generated days with how such days are planned by hand."""

from __future__ import annotations

import argparse
from itertools import cycle
from pathlib import Path
from statistics import fmean

from benchmarks import machine
from benchmarks.municipal.compare import Compared, compare, measured
from benchmarks.municipal.days import Size, municipal_day
from routing.roads.opening import open_network

ROADS = Path(__file__).parents[2] / "fixtures" / "tartu_vald" / "roads"
"""Drawn by hand from real roads and places; `--roads` takes any other network."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("--roads", type=Path, default=ROADS, help="any road file Hoolering opens")
    parser.add_argument("--requests", type=int, nargs="+", default=[40])
    parser.add_argument("--municipalities", type=int, nargs="+", default=[1])
    parser.add_argument("--days", type=int, default=3, help="how many days of each size")
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--engine", default="ortools", metavar="LIST")
    parser.add_argument("--seed", type=int, default=1, help="of the first day")


def main(options: argparse.Namespace) -> None:
    """Print one table row per size and planner, means over the days."""
    network = open_network(options.roads)
    print(", ".join(f"{name} {value}" for name, value in machine.describe().items()), end="\n\n")
    print(HEADER)
    for requests, municipalities in zip(options.requests, cycle(options.municipalities), strict=False):
        size = Size(requests=requests, municipalities=municipalities)
        rows: dict[str, list[Compared]] = {}
        for seed in range(options.seed, options.seed + options.days):
            problem, matrix = municipal_day(network, size, seed)
            plans = compare(
                problem, matrix, engines=tuple(options.engine.split(",")), seconds=options.seconds, seed=seed
            )
            for planner, plan in plans.items():
                row = measured(problem, matrix, plan, planner=planner, municipalities=municipalities, seed=seed)
                rows.setdefault(planner, []).append(row)
        for days in rows.values():
            print(line(days), flush=True)


HEADER = (
    "| requests | municipalities | days | planner | unassigned | km | paid minutes | late minutes "
    "| clients met by strangers | carers per client | points of all days |\n" + "| --- " * 11 + "|"
)


def line(days: list[Compared]) -> str:
    """Return the table row of one planner: means over the days, points summed."""
    first = days[0]
    cells = (
        first.requests,
        first.municipalities,
        len(days),
        first.planner,
        f"{fmean(day.unassigned for day in days):.1f}",
        f"{fmean(day.kilometres for day in days):.0f}",
        f"{fmean(day.paid_minutes for day in days):.0f}",
        f"{fmean(day.late_minutes for day in days):.0f}",
        f"{fmean(day.strangers for day in days):.1f}",
        f"{fmean(day.carers_per_client for day in days):.2f}",
        sum(day.points for day in days),
    )
    return f"| {' | '.join(str(cell) for cell in cells)} |"
