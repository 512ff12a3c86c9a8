"""Weeks as files: every day's own files, the visits as a list of the records, and the whole as data."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from api.loading import Folder
from api.planned import PlannedDay, document_of, review_day
from routing.planfile import PlanDocument
from routing.records.folder import folder_digest
from routing.records.model import Records
from routing.records.sheets import VISITS
from routing.records.write import rows_file
from routing.solver.budget import Budget
from routing.weeks.figures import WeekFigures, figures_of
from routing.weeks.made import PlannedWorkday, Weeks

FilesOfDay = Callable[[PlannedDay, PlanDocument, str], dict[str, str | bytes]]


def files_of_weeks(
    folder: Folder, weeks: Weeks, files_of_day: FilesOfDay, *, engine: str, seed: int, budget: Budget, lang: str
) -> dict[str, str | bytes]:
    """Return every file of planned weeks by name: `week.json`, `visits.csv` and a folder for each day.

    The day's plans name the folder as it is once `visits.csv` has taken the place of its own list of visits.
    """
    visits = visits_file(weeks.records)
    future = folder_with(folder, weeks.records, visits)
    contents: dict[str, str | bytes] = {"week.json": week_json(weeks), "visits.csv": visits}
    for made in weeks.days:
        planned = reviewed(future, made)
        document = document_of(future, planned, engine=engine, seed=seed, budget=budget, lang=lang)
        name = made.day.day.isoformat()
        contents |= {f"{name}/{file}": content for file, content in files_of_day(planned, document, lang).items()}
    return contents


def reviewed(folder: Folder, made: PlannedWorkday) -> PlannedDay:
    """Return a day's rounds checked, explained and priced."""
    return review_day(folder, made.day, made.plan, made.cost)


def folder_with(folder: Folder, records: Records, visits: bytes) -> Folder:
    """Return the folder as it is with another list of visits."""
    return replace(folder, records=records, digest=folder_digest(folder.path, {"visits": visits}))


def visits_file(records: Records) -> bytes:
    """Return the list of visits as the folder keeps it."""
    return rows_file(VISITS, records.visits, lang="et")


def week_json(weeks: Weeks) -> str:
    """Return planned weeks as data: visits with their carers, what is missing and why, the figures."""
    return json.dumps(week_dict(weeks), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def week_dict(weeks: Weeks) -> dict[str, Any]:
    """Return planned weeks as plain data."""
    return {
        "version": 1,
        "first": weeks.plans[0].first.isoformat(),
        "weeks": [
            {"first": plan.first.isoformat(), "points": plan.points, "bound": plan.bound} for plan in weeks.plans
        ],
        "days": [made.day.day.isoformat() for made in weeks.days],
        "visits": [
            {
                "id": visit.id,
                "day": visit.day.isoformat(),
                "client": visit.client,
                "care_slot": visit.care_slot,
                "planned_for": sorted(visit.planned_for),
                "planned": visit.id not in weeks.left_out,
            }
            for visit in weeks.records.visits
            if visit.planned_for
        ],
        "missing": [
            {
                "care_slot": missing.demand.slot.id,
                "client": missing.demand.client.id,
                "times": missing.times,
                "why": missing.why.value,
            }
            for missing in weeks.missing
        ],
        "figures": figures_dict(figures_of(weeks)),
    }


def figures_dict(figures: WeekFigures) -> dict[str, Any]:
    """Return figures as plain data: minutes and metres."""
    return {
        "met": round(figures.met, 4),
        "carers_per_client": round(figures.carers_per_client, 3),
        "metres": figures.metres,
        "spread_minutes": figures.spread // 60,
        "clients": {
            one.client: {
                "asked_minutes": one.asked // 60,
                "made_minutes": one.made // 60,
                "days": {day.isoformat(): list(workers) for day, workers in one.workers.items()},
            }
            for one in figures.clients
        },
        "workers": {
            one.worker: {
                "work_minutes": one.work // 60,
                "care_minutes": one.care // 60,
                "metres": one.metres,
                "visits": one.visits,
            }
            for one in figures.workers
        },
    }
