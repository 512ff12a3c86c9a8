"""`hoolering price`: one ride, every line that makes its price."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import click

from api.cli.click_words import wrong_usage
from api.cli.console import console, shared_options, show_findings, show_json, shown
from api.cli.dates import DATE
from api.cli.numbers import MINUTES, NUMBER
from api.day_tables import lines_to_say
from api.loading import open_fees, open_folder, open_records
from routing.day.build import place_matrix
from routing.day.prices import km as kilometres
from routing.day.prices import place_zone
from routing.day.subjects import home_of
from routing.records.model import Records, Service
from routing.rules.fees.pricing import quote
from routing.rules.fees.question import FareQuestion
from routing.rules.fees.quote import Quote
from routing.rules.notice import call_by, rule_of
from routing.rules.zones import Zone, widest
from routing.wording import say
from routing.wording.format import euros

_SERVICES = (Service.ESCORTED.value, Service.SOCIAL.value)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--service", type=click.Choice(_SERVICES), required=True)
@click.option("--from", "start", help="A place or client id of the folder.")
@click.option("--to", "end", help="A place or client id of the folder.")
@click.option("--km", type=NUMBER, help="Kilometres one way, instead of --from and --to.")
@click.option("--zone", type=click.Choice([zone.value for zone in Zone]), help="Where the ride leads, with --km.")
@click.option("--date", "day", type=DATE, help="The day of the ride; today where it is left out.")
@click.option("--return", "returning", is_flag=True, help="There and back.")
@click.option("--wait", type=MINUTES, help="Minutes the vehicle waits between the two ways.")
@click.option("--resident/--non-resident", default=None, help="Whether the rider's home is in the municipality.")
@click.option("--roads", type=click.Path(path_type=Path), help="Road network instead of the folder's own.")
@shared_options
def price(
    folder: Path,
    service: str,
    start: str | None,
    end: str | None,
    km: Decimal | None,
    zone: str | None,
    day: date | None,
    returning: bool,
    wait: int | None,
    resident: bool | None,
    roads: Path | None,
    lang: str,
    as_json: bool,
) -> None:
    """Quote one ride by FOLDER's fee schedules.

    Give either --from and --to, or --km and --zone.
    """
    ends = _ends(start, end, km, zone)
    records, _ = open_records(folder)
    on = day or date.today()  # noqa: DTZ011 - a fee schedule holds for the date on the wall
    stated = (km, None, None if zone is None else Zone(zone))
    there, back, where = _measured(folder, records, ends, on, roads) if ends else stated
    book, fee_findings = open_fees(folder, records)
    asked = FareQuestion(
        municipality=records.municipality.name,
        service=Service(service),
        day=on,
        zone=where,
        km=there,
        km_back=back if returning else None,
        returning=returning,
        wait=None if wait is None else wait * 60,
        resident=resident,
    )
    answer, notice = quote(book, asked), call_by(on, rule_of(records.municipality))
    if as_json:
        show_json({**answer.as_dict(lang), "notice": notice.as_dict(lang)})
        return
    show_findings(fee_findings, lang=lang)
    _print(answer, lang)
    console().print(f"[dim]{shown(notice.sentence(lang))}[/]")


def _ends(start: str | None, end: str | None, km: Decimal | None, zone: str | None) -> tuple[str, str] | None:
    """Return where the ride leads from and to, None where kilometres are given instead; UsageError for neither."""
    if start and end and km is None and not zone:
        return start, end
    if km is not None and not (start or end):
        return None
    raise wrong_usage("usage.price-ends")


def _measured(
    folder: Path, records: Records, ends: tuple[str, str], day: date, roads: Path | None
) -> tuple[Decimal | None, Decimal | None, Zone | None]:
    """Return the kilometres there and back by road, and the zone the ride leads to."""
    clients = {client.id for client in records.clients}
    start, end = (home_of(name) if name in clients else name for name in ends)
    known = {place.id for place in records.places} | {home_of(client) for client in clients}
    missing = [name for name, place in zip(ends, (start, end), strict=True) if place not in known]
    if missing:
        raise wrong_usage("usage.no-place", names=", ".join(missing), folder=folder)
    opened = open_folder(folder, roads)
    matrix, _ = place_matrix(records, opened.network, day, (start, end))
    where = widest(place_zone(records, start), place_zone(records, end))
    return kilometres(matrix.length(start, end)), kilometres(matrix.length(end, start)), where


def _print(answer: Quote, lang: str) -> None:
    out = console()
    out.print(f"[bold]{shown(answer.sentence(lang))}[/]")
    for line in lines_to_say(answer, lang):
        amount = "?" if line.amount is None else euros(line.amount, lang)
        out.print(f"  {amount:>10}  {shown(line.sentence(lang))}")
    for unknown in answer.unknowns:
        out.print(f"  [yellow]{shown(unknown.sentence(lang))}[/] {shown(unknown.action(lang))}")
    for warning in answer.warnings:
        out.print(f"  [yellow]{shown(warning.sentence(lang))}[/] {shown(warning.action(lang))}")
    for candidate in answer.candidates:
        readings = "; ".join(reading.sentence(lang) for reading in candidate.readings)
        total = say("cli.ask", lang) if candidate.total is None else euros(candidate.total, lang)
        out.print(f"  {total:>10}  {shown(readings)}")
    if answer.legal_basis:
        out.print(f"  [dim]{shown(answer.legal_basis)}[/]")
