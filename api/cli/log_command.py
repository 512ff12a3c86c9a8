"""`hoolering log`: the log of days, from plans that were kept and from what was told of them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

import click

from api.book_files import Told, open_export, open_log, open_trips, plan_files
from api.cli.check_command import differences
from api.cli.click_words import wrong_usage
from api.cli.console import console, has_errors, shared_options, show_findings, show_json
from api.loading import Folder, open_day, open_folder
from api.told_plans import with_lists_beside
from maps.files import write_files
from maps.local_time import ESTONIA
from routing.books.entry import Entry, Result
from routing.books.from_plan import planned_entries, planned_trips
from routing.books.log_file import log_text, trips_text
from routing.books.merging import agreeing, disagreements, done_as_planned, with_actuals, with_driven
from routing.findings import Finding, Severity
from routing.planfile import read_plan
from routing.wording import say

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("log")
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("plans", type=click.Path(path_type=Path), nargs=-1)
@click.option("--log", "known", type=_FILE, help="A log to go on with; what it says of a planned entry holds.")
@click.option("--trips", type=_FILE, help="A trip log to go on with.")
@click.option("--actual", type=_FILE, multiple=True, help="A log of what happened, as a file of the same columns.")
@click.option("--tracked", type=_FILE, multiple=True, help="What another program exported; needs --map.")
@click.option("--map", "chosen", type=_FILE, help="The map of its columns, a TOML file.")
@click.option("--as-planned", "is_as_planned", is_flag=True, help="Take what nobody told of as done by the plan.")
@click.option("--roads", type=click.Path(path_type=Path), help="Road network instead of the one the settings name.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path("log"), show_default=True)
@shared_options
def log(
    folder: Path,
    plans: tuple[Path, ...],
    known: Path | None,
    trips: Path | None,
    actual: tuple[Path, ...],
    tracked: tuple[Path, ...],
    chosen: Path | None,
    is_as_planned: bool,
    roads: Path | None,
    out: Path,
    lang: str,
    as_json: bool,
) -> None:
    """Write the log of FOLDER's days: entries of PLANS (plan.json or folders of them) and what was told of each.

    The files log.csv and trips.csv in OUT can be opened, filled in and given back with --log and --trips.
    """
    if tracked and chosen is None:
        raise wrong_usage("usage.needs-map")
    if not (plans or known or actual or tracked):
        raise wrong_usage("usage.log-of-nothing")
    opened = open_folder(folder, roads)
    told = [open_log(path, opened.records) for path in (*([known] if known else []), *actual)]
    told += [open_trips(trips, opened.records)] if trips else []
    told += [open_export(path, chosen, opened.records) for path in tracked if chosen]
    found = _merged([*_planned(opened, plans, lang), *told])
    entries = tuple(map(done_as_planned, found.entries)) if is_as_planned else found.entries
    findings = (*found.findings, *_ahead(entries))
    files: dict[str, str] = {"log.csv": log_text(entries, lang)}
    if found.trips or not (out / "trips.csv").exists():
        files["trips.csv"] = trips_text(found.trips, lang)
    read = {path.resolve() for path in (known, trips, *actual) if path}
    is_faulty = has_errors(findings) and any((out / name).resolve() in read for name in files)
    written = () if is_faulty else write_files(out, files)  # a row that could not be read would be lost
    if as_json:
        names = [str(path) for path in written]
        plain = [finding.as_dict(lang) for finding in findings]
        show_json({"files": names, "entries": len(entries), "trips": len(found.trips), "findings": plain})
    else:
        show_findings(findings, lang=lang)
        key = "ledger.log-not-written" if is_faulty else "ledger.log-written"
        console().print(say(key, lang, path=str(out), n=len(entries)), markup=False)
    sys.exit(1 if has_errors(findings) else 0)


def _ahead(entries: Iterable[Entry]) -> Iterator[Finding]:
    """Yield a doubt where entries say what came of days that are still to come: such a log is a preview."""
    today = datetime.now(ESTONIA).date()
    days = {entry.day for entry in entries if entry.day > today and entry.result not in {None, Result.NOT_POSSIBLE}}
    if days:
        details = {"first": min(days).isoformat(), "n": str(len(days))}
        yield Finding(code="ledger.log-ahead", severity=Severity.WARNING, details=details)


def _planned(opened: Folder, plans: tuple[Path, ...], lang: str) -> list[Told]:
    """Return what each plan says, its day opened with the lists that a planned week has beside its days."""
    found = []
    laid: dict[Path, Folder] = {}
    for path in plan_files(plans) if plans else ():
        document, where = read_plan(path), path.resolve().parents[1]
        if where not in laid:
            laid[where] = with_lists_beside(opened, where)
        folder = laid[where]
        day = open_day(folder, document.day)
        told = Told(
            entries=planned_entries(day, document.plan, lang=lang),
            trips=planned_trips(day, document.plan),
            findings=tuple(differences(folder, document)),
        )
        found.append(told)
    return found


def _merged(told: list[Told]) -> Told:
    whole = Told()
    for one in told:
        strange, others = disagreements(whole.entries, one.entries), disagreements(whole.trips, one.trips)
        whole = Told(
            entries=with_actuals(whole.entries, agreeing(one.entries, strange)),
            trips=with_driven(whole.trips, agreeing(one.trips, others)),
            findings=(*whole.findings, *one.findings, *strange, *others),
        )
    return whole
