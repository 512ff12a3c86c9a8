"""How long a day takes from folder to files: `python -m benchmarks.day [--osm FILE] [--seconds S]`.

One run measures the start-up of `hoolering --help`, the solver's time to its first complete plan, and the wall time and
peak memory of the whole `hoolering plan`, each command in a process of its own. Times are also given as multiples of
starting Python with nothing to do on the same machine, so that runs on different machines compare.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]
FOLDER, DAY = REPOSITORY / "fixtures" / "tartu_vald", date(2026, 11, 25)


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One measured thing: wall seconds, and peak memory in MiB where a process was measured."""

    name: str
    seconds: float
    mebibytes: float | None = None


def measured(name: str, command: Sequence[str], *, statuses: Sequence[int] = (0,), **environment: str) -> Figure:
    """Run a command of Python's in a process of its own; what it prints is dropped."""
    begin = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 - our own commands
        [sys.executable, *command],
        cwd=REPOSITORY,
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in statuses:
        raise RuntimeError(f"{name} ended with status {process.returncode}")
    return Figure(name=name, seconds=seconds, mebibytes=usage.ru_maxrss / _unit())


def _unit() -> int:
    """Return what part of a MiB the system counts memory in: KiB on Linux, bytes on macOS."""
    return 1024 * 1024 if sys.platform == "darwin" else 1024


def fastest(figures: Sequence[Figure]) -> Figure:
    """Return the run that was disturbed least."""
    return min(figures, key=lambda figure: figure.seconds)


def first_plan(roads: Path) -> tuple[Figure, int]:
    """Return when the solver had its first complete plan of the bundled day, and how many requests that left out.

    Comes last, with its own imports: on Linux a process counts what its parent held at the start as its own memory.
    """
    from routing.day.build import build_day  # noqa: PLC0415
    from routing.records.read import read_folder  # noqa: PLC0415
    from routing.roads.opening import open_network  # noqa: PLC0415
    from routing.solver.budget import Budget, Progress  # noqa: PLC0415
    from routing.solver.solve import solve  # noqa: PLC0415

    records, _ = read_folder(FOLDER)
    if records is None:
        raise RuntimeError(f"{FOLDER} cannot be read")
    day = build_day(records, open_network(roads), DAY)
    seen: list[tuple[float, int]] = []
    begin = time.perf_counter()

    def listen(progress: Progress) -> None:
        seen.append((time.perf_counter() - begin, progress.unassigned))

    solve(day.problem, day.matrix, budget=Budget(seconds=5, iterations=1), on_progress=listen)
    return Figure(name="solver to first complete plan", seconds=seen[0][0]), seen[0][1]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--osm", type=Path, help="also plan the bundled day on this road file")
    parser.add_argument("--seconds", type=float, default=2.0, help="search of each whole run")
    options = parser.parse_args()

    bare = fastest([measured("python, nothing to do", ["-c", "pass"]) for _ in range(5)])
    started = fastest([measured("hoolering --help", ["-m", "api.cli", "--help"]) for _ in range(5)])
    figures = [bare, started]
    with tempfile.TemporaryDirectory() as scratch:
        base = ["-m", "api.cli", "plan", str(FOLDER), "--date", DAY.isoformat(), "--seconds", str(options.seconds)]
        base += ["--out", f"{scratch}/out"]
        figures.append(measured("plan, schematic roads", base))
        if options.osm:
            roads = [*base, "--roads", str(options.osm.resolve())]
            figures += [
                measured(f"plan, {options.osm.name}, {name}", roads, statuses=(0, 1), XDG_CONFIG_HOME=scratch)
                for name in ("first time", "again")
            ]
    first, left_out = first_plan(FOLDER / "roads")
    figures.append(first)
    print(f"{'':44}  seconds   x python  peak MiB")
    for figure in figures:
        memory = "" if figure.mebibytes is None else f"{figure.mebibytes:8.0f}"
        print(f"{figure.name:44} {figure.seconds:8.2f} {figure.seconds / bare.seconds:10.1f}  {memory}")
    print(f"The first plan left out {left_out} requests; whole runs search for {options.seconds:g} s.")


if __name__ == "__main__":
    main()
