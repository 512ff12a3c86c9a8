"""Moves by hand on tiny days: what is refused with which rule, what only warns, and what stays as it was."""

from dataclasses import replace
from typing import Any

import pytest

from routing.dispatch.desk import Desk
from routing.dispatch.move import move, reorder, shift_time, swap, unassign
from routing.dispatch.warnings import WarningCode, standing
from routing.errors import UsageError
from routing.plan import Plan
from routing.problem import Break, Load, Promise, SequenceLock, ShiftLock, Step, StepKind, TimeLock, TimeWindow
from routing.review.check import check
from routing.review.codes import ViolationCode as Rule
from routing.review.labels import Labels
from tests.routing.dispatch.planned import order, planned, start
from tests.routing.review.tiny import ANU, HOUR, MARI, MATRIX, MINUTE, day, ride, visit
from tests.routing.solver.families import at, step_of

ONE = Plan(routes=(), unassigned=("x",))
NOON = TimeWindow(earliest=12 * HOUR, latest=12 * HOUR)
LUNCH = Break(duration=30 * MINUTE, window=TimeWindow(earliest=11 * HOUR, latest=13 * HOUR), required_after=2 * HOUR)


@pytest.mark.parametrize(
    ("parts", "how", "rule"),
    [
        ({"visits": (visit("x", "a", skills=frozenset({"lifting"})),)}, {}, Rule.LACKS_SKILL),
        ({"visits": (visit("x", "a", forbidden=frozenset({"w-anu"})),)}, {}, Rule.FORBIDDEN_WORKER),
        ({"shipments": (ride("x", "a", "b", load=Load(seats=5)),)}, {}, Rule.OVERLOADED),
        ({"shipments": (ride("x", "a", "clinic", max_ride=60),)}, {}, Rule.RIDE_TOO_LONG),
        ({"visits": (visit("x", "nowhere"),)}, {}, Rule.UNREACHABLE),
        ({"visits": (visit("x", "a", windows=at((3, 4))),)}, {}, Rule.OUTSIDE_WINDOW),
        ({"visits": (visit("x", "a", windows=at((9, 10))),)}, {"begin": 11 * HOUR}, Rule.OUTSIDE_WINDOW),
        ({"visits": (visit("x", "a", windows=at((15.9, 16))),)}, {}, Rule.RETURNS_LATE),
        ({"visits": (visit("x", "a"),)}, {"begin": 8 * HOUR}, Rule.BEGINS_BEFORE_ARRIVAL),
        (
            {"visits": (visit("x", "a"),), "locks": (ShiftLock(shift="mari", requests=("x",)),)},
            {},
            Rule.LOCK_SHIFT,
        ),
        (
            {"visits": (visit("x", "a"),), "locks": (TimeLock(step=step_of("x"), window=NOON),)},
            {"begin": 13 * HOUR},
            Rule.LOCK_TIME,
        ),
        (
            {"visits": (visit("x", "a", duration=6 * HOUR),), "shifts": (replace(ANU, breaks=(LUNCH,)), MARI)},
            {"begin": 9 * HOUR},
            Rule.BREAK_MISSING,
        ),
    ],
)
def test_hard_rules_refuse(parts: dict[str, Any], how: dict[str, int], rule: Rule):
    """No plan comes back, but every rule that it would break, the expected one among them."""
    desk = Desk(problem=day(**parts), matrix=MATRIX)

    found = move(desk, ONE, "x", "anu", **how)

    assert found.refused
    assert found.plan is None
    assert rule in {violation.code for violation in found.violations}
    assert all(violation.sentence("et") for violation in found.violations)


