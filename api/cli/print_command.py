"""`hoolering print`: a plan on paper and in the files of other programs."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from api.cli.check_command import differences, roads_of
from api.cli.console import console, has_errors, shared_options, show_findings, show_json
from api.loading import open_day, open_folder
from api.planned import review_day
from api.printing.day import DayPrint
from maps.files import write_files
from maps.local_time import ESTONIA
from routing.planfile import read_plan
from routing.wording import say


@click.command("print")
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("plan", type=click.Path(path_type=Path))
@click.option("--roads", type=click.Path(path_type=Path), help="Road network instead of the one the plan names.")
@click.option("--sequence", type=click.IntRange(0, 10**6), default=0, help="How often the calendars changed before.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path("prints"), show_default=True)
@shared_options
def print_(folder: Path, plan: Path, roads: Path | None, sequence: int, out: Path, lang: str, as_json: bool) -> None:
    """Print PLAN, a plan.json of FOLDER: A4 sheets as PDF, a workbook, tables and calendars.

    Files of the same names in OUT are replaced, others stay.
    """
    document = read_plan(plan)
    opened = open_folder(folder, roads or roads_of(folder, document))
    day = open_day(opened, document.day)
    findings = differences(opened, document)
    planned = review_day(opened, day, document.plan, document.cost)
    printed = DayPrint(planned=planned, lang=lang, printed_at=datetime.now(ESTONIA))
    written = write_files(out, printed.files(sequence=sequence))
    if as_json:
        show_json({"files": [str(path) for path in written], "findings": [f.as_dict(lang) for f in findings]})
    else:
        show_findings(findings, lang=lang)
        console().print(say("printing.written", lang, path=str(out)), markup=False)
    sys.exit(1 if has_errors(findings) else 0)
