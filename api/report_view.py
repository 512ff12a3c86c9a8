"""A report in words and shares of bars: what the page, the HTML file and the PDF draw alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import fmean
from typing import Final

from babel.numbers import format_decimal, format_percent

from api.book_tables import group_word
from routing.books.figures import Figure
from routing.books.report import Report
from routing.records.model import Records
from routing.wording import say
from routing.wording.format import euros, listing

_COARSE: Final = 0.02
"""Degrees to which places on the map are rounded, about two kilometres: a settlement of one client tells no home."""

_MATRICES: Final = frozenset({"services", "access", "workload", "care-clients"})

_PERCENT: Final = {"et": "#,##0.0\N{NO-BREAK SPACE}%", "en": "#,##0.0%", "ru": "#,##0.0\N{NO-BREAK SPACE}%"}
"""How a share is written: English sets no space before the sign."""

_EDGE: Final = 6.0
"""Per cent of the map that stay free at its sides."""


@dataclass(frozen=True, kw_only=True)
class FigureView:
    """One figure: what it is and its value in words, and how long its bar is in per cent of the longest beside it."""

    key: str
    title: str
    group: str
    value: str
    bar: int | None
    rows: tuple[str, ...]
    anchor: str


@dataclass(frozen=True, kw_only=True)
class SectionView:
    """A section: its title, and its figures in groups of one title each."""

    name: str
    title: str
    groups: tuple[tuple[str, tuple[FigureView, ...]], ...]

    @property
    def is_matrix(self) -> bool:
        """Tell whether its groups are about the same things, so that they are columns of one table."""
        return self.name in _MATRICES and bool(self.groups)

    @property
    def rows(self) -> tuple[tuple[str, tuple[FigureView | None, ...]], ...]:
        """Return, for each thing a matrix is about, its figure in every column."""
        things = dict.fromkeys(figure.group for _, figures in self.groups for figure in figures)
        columns = [{figure.group: figure for figure in figures} for _, figures in self.groups]
        return tuple((thing, tuple(column.get(thing) for column in columns)) for thing in things)


@dataclass(frozen=True, kw_only=True)
class Dot:
    """A settlement on the map: its place in per cent of the width from the left and the top, its size, its words."""

    settlement: str
    x: float
    y: float
    size: float
    title: str
    is_unserved: bool


def section_views(report: Report, lang: str) -> tuple[SectionView, ...]:
    """Return the sections of a report in words."""
    anchors = {key: f"f{number}" for number, key in enumerate(report.figure_by_key, start=1)}
    return tuple(
        SectionView(
            name=name,
            title=say(f"ledger.section-{name}", lang),
            groups=tuple(_groups(figures, anchors, lang)),
        )
        for name, figures in report.sections.items()
    )


def dots(report: Report, records: Records, lang: str) -> tuple[Dot, ...]:
    """Return the settlements of a report as dots of a map whose scale is the same in both directions."""
    served = {figure.group: figure for figure in report.sections["access"] if figure.name == "settlement-clients"}
    unserved = {figure.group: figure for figure in report.sections["access"] if figure.name == "unserved"}
    places = {}
    for settlement in served:
        homes = [client for client in records.clients if client.settlement == settlement]
        if homes:
            lat, lon = fmean(home.lat for home in homes), fmean(home.lon for home in homes)
            places[settlement] = (round(lon / _COARSE) * _COARSE * 0.52, -round(lat / _COARSE) * _COARSE)
    return tuple(_dots(places, served, unserved, lang)) if places else ()


def unserved_text(found: Iterable[Dot], lang: str) -> str:
    """Return in which settlements of a map somebody went unserved, nothing where nobody did."""
    names = [dot.settlement for dot in found if dot.is_unserved]
    return say("ledger.map-unserved", lang, settlements=listing(names, lang)) if names else ""


def value_text(figure: Figure, lang: str) -> str:
    """Return the value of a figure as people read it, or that it is not known."""
    value = figure.value
    if value is None:
        return say("ledger.unknown", lang)
    if figure.unit == "share":
        return _signed(format_percent(value, format=_PERCENT[lang], locale=lang))
    if figure.unit == "euros":
        return euros(value, lang)
    number = _signed(format_decimal(value, format="#,##0.#" if figure.unit == "count" else "#,##0.0", locale=lang))
    return number if figure.unit == "count" else say(f"ledger.unit-{figure.unit}", lang, value=number)


def _signed(number: str) -> str:
    """Return a number with a minus that is as wide as a plus, not a hyphen."""
    return number.replace("-", "\N{MINUS SIGN}")


def _groups(
    figures: Sequence[Figure], anchors: dict[str, str], lang: str
) -> Iterator[tuple[str, tuple[FigureView, ...]]]:
    for name in dict.fromkeys(figure.name for figure in figures):
        own = [figure for figure in figures if figure.name == name]
        longest = Decimal(1) if own[0].unit == "share" else max((one.value or Decimal(0) for one in own), default=None)
        title = say(f"ledger.figure-{name}", lang)
        yield (
            title,
            tuple(
                FigureView(
                    key=one.key,
                    title=title,
                    group=group_word(name, one.group, lang) if one.group else "",
                    value=value_text(one, lang),
                    bar=_bar(one, longest) if len(own) > 1 or one.unit == "share" else None,
                    rows=one.rows,
                    anchor=anchors[one.key],
                )
                for one in own
            ),
        )


def _bar(figure: Figure, longest: Decimal | None) -> int:
    return min(100, round(100 * (figure.value or Decimal(0)) / longest)) if longest else 0


def _dots(
    places: dict[str, tuple[float, float]], served: dict[str, Figure], unserved: dict[str, Figure], lang: str
) -> Iterator[Dot]:
    xs, ys = _scaled(x for x, _ in places.values()), _scaled(y for _, y in places.values())
    scale = max(xs[1], ys[1]) or 1.0
    for settlement, (x, y) in sorted(places.items()):
        clients = int(served[settlement].value or 0)
        left = int(unserved[settlement].value or 0) if settlement in unserved else 0
        yield Dot(
            settlement=settlement,
            x=_EDGE + (x - xs[0]) / scale * (100 - 2 * _EDGE),
            y=_EDGE + (y - ys[0]) / scale * (100 - 2 * _EDGE),
            size=1.2 + min(clients, 16) ** 0.5,
            title=say("ledger.map-dot", lang, settlement=settlement, clients=clients, unserved=left),
            is_unserved=left > 0,
        )


def _scaled(values: Iterable[float]) -> tuple[float, float]:
    known = list(values)
    return min(known), max(known) - min(known)
