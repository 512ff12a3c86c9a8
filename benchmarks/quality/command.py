"""`python -m benchmarks quality`: run engines over published instances."""

from __future__ import annotations

import argparse
from collections import Counter
from fnmatch import fnmatch
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from benchmarks.bks import Row as Known
from benchmarks.bks import best_rows, read_rows
from benchmarks.engines.engine import ENGINES
from benchmarks.families import FAMILIES
from benchmarks.quality.rows import Row
from benchmarks.quality.run import Task, run
from benchmarks.quality.sample import stratified
from benchmarks.quality.tables import summary
from routing.errors import UsageError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("--family", required=True, choices=sorted(FAMILIES))
    parser.add_argument("--path", required=True, type=Path, help="the family's folder, with bks.csv in it")
    parser.add_argument("--instances", default="*", metavar="GLOB", help="of instance files, such as 'solomon_100/*'")
    parser.add_argument("--convention", default="*", metavar="GLOB", help="such as 'dist:trunc1'; all by default")
    parser.add_argument("--sample", type=int, metavar="N", help="draw N instances from all kinds in turn")
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--engine", default="ortools", metavar="LIST", help=f"of {', '.join(ENGINES)}")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", required=True, type=Path, metavar="FILE.json", help="finished rows in it are kept")
    parser.add_argument("--solutions", type=Path, metavar="DIR", help="where to write every answer")


def main(options: argparse.Namespace) -> None:
    """Run what is asked, showing how far it is, and print the summary."""
    task = Task(
        family=FAMILIES[options.family],
        known=tuple(chosen(options)),
        engines=tuple(options.engine.split(",")),
        seconds=options.seconds,
        seed=options.seed,
        out=options.out,
        solutions=options.solutions,
    )
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, TimeRemainingColumn(), console=console) as progress:
        bar = progress.add_task(task.family.name, total=task.runs)

        def tell(row: Row) -> None:
            progress.console.print(line(row), highlight=False, markup=False)
            progress.update(bar, advance=1)

        rows = run(task, tell=tell)
    print(summary([row for row in rows if row.family == task.family.name]))


def chosen(options: argparse.Namespace) -> list[Known]:
    """Return the rows of best-known values that the options ask for; a sample holds whole instances."""
    rows = [
        row
        for row in best_rows(read_rows(options.path))
        if _fits(row, options.path, options.instances) and fnmatch(row.convention, options.convention)
    ]
    if not rows:
        raise UsageError(f"no instance in {options.path} fits {options.instances!r} and {options.convention!r}")
    if options.sample is None:
        return rows
    first = {row.instance: row for row in reversed(rows)}
    drawn = Counter(row.instance for row in stratified(list(first.values()), options.sample, options.seed))
    return [row for row in rows if row.instance in drawn]


def _fits(row: Known, folder: Path, pattern: str) -> bool:
    """Tell whether a pattern fits an instance's name or its file's path below the folder."""
    return fnmatch(row.instance, pattern) or fnmatch(row.instance_file.relative_to(folder).as_posix(), pattern)


def line(row: Row) -> str:
    """Return one run in a line."""
    said = f"{row.instance} {row.convention} {row.engine}: {row.status}"
    if row.cost is not None:
        said += f" {row.vehicles} vehicles, {row.cost:.2f}"
    if row.gap is not None:
        said += f", gap {row.gap:.2f} %"
    return f"{said} ({row.remark})" if row.remark else said
