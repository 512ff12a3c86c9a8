"""A repaired week as files and as data."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from api.loading import Folder
from api.planned import document_of
from api.told_plans import with_files
from api.weeks import FilesOfDay, reviewed
from routing.records.sheets import ABSENCES, SHIFTS, VISITS
from routing.records.write import rows_file
from routing.solver.budget import Budget
from routing.weeks.fragility import Fragile
from routing.weeks.promises import Change
from routing.weeks.repair import Repair
from routing.wording.format import clock


def files_of_repair(
    folder: Folder, made: Repair, files_of_day: FilesOfDay, *, engine: str, seed: int, budget: Budget, lang: str
) -> dict[str, str | bytes]:
    """Return every file of a repair: `absence.json`, the lists that changed, and a folder for each changed day."""
    lists = {
        "visits": rows_file(VISITS, made.records.visits, lang="et"),
        "shifts": rows_file(SHIFTS, made.records.shifts, lang="et"),
        "absences": rows_file(ABSENCES, made.records.absences, lang="et"),
    }
    future = with_files(folder, lists)
    contents: dict[str, str | bytes] = {f"{name}.csv": data for name, data in lists.items()}
    contents["absence.json"] = json.dumps(repair_dict(made), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    for day in made.days:
        planned = reviewed(future, day)
        document = document_of(future, planned, engine=engine, seed=seed, budget=budget, lang=lang)
        name = day.day.day.isoformat()
        contents |= {f"{name}/{file}": content for file, content in files_of_day(planned, document, lang).items()}
    return contents


def repair_dict(made: Repair) -> dict[str, Any]:
    """Return a repair as plain data."""
    return {
        "version": 1,
        "worker": made.worker,
        "days": {
            one.before.day.isoformat(): {
                "stranded": list(one.stranded),
                "covers": [
                    {
                        "substitute": cover.substitute,
                        "reserve": cover.reserve,
                        "lost": [change.request for change in cover.lost],
                        "broken": sum(len(change.kinds) for change in cover.changes),
                        "points": cover.cost.total,
                    }
                    for cover in one.covers
                ],
                "changes": [change_dict(change) for change in made.changes.get(one.before.day, ())],
            }
            for one in made.absent
        },
        "moved": [
            {"visit": m.visit, "client": m.client, "from": m.before.isoformat(), "to": m.after.isoformat()}
            for m in made.moved
        ],
        "lost": lost_of(made),
    }


def change_dict(change: Change) -> dict[str, Any]:
    """Return a promise that is not kept as plain data."""
    return {
        "request": change.request,
        "client": change.client,
        "kinds": sorted(kind.value for kind in change.kinds),
        "before": {"workers": list(change.before), "at": clock(change.start_before)},
        "after": {
            "workers": list(change.after),
            "at": None if change.start_after is None else clock(change.start_after),
        },
    }


def lost_of(made: Repair) -> dict[str, list[str]]:
    """Return what nobody makes, by day."""
    return {day.isoformat(): [change.request for change in lost] for day, lost in made.lost.items()}


def fragile_dict(day: date, found: tuple[Fragile, ...]) -> dict[str, Any]:
    """Return what hangs on each worker as plain data."""
    return {
        "day": day.isoformat(),
        "workers": [
            {
                "worker": one.worker,
                "at_stake": one.at_stake,
                "time_critical": one.critical,
                "lost": [change.request for change in one.absent.best.lost],
                "cover": one.absent.best.substitute,
            }
            for one in found
        ],
    }
