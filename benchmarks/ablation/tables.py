"""The table of an ablation."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from statistics import fmean, stdev

from benchmarks.ablation.variants import Answer

HEADER = (
    "| variant | days | cost against full, mean % | ± | worse on | better on | unassigned in all |\n"
    + "| --- " * 7
    + "|"
)


def line(name: str, answers: Sequence[Answer], full: Sequence[Answer]) -> str:
    """Return the table row of a variant; `±` is the standard error of the mean, empty where there is one day."""
    apart = [100 * (a.points - b.points) / b.points if b.points else 0.0 for a, b in zip(answers, full, strict=True)]
    error = f"{stdev(apart) / sqrt(len(apart)):.2f}" if len(apart) > 1 else ""
    cells = (
        name,
        len(apart),
        f"{fmean(apart):+.2f}",
        error,
        sum(value > 0 for value in apart),
        sum(value < 0 for value in apart),
        sum(a.unassigned for a in answers),
    )
    return f"| {' | '.join(str(cell) for cell in cells)} |"
