"""`hoolering plan`: one day, from records to files."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import FrameType

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from api.bound_text import bound_text
from api.cli.console import console, shared_options, show_findings, show_json
from api.cli.dates import DATE
from api.cli.day_text import print_day
from api.cli.numbers import ITERATIONS, SecondsType
from api.day_tables import prices_csv, rounds_csv
from api.drawing import view_of_day
from api.keeping import Keeper
from api.loading import open_day, open_folder
from api.outputs import refuse_unfit, replace_folder
from api.planned import PlannedDay, document_of, plan_day, review_day
from api.warming import warm_in_background
from maps.day_files import day_files
from maps.tiles import Tiles
from routing.cost import cost
from routing.plan import Plan
from routing.planfile import PlanDocument, to_json
from routing.solver.budget import Budget, Listener, StopSignal
from routing.solver.budget import Progress as SolverProgress
from routing.solver.solve import ENGINES
from routing.wording import say


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--date", "day", type=DATE, required=True, help="The day to plan.")
@click.option("--roads", type=click.Path(path_type=Path), help="Road network instead of the folder's own.")
@click.option("--seconds", type=SecondsType(0.1, 86_400), default=10.0, show_default=True, help="Time to search.")
@click.option("--iterations", type=ITERATIONS, help="Stop after so many solutions: the same plan each time.")
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=0, show_default=True, help="Seed of the search.")
@click.option("--engine", type=click.Choice(ENGINES), default=ENGINES[0], show_default=True)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path("out"), show_default=True)
@shared_options
def plan(
    folder: Path,
    day: date,
    roads: Path | None,
    seconds: float,
    iterations: int | None,
    seed: int,
    engine: str,
    out: Path,
    lang: str,
    as_json: bool,
) -> None:
    """Plan one day of FOLDER and write plan, tables, maps and one page per round.

    OUT is for these files alone and is replaced as a whole: it always holds one whole plan, the best so far while the
    search goes on.

    Ctrl-C stops the search and keeps the best plan so far.
    """
    refuse_unfit(out, lang)
    warm_in_background()
    opened = open_folder(folder, roads)
    ready = open_day(opened, day)
    budget = Budget(seconds=seconds, iterations=iterations)

    def documented(planned: PlannedDay) -> PlanDocument:
        return document_of(opened, planned, engine=engine, seed=seed, budget=budget, lang=lang)

    def keep(found: Plan) -> None:
        points = cost(ready.problem, ready.matrix, found)
        planned = review_day(opened, ready, found, points, explained=False)
        _write(planned, documented(planned), out, lang)

    with _progress(seconds, lang) as listener, until_interrupted() as stop, Keeper(keep) as keeper:
        told = _both(listener, keeper.listen)
        planned = plan_day(opened, ready, budget=budget, seed=seed, engine=engine, on_progress=told, stop=stop)
    document = documented(planned)
    _write(planned, document, out, lang)
    if as_json:
        show_json(_as_dict(planned, document, lang))
    else:
        print_day(planned, console(), lang)
        click.echo("")
        show_findings(planned.findings, lang=lang)
        console().print(f"\n{bound_text(planned, lang)}", markup=False)
        console().print(f"\n{say('cli.map-at', lang, path=str(out / 'map.html'))}", markup=False)
    sys.exit(0 if planned.is_sound else 1)


def _both(one: Listener, other: Listener) -> Listener:
    def listen(progress: SolverProgress) -> None:
        one(progress)
        other(progress)

    return listen


def _write(planned: PlannedDay, document: PlanDocument, out: Path, lang: str) -> None:
    replace_folder(out, files_of_day(planned, document, lang))


def files_of_day(planned: PlannedDay, document: PlanDocument, lang: str) -> dict[str, str | bytes]:
    """Return every file of a planned day by its name."""
    view = view_of_day(planned.day, planned.plan, planned.explained, lang)
    contents: dict[str, str | bytes] = dict(day_files(view, tiles=_tiles(planned)))
    contents["plan.json"] = to_json(document)
    contents["rounds.csv"] = rounds_csv(planned, lang)
    contents["prices.csv"] = prices_csv(planned, lang)
    return contents


def _tiles(planned: PlannedDay) -> Tiles | None:
    """Return the tile server the municipality has switched on, if any."""
    settings = planned.day.records.municipality
    return Tiles(url=settings.tiles, attribution=settings.tiles_attribution) if settings.tiles else None


def _as_dict(planned: PlannedDay, document: PlanDocument, lang: str) -> dict[str, object]:
    import json  # noqa: PLC0415

    plain: dict[str, object] = json.loads(to_json(document))
    plain["bound"] = planned.bound
    plain["violations"] = [violation.as_dict(lang) for violation in planned.violations]
    plain["findings"] = [finding.as_dict(lang) for finding in planned.findings]
    return plain


@contextmanager
def until_interrupted() -> Iterator[StopSignal]:
    """Turn the first Ctrl-C into a wish to stop; a second one interrupts as usual."""
    wished = False

    def wish(_signal: int, _frame: FrameType | None) -> None:
        nonlocal wished
        if wished:
            raise KeyboardInterrupt
        wished = True

    before = signal.signal(signal.SIGINT, wish)
    try:
        yield lambda: wished
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _progress(seconds: float, lang: str) -> Iterator[Listener]:
    """Show a bar that fills with the time used and says what has been reached."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(say("cli.searching", lang), total=seconds)
        begun = time.monotonic()

        def listen(progress: SolverProgress) -> None:
            text = say("cli.reached", lang, points=progress.points, unassigned=progress.unassigned)
            bar.update(task, completed=time.monotonic() - begun, description=text)

        yield listen