@pytest.mark.parametrize(
    ("parts", "how", "warning"),
    [
        (
            {"visits": (visit("x", "a", windows=at((9, 10)), max_lateness=HOUR),)},
            {"begin": 10 * HOUR + 20 * MINUTE},
            WarningCode.LATE,
        ),
        (
            {"visits": (visit("x", "a", windows=at((15.5, 15.8))),), "shifts": (replace(ANU, overtime=HOUR), MARI)},
            {},
            WarningCode.OVERTIME,
        ),
        ({"visits": (visit("x", "a", regular=frozenset({"w-mari"})),)}, {}, WarningCode.NEW_CARER),
        ({"visits": (visit("x", "a", preferred=frozenset({"w-mari"})),)}, {}, WarningCode.NOT_PREFERRED),
        (
            {"visits": (visit("x", "a"),), "promises": (Promise(request="x", worker="w-mari", start=9 * HOUR),)},
            {"begin": 9 * HOUR},
            WarningCode.CHANGED_CARER,
        ),
        (
            {"visits": (visit("x", "a"),), "promises": (Promise(request="x", worker="w-anu", start=9 * HOUR),)},
            {"begin": 12 * HOUR},
            WarningCode.CHANGED_TIME,
        ),
    ],
)
def test_soft_rules_warn(parts: dict[str, Any], how: dict[str, int], warning: WarningCode):
    """The plan comes back, sound, with what people will feel."""
    desk = Desk(problem=day(**parts), matrix=MATRIX)

    found = move(desk, ONE, "x", "anu", **how)

    assert found.plan is not None
    assert check(desk.problem, MATRIX, found.plan) == ()
    assert [item.code for item in found.warnings] == [warning]
    assert all(found.warnings[0].sentence(lang, Labels(requests={"x": "Aino"})) for lang in ("et", "en", "ru"))


@pytest.mark.parametrize("position", [0, 1, 2])
def test_a_position_is_kept(position: int):
    """The request becomes the stop that was asked for, and the others stay in their order."""
    desk, plan = planned(day(shifts=(ANU, MARI), visits=(visit("p", "a"), visit("q", "b"), visit("x", "c"))))
    bare = unassign(desk, plan, "x").plan
    assert bare is not None
    before = order(bare, bare.routes[0].shift)

    found = move(desk, bare, "x", bare.routes[0].shift, position=position).plan

    assert found is not None
    assert order(found, bare.routes[0].shift) == [*before[:position], "x", *before[position:]]


def test_everybody_else_keeps_their_times():
    """A stop is not moved for the sake of a shorter day: only what must give way does."""
    fixed = tuple(visit(f"v{hour}", "a", windows=at((hour, hour + 1))) for hour in (9, 11, 13))
    desk, plan = planned(day(shifts=(ANU, MARI), visits=(*fixed, visit("x", "a", windows=at((10, 11))))))
    told = {visit.id: start(plan, visit.id) for visit in fixed}

    off = unassign(desk, plan, "x")
    assert off.plan is not None
    on = move(desk, off.plan, "x", "mari", begin=10 * HOUR + 15 * MINUTE)
    assert on.plan is not None

    assert {name: start(on.plan, name) for name in told} == told
    assert start(on.plan, "x") == 10 * HOUR + 15 * MINUTE
    assert on.delays == ()


def test_told_times_are_come_back_to():
    """Who was pushed by a request returns to the time that was told once it is gone."""
    problem = day(shifts=(ANU, MARI), visits=(visit("y", "a"), visit("x", "a", windows=at((9, 9.1)))))
    plain = Desk(problem=problem, matrix=MATRIX)
    first = move(plain, Plan(routes=(), unassigned=("y", "x")), "y", "anu", begin=9 * HOUR).plan
    assert first is not None
    desk = Desk(problem=problem, matrix=MATRIX, told=first)

    pushed = move(desk, first, "x", "anu", position=0).plan
    assert pushed is not None
    assert start(pushed, "y") > 9 * HOUR
    freed = move(desk, pushed, "x", "mari").plan
    assert freed is not None
    assert start(freed, "y") == 9 * HOUR


def test_a_shifted_time_finds_its_place_in_the_row():
    """A visit that is to begin after another one comes after it."""
    desk, plan = planned(
        day(shifts=(ANU,), visits=(visit("x", "a", windows=at((8, 15))), visit("y", "b", windows=at((9, 10)))))
    )

    found = shift_time(desk, plan, "x", 12 * HOUR)

    assert found.plan is not None
    assert start(found.plan, "x") == 12 * HOUR
    assert order(found.plan, "anu") == ["y", "x"]


