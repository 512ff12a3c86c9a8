"""Everything of a planned day that is printed or opened elsewhere: the one entry for command line and web.

`printed_at` is the moment, with its time zone, that the sheets say they were made: nothing here asks the clock, so the
same plan and moment give the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from api.day_tables import prices_csv, rounds_csv
from api.drawing import view_of_day
from api.planned import PlannedDay
from api.printing.day_sheets import overview_data, wall_data
from api.printing.round_sheet import RoundSheet
from api.printing.typeset import typeset
from api.printing.workbook import day_xlsx
from maps.day_view import DayView, RoundView
from maps.files import file_stems
from maps.ics import round_ics
from routing.wording import say
from routing.wording.format import clock, day

_WORDS = (
    *("page", "time", "stop", "actual", "arrived", "left", "remarks"),
    *("what", "whom", "place", "worker", "where"),
)


@dataclass(frozen=True, kw_only=True)
class DayPrint:
    """A planned day about to be printed in `lang`, dated `printed_at` (aware)."""

    planned: PlannedDay
    lang: str
    printed_at: datetime

    @cached_property
    def view(self) -> DayView:
        """Return the day as maps and pages show it, without its roads."""
        return view_of_day(self.planned.day, self.planned.plan, self.planned.explained, self.lang, roads=False)

    @property
    def shifts(self) -> tuple[str, ...]:
        """Return the ids of the shifts that have a round, in the order of their letters."""
        return tuple(found.shift for found in self.view.rounds)

    def rounds_pdf(self, *shifts: str) -> bytes:
        """Return the sheets of the rounds of `shifts`, of all where none is named; KeyError for one without round."""
        return typeset("rounds", self.rounds_data(*shifts), printed_at=self.printed_at)

    def overview_pdf(self) -> bytes:
        """Return the day for the desk: every round in short, what was left out and why, key figures."""
        return typeset("overview", self.overview_data(), printed_at=self.printed_at)

    def wall_pdf(self) -> bytes:
        """Return the day for the wall: workers, vehicles, hours and settlements; no client is named."""
        return typeset("wall", self.wall_data(), printed_at=self.printed_at)

    def xlsx(self) -> bytes:
        """Return the day as a workbook."""
        return day_xlsx(self.planned, self.view, printed_at=self.printed_at)

    def rounds_csv(self) -> str:
        """Return all stops as one table."""
        return rounds_csv(self.planned, self.lang)

    def prices_csv(self) -> str:
        """Return the prices of all rides as one table."""
        return prices_csv(self.planned, self.lang)

    def ics(self, shift: str, *, sequence: int = 0) -> bytes:
        """Return the calendar of a round, with least text; `sequence` grows with every published change."""
        return round_ics(self._round(shift), day=self.view.day, lang=self.lang, sequence=sequence)

    def files(self, *, sequence: int = 0) -> dict[str, str | bytes]:
        """Return everything by file name, for `maps.files.write_files`."""
        contents: dict[str, str | bytes] = {
            "overview.pdf": self.overview_pdf(),
            "wall.pdf": self.wall_pdf(),
            "day.xlsx": self.xlsx(),
            "rounds.csv": self.rounds_csv(),
            "prices.csv": self.prices_csv(),
        }
        if self.shifts:
            contents["rounds.pdf"] = self.rounds_pdf()
        for shift, stem in file_stems(self.shifts).items():
            contents[f"round-{stem}.pdf"] = self.rounds_pdf(shift)
            contents[f"round-{stem}.ics"] = self.ics(shift, sequence=sequence)
        return contents

    def rounds_data(self, *shifts: str) -> dict[str, object]:
        """Return what the template `rounds` is filled with."""
        rounds = [self._round(shift) for shift in shifts or self.shifts]
        sheets = [RoundSheet(planned=self.planned, view=self.view, round=found).as_data() for found in rounds]
        return self._filled({"rounds": sheets}, rounds)

    def overview_data(self) -> dict[str, object]:
        """Return what the template `overview` is filled with."""
        return self._filled(overview_data(self.planned, self.view), self.view.rounds)

    def wall_data(self) -> dict[str, object]:
        """Return what the template `wall` is filled with."""
        filled = self._filled(wall_data(self.view), self.view.rounds)
        return {**filled, "care": ""}

    def _filled(self, data: Mapping[str, object], rounds: Sequence[RoundView]) -> dict[str, object]:
        """Return the data of a template with what every sheet says."""
        lang, when = self.lang, self.printed_at
        letters = ", ".join(found.style.letter for found in rounds)
        shown = day(self.view.day, lang)
        at = clock(when.hour * 3600 + when.minute * 60)
        return {
            "lang": lang,
            "title": say("printing.title", lang, municipality=self.view.title, day=shown, letters=letters),
            "author": self.view.title,
            "printed": say("printing.printed", lang, day=day(when.date(), lang), time=at),
            "care": say("printing.care", lang),
            "words": {word: say(f"printing.{word}", lang) for word in _WORDS},
            **data,
        }

    def _round(self, shift: str) -> RoundView:
        found = {known.shift: known for known in self.view.rounds}
        return found[shift]
