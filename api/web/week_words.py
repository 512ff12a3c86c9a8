"""Words for the week: windows, sentences about changes, promises and refusals, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from api.desk.week_moves import WeekRulesError
from api.errors import BrokenRulesError, ConflictError, StaleError
from api.labels import short_name
from api.web.answers import status_of
from api.wording import say
from api.wording.findings import as_dict
from routing.day.build import Day
from routing.errors import FindingsError
from routing.findings import Finding
from routing.problem import TimeWindow
from routing.records.model import CareVisit, Records
from routing.weeks.differences import VisitChange
from routing.wording.format import clock, listing


@dataclass(frozen=True)
class Words:
    """How a week is said in one language."""

    lang: str

    def names(self, records: Records) -> Mapping[str, str]:
        """Return the names of clients and workers by id; ids of the two never meet on one row."""
        people = {client.id: client.name or client.id for client in records.clients}
        return people | {worker.id: worker.name or worker.id for worker in records.workers}

    def short(self, name: str) -> str:
        """Return a name as it fits into a cell."""
        return short_name(name)

    def windows(self, windows: Iterable[TimeWindow]) -> str:
        """Return when a visit may begin."""
        return ", ".join(f"{clock(window.earliest)}–{clock(window.latest)}" for window in windows)

    def people(self, workers: Iterable[str], names: Mapping[str, str]) -> str:
        """Return who comes."""
        found = [names.get(worker, worker) for worker in sorted(workers)]
        return listing(found, self.lang) if found else say("weeks.nobody", self.lang)

    def change(self, change: VisitChange, names: Mapping[str, str]) -> str:
        """Return what happens to a visit: day, time and people before and after."""
        parts = {
            "before": self._when(change.before, names) if change.before else "",
            "after": self._when(change.after, names) if change.after else "",
        }
        return say(f"weeks.change-{change.kind.value}", self.lang, **parts)

    def _when(self, visit: CareVisit, names: Mapping[str, str]) -> str:
        return say(
            "weeks.when",
            self.lang,
            day=say(f"week.weekday-{visit.day.isoweekday()}", self.lang),
            date=f"{visit.day:%d.%m}",
            windows=self.windows(visit.windows),
            people=self.people(visit.planned_for, names),
        )

    def promise(self, change: Mapping[str, Any], names: Mapping[str, str]) -> str:
        """Return what becomes of a promise in a repair."""
        before, after, kinds = change["before"], change["after"], change["kinds"]
        values = {
            "client": names.get(change["client"], change["client"]),
            "before": before["at"],
            "after": after["at"] or "",
            "was": self.people(before["workers"], names),
            "now": self.people(after["workers"], names),
        }
        return say(f"week.change-{'lost' if 'lost' in kinds else '-'.join(kinds)}", self.lang, **values)

    def cover(self, cover: Mapping[str, Any], names: Mapping[str, str]) -> str:
        """Return who stands in."""
        substitute = cover["substitute"]
        if substitute is None:
            return say("week.cover-team", self.lang)
        key = "week.cover-reserve" if cover["reserve"] else "week.cover-worker"
        return say(key, self.lang, worker=names.get(substitute, substitute))

    def unmade(self, request: str, client: str, at: str, day: Day, names: Mapping[str, str]) -> str:
        """Return whom nobody comes to any more, when, and what for: a visit, a ride or the way back."""
        subject = day.subjects.get(request)
        kind = "visit" if subject is None or isinstance(subject.record, CareVisit) else "ride"
        values = {"at": at, "client": names.get(client, client)}
        return say(f"weeks.unmade-{'return' if subject and subject.is_return else kind}", self.lang, **values)


def hours(seconds: int) -> str:
    """Return a length as it fits into a cell, `12:05`."""
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}"


def refused(error: Exception | None, lang: str, names: Mapping[str, str]) -> tuple[int, tuple[str, ...]]:
    """Return the status and the sentences of what was refused; 200 and nothing where nothing was."""
    if error is None:
        return 200, ()
    if isinstance(error, WeekRulesError):
        return 409, tuple(dict.fromkeys(fault.sentence(lang, names) for fault in error.faults))
    if isinstance(error, BrokenRulesError):
        said = [violation.as_dict(lang) for violation in error.violations]
        return 409, tuple(f"{words['sentence']} {words['action']}" for words in said)
    if isinstance(error, StaleError):
        error = ConflictError([Finding(code="weeks.changed-meanwhile")])
    if isinstance(error, FindingsError):
        said = [as_dict(finding, lang) for finding in error.findings]
        return status_of(error), tuple(f"{words['sentence']} {words['action']}" for words in said)
    raise error
