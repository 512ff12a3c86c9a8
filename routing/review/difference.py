"""What one plan takes more than another, in minutes, kilometres and times instead of points."""

from __future__ import annotations

from dataclasses import dataclass, fields

from routing.cost import Cost
from routing.problem import Objective
from routing.wording import say
from routing.wording.format import kilometres

_PER_MINUTE = {
    "lateness": "late_minute",
    "greatest_late": "greatest_late_minute",
    "overtime": "overtime_minute",
    "imbalance": "imbalance_minute",
    "waiting_aboard": "waiting_aboard_minute",
    "paid_time": "paid_minute",
}
_PER_TIME = {"unfamiliar": "unfamiliar", "not_preferred": "not_preferred", "shift_used": "shift_used"}


@dataclass(frozen=True, kw_only=True)
class Difference:
    """How much more of one component of `Cost` there is, negative for less: seconds, metres or times, 0 unmeasured."""

    component: str
    points: int
    amount: int

    def phrase(self, lang: str) -> str:
        """Say it in `lang` as a part of a sentence; empty where it is too little to be worth a word."""
        key = f"explain.{'more' if self.points > 0 else 'less'}-{self.component.replace('_', '-')}"
        size = abs(self.amount)
        if self.component in _PER_MINUTE:
            return say(key, lang, n=round(size / 60)) if size >= 30 else ""
        if self.component == "distance":
            return say(key, lang, km=kilometres(size, lang)) if size >= 50 else ""
        return say(key, lang, n=size)


def differences(objective: Objective, before: Cost, after: Cost) -> tuple[Difference, ...]:
    """Return what `after` has more or less of than `before`, the weightiest first."""
    found = []
    for item in fields(Cost):
        points = getattr(after, item.name) - getattr(before, item.name)
        if points:
            amount = _amount(objective, item.name, points)
            found.append(Difference(component=item.name, points=points, amount=amount))
    return tuple(sorted(found, key=lambda difference: -abs(difference.points)))


def _amount(objective: Objective, component: str, points: int) -> int:
    """Return points as the seconds, metres or times they were charged for; the weight is not 0 where there are any."""
    weight: int
    if component in _PER_MINUTE:
        weight = getattr(objective, _PER_MINUTE[component])
        return round(60 * points / weight)
    if component in _PER_TIME:
        weight = getattr(objective, _PER_TIME[component])
        return round(points / weight)
    return round(1000 * points / objective.kilometre) if component == "distance" else 0
