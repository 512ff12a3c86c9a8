"""All schedules that are known, and the choice of the one that prices a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from routing.findings import Severity
from routing.records.model import Service
from routing.rules.fees.schedule import Schedule
from routing.rules.remark import Remark, Term, Value


@dataclass(frozen=True, kw_only=True)
class FeeBook:
    """The price lists of one or more municipalities."""

    schedules: tuple[Schedule, ...] = ()

    def on(self, municipality: str, service: Service, day: date) -> Schedule | Remark:
        """Return the list that prices `service` of `municipality` on `day`, or a remark on why there is none.

        Of the lists that hold on the day the one that began last prices it, as a new list replaces the old one. A list
        that was first seen after the day may have replaced it already, so then there is none.
        """
        own = [
            schedule
            for schedule in self.schedules
            if _same_name(schedule.municipality, municipality) and schedule.service is service
        ]
        holding = [schedule for schedule in own if schedule.first_day <= day and not schedule.ended(day)]
        latest = max((schedule.first_day for schedule in holding), default=None)
        chosen = [schedule for schedule in holding if schedule.first_day == latest]
        values: dict[str, Value] = {
            "municipality": municipality,
            "service": Term(key=f"rules.service-{service.value.replace('_', '-')}"),
            "day": day,
        }
        undated = [s for s in own if s.valid_from == "unknown" and s.first_day > day and not s.ended(day)]
        if undated and not any(schedule.surely_holds(day) for schedule in chosen):
            seen = min(undated, key=lambda schedule: schedule.first_day)
            return _remark("rules.schedule-start-unknown", {**values, "schedule": seen.id})
        if len(chosen) > 1:
            names = ", ".join(schedule.id for schedule in chosen)
            return _remark("rules.schedules-overlap", {**values, "schedules": names})
        if chosen:
            return chosen[0]
        others = sorted({schedule.municipality for schedule in self.schedules})
        if others and not any(_same_name(name, municipality) for name in others):
            return _remark("rules.schedule-elsewhere", {**values, "others": ", ".join(others)})
        return _remark("rules.schedule-none", values)


def _remark(code: str, values: dict[str, Value]) -> Remark:
    return Remark(code=code, severity=Severity.WARNING, values=values)


def _same_name(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
