"""The books as tables: statements, figures, deliveries, what was learnt; for CSV, workbooks and pages."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, cached_property

from routing.books.care_volume import CareVolume
from routing.books.carers import Carers
from routing.books.contractor import ControlLine
from routing.books.delivered import Span
from routing.books.figures import UNSAID
from routing.books.learned import Learned
from routing.books.mileage import Compensation, VehicleLog
from routing.books.report import Report
from routing.books.star import Delivery
from routing.books.statement import Statement
from routing.records.cleaning import guard
from routing.records.model import Service
from routing.wording import LANGUAGES, keys, say
from routing.wording.format import day, euros

Value = str | int | Decimal
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, kw_only=True)
class BookTable:
    """A table with a header in words; numbers stay numbers, so that spreadsheets can count with them."""

    header: Sequence[str]
    rows: Sequence[Sequence[Value]]

    def csv(self, lang: str) -> str:
        """Return the table in the form that spreadsheet programs of `lang` open."""
        text = io.StringIO()
        writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
        writer.writerow(self.header)
        writer.writerows([guard(_text(value, lang)) for value in row] for row in self.rows)
        return "\ufeff" + text.getvalue()

    @cached_property
    def numeric(self) -> tuple[bool, ...]:
        """Tell of each column whether it holds numbers and nothing else."""
        columns = [[value for value in column if value != ""] for column in zip(*self.rows, strict=True)]
        return tuple(bool(column) and not any(isinstance(value, str) for value in column) for column in columns)

    def said(self, lang: str) -> list[list[str]]:
        """Return the rows as people read them: numbers and dates as `lang` writes them."""
        return [[_read(value, lang) for value in row] for row in self.rows]


def lines_table(statements: Iterable[Statement], lang: str) -> BookTable:
    """Return every line of statements."""
    names = (
        *("month", "client", "key", "day", "service", "said", "quantity", "price", "amount"),
        *("schedule", "basis", "entries", "refers", "reason"),
    )
    rows: list[Sequence[Value]] = [
        (
            *(str(made.month), made.client, line.key, line.day.isoformat(), service_word(line.service, lang)),
            *(line.said[lang], _or_blank(line.quantity), _or_blank(line.unit_price)),
            say("ledger.ask", lang) if line.amount is None else line.amount,
            *(line.schedule, line.legal_basis, " ".join(line.entries), line.refers, line.reason),
        )
        for made in statements
        for line in made.lines
    ]
    return BookTable(header=_header(names, lang), rows=rows)


def overview_table(statements: Iterable[Statement], names: Mapping[str, str], lang: str) -> BookTable:
    """Return one row per statement: how many lines, what it comes to, what is still to do."""
    rows: list[Sequence[Value]] = [
        (
            *(str(made.month), made.client, names.get(made.client, ""), len(made.lines)),
            say("ledger.ask", lang) if made.total is None else made.total,
            *(len(made.unsettled), len(made.open_entries)),
        )
        for made in statements
    ]
    header = _header(("month", "client", "what", "lines", "total", "unsettled", "open"), lang)
    return BookTable(header=header, rows=rows)


def figures_table(report: Report, lang: str) -> BookTable:
    """Return every figure of a report with the number of rows behind it."""
    rows: list[Sequence[Value]] = [
        (
            say(f"ledger.section-{section}", lang),
            say(f"ledger.figure-{figure.name}", lang),
            group_word(figure.name, figure.group, lang),
            say("ledger.unknown", lang) if figure.value is None else figure.value.normalize(),
            figure.unit,
            len(figure.rows),
            figure.key,
        )
        for section, figures in report.sections.items()
        for figure in figures
    ]
    return BookTable(header=_header(("section", "figure", "group", "value", "unit", "count", "key"), lang), rows=rows)


def rows_table(report: Report, lang: str) -> BookTable:
    """Return which rows each figure of a report was counted from."""
    rows = [(figure.key, row) for figure in report.figure_by_key.values() for row in figure.rows]
    return BookTable(header=_header(("key", "row"), lang), rows=rows)


def delivered_table(spans: Iterable[Span], lang: str) -> BookTable:
    """Return what each client was given against her decision."""
    rows: list[Sequence[Value]] = [
        (
            *(span.client, service_word(span.service, lang), span.first.isoformat(), span.last.isoformat()),
            *(span.planned, span.done, _hours(span.seconds)),
            "" if span.granted is None else _hours(span.granted),
            "" if span.share is None else Decimal(f"{span.share:.3f}"),
            Decimal(span.metres) / 1000,
            "; ".join(f"{name} {count}" for name, count in span.activities),
        )
        for span in spans
    ]
    names = ("client", "service", "first", "last", "planned", "done", "hours", "granted", "share", "km", "activities")
    return BookTable(header=_header(names, lang), rows=rows)


def care_table(volumes: Iterable[CareVolume], lang: str) -> BookTable:
    """Return what care plans ask for beside what was planned and delivered, by client and month."""
    rows: list[Sequence[Value]] = [
        (
            *(one.client, service_word(one.service, lang), str(one.month), one.first.isoformat(), one.last.isoformat()),
            "" if one.asked is None else _hours(one.asked),
            *(_hours(one.planned), _hours(one.done)),
            "" if one.share is None else Decimal(f"{one.share:.3f}"),
            *(one.visits, one.made),
        )
        for one in volumes
    ]
    names = ("client", "service", "month", "first", "last", "care-asked", "care-planned", "care-done", "care-share")
    return BookTable(header=_header((*names, "visits-planned", "visits-done"), lang), rows=rows)


def carers_table(found: Iterable[Carers], lang: str) -> BookTable:
    """Return who came to each client in every four weeks, the most frequent carer first."""
    rows: list[Sequence[Value]] = [
        (
            *(one.client, one.first.isoformat(), one.last.isoformat(), one.visits, len(one.carers)),
            *(" ".join(one.carers), one.often, "" if one.regular is None else one.regular),
        )
        for one in found
    ]
    names = ("client", "first", "last", "visits", "carers", "who", "by-first", "by-regular")
    return BookTable(header=_header(names, lang), rows=rows)


def learned_table(services: Iterable[Learned], legs: Iterable[Learned], lang: str) -> BookTable:
    """Return how long visits and ways take, beside how long they were planned to take."""
    named = [*((one.subject, one) for one in services)]
    named += [(say(f"ledger.leg-{one.subject}", lang), one) for one in legs]
    rows: list[Sequence[Value]] = [
        (
            *(subject, one.count, _minutes(one.planned), _minutes(one.actual), _minutes(one.off), _minutes(one.spread)),
            *(Decimal(f"{one.factor:.2f}"), say("ledger.yes" if one.is_enough else "ledger.no", lang)),
        )
        for subject, one in named
    ]
    names = ("what", "count", "minutes-planned", "minutes-actual", "minutes-off", "spread", "factor", "enough")
    return BookTable(header=_header(names, lang), rows=rows)


def star_table(found: Iterable[Delivery], lang: str) -> BookTable:
    """Return deliveries in the columns that STAR asks for."""
    rows: list[Sequence[Value]] = [
        (
            *(one.case_number, service_word(one.service, lang), one.valid_from.isoformat(), _iso(one.valid_to)),
            *(str(one.month), one.times, one.hours, one.km, "" if one.granted_hours is None else one.granted_hours),
        )
        for one in found
    ]
    names = ("case-number", "service", "valid-from", "valid-to", "month", "times", "hours", "km", "granted")
    return BookTable(header=_header(names, lang), rows=rows)


def control_table(lines: Iterable[ControlLine], lang: str) -> BookTable:
    """Return a contractor's rides at the agreed price beside what he asks for."""
    rows: list[Sequence[Value]] = [
        (
            *(line.entry, _iso(line.day), line.vehicle, _km(line.planned_metres), _km(line.actual_metres)),
            *(_or_blank(line.agreed), _or_blank(line.asked), _or_blank(line.difference)),
        )
        for line in lines
    ]
    names = ("entry", "day", "vehicle", "km-planned", "km-actual", "agreed", "asked", "difference")
    return BookTable(header=_header(names, lang), rows=rows)


