"""Who is on duty on a day, and with which vehicle."""

from datetime import date
from typing import Any

import pytest

from routing.day.shifts import shifts_of, vehicles_of
from routing.findings import Severity
from routing.problem import Load
from routing.records.model import Absence, Records, VehicleRecord, Worker
from tests.routing.day.small import DAY, HOUR, SHIFTS, settings, shift

MONDAYS = frozenset({1})


def on(when: date, /, *, absences: tuple[Absence, ...] = (), **changes: Any) -> list[str]:
    """Return the codes or ids of what becomes of one shift on a day."""
    workers = (Worker(id="T", name="Näide"),)
    records = Records(municipality=settings(), workers=workers, shifts=(shift(**changes),), absences=absences)
    shifts, notes = shifts_of(records, when)
    return [found.id for found in shifts] + [note.code for note in notes]


@pytest.mark.parametrize(
    ("day", "changes", "expected"),
    [
        (DAY, {}, ["V"]),
        (date(2026, 11, 28), {}, []),
        (date(2026, 11, 28), {"weekdays": frozenset({6})}, ["V"]),
        (DAY, {"weekdays": MONDAYS}, []),
        (date(2026, 11, 23), {"weekdays": MONDAYS}, ["V"]),
        (DAY, {"day": DAY, "weekdays": frozenset()}, ["V"]),
        (DAY, {"day": date(2026, 11, 24), "weekdays": frozenset()}, []),
        (date(2026, 2, 24), {}, []),
        (date(2026, 2, 24), {"day": date(2026, 2, 24)}, ["V"]),
        (date(2026, 12, 25), {}, []),
        (date(2026, 12, 31), {}, ["V"]),
    ],
)
def test_the_days_of_a_shift(day: date, changes: dict[str, Any], expected: list[str]) -> None:
    """A weekly shift falls on its weekdays but no public holiday, a dated one on its date whatever that is."""
    assert on(day, **changes) == expected


@pytest.mark.parametrize(
    ("first", "last", "worker", "expected"),
    [
        (DAY, DAY, "T", ["day.shift-absent"]),
        (date(2026, 11, 20), DAY, "T", ["day.shift-absent"]),
        (DAY, date(2026, 12, 1), "T", ["day.shift-absent"]),
        (date(2026, 11, 26), date(2026, 12, 1), "T", ["V"]),
        (date(2026, 11, 1), date(2026, 11, 24), "T", ["V"]),
        (DAY, DAY, "TEINE", ["V"]),
    ],
)
def test_absences(first: date, last: date, worker: str, expected: list[str]) -> None:
    """The shift of an absent worker falls out on every day of the absence, both ends included, with a note."""
    assert on(DAY, absences=(Absence(worker=worker, first=first, last=last),)) == expected


def test_the_note_of_an_absence_points_at_the_shift() -> None:
    """The note names shift and worker, and the row in the file."""
    away = (Absence(worker="T", first=DAY, last=DAY),)
    _, notes = shifts_of(Records(municipality=settings(), shifts=(shift(),), absences=away), DAY)
    assert [(note.severity, note.file, note.row) for note in notes] == [(Severity.NOTE, SHIFTS.file, SHIFTS.row)]
    assert all("V" in note.sentence(lang) and "T" in note.sentence(lang) for note in notes for lang in ("et", "en"))


@pytest.mark.parametrize(
    ("changes", "name", "expected"),
    [
        ({}, "earliest", 8 * HOUR),
        ({}, "latest", 16 * HOUR),
        ({"overtime": 1800}, "overtime", 1800),
        ({"max_duration": 7 * HOUR}, "max_duration", 7 * HOUR),
        ({"end_place": "KODU"}, "end_place", "KODU"),
        ({"balance_group": "hooldajad"}, "balance_group", "hooldajad"),
        ({}, "skills", {"koduabi"}),
        ({"worker": "X"}, "skills", set()),
    ],
)
def test_a_shift(changes: dict[str, Any], name: str, expected: object) -> None:
    """A shift takes its own facts and its worker's skills."""
    workers = (Worker(id="T", name="Näide", skills=frozenset({"koduabi"})),)
    shifts, _ = shifts_of(Records(municipality=settings(), workers=workers, shifts=(shift(**changes),)), DAY)
    assert getattr(shifts[0], name) == expected


@pytest.mark.parametrize(
    ("changes", "lengths"),
    [
        ({}, [1800]),
        ({"break_length": 2700}, [2700]),
        ({"end": 14 * HOUR}, []),
        ({"end": 14 * HOUR, "overtime": 60}, [1800]),
    ],
)
def test_breaks(changes: dict[str, Any], lengths: list[int]) -> None:
    """A shift that may last over six hours has a break, due only if it does."""
    shifts, _ = shifts_of(Records(municipality=settings(), shifts=(shift(**changes),)), DAY)
    assert [pause.duration for pause in shifts[0].breaks] == lengths


def test_vehicles() -> None:
    """Vehicles keep layouts, equipment, profile and room for goods."""
    van = VehicleRecord(
        id="B", layouts=(Load(seats=4), Load(wheelchairs=1)), equipment=frozenset({"lift"}), profile="van", goods=9
    )
    (found,) = vehicles_of(Records(municipality=settings(), vehicles=(van,)))
    assert (found.id, found.layouts, found.equipment, found.profile) == ("B", van.layouts, {"lift"}, "van")
    assert found.goods == 9
