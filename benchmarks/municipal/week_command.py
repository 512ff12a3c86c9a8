"""`python -m benchmarks weeks`: weeks of eight generated municipalities, the planner against the week made by hand."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterable
from pathlib import Path
from statistics import fmean
from typing import Any

from benchmarks import machine
from benchmarks.municipal import absence
from benchmarks.municipal.command import ROADS
from benchmarks.municipal.week_by_hand import week_by_hand
from benchmarks.municipal.weeks import FIRST, SIZES, municipal_week
from routing.files import replace_file
from routing.records.model import Records
from routing.review.check import check
from routing.review.week_check import check_week
from routing.roads.network import RoadNetwork
from routing.roads.opening import open_network
from routing.solver.budget import Budget
from routing.weeks.figures import figures_of
from routing.weeks.made import Weeks
from routing.weeks.problem import week_problem
from routing.weeks.shortage import shortages
from routing.weeks.thinking import Thinking
from routing.weeks.whole import plan_weeks

PROOF = 30.0
"""Seconds a day may be thought about to show that it cannot hold what must be on it."""

BY_HAND, PLANNER = "by hand", "planner"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("--roads", type=Path, default=ROADS, help="any road file Hoolering opens")
    parser.add_argument("--seconds", type=float, default=60.0, help="per week")
    parser.add_argument("--seed", type=int, default=1, help="of the first municipality")
    parser.add_argument("--municipalities", type=int, default=len(SIZES), help="how many of the eight")
    parser.add_argument("--absence", action="store_true", help="repair weeks when each carer is away, and time it")
    parser.add_argument("--out", type=Path, help="keep finished weeks here, and go on where it was stopped")


def main(options: argparse.Namespace) -> None:
    """Print a row for each municipality and planner, then the means."""
    network = open_network(options.roads)
    if options.absence:
        absence.main(network, options.seconds)
        return
    print(", ".join(f"{name} {value}" for name, value in machine.describe().items()), end="\n\n")
    print(HEADER)
    rows = json.loads(options.out.read_text("utf-8")) if options.out and options.out.exists() else []
    for number, size in enumerate(SIZES[: options.municipalities]):
        seed = options.seed + number
        records = municipal_week(network, size, seed)
        for planner in (BY_HAND, PLANNER):
            key = {"seed": seed, "planner": planner, "seconds": options.seconds}
            row = next((row for row in rows if row.items() >= key.items()), None)
            if row is None:
                thinking, begun = Thinking(seconds=options.seconds, seed=seed), time.process_time()
                if planner == BY_HAND:
                    made = week_by_hand(records, network, FIRST)
                else:
                    made = plan_weeks(records, network, FIRST, thinking=thinking)
                used = time.process_time() - begun
                row = {**key, "clients": size.clients, "carers": size.carers, "processor": used, **measured(made)}
                row["impossible"] = impossible(records, network) if row["missing"] else 0
                rows.append(row)
                if options.out:
                    replace_file(options.out, json.dumps(rows, indent=1).encode())
            print(line(row), flush=True)
    for planner in (BY_HAND, PLANNER):
        print(mean_line([row for row in rows if row["planner"] == planner], planner))


def impossible(records: Records, network: RoadNetwork) -> int:
    """Return how many visits and rides every week lacks at least, proven day by day."""
    found = shortages(week_problem(records, network, FIRST), network, budget=Budget(seconds=PROOF))
    return sum(reach.least for reach in found.values())


def measured(made: Weeks) -> dict[str, Any]:
    """Return the figures of a week; AssertionError where a rule is broken that the week does not own up to."""
    for day in made.days:
        broken = check(day.day.problem, day.day.matrix, day.plan)
        assert not broken, broken[0]
    excused: dict[str, int] = {}
    visits = {visit.id: visit for visit in made.records.visits}
    for name in made.left_out:
        slot = visits[name].care_slot or ""
        excused[slot] = excused.get(slot, 0) + 1
    for missing in made.missing:
        excused[missing.demand.slot.id] = excused.get(missing.demand.slot.id, 0) + missing.times
    faults = check_week(made.records, FIRST, {day.day.day: day.plan for day in made.days}, excused)
    assert not faults, faults[0]
    figures = figures_of(made)
    return {
        "met": figures.met,
        "missing": sum(excused.values()),
        "carers_per_client": figures.carers_per_client,
        "kilometres": figures.metres / 1000,
        "spread_hours": figures.spread / 3600,
        "work_hours": sum(worker.work for worker in figures.workers) / 3600,
    }


HEADER = (
    "| clients | carers | planner | hours met % | visits missing | proven impossible | carers per client | km "
    "| hours paid | hours between busiest and least busy | processor seconds |\n" + "| --- " * 11 + "|"
)


def line(row: dict[str, Any]) -> str:
    """Return the table row of one week."""
    return _line(str(row["clients"]), str(row["carers"]), row["planner"], [row])


def mean_line(rows: list[dict[str, Any]], planner: str) -> str:
    """Return the means of one planner."""
    return _line("all", "", f"{planner}, mean", rows)


def _line(clients: str, carers: str, planner: str, rows: Iterable[dict[str, Any]]) -> str:
    rows = list(rows)

    def mean(name: str) -> float:
        return fmean(row[name] for row in rows)

    cells = (
        clients,
        carers,
        planner,
        f"{100 * mean('met'):.1f}",
        f"{mean('missing'):.1f}",
        f"{mean('impossible'):.1f}",
        f"{mean('carers_per_client'):.2f}",
        f"{mean('kilometres'):.0f}",
        f"{mean('work_hours'):.1f}",
        f"{mean('spread_hours'):.1f}",
        f"{mean('processor'):.0f}",
    )
    return f"| {' | '.join(cells)} |"
