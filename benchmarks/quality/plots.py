"""`python -m benchmarks plots`: draw gap over time and gap against size as PNG files."""

from __future__ import annotations

import argparse
from bisect import bisect_right
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from statistics import fmean

from benchmarks.quality.rows import Row, Status, read_rows

_MOMENTS = 60
"""Points in time at which the mean over instances is taken."""

_SAME = 0.01
"""Part by which an engine's own value may differ from the judge's cost, for rounding."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE.json")
    parser.add_argument("--to", type=Path, default=Path(), metavar="DIR")


def main(options: argparse.Namespace) -> None:
    """Draw two pictures per family and convention."""
    options.to.mkdir(parents=True, exist_ok=True)
    rows = [row for path in options.files for row in read_rows(path)[0] if row.status is Status.OK and row.best_cost]

    def key(row: Row) -> tuple[str, str]:
        return (row.family, row.convention)

    for (family, convention), members in groupby(sorted(rows, key=key), key=key):
        group = list(members)
        stem = f"{family}-{convention.replace('>', '-').replace(':', '-')}"
        draw(options.to / f"{stem}-time.png", f"{family}, {convention}", "seconds", over_time(group), line=True)
        draw(options.to / f"{stem}-size.png", f"{family}, {convention}", "stops", against_size(group), line=False)


def over_time(rows: list[Row]) -> dict[str, list[tuple[float, float]]]:
    """Return, per engine, (seconds, mean gap in percent) from the moment when every instance has an answer to count.

    Instances that end with another number of vehicles than the best known do not count, nor do moments of others at
    which the number differed: distances of different fleets are not to be compared. Nor do runs whose engine aims at
    something near to the convention's cost, since what it saw on the way is not that cost.
    """
    lines: dict[str, list[tuple[float, float]]] = {}
    for engine, runs in _by_engine(rows):
        traced = [row for row in runs if row.gap is not None and _saw_its_cost(row)]
        longest = max((max(row.seconds, row.trace[-1][0]) for row in traced), default=0.0)
        moments = [longest * (number + 1) / _MOMENTS for number in range(_MOMENTS)]
        lines[engine] = []
        for moment in moments:
            gaps = [_gap_at(row, moment) for row in traced]
            if gaps and None not in gaps:
                lines[engine].append((moment, fmean(gap for gap in gaps if gap is not None)))
    return lines


def against_size(rows: list[Row]) -> dict[str, list[tuple[float, float]]]:
    """Return, per engine, (stops, gap in percent) of every instance."""
    return {
        engine: [(float(row.size), row.gap) for row in runs if row.gap is not None] for engine, runs in _by_engine(rows)
    }


def draw(path: Path, title: str, axis: str, series: dict[str, list[tuple[float, float]]], *, line: bool) -> None:
    """Draw points or lines per engine into a PNG file."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415  # heavy, and an extra of its own
    from matplotlib.figure import Figure  # noqa: PLC0415

    figure = Figure(figsize=(7, 4), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    for engine, points in series.items():
        if points:
            axes.plot(*zip(*points, strict=True), "-" if line else "o", label=engine)
    axes.set(title=title, xlabel=axis, ylabel="gap to best known, %")
    axes.grid(visible=True, alpha=0.3)
    if axes.get_legend_handles_labels()[0]:
        axes.legend()
    figure.savefig(path, dpi=120, metadata={"Software": None})


def _by_engine(rows: list[Row]) -> Iterator[tuple[str, list[Row]]]:
    for engine, runs in groupby(sorted(rows, key=lambda row: row.engine), key=lambda row: row.engine):
        yield engine, list(runs)


def _saw_its_cost(row: Row) -> bool:
    """Tell whether the engine's own last value is the judge's cost, and not that of a goal it put in its place."""
    return bool(row.trace) and row.cost is not None and abs(row.trace[-1][2] - row.cost) <= _SAME * row.cost


def _gap_at(row: Row, moment: float) -> float | None:
    """Return the gap of the best answer at a moment, or None where there was none to compare."""
    number = bisect_right([seconds for seconds, _, _ in row.trace], moment)
    if number == 0 or not row.best_cost:
        return None
    _, vehicles, cost = row.trace[number - 1]
    if vehicles is not None and vehicles != row.best_vehicles:
        return None
    return 100 * (cost - row.best_cost) / row.best_cost
