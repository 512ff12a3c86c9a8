"""The week as it stood before it is planned anew: planning begins there, and leaves what need not change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TypeAlias

from routing.plan import Plan, Route
from routing.records.model import CareVisit
from routing.weeks.result import WeekPlan, dated

Key: TypeAlias = tuple[str, date, int]
"""Names a visit of a week: the recurring one it stands for, its day, and the how-manieth there."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The visits that may be chosen again, as they stood, and the rounds that days had."""

    visits: tuple[CareVisit, ...] = ()
    rounds: Mapping[date, Plan] = field(default_factory=dict)

    @cached_property
    def by_key(self) -> Mapping[Key, CareVisit]:
        """Return the visits by what they stand for; turns of a day in the order of their windows."""
        days: dict[tuple[str, date], list[CareVisit]] = defaultdict(list)
        for visit in sorted(self.visits, key=lambda visit: (visit.windows, visit.id)):
            if visit.care_slot is not None:
                days[visit.care_slot, visit.day].append(visit)
        return {(slot, day, turn): visit for (slot, day), own in days.items() for turn, visit in enumerate(own)}

    def rounds_of(self, plan: WeekPlan, taken: frozenset[str]) -> dict[date, Plan]:
        """Return the rounds with visits named as in the records of `plan`, without those that it has elsewhere."""
        stood = {visit.id for visit in self.visits}
        known = {item.key: visit.id for item, visit in dated(plan, taken)}
        names = {visit.id: known[key] for key, visit in self.by_key.items() if key in known}

        def kept(route: Route) -> Route:
            stops = (stop for stop in route.stops if stop.request not in stood or stop.request in names)
            named = (replace(stop, request=names.get(stop.request or "", stop.request)) for stop in stops)
            return replace(route, stops=tuple(named))

        return {day: Plan(routes=tuple(map(kept, old.routes)), unassigned=()) for day, old in self.rounds.items()}
