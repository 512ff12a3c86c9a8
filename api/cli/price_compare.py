"""`hoolering price compare`: one ride under every price list, as a table and as a picture."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal

import click
from rich.table import Table

from api.cli.click_words import wrong_usage
from api.cli.console import console, shared_options, show_findings, show_json, shown
from api.cli.dates import DATE
from api.cli.numbers import MINUTES, NUMBER
from api.desk.demo import bundled_fees
from api.printing.price_chart import price_chart
from routing.files import replace_file
from routing.records.model import Aid, Service
from routing.rules.fees.compare import Compared
from routing.rules.fees.compare import compare as compare_lists
from routing.rules.fees.question import FareQuestion
from routing.rules.fees.read import load_schedules
from routing.rules.fees.uses import Ledger
from routing.rules.zones import Zone
from routing.wording import say
from routing.wording.format import day as said_day
from routing.wording.format import euros

_KINDS: Mapping[str, Literal["svg", "png"]] = {".svg": "svg", ".png": "png"}
_AMOUNTS = ("companions", "floors", "helps_inside", "hours", "cost", "income", "age")


@click.command()
@click.option("--fees", type=click.Path(exists=True, path_type=Path), help="Folder of price lists.  [default: bundled]")
@click.option("--service", type=click.Choice([service.value for service in Service]), default=Service.SOCIAL.value)
@click.option("--date", "day", type=DATE, help="The day of the ride; today where it is left out.")
@click.option("--km", type=NUMBER, help="Kilometres one way.")
@click.option("--zone", type=click.Choice([zone.value for zone in Zone]), help="Where the ride leads.")
@click.option("--km-beyond-county", type=NUMBER, help="How many of them lie beyond the county's border.")
@click.option("--km-beyond-municipality", type=NUMBER, help="How many of them lie beyond the municipality's border.")
@click.option("--origin", help="The settlement where it begins, as tables of fares name it.")
@click.option("--destination", help="The settlement where it leads.")
@click.option("--at", type=click.DateTime(formats=["%H:%M"]), help="When it begins, such as 09:30.")
@click.option("--return", "returning", is_flag=True, help="There and back.")
@click.option("--wait", type=MINUTES, help="Minutes the vehicle waits between the two ways.")
@click.option("--resident/--non-resident", default=None, help="Whether the rider's home is in the municipality.")
@click.option("--taxi/--no-taxi", default=None, help="Whether a taxi drives.")
@click.option("--aid", "aids", type=click.Choice([aid.value for aid in Aid]), multiple=True, help="May be repeated.")
@click.option("--companions", type=NUMBER, help="How many ride along.")
@click.option("--floors", type=NUMBER, help="Floors the rider is carried.")
@click.option("--helps-inside", type=NUMBER, help="How often help inside a building is given.")
@click.option("--hours", type=NUMBER, help="Hours the ride or the help takes.")
@click.option("--cost", type=NUMBER, help="What the ride costs the municipality, in euros.")
@click.option("--income", type=NUMBER, help="The client's income, euros a month.")
@click.option("--age", type=NUMBER, help="The client's age in years.")
@click.option("--first", is_flag=True, help="Nothing was used before of allowances and quotas.")
@click.option("--plot", type=click.Path(dir_okay=False, path_type=Path), help="Draw them to FILE.svg or FILE.png.")
@shared_options
def compare(
    fees: Path | None,
    day: date | None,
    plot: Path | None,
    lang: str,
    as_json: bool,
    **asked: Any,  # noqa: ANN401
) -> None:
    """Price one ride under every price list, the cheapest first.

    What a list does not say is asked: give what is known of the ride.
    """
    if plot is not None and plot.suffix.lower() not in _KINDS:
        raise wrong_usage("usage.plot-kind", value=plot.name)
    on = day or date.today()  # noqa: DTZ011 - a fee schedule holds for the date on the wall
    book, findings = load_schedules(fees or bundled_fees())
    rows = compare_lists(book, _question(on, asked))
    title = say("cli.compare-title", lang, service=_service(asked["service"], lang), day=said_day(on, lang))
    if plot is not None:
        replace_file(
            plot,
            price_chart((row for row in rows if row.is_listed), lang, title=title, kind=_KINDS[plot.suffix.lower()]),
        )
    if as_json:
        show_json([{"municipality": row.municipality, **row.quote.as_dict(lang)} for row in rows])
        return
    if fees is not None:  # what is odd about the bundled lists is known, and asked where it matters
        show_findings(findings, lang=lang)
    console().print(_table(rows, title, lang))


def _question(on: date, asked: Mapping[str, Any]) -> FareQuestion:
    amounts = {name: asked[name] for name in _AMOUNTS if asked[name] is not None}
    return FareQuestion(
        municipality="",
        service=Service(asked["service"]),
        day=on,
        zone=None if asked["zone"] is None else Zone(asked["zone"]),
        km=asked["km"],
        km_beyond_border=asked["km_beyond_county"],
        km_beyond_municipality=asked["km_beyond_municipality"],
        origin=asked["origin"],
        destination=asked["destination"],
        at=None if asked["at"] is None else asked["at"].hour * 3600 + asked["at"].minute * 60,
        returning=asked["returning"],
        wait=None if asked["wait"] is None else asked["wait"] * 60,
        resident=asked["resident"],
        taxi=asked["taxi"],
        aids=frozenset(Aid(aid) for aid in asked["aids"]),
        amounts=amounts,
        before=Ledger() if asked["first"] else None,
    )


def _service(name: str, lang: str) -> str:
    return say(f"rules.service-{name.replace('_', '-')}", lang)


def _table(rows: tuple[Compared, ...], title: str, lang: str) -> Table:
    table = Table(title=shown(title), title_justify="left", box=None, pad_edge=False)
    table.add_column(say("cli.compare-municipality", lang))
    table.add_column(say("cli.compare-price", lang), justify="right")
    table.add_column(say("cli.compare-why", lang), overflow="fold")
    for row in rows:
        table.add_row(shown(row.municipality), _price(row, lang), _why(row, lang))
    return table


def _price(row: Compared, lang: str) -> str:
    if row.bounds is None:
        return f"[yellow]{say('cli.ask', lang)}[/]" if row.is_listed else f"[dim]{say('cli.compare-none', lang)}[/]"
    least, most = (euros(amount, lang) for amount in row.bounds)
    return least if row.quote.total is not None else say("cli.compare-between", lang, least=least, most=most)


def _why(row: Compared, lang: str) -> str:
    """Return what makes the price, or what has to be asked: a line each, marked where there are several."""
    parts = [shown(part.sentence(lang)) for part in row.quote.unknowns or row.quote.lines]
    return "\n".join(f"• {part}" for part in parts) if len(parts) > 1 else "".join(parts)
