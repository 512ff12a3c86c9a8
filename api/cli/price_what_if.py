"""`hoolering price what-if`: what was used, priced by the lists in force and by a draft."""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path

import click
from rich.table import Table

from api.book_files import open_log
from api.cli.console import console, has_errors, shared_options, show_findings, show_json, shown
from api.cli.dates import MONTH
from api.loading import open_fees, open_records
from routing.books.charging import Pricing
from routing.books.months import Month
from routing.rules.charges.charge import Charge, Charges
from routing.rules.charges.what_if import Changed, WhatIf, drafted, what_if
from routing.rules.fees.read import load_schedules
from routing.wording import say
from routing.wording.format import euros


@click.command("what-if")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--log", "path", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The log file.")
@click.option("--schedule", type=click.Path(path_type=Path, exists=True), required=True, help="The draft: DRAFT.toml.")
@click.option("--month", "asked", type=MONTH, help="This month alone, as 2026-06; what came before still counts.")
@shared_options
def what_if_(folder: Path, path: Path, schedule: Path, asked: Month | None, lang: str, as_json: bool) -> None:
    """Price what the log of FOLDER says was done by the lists in force and by a draft, client by client.

    The draft holds for every day, whenever it is to begin. It may be another municipality's list. Clients who would pay
    the same are counted on one line; --json tells of each.
    """
    records, _ = open_records(folder)
    book, fee_findings = open_fees(folder, records)
    draft, draft_findings = load_schedules(schedule)
    told = open_log(path, records)
    findings = (*told.findings, *fee_findings, *draft_findings)
    events = Pricing(records=records, book=book).events(told.entries)
    found = what_if(events, book, drafted(book, draft, records.municipality.name))
    if asked is not None:
        found = found.between(asked.first, asked.last)
    if as_json:
        show_json({**_as_dict(found), "findings": [finding.as_dict(lang) for finding in findings]})
    else:
        show_findings(findings, lang=lang)
        console().print(_table(found, lang))
    sys.exit(1 if has_errors(findings) else 0)


def _table(found: WhatIf, lang: str) -> Table:
    table = Table(box=None, pad_edge=False, show_footer=True)
    sums = (
        _known(found.before.total, found.before.known_part, lang),
        _known(found.after.total, found.after.known_part, lang),
        _known(found.difference, found.known_difference, lang),
    )
    table.add_column(say("cli.what-if-client", lang), footer=say("cli.what-if-all", lang))
    for name, total in zip(("before", "after", "difference"), sums, strict=True):
        table.add_column(say(f"cli.what-if-{name}", lang), footer=total, justify="right")
    moved = [one for one in found.clients if one.difference != 0]
    for one in moved:
        before, after = Charges(charges=one.before), Charges(charges=one.after)
        table.add_row(
            shown(one.client),
            _known(before.total, before.known_part, lang),
            _known(after.total, after.known_part, lang),
            _money(one.difference, lang),
        )
    if same := len(found.clients) - len(moved):
        table.add_row(say("cli.what-if-same", lang, n=same), "", "", _money(Decimal(0), lang))
    return table


def _known(total: Decimal | None, known: Decimal, lang: str) -> str:
    """Say a sum, or what is known of it."""
    return say("cli.what-if-known", lang, amount=euros(known, lang)) if total is None else euros(total, lang)


def _sum(charges: tuple[Charge, ...]) -> Decimal | None:
    return Charges(charges=charges).total


def _money(amount: Decimal | None, lang: str) -> str:
    return say("cli.ask", lang) if amount is None else euros(amount, lang)


def _as_dict(found: WhatIf) -> dict[str, object]:
    return {
        "before": _text(found.before.total),
        "after": _text(found.after.total),
        "difference": _text(found.difference),
        "known": {
            "before": _text(found.before.known_part),
            "after": _text(found.after.known_part),
            "difference": _text(found.known_difference),
        },
        "to_ask": {"before": len(found.before.to_ask), "after": len(found.after.to_ask)},
        "clients": [_client(one) for one in found.clients],
    }


def _client(one: Changed) -> dict[str, object]:
    return {
        "client": one.client,
        "before": _text(_sum(one.before)),
        "after": _text(_sum(one.after)),
        "difference": _text(one.difference),
        "to_ask": [list(charge.events) for charge in one.after if charge.amount is None],
    }


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:f}"