def mileage_table(logs: Iterable[VehicleLog], lang: str) -> BookTable:
    """Return the trip logs of vehicles: who drove when, from which odometer to which, what for."""
    rows: list[Sequence[Value]] = [
        (
            *(trip.vehicle, trip.day.isoformat(), trip.worker, trip.shift),
            *(_km(trip.start_metres), _km(trip.end_metres), _km(trip.planned_metres), _km(trip.metres)),
            *(say("ledger.yes" if trip.own_car else "ledger.no", lang), trip.purpose),
        )
        for log in logs
        for trip in log.trips
    ]
    names = ("vehicle", "day", "worker", "shift", "odometer-start", "odometer-end")
    return BookTable(header=_header((*names, "km-planned", "km-actual", "own-car", "purpose"), lang), rows=rows)


def own_car_table(found: Iterable[Compensation], lang: str) -> BookTable:
    """Return what workers drove with cars of their own, and what of it may be paid free of tax."""
    rows: list[Sequence[Value]] = [
        (
            *(str(one.month), one.worker, _km(one.metres)),
            say("ledger.ask", lang) if one.amount is None else one.amount,
            " / ".join(f"{amount:f}" for amount in one.amounts),
            one.source,
        )
        for one in found
    ]
    return BookTable(header=_header(("month", "worker", "km", "tax-free", "candidates", "basis"), lang), rows=rows)


