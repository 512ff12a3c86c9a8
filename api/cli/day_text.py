"""Print a planned day: rounds, prices, what was left out, warnings, key figures."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from api.cli.console import MARKS, shown
from api.day_tables import figures_row, stop_rows
from api.labels import labels_of, worker_labels
from api.planned import PlannedDay
from routing.findings import Severity
from routing.plan import Route
from routing.review.explain import sentences
from routing.wording import say
from routing.wording.format import clock, day, euros, kilometres


def print_day(planned: PlannedDay, out: Console, lang: str) -> None:
    """Print everything a coordinator wants to see of a plan."""
    settings = planned.day.records.municipality
    title = say("cli.day-title", lang, municipality=settings.name, day=day(planned.day.day, lang))
    out.print(f"\n[bold]{shown(title)}[/]")
    for route in planned.plan.routes:
        _print_route(planned, route, out, lang)
    _print_prices(planned, out, lang)
    _print_left_out(planned, out, lang)
    _print_violations(planned, out, lang)
    out.print(f"\n[bold]{say('cli.figures', lang)}[/]")
    for name, value in figures_row(planned, lang).items():
        out.print(f"  {name:<28} {value:>12}")


def _print_route(planned: PlannedDay, route: Route, out: Console, lang: str) -> None:
    shift = planned.day.problem.shift_by_id[route.shift]
    labels = labels_of(planned.day, lang)
    heading = say(
        "cli.route-title",
        lang,
        worker=worker_labels(planned.day)[shift.worker],
        vehicle=labels.vehicle(shift.vehicle),
        shift=shift.id,
        start=clock(route.stops[0].departure),
        end=clock(route.stops[-1].arrival),
        km=kilometres(route.metres, lang),
    )
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column("", justify="right")
    for key in ("time", "what", "client", "place", "travel", "note"):
        table.add_column(say(f"cli.column-{key}", lang))
    for row in stop_rows(planned, route.stops, lang):
        cells = (row.number, row.time, row.what, row.who, row.where, row.travel, row.note)
        table.add_row(*(shown(cell) for cell in cells))
    out.print(f"\n[bold]{shown(heading)}[/]")
    out.print(table)


def _print_prices(planned: PlannedDay, out: Console, lang: str) -> None:
    if not planned.prices:
        return
    labels = labels_of(planned.day, lang)
    out.print(f"\n[bold]{say('cli.prices', lang)}[/]")
    for request, quote in planned.prices.items():
        price = say("cli.ask", lang) if quote.total is None else euros(quote.total, lang)
        out.print(f"  {shown(labels.request(request)):<44} {price:>12}")
        for line in quote.lines:
            out.print(f"      [dim]{shown(line.sentence(lang))}[/]")
        for unknown in quote.unknowns:
            out.print(f"      [yellow]{shown(unknown.sentence(lang))}[/]")


def _print_left_out(planned: PlannedDay, out: Console, lang: str) -> None:
    labels = labels_of(planned.day, lang)
    out.print(f"\n[bold]{say('cli.left-out', lang, n=len(planned.explained))}[/]")
    for left in planned.explained:
        out.print(f"  {MARKS[Severity.WARNING]} {shown(labels.request(left.request))}")
        for sentence in sentences(left, lang, labels):
            out.print(f"      {shown(sentence)}")


def _print_violations(planned: PlannedDay, out: Console, lang: str) -> None:
    for violation in planned.violations:
        out.print(f"{MARKS[Severity.ERROR]} {shown(violation.sentence(lang))}")
