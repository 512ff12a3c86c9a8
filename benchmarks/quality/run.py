"""Run engines over the instances of a family, judge every answer, keep every finished row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks import machine
from benchmarks.answer_file import write_answer
from benchmarks.bks import Row as Known
from benchmarks.engines.engine import Engine, open_engine
from benchmarks.families import Family
from benchmarks.formulation import Formulation
from benchmarks.quality.child import run_engine
from benchmarks.quality.rows import Row, Status, read_rows, write_rows


@dataclass(frozen=True, kw_only=True)
class Task:
    """What to run: every engine on every instance, `seconds` each."""

    family: Family
    known: tuple[Known, ...]
    engines: tuple[str, ...]
    seconds: float
    seed: int
    out: Path
    solutions: Path | None = None

    @property
    def runs(self) -> int:
        """Return the number of runs."""
        return len(self.known) * len(self.engines)


def run(task: Task, *, tell: Callable[[Row], None]) -> list[Row]:
    """Return the rows of a task, those of earlier runs in the same file included; `tell` hears of each of the task."""
    rows, _ = read_rows(task.out)
    finished = {row.key: row for row in rows}
    engines = {name: open_engine(name) for name in task.engines}
    for known, name in _pairs(task):
        key = (task.family.name, known.instance, known.convention, name, task.seconds, task.seed)
        row = finished.get(key)
        if row is None:
            row = _run_one(task, known, engines[name])
            rows.append(row)
            write_rows(task.out, rows, machine.describe())
        tell(row)
    return rows


def _pairs(task: Task) -> Iterator[tuple[Known, str]]:
    """Yield instance by instance, so that an interrupted run compares all engines on what it has."""
    for known in task.known:
        for name in task.engines:
            yield known, name


def _run_one(task: Task, known: Known, engine: Engine) -> Row:
    instance = task.family.read(known.instance_file)
    formulation = task.family.formulate(instance, known.convention)
    base = Row(
        family=task.family.name,
        instance=known.instance,
        convention=known.convention,
        engine=engine.name,
        seconds=task.seconds,
        seed=task.seed,
        status=Status.CANNOT,
        size=len(formulation.stops),
        best_vehicles=known.vehicles,
        best_cost=known.cost,
        load=machine.load(),
    )
    reason = engine.why_not(formulation)
    if reason is not None:
        return replace(base, remark=reason)
    return _judged(task, base, instance, formulation, engine)


def _judged(task: Task, base: Row, instance: Any, formulation: Formulation, engine: Engine) -> Row:  # noqa: ANN401
    """Return the row of a run whose answer was judged from the original numbers."""
    found = run_engine(engine.name, formulation, seconds=task.seconds, seed=task.seed, processes=engine.processes)
    outcome = found.outcome
    trace = tuple((round(point.seconds, 3), *formulation.decode(point.value)) for point in outcome.trace)
    base = replace(base, wall=round(found.wall, 2), trace=trace, remark=outcome.remark, status=Status.FAILED)
    if outcome.answer is None:
        return base
    if task.solutions is not None:
        name = f"{base.instance}.{base.convention.replace('>', '-').replace(':', '-')}.{engine.name}.json"
        task.solutions.mkdir(parents=True, exist_ok=True)
        write_answer(task.solutions / name, outcome.answer)
    verdict = task.family.verify(instance, outcome.answer, base.convention)
    if not verdict.feasible:
        return replace(base, remark=f"refused by the judge: {verdict.faults[0]}")
    return replace(base, status=Status.OK, vehicles=verdict.vehicles, cost=round(verdict.cost, 6))
