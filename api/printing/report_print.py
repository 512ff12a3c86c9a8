"""Everything of a supervision report that is printed or opened elsewhere: HTML, PDF, and the data behind it.

Bars and the map are boxes and SVG that the templates draw: a dozen rectangles need no plotting library, stay text that
can be searched and read aloud, and look alike on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cached_property, partial

from jinja2 import Environment, PackageLoader, StrictUndefined

from api.book_tables import (
    BookTable,
    care_table,
    carers_table,
    control_table,
    delivered_table,
    figures_table,
    learned_table,
    mileage_table,
    own_car_table,
    reason_text,
    rows_table,
    star_table,
)
from api.printing.typeset import typeset
from api.report_view import dots, section_views, unserved_text
from routing.books.contractor import ControlLine, control_sum
from routing.books.delivered import Span
from routing.books.learned import Learned
from routing.books.log_file import log_text
from routing.books.mileage import Compensation, VehicleLog
from routing.books.report import Report
from routing.books.star import Delivery
from routing.records.model import Records
from routing.wording import say
from routing.wording.format import clock, day, euros


@dataclass(frozen=True, kw_only=True)
class ReportPrint:
    """A report about to be written in `lang`, dated `printed_at` (aware), with the tables that go along."""

    report: Report
    records: Records
    lang: str
    printed_at: datetime
    delivered: Sequence[Span] = ()
    services: Sequence[Learned] = ()
    legs: Sequence[Learned] = ()
    star: Sequence[Delivery] = ()
    control: Sequence[ControlLine] = ()
    mileage: Sequence[VehicleLog] = ()
    own_cars: Sequence[Compensation] = ()

    def files(self) -> dict[str, str | bytes]:
        """Return everything by file name, for `maps.files.write_files`."""
        contents: dict[str, str | bytes] = {"report.html": self.html(), "report.pdf": self.pdf()}
        contents["entries.csv"] = log_text(self.report.entries, self.lang)
        for name, table in self.tables.items():
            contents[f"{name}.csv"] = table.csv(self.lang)
        return contents

    @cached_property
    def tables(self) -> dict[str, BookTable]:
        """Return the data as tables by file stem; those of which nothing is known are left out."""
        found = {
            "figures": figures_table(self.report, self.lang),
            "rows": rows_table(self.report, self.lang),
            "care": care_table(self.report.volumes, self.lang),
            "carers": carers_table(self.report.carers, self.lang),
            "delivered": delivered_table(self.delivered, self.lang),
            "learned": learned_table(self.services, self.legs, self.lang),
            "star": star_table(self.star, self.lang),
            "contractor": control_table(self.control, self.lang),
            "mileage": mileage_table(self.mileage, self.lang),
            "own-cars": own_car_table(self.own_cars, self.lang),
        }
        return {name: table for name, table in found.items() if table.rows or name in {"figures", "rows"}}

    def people(self, table: str) -> tuple[frozenset[str], frozenset[str]]:
        """Return the ids of clients and of workers whom the rows of a table are about, or lead to."""
        match table:
            case "figures":
                return frozenset(), frozenset()
            case "mileage":
                return frozenset(), frozenset(trip.worker for log in self.mileage for trip in log.trips)
            case "own-cars":
                return frozenset(), frozenset(one.worker for one in self.own_cars)
            case "care":
                return frozenset(one.client for one in self.report.volumes), frozenset()
            case "carers":
                found = self.report.carers
                return frozenset(one.client for one in found), frozenset(w for one in found for w in one.carers)
            case _:
                return frozenset(entry.client for entry in self.report.entries), frozenset()

    def html(self) -> str:
        """Return the report as one page that asks nobody for anything; each figure leads to the rows behind it."""
        environment = Environment(
            loader=PackageLoader("api.printing", "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        lang = self.lang
        found = dots(self.report, self.records, lang)
        more = {name: table for name, table in self.tables.items() if name not in {"figures", "rows"}}
        return environment.get_template("report.html").render(
            **self._common(),
            t=partial(say, lang=lang),
            reason=partial(reason_text, lang=lang),
            day=partial(day, lang=lang),
            sections=section_views(self.report, lang),
            dots=found,
            unserved=unserved_text(found, lang),
            control=self._control(),
            entries=self.report.entries,
            known={entry.id for entry in self.report.entries},
            tables=more,
        )

    def pdf(self) -> bytes:
        """Return the report on paper; the rows behind its figures are in the other files."""
        return typeset("report", self.pdf_data(), printed_at=self.printed_at)

    def pdf_data(self) -> dict[str, object]:
        """Return what the template `report` is filled with."""
        sections: list[dict[str, object]] = [
            {
                "title": section.title,
                "matrix": [
                    [thing, *({"value": one.value, "bar": one.bar} if one else None for one in cells)]
                    for thing, cells in section.rows
                ]
                if section.is_matrix
                else [],
                "groups": [
                    {
                        "title": title,
                        "figures": [
                            {"group": one.group, "value": one.value, "bar": one.bar, "rows": len(one.rows)}
                            for one in figures
                        ],
                    }
                    for title, figures in section.groups
                ],
            }
            for section in section_views(self.report, self.lang)
        ]
        keys = {"page": "printing.page", "map": "ledger.report-map", "key": "ledger.map-key"}
        words = {name: say(key, self.lang) for name, key in keys.items()}
        if self.control:
            figures = [{"group": name, "value": value, "bar": None, "rows": 0} for name, value in self._control()]
            groups = [{"title": "", "figures": figures}]
            sections.append({"title": say("ledger.table-contractor", self.lang), "matrix": [], "groups": groups})
        found = dots(self.report, self.records, self.lang)
        return {
            **self._common(),
            "sections": sections,
            "dots": [asdict(dot) for dot in found],
            "unserved": unserved_text(found, self.lang),
            "words": words,
        }

    def _control(self) -> list[tuple[str, str]]:
        """Return what the contractor's rides come to, in words; nothing where there are none."""
        if not self.control:
            return []
        lang, found = self.lang, control_sum(self.control)
        said = [
            (say("ledger.control-rides", lang), str(found.rides)),
            (say("ledger.control-agreed", lang), euros(found.agreed, lang)),
        ]
        if found.asked is not None:
            said.append((say("ledger.control-asked", lang), euros(found.asked, lang)))
        return [*said, (say("ledger.control-doubtful", lang), str(found.doubtful))]

    def _common(self) -> dict[str, object]:
        lang, when, name = self.lang, self.printed_at, self.records.municipality.name
        span = say("ledger.report-span", lang, first=day(self.report.first, lang), last=day(self.report.last, lang))
        title = say("ledger.report-title", lang)
        return {
            "lang": lang,
            "title": say("ledger.title", lang, what=title, municipality=name, of=span),
            "author": name,
            "heading": title,
            "over": name,
            "span": span,
            "printed": say(
                "printing.printed", lang, day=day(when.date(), lang), time=clock(when.hour * 3600 + when.minute * 60)
            ),
            "care": say("ledger.report-private", lang),
        }
