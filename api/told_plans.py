"""Planned days as they lie on disk, with the visits they were made from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from api.loading import Folder
from routing.errors import RecordsError, UsageError
from routing.findings import Findings, Severity
from routing.plan import Plan
from routing.planfile import read_plan
from routing.records.folder import RecordFile, folder_digest, open_folder
from routing.records.limits import MAX_FILE_BYTES
from routing.records.read import read_files
from routing.wording import say

RECORD_FILES = ("visits", "shifts", "absences")
"""The lists that weeks and repairs write beside the days."""

_WHOLE_FILES = ("week.json", "absence.json")
"""The files by which the folder of weeks, or of a repair, is known."""


@dataclass(frozen=True, kw_only=True)
class ToldPlans:
    """The rounds by day as they were told, and the folder with the lists that were written beside them."""

    folder: Folder
    plans: dict[date, Plan]


def told_plans(folder: Folder, where: Path, lang: str) -> ToldPlans:
    """Read what `hoolering week` wrote at `where`; PlanFileError, RecordsError, UsageError where no planned day is."""
    plans: dict[date, Plan] = {}
    for path in sorted(where.glob("*/plan.json")):
        document = read_plan(path)
        plans[document.day] = document.plan
    if not plans:
        raise UsageError(say("week.no-plans", lang, path=where))
    return ToldPlans(folder=with_lists_beside(folder, where), plans=plans)


def with_lists_beside(folder: Folder, where: Path) -> Folder:
    """Return a folder with the lists that weeks or repairs wrote at `where`, as it is where there are none.

    RecordsError where one of those has an error.
    """
    if not any((where / name).is_file() for name in _WHOLE_FILES):
        return folder
    beside = {name: where / f"{name}.csv" for name in RECORD_FILES}
    instead = {name: _read(path) for name, path in beside.items() if path.is_file()}
    laid = with_files(folder, instead)
    names = {f"{name}.csv" for name in instead}
    faults = [one for one in laid.findings if one.severity is Severity.ERROR and one.file in names]
    if faults:
        raise RecordsError(faults)
    return laid


def with_files(folder: Folder, instead: dict[str, bytes]) -> Folder:
    """Return a folder with some of its lists replaced by what other files hold."""
    if not instead:
        return folder
    findings = Findings()
    files = open_folder(folder.path, findings)
    files |= {name: RecordFile(name=f"{name}.csv", data=data) for name, data in instead.items()}
    records, found = read_files(files, findings)
    if records is None:
        raise RecordsError(tuple(found))
    areas = {client.id: client for client in folder.records.clients}
    records = replace(records, clients=tuple(areas.get(c.id, c) for c in records.clients), places=folder.records.places)
    digest = folder_digest(folder.path, instead)
    return replace(folder, records=records, digest=digest, findings=tuple(found))


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MAX_FILE_BYTES)
