"""The day as tables: rounds stop by stop and prices line by line, for CSV and for the terminal."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from api.labels import place_labels, step_word, worker_labels
from api.planned import PlannedDay
from routing.plan import Stop, StopKind
from routing.problem import StepKind
from routing.records.cleaning import guard
from routing.review.stop_notes import stayed, stop_notes
from routing.rules.fees.line import Line
from routing.rules.fees.quote import Quote
from routing.wording import say
from routing.wording.format import amount, clock, duration, euros, kilometres, minutes

_ROUND_COLUMNS = (
    *("shift", "worker", "number", "begin", "end", "what", "request", "client", "place"),
    *("minutes", "metres", "note"),
)


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


def stop_rows(planned: PlannedDay, shift: str, stops: Sequence[Stop], lang: str) -> Iterator[StopRow]:
    """Yield the stops of the round of a shift in words."""
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
            note=_note(planned, shift, stop, lang),
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


def _note(planned: PlannedDay, shift: str, stop: Stop, lang: str) -> str:
    problem, names = planned.day.problem, worker_labels(planned.day)
    notes = [note.phrase(lang, names) for note in stop_notes(problem, planned.plan, shift, stop)]
    waiting = minutes(stop.start - stop.arrival)
    if waiting > 1 and not stayed(problem, stop):
        notes.append(say("cli.waits", lang, n=waiting))
    return "; ".join(notes)


Header: TypeAlias = list[str]
Rows: TypeAlias = list[tuple[str | int, ...]]


def rounds_csv(planned: PlannedDay, lang: str) -> str:
    """Return all rounds as a table, one row per stop, in the form Estonian spreadsheet programs open."""
    return _table(*round_rows(planned, lang))


def round_rows(planned: PlannedDay, lang: str) -> tuple[Header, Rows]:
    """Return header and rows of all rounds, one row per stop; minutes and metres are numbers."""
    workers = worker_labels(planned.day)
    rows: Rows = []
    for route in planned.plan.routes:
        worker = workers[planned.day.problem.shift_by_id[route.shift].worker]
        for stop, row in zip(route.stops, stop_rows(planned, route.shift, route.stops, lang), strict=True):
            where = row.where
            begin, end = clock(stop.start), clock(stop.departure)
            travel = (minutes(stop.travel), stop.metres)
            what = (row.number, begin, end, row.what, stop.request or "", row.who, where)
            rows.append((route.shift, worker, *what, *travel, row.note))
    return [say(f"cli.column-{key}", lang) for key in _ROUND_COLUMNS], rows


def prices_csv(planned: PlannedDay, lang: str) -> str:
    """Return the price of every ride as a table, one row per line of the quote."""
    return _table(*price_rows(planned, lang))


def price_rows(planned: PlannedDay, lang: str) -> tuple[Header, Rows]:
    """Return header and rows of the prices of all rides, one row per line of the quote."""
    keys = ("request", "client", "service", "served", "line", "amount", "total", "basis")
    rows: Rows = []
    for request, quote in planned.prices.items():
        subject = planned.day.subjects[request]
        served = say("cli.no" if request in planned.plan.unassigned else "cli.yes", lang)
        total = "" if quote.total is None else amount(quote.total, lang)
        service = say(f"rules.service-{quote.question.service.value.replace('_', '-')}", lang)
        head = (request, subject.client.name, service, served)
        lines = [
            (line.sentence(lang), "" if line.amount is None else amount(line.amount, lang))
            for line in lines_to_say(quote, lang)
        ]
        lines += [(unknown.sentence(lang), "") for unknown in quote.unknowns]
        rows += [(*head, text, part, total, quote.legal_basis) for text, part in lines or [("", "")]]
    return [say(f"cli.column-{key}", lang) for key in keys], rows


def lines_to_say(quote: Quote, lang: str) -> list[Line]:
    """Return the lines of a quote but for those that only repeat one of its unknowns."""
    unknown = {remark.sentence(lang) for remark in quote.unknowns}
    return [line for line in quote.lines if line.sentence(lang) not in unknown]


def price_text(quote: Quote, lang: str) -> str:
    """Return the price, its bounds where something is unknown, or that it has to be asked."""
    if quote.total is not None:
        return euros(quote.total, lang)
    if quote.bounds is None:
        return say("cli.ask", lang)
    least, most = quote.bounds
    return say("cli.ask-between", lang, least=amount(least, lang), most=amount(most, lang))


def _table(header: Header, rows: Rows) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([guard(str(cell)) for cell in row] for row in rows)
    return "\ufeff" + text.getvalue()


def figures_row(planned: PlannedDay, lang: str) -> Mapping[str, str]:
    """Return the day's key figures in words, in the order to show them."""
    found = planned.figures
    return {
        say("cli.figure-visits", lang): str(found.visits),
        say("cli.figure-rides", lang): str(found.rides),
        say("cli.figure-unassigned", lang): str(len(planned.plan.unassigned)),
        say("cli.figure-kilometres", lang): kilometres(found.metres, lang),
        say("cli.figure-paid", lang): duration(found.paid, lang),
        say("cli.figure-driving", lang): duration(found.driving, lang),
        say("cli.figure-waiting", lang): duration(found.waiting, lang),
        say("cli.figure-late", lang): str(found.late),
        say("cli.figure-fees", lang): euros(planned.known_total, lang),
    }
