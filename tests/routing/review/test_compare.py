"""Who and when changed from one plan to another."""

from dataclasses import replace

import pytest

from routing.plan import Plan
from routing.review.compare import Appointment, ChangeKind, compare
from tests.routing.review.tiny import ANU, HOUR, MARI, MATRIX, MINUTE, day, plan, ride, visit, walk

EVENING = replace(ANU, id="evening", earliest=17 * HOUR, latest=20 * HOUR)
DAY = day(
    visits=(visit("v", "a"), visit("t", "a", crew=2)),
    shipments=(ride("r", "b", "clinic"),),
    shifts=(ANU, MARI, EVENING),
)
T_AT = 12 * HOUR
BEFORE = plan(walk(DAY).visit("v").ride("r").visit("t", T_AT).end(), walk(DAY, "mari").visit("t", T_AT).end())

CASES = {
    "nothing": (BEFORE, {}),
    "a later start": (
        plan(walk(DAY).visit("v", 9 * HOUR).ride("r").visit("t", T_AT).end(), BEFORE.routes[1]),
        {"v": ChangeKind.TIME, "r": ChangeKind.TIME},
    ),
    "another carer": (
        plan(
            walk(DAY).pickup("r", 8 * HOUR + 50 * MINUTE).delivery("r").visit("t", T_AT).end(),
            walk(DAY, "mari").visit("v").visit("t", T_AT).end(),
        ),
        {"v": ChangeKind.WORKER},
    ),
    "another driver": (
        plan(
            walk(DAY).visit("v").visit("t", T_AT).end(),
            walk(DAY, "mari").pickup("r", 8 * HOUR + 50 * MINUTE).delivery("r").visit("t", T_AT).end(),
        ),
        {"r": ChangeKind.WORKER},
    ),
    "the same carer on another shift": (
        plan(walk(DAY).ride("r").visit("t", T_AT).end(), BEFORE.routes[1], walk(DAY, "evening").visit("v").end()),
        {"v": ChangeKind.SHIFT, "r": ChangeKind.TIME},
    ),
    "left out": (
        plan(walk(DAY).visit("v").ride("r").end(), unassigned=("t",)),
        {"t": ChangeKind.DROPPED},
    ),
}


@pytest.mark.parametrize(("after", "expected"), CASES.values(), ids=CASES.keys())
def test_changes_are_named(after: Plan, expected: dict[str, ChangeKind]):
    """Every request that is served differently is one change, in the order of the problem."""
    found = compare(DAY, MATRIX, BEFORE, after)
    back = compare(DAY, MATRIX, after, BEFORE)

    assert {change.request: change.kind for change in found.changes} == expected
    assert len(back.changes) == len(found.changes)
    assert back.difference == -found.difference


def test_a_change_says_who_and_when():
    """Before and after are told with shifts, workers and the beginning; back in the plan is added."""
    after = CASES["a later start"][0]
    change = compare(DAY, MATRIX, BEFORE, after).changes[0]

    assert change.before == Appointment(shifts=("anu",), workers=("w-anu",), start=8 * HOUR + 10 * MINUTE)
    assert change.after == replace(change.before, start=9 * HOUR)
    assert change.moved == 50 * MINUTE

    dropped = CASES["left out"][0]
    (added,) = compare(DAY, MATRIX, dropped, BEFORE).changes
    assert (added.kind, added.before, added.moved) == (ChangeKind.ADDED, None, 0)
    assert added.after == Appointment(shifts=("anu", "mari"), workers=("w-anu", "w-mari"), start=T_AT)


def test_the_dearer_plan_costs_more():
    """Leaving a visit out costs more points than it saves."""
    found = compare(DAY, MATRIX, BEFORE, CASES["left out"][0])

    assert found.difference == found.after.total - found.before.total > 0
