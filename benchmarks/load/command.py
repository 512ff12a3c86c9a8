"""`python -m benchmarks load`: drivers' pages and coordinators at once, and how long each kind of request takes."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

from benchmarks import machine
from benchmarks.load.people import Answers, crowd
from benchmarks.load.scene import prepare
from benchmarks.load.server import served

COLUMNS = ("what", "requests", "errors", "refused", "median ms", "p95 ms", "slowest ms")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--drivers", type=int, default=50, help="pages open at once")
    parser.add_argument("--coordinators", type=int, default=5)
    parser.add_argument(
        "--every", type=float, default=7.0, help="seconds between two requests of one page, on the mean"
    )
    parser.add_argument("--database", help="an empty store to use; a SQLite file in a fresh folder unless given")
    parser.add_argument("--seed", type=int, default=1)


def main(options: argparse.Namespace) -> None:
    """Serve, load, and print a table; leave with status 1 where anything went wrong."""
    print(", ".join(f"{name} {value}" for name, value in machine.describe().items()), f"load {machine.load()}\n")
    with tempfile.TemporaryDirectory() as folder:
        url = options.database or f"sqlite:///{Path(folder) / 'load.db'}"
        scene = prepare(url)
        with served(url, Path(folder) / "log") as address:
            answers = asyncio.run(
                crowd(
                    address,
                    scene,
                    drivers=options.drivers,
                    coordinators=options.coordinators,
                    seconds=options.seconds,
                    every=options.every,
                    seed=options.seed,
                )
            )
    print("\n".join(table(answers)))
    if answers.errors:
        print("\nwhat went wrong:", {kind: sorted(set(found)) for kind, found in answers.errors.items()})
        sys.exit(1)


def table(answers: Answers) -> Iterator[str]:
    """Yield the lines of a Markdown table, one row per kind of request and one for all."""
    yield f"| {' | '.join(COLUMNS)} |"
    yield "| --- " * len(COLUMNS) + "|"
    for kind in sorted({*answers.waits, *answers.errors}):
        errors, refused = len(answers.errors.get(kind, ())), answers.refused.get(kind, 0)
        yield _row(kind, answers.waits.get(kind, []), errors, refused)
    everything = [wait for waits in answers.waits.values() for wait in waits]
    errors = sum(len(found) for found in answers.errors.values())
    yield _row("all", everything, errors, sum(answers.refused.values()))


def _row(kind: str, waits: list[float], errors: int, refused: int) -> str:
    late = quantiles(waits, n=20, method="inclusive")[-1] if len(waits) > 1 else max(waits, default=0.0)
    times = (median(waits) if waits else 0.0, late, max(waits, default=0.0))
    return f"| {kind} | {len(waits)} | {errors} | {refused} | {' | '.join(f'{time:.0f}' for time in times)} |"
