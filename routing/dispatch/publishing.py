"""May this plan be published? What stands in the way, and what one should know before."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from routing.dispatch.desk import Desk
from routing.dispatch.warnings import WarningCode, standing
from routing.plan import Plan
from routing.problem import Priority
from routing.review.check import check
from routing.review.codes import Violation
from routing.review.labels import Labels
from routing.wording import say


class GateCode(StrEnum):
    """Name a reason; the sentences are `dispatch.gate-<code>` and `dispatch.gate-<code>.do`."""

    VIOLATION = "violation"
    TIME_CRITICAL = "time-critical"
    NO_VEHICLE = "no-vehicle"
    NO_WORKER = "no-worker"
    AWAY = "away"
    NO_PLACE = "no-place"
    NO_SHIFT = "no-shift"
    OUTDATED = "outdated"
    UNKNOWN = "unknown"
    NOTHING_PLANNED = "nothing-planned"
    LEFT_OUT = "left-out"
    FELT = "felt"


_NO_SHIFTS: Final[Mapping[str, GateCode]] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class GateReason:
    """One reason not to publish: a blocker, or something to know. `violation` is the broken rule where it is one."""

    code: GateCode
    blocks: bool
    request: str = ""
    shift: str = ""
    count: int = 0
    violation: Violation | None = None

    def sentence(self, lang: str, labels: Labels) -> str:
        """Say it in `lang`, ids replaced by `labels` where there are any."""
        if self.violation is not None:
            return self.violation.sentence(lang)
        return say(f"dispatch.gate-{self.code.value}", lang, **self._values(labels))

    def action(self, lang: str, labels: Labels) -> str:
        """Say what to do about it, in `lang`."""
        if self.violation is not None:
            return self.violation.action(lang)
        return say(f"dispatch.gate-{self.code.value}.do", lang, **self._values(labels))

    def _values(self, labels: Labels) -> dict[str, object]:
        return {"request": labels.request(self.request), "shift": labels.shift(self.shift), "n": self.count}


def reasons_not_to_publish(
    desk: Desk,
    plan: Plan,
    *,
    made_from: str | None = None,
    records: str | None = None,
    undriven: Mapping[str, GateCode] = _NO_SHIFTS,
) -> tuple[GateReason, ...]:
    """Return what stands in the way of publishing `plan`, blockers first; none of these is none at all.

    `made_from` and `records` are what the records' contents were called when the plan was made and are called now
    (`folder_digest` of a plan document); where they differ the plan is older than its records. `undriven` are
    shifts that have a round but that nobody can drive on this day, with what they lack.
    """
    found = (
        *_violations(desk, plan),
        *_time_critical(desk, plan),
        *_undriven(undriven),
        *_outdated(made_from, records),
        *_to_know(desk, plan),
    )
    return tuple(sorted(found, key=lambda reason: not reason.blocks))


def may_publish(reasons: Collection[GateReason]) -> bool:
    """Tell whether none of the reasons is a blocker."""
    return not any(reason.blocks for reason in reasons)


def _violations(desk: Desk, plan: Plan) -> Iterator[GateReason]:
    for item in check(desk.problem, desk.matrix, plan):
        request, shift = item.request or "", item.shift or ""
        yield GateReason(code=GateCode.VIOLATION, blocks=True, request=request, shift=shift, violation=item)


def _time_critical(desk: Desk, plan: Plan) -> Iterator[GateReason]:
    for name in plan.unassigned:
        request = desk.problem.request_by_id.get(name)
        if request is None:
            yield GateReason(code=GateCode.UNKNOWN, blocks=True, request=name)
        elif request.priority is Priority.A:
            yield GateReason(code=GateCode.TIME_CRITICAL, blocks=True, request=name)


def _undriven(undriven: Mapping[str, GateCode]) -> Iterator[GateReason]:
    for shift, code in undriven.items():
        yield GateReason(code=code, blocks=True, shift=shift)


def _outdated(made_from: str | None, records: str | None) -> Iterator[GateReason]:
    if made_from is not None and records is not None and made_from != records:
        yield GateReason(code=GateCode.OUTDATED, blocks=True)


def _to_know(desk: Desk, plan: Plan) -> Iterator[GateReason]:
    known = desk.problem.request_by_id
    others = sum(name in known and known[name].priority is not Priority.A for name in plan.unassigned)
    if others:
        yield GateReason(code=GateCode.LEFT_OUT, blocks=False, count=others)
    if not plan.routes:
        yield GateReason(code=GateCode.NOTHING_PLANNED, blocks=False)
    here = all(route.shift in desk.problem.shift_by_id for route in plan.routes)
    felt = standing(desk, plan) if here and all(step.request in known for step in plan.stops_by_step) else ()
    count = sum(item.code is not WarningCode.LEFT_OUT for item in felt)
    if count:
        yield GateReason(code=GateCode.FELT, blocks=False, count=count)
