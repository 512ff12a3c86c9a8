"""`hoolering week`: from care plans to weeks, and every day of them to files."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from api.cli.console import console, has_errors, shared_options, show_findings, show_json
from api.cli.dates import DATE
from api.cli.numbers import ITERATIONS, SecondsType
from api.cli.plan_command import files_of_day, until_interrupted
from api.cli.week_text import print_weeks
from api.labels import labels_of
from api.loading import open_folder
from api.outputs import refuse_unfit_for_weeks, replace_folder
from api.warming import warm_in_background
from api.weeks import files_of_weeks, week_dict
from routing.findings import Finding
from routing.review.check import check
from routing.review.week_check import WeekFault, check_week
from routing.solver.budget import Budget
from routing.solver.solve import ENGINES
from routing.weeks.demand import monday_of
from routing.weeks.made import Weeks
from routing.weeks.remedies import WeekRemedy, remedies_of
from routing.weeks.thinking import Thinking, Told
from routing.weeks.whole import left_out_of, plan_weeks
from routing.wording import say

_WORK = 0.3
"""CP-SAT's own measure of work that one counted round of search stands for, when weeks are to be repeatable."""

_STAGES = {"choose": "week.choosing", "week": "week.searching", "days": "week.driving"}
"""What is said while weeks are planned, by stage."""


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--from", "first", type=DATE, required=True, help="The first day; the week ends on its Sunday.")
@click.option("--weeks", type=click.IntRange(1, 8), default=1, show_default=True, help="How many weeks.")
@click.option("--roads", type=click.Path(path_type=Path), help="Road network instead of the folder's own.")
@click.option("--seconds", type=SecondsType(1, 86_400), default=60.0, show_default=True, help="Time for all.")
@click.option("--iterations", type=ITERATIONS, help="Stop after so many solutions: repeatable.")
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=0, show_default=True, help="Seed of the search.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path("week"), show_default=True)
@shared_options
def week(
    folder: Path,
    first: date,
    weeks: int,
    roads: Path | None,
    seconds: float,
    iterations: int | None,
    seed: int,
    out: Path,
    lang: str,
    as_json: bool,
) -> None:
    """Plan weeks of FOLDER from its care plans, and write them with a folder of files for each day.

    OUT/visits.csv is the folder's list of visits with those of the weeks: put it into FOLDER to keep them.

    Ctrl-C stops the search and keeps the best weeks so far.
    """
    refuse_unfit_for_weeks(out, lang)
    warm_in_background()
    opened = open_folder(folder, roads)
    work = None if iterations is None else iterations * _WORK
    thinking = Thinking(seconds=seconds, iterations=iterations, work=work, seed=seed)
    with progress_of_weeks(weeks, lang) as told, until_interrupted() as stop:
        made = plan_weeks(
            opened.records, opened.network, first, weeks=weeks, thinking=thinking, on_told=told, stop=stop
        )
    budget = Budget(seconds=seconds, iterations=iterations)
    contents = files_of_weeks(opened, made, files_of_day, engine=ENGINES[0], seed=seed, budget=budget, lang=lang)
    replace_folder(out, contents)
    helps = tuple(help_of(one, lang) for one in remedies_of(made, opened.network))
    faults, findings = faults_of(made), [*opened.findings, *made.findings, *findings_of(made)]
    if as_json:
        plain = week_dict(made)
        plain["findings"] = [finding.as_dict(lang) for finding in findings]
        plain["remedies"] = list(helps)
        plain["faults"] = [fault.sentence(lang) for fault in faults]
        show_json(plain)
    else:
        print_weeks(made, console(), lang)
        click.echo("")
        show_findings(findings, lang=lang)
        for sentence in helps:
            console().print(sentence, markup=False)
        show_faults(faults, lang)
        console().print(f"\n{say('week.files-at', lang, path=str(out))}", markup=False)
    broken = any(check(day.day.problem, day.day.matrix, day.plan) for day in made.days)
    sys.exit(1 if faults or broken or has_errors(findings) else 0)


def help_of(found: WeekRemedy, lang: str) -> str:
    """Say what would let a missing visit in."""
    change = found.remedy.sentence(lang, labels_of(found.day, lang))
    return say("week.remedy", lang, slot=found.slot.id, day=f"{found.day.day:%d.%m.%Y}", change=change)


def findings_of(weeks: Weeks) -> tuple[Finding, ...]:
    """Return what is missing from weeks and what the rounds could not hold."""
    return (*(missing.finding for missing in weeks.missing), *left_out_of(weeks))


def faults_of(weeks: Weeks) -> tuple[WeekFault, ...]:
    """Return every rule of the care plans that weeks break, judged independently of how they were planned."""
    found: list[WeekFault] = []
    left = {visit.id: visit for visit in weeks.records.visits if visit.id in weeks.left_out}
    plans = {made.day.day: made.plan for made in weeks.days}
    for plan in weeks.plans:
        monday = monday_of(plan.first)
        excused: dict[str, int] = {}
        for missing in plan.missing:
            excused[missing.demand.slot.id] = excused.get(missing.demand.slot.id, 0) + missing.times
        for visit in left.values():
            if monday_of(visit.day) == monday:
                excused[visit.care_slot or ""] = excused.get(visit.care_slot or "", 0) + 1
        found += check_week(weeks.records, monday, plans, excused)
    return tuple(found)


def show_faults(faults: tuple[WeekFault, ...], lang: str) -> None:
    """Write which rules are broken."""
    for fault in faults:
        console().print(fault.sentence(lang), markup=False)


@contextmanager
def progress_of_weeks(weeks: int, lang: str) -> Iterator[Callable[[Told], None]]:
    """Show a bar that fills week by week and says what is being done."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(say("week.choosing", lang, n=1), total=weeks)

        def listen(told: Told) -> None:
            bar.update(
                task, completed=told.week + told.share, description=say(_STAGES[told.stage], lang, n=told.week + 1)
            )

        yield listen
