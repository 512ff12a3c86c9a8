"""Print what happens without a worker: covers, promises that are not kept, what nobody makes."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from api.cli.console import MARKS, shown
from routing.findings import Severity
from routing.records.model import Records
from routing.weeks.cover import AbsentDay, Cover
from routing.weeks.fragility import Fragile
from routing.weeks.promises import Broken, Change
from routing.weeks.repair import Repair
from routing.wording import say
from routing.wording.format import clock, listing


def print_repair(made: Repair, out: Console, lang: str) -> None:
    """Print each day without the worker, then what was moved and what is lost."""
    names = {worker.id: worker.name for worker in made.records.workers}
    for one in made.absent:
        title = say("week.absent-title", lang, worker=names[made.worker], day=f"{one.before.day:%d.%m.%Y}")
        out.print(f"\n[bold]{shown(title)}[/]")
        if not one.stranded:
            out.print(say("week.absent-nothing", lang))
            continue
        out.print(_covers(one, names, lang))
        for change in made.changes[one.before.day]:
            if Broken.MOVED not in change.kinds:
                mark = MARKS[Severity.ERROR if change.is_lost else Severity.NOTE]
                out.print(f"{mark} {shown(_sentence(change, made.records, lang))}")
    for moved in made.moved:
        days = {"before": f"{moved.before:%d.%m.%Y}", "after": f"{moved.after:%d.%m.%Y}"}
        sentence = say("week.change-moved", lang, client=_client(made.records, moved.client), **days)
        out.print(f"{MARKS[Severity.WARNING]} {shown(sentence)}")


def print_fragile(found: tuple[Fragile, ...], records: Records, out: Console, lang: str) -> None:
    """Print for each worker what hangs on her and who would stand in."""
    names = {worker.id: worker.name for worker in records.workers}
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column(say("week.worker", lang))
    for key in ("at-stake", "critical", "lost"):
        table.add_column(say(f"week.{key}", lang), justify="right")
    table.add_column(say("week.cover", lang))
    for one in found:
        cover = _cover_name(one.absent.best, names, lang)
        name = f"{names[one.worker]} ({one.worker})"
        table.add_row(shown(name), str(one.at_stake), str(one.critical), str(one.lost), shown(cover))
    out.print(table)
    for one in found:
        for change in one.absent.best.lost:
            sentence = _sentence(change, records, lang)
            out.print(f"{MARKS[Severity.WARNING]} {shown(f'{names[one.worker]}: {sentence}')}")


def _covers(one: AbsentDay, names: dict[str, str], lang: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column(say("week.cover", lang))
    for key in ("lost", "broken-workers", "broken-times"):
        table.add_column(say(f"week.{key}", lang), justify="right")
    for cover in one.covers:
        kinds = [kind for change in cover.changes for kind in change.kinds]
        counts = (len(cover.lost), kinds.count(Broken.WORKER), kinds.count(Broken.TIME))
        table.add_row(shown(_cover_name(cover, names, lang)), *map(str, counts))
    return table


def _cover_name(cover: Cover, names: dict[str, str], lang: str) -> str:
    if cover.substitute is None:
        return say("week.cover-team", lang)
    key = "week.cover-reserve" if cover.reserve else "week.cover-worker"
    return say(key, lang, worker=names.get(cover.substitute, cover.substitute))


def _sentence(change: Change, records: Records, lang: str) -> str:
    names = {worker.id: worker.name for worker in records.workers}
    values = {
        "client": _client(records, change.client),
        "before": clock(change.start_before),
        "after": "" if change.start_after is None else clock(change.start_after),
        "was": listing([names.get(w, w) for w in change.before], lang),
        "now": listing([names.get(w, w) for w in change.after], lang) if change.after else "",
    }
    if change.is_lost:
        return say("week.change-lost", lang, **values)
    key = "-".join(sorted(kind.value for kind in change.kinds))
    return say(f"week.change-{key}", lang, **values)


def _client(records: Records, client: str) -> str:
    return next((one.name for one in records.clients if one.id == client), client)