def service_word(service: Service | None, lang: str) -> str:
    """Return a service in words."""
    return say(f"rules.service-{service.value.replace('_', '-')}", lang) if service else ""


def group_word(figure: str, group: str, lang: str) -> str:
    """Return what a figure of a report is about: a service or a result in words, all else as it is."""
    if group == UNSAID:
        return say("ledger.unsaid", lang)
    if figure in {"recipients", "times", "hours", "ride-km"}:
        return service_word(Service(group), lang)
    if figure == "clients-with-carers":
        return say("ledger.carers-more" if group == "4" else "ledger.carers", lang, n=int(group))
    if figure == "carers-in-weeks":
        first, last = map(date.fromisoformat, group.split("/"))
        return say("ledger.report-span", lang, first=day(first, lang), last=day(last, lang))
    if figure == "reason":
        return reason_text(group, lang)
    return say(f"ledger.result-{group.replace('_', '-')}", lang) if figure == "result" else group


def reason_text(reason: str, lang: str) -> str:
    """Return a reason in `lang` where Hoolering gave it itself, in whatever language; what people wrote as it is."""
    key = _own_reasons().get(reason)
    return say(key, lang) if key else reason


@cache
def _own_reasons() -> Mapping[str, str]:
    known = [key for key in keys("ledger", LANGUAGES[0]) if key.startswith("ledger.why-")]
    return {say(key, lang): key for lang in LANGUAGES for key in known}


def amount_text(amount: Decimal | None, lang: str) -> str:
    """Return an amount of money, or that it has to be asked."""
    return say("ledger.ask", lang) if amount is None else euros(amount, lang)


def date_text(value: date | None, lang: str) -> str:
    """Return a date in words, nothing where there is none."""
    return "" if value is None else day(value, lang)


def _header(names: Iterable[str], lang: str) -> list[str]:
    return [say(f"ledger.column-{name}", lang) for name in names]


def _text(value: Value, lang: str) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}" if lang == "en" else f"{value:f}".replace(".", ",")
    return str(value)


def _read(value: Value, lang: str) -> str:
    if isinstance(value, str) and _DATE.fullmatch(value):
        return day(date.fromisoformat(value), lang)
    return _text(value, lang)


def _or_blank(value: Decimal | None) -> Value:
    return "" if value is None else value


def _hours(seconds: int) -> Decimal:
    return Decimal(f"{seconds / 3600:.2f}")


def _minutes(seconds: int) -> Decimal:
    return Decimal(f"{seconds / 60:.1f}")


def _km(metres: int | None) -> Value:
    return "" if metres is None else Decimal(metres) / 1000


def _iso(value: date | None) -> str:
    return "" if value is None else value.isoformat()
