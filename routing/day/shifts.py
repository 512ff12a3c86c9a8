"""The shifts of a day: who is on duty with which vehicle."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from routing.findings import Finding, Severity
from routing.problem import Shift, Vehicle
from routing.records.model import Records, ShiftRecord
from routing.rules.calendar import is_holiday
from routing.rules.working_time import break_for_shift


def shifts_of(records: Records, day: date) -> tuple[tuple[Shift, ...], tuple[Finding, ...]]:
    """Return the shifts of `day` without those of absent workers, and a note about each that falls out."""
    away = {absence.worker for absence in records.absences if absence.first <= day <= absence.last}
    skills = {worker.id: worker.skills for worker in records.workers}
    shifts, notes = [], []
    for record in _due(records, day):
        if record.worker in away:
            notes.append(
                Finding(
                    code="day.shift-absent",
                    severity=Severity.NOTE,
                    file=record.origin.file,
                    row=record.origin.row,
                    found=record.id,
                    details={"worker": record.worker},
                )
            )
        else:
            shifts.append(_shift(record, skills.get(record.worker, frozenset())))
    return tuple(shifts), tuple(notes)


def vehicles_of(records: Records) -> tuple[Vehicle, ...]:
    """Return the vehicles with their seat layouts and their room for goods."""
    return tuple(
        Vehicle(
            id=vehicle.id,
            layouts=vehicle.layouts,
            equipment=vehicle.equipment,
            profile=vehicle.profile,
            goods=vehicle.goods,
        )
        for vehicle in records.vehicles
    )


def _due(records: Records, day: date) -> Iterator[ShiftRecord]:
    """Yield the shifts dated `day`, and the weekly ones of its weekday unless it is a public holiday."""
    for record in records.shifts:
        weekly = record.day is None and day.isoweekday() in record.weekdays and not is_holiday(day)
        if record.day == day or weekly:
            yield record


def _shift(record: ShiftRecord, skills: frozenset[str]) -> Shift:
    pause = break_for_shift(record.start, record.end + record.overtime, record.break_length)
    return Shift(
        id=record.id,
        worker=record.worker,
        vehicle=record.vehicle,
        start_place=record.start_place,
        end_place=record.end_place,
        earliest=record.start,
        latest=record.end,
        overtime=record.overtime,
        max_duration=record.max_duration,
        breaks=() if pause is None else (pause,),
        skills=skills,
        balance_group=record.balance_group,
    )
