"""The age of a worker's background check.

A person with certain convictions may not do this work (Sotsiaalhoolekande seadus § 19); the municipality checks before
the start and then at its own interval, e.g. yearly. Only the date of the check is ever kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from routing.findings import Severity
from routing.rules.remark import Remark, Value

_LAW = "SHS § 19"


class CheckState(StrEnum):
    """How a background check stands on a day."""

    FRESH = "fresh"
    STALE = "stale"
    MISSING = "missing"
    FUTURE = "future"


@dataclass(frozen=True, kw_only=True)
class BackgroundCheck:
    """The verdict on one worker: the state of the check, its age in days, and the day it is due again."""

    worker: str
    state: CheckState
    checked_on: date | None = None
    age: int | None = None
    due_on: date | None = None

    @property
    def remark(self) -> Remark:
        """Say how the check stands; anything but a fresh one is a warning."""
        values: dict[str, Value] = {"worker": self.worker}
        if self.checked_on is not None and self.due_on is not None and self.age is not None:
            values |= {"checked": self.checked_on, "due": self.due_on, "age": self.age}
        severity = Severity.NOTE if self.state is CheckState.FRESH else Severity.WARNING
        return Remark(code=f"rules.background-{self.state.value}", severity=severity, law=_LAW, values=values)


def judge_background_check(worker: str, checked_on: date | None, day: date, interval: int) -> BackgroundCheck:
    """Judge a check of `checked_on` on `day`; it is due again `interval` days after it was made."""
    if checked_on is None:
        return BackgroundCheck(worker=worker, state=CheckState.MISSING)
    age = (day - checked_on).days
    return BackgroundCheck(
        worker=worker,
        state=_state(age, interval),
        checked_on=checked_on,
        age=age,
        due_on=checked_on + timedelta(days=interval),
    )


def _state(age: int, interval: int) -> CheckState:
    if age < 0:
        return CheckState.FUTURE
    return CheckState.FRESH if age <= interval else CheckState.STALE
