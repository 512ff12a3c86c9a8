"""Which cells of which record a remedy changes, and which remedies are not for a machine to write down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from api.desk.laid_out import OpenDay
from api.desk.record_set import RecordSet
from api.wording import say
from routing.dispatch.remedying import Field, Subject, Touch
from routing.problem import Visit

_SHIFT_CELLS: Final = {
    Field.END: "end",
    Field.START: "start",
    Field.MAX_DURATION: "max_duration",
    Field.VEHICLE: "vehicle",
}
_RIDE_CELLS: Final = {Field.PICKUP: "pickup", Field.DELIVERY: "arrival"}


@dataclass(frozen=True, kw_only=True)
class Edit:
    """Cells of one record that get new text; or `refusal`, the key of a sentence that says why none does.

    `take_off` is a request that leaves the plan instead. `note` is the key of what is to be known before.
    """

    sheet: str = ""
    key: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)
    take_off: str = ""
    refusal: str = ""
    note: str = ""

    def note_in(self, lang: str) -> str:
        """Say why it is refused, or what is to be known; empty where nothing is."""
        key = self.refusal or self.note
        return say(key, lang) if key else ""

    def cells_in(self, rows: RecordSet) -> dict[str, str] | None:
        """Return all cells of the record with the edit, None where the record is not there."""
        found = next((row for row in rows.rows.get(self.sheet, ()) if row.key == self.key), None)
        return None if found is None else {**found.cells, **self.cells}


def edit_of(opened: OpenDay, touch: Touch) -> Edit:
    """Return what a touch of a remedy changes in the records of an open day."""
    match touch.subject:
        case Subject.SHIFT:
            return _shift_edit(opened, touch)
        case Subject.REQUEST:
            return _request_edit(opened, touch)
        case Subject.PLAN:
            return Edit(take_off=touch.id)
        case Subject.LOCK:
            return Edit(refusal="plans.remedy-fixed")


def _shift_edit(opened: OpenDay, touch: Touch) -> Edit:
    record = next((shift for shift in opened.day.records.shifts if shift.id == touch.id), None)
    if touch.field is Field.SKILLS:
        return Edit(refusal="plans.remedy-skill")
    if record is None or not touch.after:
        return Edit(refusal="plans.remedy-fixed")
    note = "" if record.day is not None else "plans.remedy-weekly"
    return Edit(sheet="shifts", key=touch.id, cells={_SHIFT_CELLS[touch.field]: touch.after}, note=note)


def _request_edit(opened: OpenDay, touch: Touch) -> Edit:
    subject = opened.day.subjects[touch.id]
    sheet = "visits" if isinstance(opened.day.problem.request_by_id[touch.id], Visit) else "rides"
    key = subject.record.id
    if touch.field is Field.MAX_RIDE:
        return Edit(sheet=sheet, key=key, cells=_limits(touch.after))
    if subject.is_return:
        return Edit(refusal="plans.remedy-return")
    if touch.field is Field.DAY:
        return Edit(sheet=sheet, key=key, cells={"day": touch.after})
    if touch.field is Field.WINDOWS:
        return Edit(sheet=sheet, key=key, cells={"windows": touch.after})
    cell = _RIDE_CELLS[touch.field]
    if not getattr(subject.record, cell):
        return Edit(refusal="plans.remedy-fixed")
    return Edit(sheet=sheet, key=key, cells={cell: touch.after})


def _limits(text: str) -> dict[str, str]:
    """Return the cells of a ride's limits of `45; 150 %`, either part or both."""
    parts = [part.strip() for part in text.split(";") if part.strip()]
    return {"max_ride_percent" if part.endswith("%") else "max_ride": part.removesuffix("%").strip() for part in parts}
