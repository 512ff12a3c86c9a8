"""Rounds of a plan that nobody can drive any more, and why: what the records say of their shifts today."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from api.desk.laid_out import LaidOut
from api.desk.record_set import about_row
from routing.dispatch.publishing import GateCode
from routing.plan import Plan

_LACKS: Final[Mapping[str, GateCode]] = {
    "worker": GateCode.NO_WORKER,
    "vehicle": GateCode.NO_VEHICLE,
    "start_place": GateCode.NO_PLACE,
    "end_place": GateCode.NO_PLACE,
}
"""What a shift lacks, by the column at fault: such a row is left out of the day."""


def undriven_rounds(laid: LaidOut, plan: Plan) -> Mapping[str, GateCode]:
    """Return the shifts with a round in `plan` that the day does not have, each with the first thing it lacks."""
    known = laid.day.problem.shift_by_id
    return {route.shift: _lack(laid, route.shift) for route in plan.routes if route.shift not in known}


def _lack(laid: LaidOut, shift: str) -> GateCode:
    if any(finding.code == "day.shift-absent" and finding.found == shift for finding in laid.day.findings):
        return GateCode.AWAY
    faults = {finding.field for finding in about_row(laid.folder.findings, "shifts", shift)}
    return next((code for field, code in _LACKS.items() if field in faults), GateCode.NO_SHIFT)
