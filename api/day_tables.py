"""The day as tables: rounds stop by stop and prices line by line, for CSV and for the terminal."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from api.labels import place_labels, step_word, worker_labels
from api.planned import PlannedDay
from routing.plan import Stop, StopKind
from routing.problem import StepKind
from routing.records.cleaning import guard
from routing.wording import say
from routing.wording.format import amount, clock, euros, kilometres, minutes


@dataclass(frozen=True, kw_only=True)
class StopRow:
    """One stop in words: `number` counts the stops that serve somebody."""

    number: str
    time: str
    what: str
    who: str
    where: str
    travel: str
    note: str


def stop_rows(planned: PlannedDay, stops: Sequence[Stop], lang: str) -> Iterator[StopRow]:
    """Yield the stops of a route in words."""
    labels, number = place_labels(planned.day), 0
    for stop in stops:
        served = stop.step is not None
        number += served
        yield StopRow(
            number=str(number) if served else "",
            time=clock(stop.start) if stop.start == stop.departure else f"{clock(stop.start)}–{clock(stop.departure)}",
            what=_what(planned, stop, lang),
            who=planned.day.subjects[stop.request].client.name if stop.request else "",
            where=labels.get(stop.place, stop.place),
            travel=_travel(stop, lang),
            note=_note(stop, lang),
        )


def _what(planned: PlannedDay, stop: Stop, lang: str) -> str:
    if stop.kind in (StopKind.PICKUP, StopKind.DELIVERY) and planned.day.subjects[str(stop.request)].is_return:
        return say(f"cli.stop-return-{stop.kind.value}", lang)
    if stop.step is not None:
        return step_word(StepKind(stop.kind.value), lang)
    return say(f"cli.stop-{stop.kind.value}", lang)


def _travel(stop: Stop, lang: str) -> str:
    if not stop.travel:
        return ""
    return say("cli.travel", lang, n=minutes(stop.travel), km=kilometres(stop.metres, lang))


def _note(stop: Stop, lang: str) -> str:
    waiting = minutes(stop.start - stop.arrival)
    return say("cli.waits", lang, n=waiting) if waiting > 1 else ""


def rounds_csv(planned: PlannedDay, lang: str) -> str:
    """Return all rounds as a table, one row per stop, in the form Estonian spreadsheet programs open."""
    keys = ("shift", "worker", "number", "begin", "end", "what", "request", "client", "place", "minutes", "metres")
    workers = worker_labels(planned.day)
    rows = []
    for route in planned.plan.routes:
        worker = workers[planned.day.problem.shift_by_id[route.shift].worker]
        for stop, row in zip(route.stops, stop_rows(planned, route.stops, lang), strict=True):
            where = row.where
            begin, end = clock(stop.start), clock(stop.departure)
            travel = (str(minutes(stop.travel)), str(stop.metres))
            rows.append(
                (route.shift, worker, row.number, begin, end, row.what, stop.request or "", row.who, where, *travel)
            )
    return _table((say(f"cli.column-{key}", lang) for key in keys), rows)


def prices_csv(planned: PlannedDay, lang: str) -> str:
    """Return the price of every ride as a table, one row per line of the quote."""
    keys = ("request", "client", "service", "served", "line", "amount", "total", "basis")
    rows = []
    for request, quote in planned.prices.items():
        subject = planned.day.subjects[request]
        served = say("cli.no" if request in planned.plan.unassigned else "cli.yes", lang)
        total = "" if quote.total is None else amount(quote.total, lang)
        service = say(f"rules.service-{quote.question.service.value.replace('_', '-')}", lang)
        head = (request, subject.client.name, service, served)
        lines = [
            (line.sentence(lang), "" if line.amount is None else amount(line.amount, lang)) for line in quote.lines
        ]
        lines += [(unknown.sentence(lang), "") for unknown in quote.unknowns]
        rows += [(*head, text, part, total, quote.legal_basis) for text, part in lines or [("", "")]]
    return _table((say(f"cli.column-{key}", lang) for key in keys), rows)


def _table(header: Iterable[str], rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(list(header))
    writer.writerows([guard(cell) for cell in row] for row in rows)
    return "\ufeff" + text.getvalue()


def figures_row(planned: PlannedDay, lang: str) -> Mapping[str, str]:
    """Return the day's key figures in words, in the order to show them."""
    found = planned.figures
    return {
        say("cli.figure-visits", lang): str(found.visits),
        say("cli.figure-rides", lang): str(found.rides),
        say("cli.figure-unassigned", lang): str(len(planned.plan.unassigned)),
        say("cli.figure-kilometres", lang): kilometres(found.metres, lang),
        say("cli.figure-paid", lang): _hours(found.paid),
        say("cli.figure-driving", lang): _hours(found.driving),
        say("cli.figure-waiting", lang): _hours(found.waiting),
        say("cli.figure-late", lang): str(found.late),
        say("cli.figure-fees", lang): euros(planned.known_total, lang),
    }


def _hours(seconds: int) -> str:
    whole = minutes(seconds)
    return f"{whole // 60} h {whole % 60:02d} min"
