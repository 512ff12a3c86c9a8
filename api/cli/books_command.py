"""`hoolering books`: statements of every month of a log, and the report of all its days."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from api.book_files import Told, open_log, open_trips
from api.cli.console import console, has_errors, shared_options, show_findings, show_json
from api.cli.statements_command import show_statements, statement_dict
from api.loading import open_fees, open_records
from api.printing.statement_print import StatementPrint
from api.report_making import findings_of, make_report
from maps.files import write_files
from maps.local_time import ESTONIA
from routing.books.charging import Pricing
from routing.books.closing import blockers
from routing.books.months import months_between
from routing.books.statement import Statement, statements
from routing.errors import UsageError
from routing.wording import say

_LOG, _TRIPS = "log.csv", "trips.csv"


@click.command("books")
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("log", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path("books"), show_default=True)
@shared_options
def books(folder: Path, log: Path, out: Path, lang: str, as_json: bool) -> None:
    """Write the statements of every month in LOG, a folder that `hoolering log` wrote, and the report of its days.

    Statements go to OUT/statements-<month>, the report to OUT/report. Exit status 1 where a price has to be asked or an
    entry has no result yet; all is written none the less.
    """
    records, _ = open_records(folder)
    book, fee_findings = open_fees(folder, records)
    told = open_log(log / _LOG, records)
    driven = open_trips(log / _TRIPS, records) if (log / _TRIPS).exists() else Told()
    days = [entry.day for entry in told.entries]
    if not days:
        raise UsageError(say("ledger.log-empty", lang, path=log / _LOG))
    now, written = datetime.now(ESTONIA), list[Path]()
    pricing, made = Pricing(records=records, book=book), list[Statement]()
    for month in months_between(min(days), max(days)):
        owed = statements(pricing, told.entries, month)
        printed = StatementPrint(statements=owed, month=month, records=records, lang=lang, printed_at=now)
        written += write_files(out / f"statements-{month}", printed.files()) if owed else ()
        made += owed
    reported = make_report(records, told.entries, driven.trips, min(days), max(days), lang=lang, printed_at=now)
    written += write_files(out / "report", reported.files())
    doubts = (*told.findings, *driven.findings, *fee_findings, *findings_of(reported), *blockers(made))
    if as_json:
        figures = {key: None if f.value is None else f"{f.value:f}" for key, f in reported.report.figure_by_key.items()}
        plain = [statement_dict(one) for one in made]
        found = [finding.as_dict(lang) for finding in doubts]
        show_json({"files": list(map(str, written)), "statements": plain, "figures": figures, "findings": found})
    else:
        show_findings(doubts, lang=lang)
        show_statements(made, lang)
        for place in sorted({path.parent for path in written}):
            key = "ledger.report-written" if place.name == "report" else "ledger.statements-written"
            console().print(say(key, lang, path=str(place)), markup=False)
    sys.exit(1 if has_errors(doubts) else 0)
