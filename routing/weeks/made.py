"""Planned weeks as they are handed on: records with every visit on its date, and each day's rounds."""

from __future__ import annotations

from dataclasses import dataclass

from routing.cost import Cost
from routing.day.build import Day
from routing.findings import Finding
from routing.plan import Plan
from routing.records.model import Records
from routing.weeks.result import Missing, WeekPlan


@dataclass(frozen=True, kw_only=True)
class PlannedWorkday:
    """One day of the week with its rounds."""

    day: Day
    plan: Plan
    cost: Cost


@dataclass(frozen=True, kw_only=True)
class Weeks:
    """Planned weeks: the records with every visit on its date, the choice of each week, and each day's rounds.

    `left_out` are the visits of care plans that a day's rounds could not hold after all.
    """

    records: Records
    plans: tuple[WeekPlan, ...]
    days: tuple[PlannedWorkday, ...]
    left_out: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def missing(self) -> tuple[Missing, ...]:
        """Return what the care plans ask for and nobody could place."""
        return tuple(missing for plan in self.plans for missing in plan.missing)
