"""`python -m benchmarks speed`: time the parts, and whole days of growing size on real roads."""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks import machine
from benchmarks.municipal.command import ROADS
from benchmarks.speed.kept import KeptDays
from benchmarks.speed.parts import rates
from benchmarks.speed.whole import Whole, measure
from routing.roads.opening import open_network

COLUMNS = (
    "requests", "shifts", "matrix and day s", "set-up s", "first plan s", "left out at first", "all s", "left out",
    "points", "saved since first", "put back a second", "check s", "urgent visit ms", "MiB",
)  # fmt: skip


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("--roads", type=Path, default=ROADS, help="any road file Hoolering opens")
    parser.add_argument(
        "--parts", type=int, default=100, metavar="N", help="requests of the day that parts are timed on, 0 for none"
    )
    parser.add_argument("--requests", type=int, nargs="*", default=[20, 50, 100, 200, 500, 1000, 2000])
    parser.add_argument(
        "--seconds", type=float, nargs="+", default=[10.0], metavar="S", help="several for a table of days each"
    )
    parser.add_argument("--engine", default="hybrid")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, metavar="FILE.json", help="finished days in it are kept and not run again")


def main(options: argparse.Namespace) -> None:
    """Print a table of parts and one of whole days."""
    print(", ".join(f"{name} {value}" for name, value in machine.describe().items()), f"load {machine.load()}\n")
    if options.parts > 0:
        print_parts(options)
    kept = KeptDays(options.out)
    for seconds in options.seconds:
        print_days(options, seconds, kept)


def print_parts(options: argparse.Namespace) -> None:
    """Print how often a second each part is done."""
    found = rates(open_network(options.roads), options.parts, options.seed)
    print(f"Parts, on a day of {options.parts} requests, by processor time:\n")
    print("| what | a second | additions each |\n| --- | --- | --- |")
    for rate in found:
        print(f"| {rate.what} | {rate.per_second:,.0f} | {1 / rate.times(found[0]):,.0f} |")
    print()


def print_days(options: argparse.Namespace, seconds: float, kept: KeptDays) -> None:
    """Print what becomes of days of each size in so many seconds."""
    print(f"Whole days, engine `{options.engine}`, {seconds:g} s, by wall time:\n")
    print(f"| {' | '.join(COLUMNS)} |\n{'| --- ' * len(COLUMNS)}|")
    for requests in options.requests:
        key = f"{options.roads.name} {requests} {options.engine} {seconds:g} {options.seed}"
        day = kept.get(key) or measure(
            options.roads, requests, seconds=seconds, engine=options.engine, seed=options.seed
        )
        kept.put(key, day)
        print(line(day), flush=True)
    print()


def line(day: Whole) -> str:
    """Return the table row of one day."""
    cells = (
        day.requests,
        day.shifts,
        f"{day.day:.2f}",
        f"{day.setup:.2f}",
        f"{day.first:.2f}",
        day.first_unassigned,
        f"{day.total:.1f}",
        day.unassigned,
        f"{day.points:,}",
        f"{100 * (1 - day.points / day.first_points):.1f} %" if day.first_points else "",
        f"{day.put_back:.0f}",
        f"{day.checked:.2f}",
        f"{1000 * day.urgent:.0f}",
        f"{day.mebibytes:.0f}",
    )
    return f"| {' | '.join(str(cell) for cell in cells)} |"
