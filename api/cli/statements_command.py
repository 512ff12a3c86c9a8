"""`hoolering statements`: what each client owes for a month, line by line."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import click
from rich.table import Table

from api.book_files import open_log
from api.book_tables import amount_text
from api.cli.console import console, has_errors, shared_options, show_findings, show_json, shown
from api.cli.dates import MONTH
from api.loading import open_fees, open_records
from api.printing.statement_print import StatementPrint
from maps.files import write_files
from maps.local_time import ESTONIA
from routing.books.charging import Pricing
from routing.books.closing import blockers
from routing.books.months import Month
from routing.books.statement import Statement, statements
from routing.wording import say


@click.command("statements")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--month", "asked", type=MONTH, required=True, help="The month, such as 2026-06.")
@click.option("--log", "path", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The log file.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path("statements"), show_default=True)
@shared_options
def statements_(folder: Path, asked: Month, path: Path, out: Path, lang: str, as_json: bool) -> None:
    """Write the statements of a month of FOLDER: PDF per client, an overview, CSV and XLSX.

    Files of the same names in OUT are replaced, others stay. Exit status 1 where a price has to be asked or an entry
    has no result yet.
    """
    records, _ = open_records(folder)
    book, fee_findings = open_fees(folder, records)
    told = open_log(path, records)
    made = statements(Pricing(records=records, book=book), told.entries, asked)
    printed = StatementPrint(statements=made, month=asked, records=records, lang=lang, printed_at=datetime.now(ESTONIA))
    written = write_files(out, printed.files())
    findings = (*told.findings, *fee_findings, *blockers(made))
    if as_json:
        files = [str(path) for path in written]
        show_json(
            {
                "files": files,
                "statements": [statement_dict(one) for one in made],
                "findings": [finding.as_dict(lang) for finding in findings],
            }
        )
    else:
        show_findings(findings, lang=lang)
        show_statements(made, lang)
        console().print(say("ledger.statements-written", lang, path=str(out)), markup=False)
    sys.exit(1 if has_errors(findings) else 0)


def show_statements(made: Iterable[Statement], lang: str) -> None:
    """Write a row for each statement: how many lines, what is still to do, what it comes to."""
    names = ("month", "client", "lines", "unsettled", "open", "total")
    table = Table(*(say(f"ledger.column-{name}", lang) for name in names))
    for one in made:
        counts = (str(len(one.lines)), str(len(one.unsettled) or ""), str(len(one.open_entries) or ""))
        table.add_row(str(one.month), shown(one.client), *counts, amount_text(one.total, lang))
    console().print(table)


def statement_dict(one: Statement) -> dict[str, object]:
    """Return a statement in short as plain data."""
    return {
        "client": one.client,
        "month": str(one.month),
        "total": None if one.total is None else f"{one.total:f}",
        "known": f"{one.known:f}",
        "lines": len(one.lines),
        "unsettled": [line.key for line in one.unsettled],
        "open": list(one.open_entries),
    }
