"""Entitlement: which decision covers a client's service on a day.

Nothing is refused here: a missing or expired decision is flagged with its reason, as help may start at once and a
decision may be backdated to the application (supervision act on Tartu vald, 19.12.2025; Supreme Court 5-18-7).

Escorted transport belongs to home care and may be the only content of a home-care decision, but it is kept apart in
decisions, prices and records. So a decision recorded as ESCORTED covers an escorted ride, one for social transport
never does, and where there is only a valid HOME_CARE decision nobody can tell from the records whether it names
escorted rides: the verdict is UNSTATED, look it up.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from routing.findings import Severity
from routing.records.model import Decision, Service
from routing.rules.remark import Remark, Term, Value


class Cover(StrEnum):
    """How a client's decisions stand to a service on a day."""

    VALID = "valid"
    UNSTATED = "unstated"
    EXPIRED = "expired"
    BETWEEN = "between"
    NOT_YET = "not-yet"
    NONE = "none"


@dataclass(frozen=True, kw_only=True)
class Entitlement:
    """The verdict: how the service is covered, and by which decisions.

    `decision` is the one that covers the day, or the last one that ended before it; `upcoming` the first that begins
    after it.
    """

    client: str
    service: Service
    day: date
    cover: Cover
    decision: Decision | None = None
    upcoming: Decision | None = None

    @property
    def is_valid(self) -> bool:
        """Tell whether a decision covers the service on the day without doubt."""
        return self.cover is Cover.VALID

    @property
    def days_left(self) -> int | None:
        """Return the days from `day` to the end of the covering decision; None where it has none or nothing covers."""
        if self.cover is not Cover.VALID or self.decision is None or self.decision.valid_to is None:
            return None
        return (self.decision.valid_to - self.day).days

    @property
    def remark(self) -> Remark:
        """Say the verdict with its dates; anything but a valid decision is a warning."""
        values: dict[str, Value] = {
            "client": self.client,
            "service": Term(key=f"rules.service-{self.service.value.replace('_', '-')}"),
            "day": self.day,
        }
        if self.decision is not None:
            values["case"] = self.decision.case_number
            values["to"] = self.decision.valid_to or Term(key="rules.open-ended")
        if self.upcoming is not None:
            values["upcoming"] = self.upcoming.valid_from
        severity = Severity.NOTE if self.is_valid else Severity.WARNING
        return Remark(code=f"rules.decision-{self.cover.value}", severity=severity, values=values)


def covers(decision: Decision, day: date) -> bool:
    """Tell whether `decision` is valid on `day`, both its ends included."""
    return decision.valid_from <= day and (decision.valid_to is None or day <= decision.valid_to)


def judge_entitlement(decisions: Iterable[Decision], client: str, service: Service, day: date) -> Entitlement:
    """Judge whether `client` has a decision for `service` on `day`.

    Where several decisions cover the day, the one that runs longest is named.
    """
    own = [decision for decision in decisions if decision.client == client]
    named = [decision for decision in own if decision.service is service]
    valid = [decision for decision in named if covers(decision, day)]
    ended = [decision for decision in named if decision.valid_to is not None and decision.valid_to < day]
    upcoming = [decision for decision in named if decision.valid_from > day]

    def verdict(cover: Cover, decision: Decision | None, follows: Decision | None = None) -> Entitlement:
        return Entitlement(client=client, service=service, day=day, cover=cover, decision=decision, upcoming=follows)

    if valid:
        return verdict(Cover.VALID, max(valid, key=_end))
    if service is Service.ESCORTED and not named:
        care = [decision for decision in own if decision.service is Service.HOME_CARE and covers(decision, day)]
        if care:
            return verdict(Cover.UNSTATED, max(care, key=_end))
    last = max(ended, key=_end, default=None)
    following = min(upcoming, key=lambda decision: (decision.valid_from, decision.case_number), default=None)
    match last, following:
        case None, None:
            return verdict(Cover.NONE, None)
        case None, _:
            return verdict(Cover.NOT_YET, None, following)
        case _, None:
            return verdict(Cover.EXPIRED, last)
        case _:
            return verdict(Cover.BETWEEN, last, following)


def _end(decision: Decision) -> tuple[date, str]:
    return decision.valid_to or date.max, decision.case_number
