"""The decision clock: ten working days from application to decision.

Sotsiaalseadustiku üldosa seadus § 25 (1) gives the term; Haldusmenetluse seadus § 41 says what to do when it cannot be
kept: tell the person without delay that it is late, why, and when the decision is likely.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from routing.findings import Severity
from routing.rules.calendar import working_days_after, working_days_between
from routing.rules.remark import Remark, Value

TERM = 10
"""Working days from the application to the decision."""

_LAW = "SÜS § 25 lg 1"
_LAW_WHEN_LATE = "HMS § 41"


class ClockState(StrEnum):
    """Where a case stands: still running, decided in time, decided late, or overdue and undecided."""

    RUNNING = "running"
    IN_TIME = "in-time"
    LATE = "late"
    OVERDUE = "overdue"


@dataclass(frozen=True, kw_only=True)
class DecisionClock:
    """One case: when it was applied for, the last day for deciding, the working days used so far."""

    applied_on: date
    deadline: date
    working_days: int
    state: ClockState
    decided_on: date | None = None

    @property
    def remark(self) -> Remark:
        """Say where the case stands; overdue asks for the notice of HMS § 41."""
        needs_notice = self.state is ClockState.OVERDUE
        severity = Severity.WARNING if self.state in {ClockState.LATE, ClockState.OVERDUE} else Severity.NOTE
        values: dict[str, Value] = {
            "applied": self.applied_on,
            "deadline": self.deadline,
            "used": self.working_days,
            "term": TERM,
        }
        if self.decided_on is not None:
            values["decided"] = self.decided_on
        return Remark(
            code=f"rules.clock-{self.state.value}",
            severity=severity,
            law=_LAW_WHEN_LATE if needs_notice else _LAW,
            values=values,
        )


def decision_deadline(applied_on: date) -> date:
    """Return the last day for deciding an application received on `applied_on`: the tenth working day after it."""
    return working_days_after(applied_on, TERM)


def read_clock(applied_on: date, *, today: date, decided_on: date | None = None) -> DecisionClock:
    """Judge a case on `today`; working days are counted to the decision, or to `today` while there is none.

    The day of the application does not count, the day of the decision does: 23.09 to 09.10.2025 is 12, late;
    26.09 to 09.10.2025 is 9, in time (supervision act on Tartu vald, 19.12.2025).
    """
    used = working_days_between(applied_on, decided_on or today)
    in_term = (decided_on or today) <= decision_deadline(applied_on)
    if decided_on is not None:
        state = ClockState.IN_TIME if in_term else ClockState.LATE
    else:
        state = ClockState.RUNNING if in_term else ClockState.OVERDUE
    return DecisionClock(
        applied_on=applied_on,
        deadline=decision_deadline(applied_on),
        working_days=used,
        state=state,
        decided_on=decided_on,
    )