def test_a_crew_is_shifted_together():
    """Both carers begin at the time that was asked for."""
    desk, plan = planned(day(visits=(visit("x", "a", crew=2),)))

    found = shift_time(desk, plan, "x", 11 * HOUR)

    assert found.plan is not None
    begins = [stop.start for route in found.plan.routes for stop in route.stops if stop.request == "x"]
    assert begins == [11 * HOUR, 11 * HOUR]
    assert shift_time(desk, plan, "x", 8 * HOUR).refused


def test_another_order():
    """The stops come in the order asked for, or the rule that forbids it is named."""
    desk, plan = planned(day(shifts=(ANU,), visits=(visit("x", "a"), visit("y", "b"), visit("z", "c"))))
    turned = [step_of(name) for name in reversed(order(plan, "anu"))]

    found = reorder(desk, plan, "anu", turned)
    assert found.plan is not None
    assert order(found.plan, "anu") == [step.request for step in turned]

    lock = SequenceLock(shift="anu", steps=tuple(reversed(turned)))
    locked = Desk(problem=replace(desk.problem, locks=(lock,)), matrix=MATRIX)
    assert {v.code for v in reorder(locked, plan, "anu", turned).violations} == {Rule.LOCK_ORDER}


def test_a_ride_cannot_end_before_it_begins():
    """An order that drops somebody before picking her up is refused."""
    desk, plan = planned(day(shifts=(ANU,), shipments=(ride("x", "a", "b"),)))
    turned = [Step(request="x", kind=kind) for kind in (StepKind.DELIVERY, StepKind.PICKUP)]

    assert Rule.RIDE_REVERSED in {v.code for v in reorder(desk, plan, "anu", turned).violations}


def test_two_requests_exchange_shifts():
    """Each goes to where the other was."""
    near, far = visit("x", "a", regular=frozenset({"w-anu"})), visit("y", "c", regular=frozenset({"w-mari"}))
    desk, plan = planned(day(visits=(near, far)))
    assert (order(plan, "anu"), order(plan, "mari")) == (["x"], ["y"])

    found = swap(desk, plan, "x", "y")

    assert found.plan is not None
    assert (order(found.plan, "anu"), order(found.plan, "mari")) == (["y"], ["x"])
    assert {item.code for item in found.warnings} == {WarningCode.NEW_CARER}


def test_an_exchange_that_a_rule_forbids():
    """The rule is named, as for any move."""
    near, far = visit("x", "a", forbidden=frozenset({"w-mari"})), visit("y", "c", forbidden=frozenset({"w-anu"}))
    desk, plan = planned(day(visits=(near, far)))

    assert {v.code for v in swap(desk, plan, "x", "y").violations} == {Rule.FORBIDDEN_WORKER}


def test_what_was_broken_before_refuses_nothing():
    """After a record has changed, the rest of the plan can be worked on; what is broken is shown."""
    desk, plan = planned(day(shifts=(ANU, MARI), visits=(visit("x", "a"), visit("y", "b"))))
    changed = replace(desk.problem, visits=(visit("x", "a", windows=at((3, 4))), visit("y", "b")))
    other = "mari" if plan.routes[0].shift == "anu" else "anu"

    found = move(Desk(problem=changed, matrix=MATRIX), plan, "y", other)

    assert found.plan is not None
    assert {item.code for item in found.standing} == {Rule.OUTSIDE_WINDOW}


def test_faults_of_the_caller():
    """What cannot be asked is a usage error that says what can."""
    desk, plan = planned(day(shifts=(ANU, MARI), visits=(visit("x", "a"), visit("y", "nowhere"))))

    with pytest.raises(UsageError, match="position 7 is not on this route; it has positions 0 to"):
        move(desk, plan, "x", "anu", position=7)
    with pytest.raises(UsageError, match="'y' is not planned"):
        shift_time(desk, plan, "y", 9 * HOUR)
    with pytest.raises(UsageError, match="must each be planned on one shift"):
        swap(desk, plan, "x", "y")
    with pytest.raises(UsageError, match="other stops than"):
        reorder(desk, plan, plan.routes[0].shift, [])
    assert [item.code for item in standing(desk, plan)] == [WarningCode.LEFT_OUT]
