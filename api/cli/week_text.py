"""Print planned weeks: clients by day, workers, figures."""

from __future__ import annotations

from datetime import date

from rich.console import Console
from rich.table import Table

from api.cli.console import shown
from routing.records.model import Records
from routing.weeks.demand import monday_of
from routing.weeks.figures import WeekFigures, figures_of
from routing.weeks.made import Weeks
from routing.wording import say
from routing.wording.format import distance, duration, kilometres


def print_weeks(weeks: Weeks, out: Console, lang: str) -> None:
    """Print who comes to whom on which day, week by week, then what each worker has and the figures of all."""
    figures = figures_of(weeks)
    for plan in weeks.plans:
        days = [made.day.day for made in weeks.days if monday_of(made.day.day) == monday_of(plan.first)]
        heading = say("week.title", lang, municipality=weeks.records.municipality.name, day=_day(plan.first))
        out.print(f"\n[bold]{shown(heading)}[/]")
        out.print(_clients(weeks.records, figures, days, lang))
    out.print(f"\n[bold]{say('week.workers', lang)}[/]")
    out.print(_workers(weeks.records, figures, lang))
    out.print("")
    for key, value in _sums(figures, lang).items():
        out.print(f"  {say(key, lang):<34} {value:>12}")


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def _clients(records: Records, figures: WeekFigures, days: list[date], lang: str) -> Table:
    names = {client.id: client.name for client in records.clients}
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column(say("week.client", lang))
    for day in days:
        table.add_column(f"{say(f'week.weekday-{day.isoweekday()}', lang)} {day:%d.%m}")
    table.add_column(say("week.care", lang), justify="right")
    for one in figures.clients:
        cells = [", ".join(one.workers.get(day, ())) for day in days]
        if any(cells) or one.asked:
            care = say("week.care-of", lang, made=one.made // 60, asked=one.asked // 60)
            table.add_row(shown(names[one.client]), *map(shown, cells), care)
    return table


def _workers(records: Records, figures: WeekFigures, lang: str) -> Table:
    names = {worker.id: worker.name for worker in records.workers}
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column(say("week.worker", lang))
    for key in ("visits", "hours", "hours-of-care", "driven"):
        table.add_column(say(f"week.{key}", lang), justify="right")
    for one in figures.workers:
        name = f"{names.get(one.worker, one.worker)} ({one.worker})"
        driven = kilometres(one.metres, lang)
        table.add_row(shown(name), str(one.visits), duration(one.work, lang), duration(one.care, lang), driven)
    return table


def _sums(figures: WeekFigures, lang: str) -> dict[str, str]:
    return {
        "week.sum-met": f"{100 * figures.met:.1f} %".replace(".", "." if lang == "en" else ","),
        "week.sum-carers": f"{figures.carers_per_client:.2f}".replace(".", "." if lang == "en" else ","),
        "week.sum-driven": distance(figures.metres, lang),
        "week.sum-spread": duration(figures.spread, lang),
    }
