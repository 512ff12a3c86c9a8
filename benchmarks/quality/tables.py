"""Markdown tables of runs: one summary per family and convention, and one line per instance."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby
from statistics import fmean, median

from benchmarks.quality.rows import Row, Status

_COLUMNS = (
    "engine",
    "answered",
    "mean gap %",
    "median",
    "worst",
    "gap over",
    "vehicles",
    "more vehicles",
    "to best s",
    "longest s",
)


def summary(rows: Iterable[Row]) -> str:
    """Return one table per family, convention and time: how each engine did on average."""
    parts = []
    for (family, convention, seconds), group in _groups(rows, lambda r: (r.family, r.convention, r.seconds)):
        parts.append(f"**{family}, `{convention}`, {seconds:g} s**, {_instances(group)} instances\n")
        parts.append(f"| {' | '.join(_COLUMNS)} |")
        parts.append("| --- " * len(_COLUMNS) + "|")
        for (engine,), runs in _groups(group, lambda r: (r.engine,)):
            parts.append(_engine_line(engine, runs))
        parts.append("")
    return "\n".join(parts)


def details(rows: Iterable[Row]) -> str:
    """Return one table per family, convention and time: vehicles, cost and gap of every engine on every instance."""
    parts = []
    for (family, convention, seconds), group in _groups(rows, lambda r: (r.family, r.convention, r.seconds)):
        engines = list(dict.fromkeys(row.engine for row in group))
        parts.append(f"**{family}, `{convention}`, {seconds:g} s**\n")
        parts.append("| instance | best known | " + " | ".join(engines) + " |")
        parts.append("| --- | --- |" + " --- |" * len(engines))
        for (instance,), runs in _groups(group, lambda r: (r.instance,)):
            cells = {row.engine: _cell(row) for row in runs}
            known = _pair(runs[0].convention, runs[0].best_vehicles, runs[0].best_cost)
            parts.append(f"| {instance} | {known} | " + " | ".join(cells.get(e, "") for e in engines) + " |")
        parts.append("")
    return "\n".join(parts)


def machine_line(machine: dict[str, str], rows: Iterable[Row]) -> str:
    """Return the machine, the versions, and how busy the machine was, in a line."""
    loads = [row.load for row in rows]
    busy = f"; load before the runs {min(loads):.1f} to {max(loads):.1f}" if loads else ""
    return ", ".join(f"{name} {value}" for name, value in machine.items()) + busy + "\n"


def _groups(rows: Iterable[Row], key: Callable[[Row], tuple]) -> list[tuple[tuple, list[Row]]]:  # type: ignore[type-arg]
    """Return rows grouped by a key, groups in the order of their key, rows in the order they have."""
    return [(name, list(group)) for name, group in groupby(sorted(rows, key=key), key=key)]


def _instances(rows: list[Row]) -> int:
    return len({row.instance for row in rows})


def _engine_line(engine: str, rows: list[Row]) -> str:
    if all(row.status is Status.CANNOT for row in rows):
        return f"| {engine} | cannot express: {rows[0].remark} |{' |' * (len(_COLUMNS) - 2)}"
    cannot = sum(row.status is Status.CANNOT for row in rows)
    answered = [row for row in rows if row.status is Status.OK]
    gaps = [row.gap for row in answered if row.gap is not None]
    more = [row.more_vehicles for row in answered if row.more_vehicles is not None]
    times = [row.time_to_best for row in answered if row.time_to_best is not None]
    cells = (
        engine,
        f"{len(answered)} of {len(rows) - cannot}" + (f", {cannot} cannot be expressed" if cannot else ""),
        _number(gaps and fmean(gaps)),
        _number(gaps and median(gaps)),
        _number(gaps and max(gaps)),
        str(len(gaps)),
        str(sum(row.vehicles or 0 for row in answered)),
        f"{sum(more):+d} on {sum(m != 0 for m in more)}" if more else "",
        _number(times and fmean(times), 1),
        _number(max(row.wall for row in rows), 0),
    )
    return f"| {' | '.join(cells)} |"


def _number(value: float | list[float], digits: int = 2) -> str:
    return "" if isinstance(value, list) else f"{round(value, digits) + 0.0:.{digits}f}"


def _pair(convention: str, vehicles: int | None, cost: float | None) -> str:
    if cost is None:
        return "unknown"
    return f"{vehicles} / {cost:.2f}" if ">" in convention else f"{cost:.2f}"


def _cell(row: Row) -> str:
    if row.status is not Status.OK:
        return str(row.status)
    pair = _pair(row.convention, row.vehicles, row.cost)
    return pair if row.gap is None else f"{pair} ({_number(row.gap)} %)"
