"""`hoolering report`: the supervision report of a span of days, and the data behind it."""

from __future__ import annotations

import sys
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import click

from api.book_files import Told, open_invoice, open_log, open_trips
from api.cli.click_words import wrong_usage
from api.cli.console import console, has_errors, shared_options, show_findings, show_json
from api.cli.dates import DATE
from api.cli.numbers import NUMBER
from api.loading import open_records
from api.report_making import findings_of, make_report
from maps.files import write_files
from maps.local_time import ESTONIA
from routing.books.contractor import Agreement, ControlLine, control_list
from routing.books.figures import Rates
from routing.wording import say

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("report")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--from", "first", type=DATE, required=True, help="The first day.")
@click.option("--to", "last", type=DATE, required=True, help="The last day.")
@click.option("--log", "path", type=_FILE, required=True, help="The log file.")
@click.option("--trips", type=_FILE, help="The trip log.")
@click.option("--hour-cost", type=NUMBER, help="What an hour of work costs, in euros; unknown without.")
@click.option("--km-cost", type=NUMBER, help="What a kilometre costs, in euros; unknown without.")
@click.option("--contractor", "vehicles", multiple=True, metavar="VEHICLE", help="A contractor's vehicle.")
@click.option("--per-ride", type=NUMBER, default=Decimal(0), help="Agreed with the contractor for a ride.")
@click.option("--per-km", type=NUMBER, default=Decimal(0), help="Agreed with the contractor for a kilometre.")
@click.option("--invoice", type=_FILE, help="The contractor's invoice: rows of log entry;amount.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path("report"), show_default=True)
@shared_options
def report_(
    folder: Path,
    first: date,
    last: date,
    path: Path,
    trips: Path | None,
    hour_cost: Decimal | None,
    km_cost: Decimal | None,
    vehicles: tuple[str, ...],
    per_ride: Decimal,
    per_km: Decimal,
    invoice: Path | None,
    out: Path,
    lang: str,
    as_json: bool,
) -> None:
    """Write the supervision report of FOLDER as HTML and PDF, and the data behind it as CSV.

    Every figure leads to the rows it was counted from. Nothing in it names a client.
    """
    if last < first:
        raise wrong_usage("usage.dates-reversed")
    records, _ = open_records(folder)
    told = open_log(path, records)
    driven = open_trips(trips, records) if trips else Told()
    agreement = Agreement(vehicles=frozenset(vehicles), per_ride=per_ride, per_km=per_km)
    control: tuple[ControlLine, ...] = ()
    if vehicles:
        control = control_list(told.entries, agreement, first, last, open_invoice(invoice) if invoice else None)
    printed = make_report(
        records,
        told.entries,
        driven.trips,
        first,
        last,
        lang=lang,
        printed_at=datetime.now(ESTONIA),
        rates=Rates(per_hour=hour_cost, per_km=km_cost),
        control=control,
    )
    written = write_files(out, printed.files())
    findings = (*told.findings, *driven.findings, *findings_of(printed))
    if as_json:
        figures = {key: None if f.value is None else f"{f.value:f}" for key, f in printed.report.figure_by_key.items()}
        files = [str(path) for path in written]
        show_json({"files": files, "figures": figures, "findings": [one.as_dict(lang) for one in findings]})
    else:
        show_findings(findings, lang=lang)
        console().print(say("ledger.report-written", lang, path=str(out)), markup=False)
    sys.exit(1 if has_errors(findings) else 0)
