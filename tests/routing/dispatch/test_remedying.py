"""A remedy that is applied says which field of what changes from which value to which."""

from dataclasses import replace
from datetime import date

import pytest

from routing.dispatch.remedying import Field, Subject, apply_remedy
from routing.errors import UsageError
from routing.problem import ShiftLock, StepKind, Vehicle
from routing.review.labels import Labels
from routing.review.remedy import Remedy, RemedyKind
from tests.routing.review.tiny import ANU, CAR, HOUR, MARI, day, ride, step, visit
from tests.routing.solver.families import at, step_of

PROBLEM = day(
    vehicles=(CAR, replace(CAR, id="car-2"), Vehicle(id="van")),
    shifts=(replace(ANU, max_duration=7 * HOUR), MARI),
    visits=(visit("x", "a", windows=at((9, 10), (14, 15)), skills=frozenset({"lifting"})), visit("y", "b")),
    shipments=(ride("r", "a", "b", pickup=step("a", windows=at((9, 10))), max_ride=2700, max_ride_percent=150),),
    locks=(ShiftLock(shift="anu", requests=("x",)),),
)
CASES = [
    (
        Remedy(kind=RemedyKind.LATER, request="x", minutes=20, step=step_of("x")),
        (Subject.REQUEST, "x", Field.WINDOWS, "09:00-10:00, 14:00-15:00", "09:00-10:20, 14:00-15:20"),
    ),
    (
        Remedy(kind=RemedyKind.EARLIER, request="r", minutes=30, step=step_of("r", StepKind.PICKUP)),
        (Subject.REQUEST, "r", Field.PICKUP, "09:00-10:00", "08:30-10:00"),
    ),
    (
        Remedy(kind=RemedyKind.LATER, request="r", minutes=30, step=step_of("r", StepKind.DELIVERY)),
        (Subject.REQUEST, "r", Field.DELIVERY, "00:00-00:00+1", "00:00-00:30+1"),
    ),
    (
        Remedy(kind=RemedyKind.LONGER_RIDE, request="r", minutes=5, step=step_of("r", StepKind.PICKUP), direct=600),
        (Subject.REQUEST, "r", Field.MAX_RIDE, "45; 150 %", "50; 200 %"),
    ),
    (
        Remedy(kind=RemedyKind.END_LATER, request="x", minutes=15, shift="anu"),
        (Subject.SHIFT, "anu", Field.END, "16:00", "16:15"),
    ),
    (
        Remedy(kind=RemedyKind.START_EARLIER, request="x", minutes=15, shift="anu"),
        (Subject.SHIFT, "anu", Field.START, "08:00", "07:45"),
    ),
    (
        Remedy(kind=RemedyKind.LONGER_DAY, request="x", minutes=15, shift="anu"),
        (Subject.SHIFT, "anu", Field.MAX_DURATION, "420", "435"),
    ),
    (
        Remedy(kind=RemedyKind.VEHICLE, request="x", shift="anu", vehicle="van"),
        (Subject.SHIFT, "anu", Field.VEHICLE, "car-1", "van"),
    ),
    (
        Remedy(kind=RemedyKind.SKILL, request="x", shift="anu", skills=("lifting",)),
        (Subject.SHIFT, "anu", Field.SKILLS, "", "lifting"),
    ),
    (Remedy(kind=RemedyKind.UNLOCK, request="x"), (Subject.LOCK, "x", Field.LOCKS, "1", "0")),
    (Remedy(kind=RemedyKind.INSTEAD, request="x", other="y"), (Subject.PLAN, "y", Field.UNASSIGNED, "", "x")),
    (
        Remedy(kind=RemedyKind.OTHER_DAY, request="x", day=date(2026, 11, 24)),
        (Subject.REQUEST, "x", Field.DAY, "", "2026-11-24"),
    ),
]


@pytest.mark.parametrize(
    ("remedy", "expected"), CASES, ids=[case[0].kind.value + str(i) for i, case in enumerate(CASES)]
)
def test_what_a_remedy_touches(remedy: Remedy, expected: tuple[Subject, str, Field, str, str]):
    """The changed problem comes with the field, by what it is called and as it is written in a cell."""
    found = apply_remedy(PROBLEM, remedy)

    (touch,) = found.touches
    assert (touch.subject, touch.id, touch.field, touch.before, touch.after) == expected
    assert found.problem == remedy.apply(PROBLEM)
    assert all(touch.sentence(lang, Labels()) for lang in ("et", "en", "ru"))


def test_every_kind_is_tried():
    """The table above leaves no kind of remedy out."""
    assert {remedy.kind for remedy, _ in CASES} == set(RemedyKind)


@pytest.mark.parametrize(
    "remedy",
    [
        Remedy(kind=RemedyKind.LATER, request="gone", minutes=5, step=step_of("gone")),
        Remedy(kind=RemedyKind.END_LATER, request="x", minutes=5, shift="gone"),
        Remedy(kind=RemedyKind.VEHICLE, request="x", shift="anu", vehicle="gone"),
        Remedy(kind=RemedyKind.LATER, request="x", minutes=5),
    ],
)
def test_a_remedy_of_another_day(remedy: Remedy):
    """What the day does not have any more cannot be changed."""
    with pytest.raises(UsageError):
        apply_remedy(PROBLEM, remedy)
