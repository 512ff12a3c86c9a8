"""`hoolering absent`: repair planned days when a worker is away, or see beforehand what hangs on whom."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from api.absence import files_of_repair, fragile_dict, repair_dict
from api.cli.absence_text import print_fragile, print_repair
from api.cli.console import console, shared_options, show_findings, show_json
from api.cli.dates import DATE
from api.cli.numbers import ITERATIONS, SecondsType
from api.cli.plan_command import files_of_day, until_interrupted
from api.loading import open_day, open_folder
from api.outputs import refuse_unfit_for_weeks, replace_folder
from api.told_plans import ToldPlans, told_plans
from api.warming import warm_in_background
from routing.errors import UsageError
from routing.review.check import check
from routing.solver.budget import Budget
from routing.solver.solve import ENGINES
from routing.weeks.fragility import fragility
from routing.weeks.repair import Repair, repair, rescue_budget
from routing.wording import say

_WORKERS = 4
"""Workers of a day whom it takes a search to do without, mostly."""


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--worker", help="Who is away; without, each worker of the first day is thought away in turn.")
@click.option("--from", "first", type=DATE, required=True, help="The first day away.")
@click.option("--to", "last", type=DATE, help="The last day away.  [default: the last planned day]")
@click.option("--week", "planned", type=click.Path(path_type=Path), default=Path("week"), show_default=True)
@click.option("--roads", type=click.Path(path_type=Path), help="Road network instead of the folder's own.")
@click.option("--seconds", type=SecondsType(0.5, 3_600), default=6.0, show_default=True, help="Time to search.")
@click.option("--iterations", type=ITERATIONS, help="Stop after so many solutions: repeatable.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path("absence"), show_default=True)
@shared_options
def absent(
    folder: Path,
    worker: str | None,
    first: date,
    last: date | None,
    planned: Path,
    roads: Path | None,
    seconds: float,
    iterations: int | None,
    out: Path,
    lang: str,
    as_json: bool,
) -> None:
    """Repair the days of WEEK, as `hoolering week` wrote them, when WORKER is away.

    Time is searched only on days that would lose somebody; everywhere else what was told stays, but for the visits of
    the absent worker. Put the lists in OUT into FOLDER to keep the repair. Without --worker nothing is written: for
    each worker of the first day it says what fails without her, and who would cover.

    Ctrl-C stops the search and keeps the best repair so far.
    """
    told = told_plans(open_folder(folder, roads), planned, lang)
    warm_in_background()
    if worker is None:
        _fragile(told, first, rescue_budget(seconds, _WORKERS, iterations), lang, as_json=as_json)
        return
    refuse_unfit_for_weeks(out, lang)
    if out.resolve() == planned.resolve():
        raise UsageError(say("week.same-folder", lang, path=str(out)))
    last = last or max(told.plans)
    if last < first:
        raise UsageError(say("week.dates-reversed", lang, first=first.isoformat(), last=last.isoformat()))
    days = sum(first <= day <= last for day in told.plans)
    if not days:
        raise UsageError(say("week.day-not-planned", lang, day=first.isoformat()))
    budget = rescue_budget(seconds, days, iterations)
    made = _repaired(told, worker, first, last, budget, lang)
    contents = files_of_repair(told.folder, made, files_of_day, engine=ENGINES[0], seed=0, budget=budget, lang=lang)
    replace_folder(out, contents)
    if as_json:
        show_json(repair_dict(made))
    else:
        print_repair(made, console(), lang)
        show_findings(told.folder.findings, lang=lang)
        console().print(f"\n{say('week.files-at', lang, path=str(out))}", markup=False)
    broken = any(check(day.day.problem, day.day.matrix, day.plan) for day in made.days)
    sys.exit(1 if broken else 0)


def _repaired(told: ToldPlans, worker: str, first: date, last: date, budget: Budget, lang: str) -> Repair:
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        days = [day for day in told.plans if first <= day <= last]
        task = bar.add_task(say("week.repairing", lang, day=""), total=max(1, len(days)))

        def on_day(day: date) -> None:
            bar.update(task, completed=days.index(day), description=say("week.repairing", lang, day=f"{day:%d.%m.%Y}"))

        with until_interrupted() as stop:
            return repair(
                told.folder.records,
                told.folder.network,
                told.plans,
                worker=worker,
                first=first,
                last=last,
                rescue=budget,
                on_day=on_day,
                stop=stop,
            )


def _fragile(told: ToldPlans, day: date, budget: Budget, lang: str, *, as_json: bool) -> None:
    if day not in told.plans:
        raise UsageError(say("week.day-not-planned", lang, day=day.isoformat()))
    opened = open_day(told.folder, day)
    with until_interrupted() as stop:
        found = fragility(told.folder.records, told.folder.network, opened, told.plans[day], rescue=budget, stop=stop)
    if as_json:
        show_json(fragile_dict(day, found))
    else:
        console().print(f"[bold]{say('week.fragile-title', lang, day=f'{day:%d.%m.%Y}')}[/]")
        print_fragile(found, told.folder.records, console(), lang)
