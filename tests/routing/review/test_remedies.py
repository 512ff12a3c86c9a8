"""Each kind of remedy is found on a tiny day, is the smallest that helps, and applied makes the request fit."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings

from routing.matrix import Matrix
from routing.plan import Plan
from routing.problem import Load, Priority, Problem, RideLink, ShiftLock, Vehicle
from routing.review.check import check
from routing.review.explain import explain_unassigned
from routing.review.labels import Labels
from routing.review.remedies import OtherDay, remedies, try_remedy, without
from routing.review.remedy import PRICE, Remedy, RemedyKind
from routing.solver.budget import Budget
from routing.solver.insertion import best_insertion, unit_of
from routing.solver.instance import Instance
from routing.solver.solve import routes_of, solve
from routing.solver.timetable import timetable
from tests.routing.review.tiny import ANU, HOUR, MARI, MATRIX, MINUTE, day, ride, step, visit
from tests.routing.solver.families import BACK, LUNCH, OUT, alone, at, minutes, step_of
from tests.strategies import days

QUICK = Budget(seconds=10, iterations=2)


def planned(problem: Problem, matrix: Matrix = MATRIX) -> Plan:
    """Return a plan of the day."""
    return solve(problem, matrix, budget=QUICK).plan


def offered(problem: Problem, request: str) -> dict[RemedyKind, Remedy]:
    """Return the cheapest remedy of each kind for a request that a plan of the day leaves out."""
    plan = planned(problem)
    assert request in plan.unassigned
    found = remedies(problem, MATRIX, plan, request)
    assert [remedy.points for remedy in found] == sorted(remedy.points for remedy in found)
    for remedy in found:
        assert_it_fits(problem, MATRIX, plan, remedy)
    return {remedy.kind: remedy for remedy in reversed(found)}


def assert_it_fits(problem: Problem, matrix: Matrix, plan: Plan, remedy: Remedy) -> None:
    """Apply a remedy, insert the request, print the times, and let the check judge the whole plan."""
    changed = remedy.apply(problem)
    instance = Instance(changed, matrix)
    left = plan
    if remedy.kind is RemedyKind.INSTEAD:
        gone = unit_of(instance, instance.request_index[remedy.other])
        left = without(plan, {instance.requests[request].id for request in gone})
    routes = routes_of(instance, left)
    candidate = best_insertion(instance, routes, unit_of(instance, instance.request_index[remedy.request]))
    assert candidate is not None
    timed = timetable(instance, candidate.apply(routes))
    assert timed is not None
    assert remedy.request not in timed.unassigned
    assert check(changed, matrix, timed) == ()
    assert set(remedy.goes_to) == {instance.shifts[shift].shift.id for shift, _ in candidate.changes}


VAN = Vehicle(id="van", layouts=(Load(seats=2, wheelchairs=1),), equipment=frozenset({"lift"}))
LATE = visit("x", "clinic", windows=at((15.5, 15.6)))


@pytest.mark.parametrize(
    ("kind", "problem", "request_id", "asked"),
    [
        (RemedyKind.LATER, alone(visits=(visit("x", "c", windows=minutes((0, 10))),)), "x", 20),
        (RemedyKind.EARLIER, alone(visits=(LATE,)), "x", 40),
        (RemedyKind.END_LATER, alone(visits=(LATE,)), "x", 40),
        (RemedyKind.START_EARLIER, alone(visits=(visit("x", "c", windows=minutes((0, 10))),)), "x", 20),
        (
            RemedyKind.LATER,
            alone(shipments=(ride("x", "a", "b", pickup=step("a", windows=minutes((0, 5)))),)),
            "x",
            5,
        ),
        (
            RemedyKind.LATER,
            alone(shipments=(ride("x", "a", "b", delivery=step("b", windows=minutes((0, 5)))),)),
            "x",
            16,
        ),
        (
            RemedyKind.LONGER_RIDE,
            alone(
                shipments=(
                    ride("x", "a", "clinic", pickup=step("a", windows=minutes((10, 15))),
                         delivery=step("clinic", windows=minutes((61, 90))), max_ride=35 * MINUTE),
                )
            ),
            "x",
            10,
        ),
        (
            RemedyKind.LONGER_RIDE,
            alone(
                shipments=(
                    ride("x", "a", "clinic", pickup=step("a", windows=minutes((10, 15))),
                         delivery=step("clinic", windows=minutes((61, 90))), max_ride_percent=110),
                )
            ),
            "x",
            12,
        ),
        (
            RemedyKind.VEHICLE,
            alone(
                vehicles=(Vehicle(id="car-1"), VAN),
                shipments=(ride("x", "a", "b", load=Load(wheelchairs=1), skills=frozenset({"lift"})),),
            ),
            "x",
            0,
        ),
        (
            RemedyKind.VEHICLE,
            alone(vehicles=(Vehicle(id="car-1", goods=2), VAN), visits=(visit("x", "a", goods=3),)),
            "x",
            0,
        ),
        (
            RemedyKind.SKILL,
            alone(visits=(visit("x", "a", skills=frozenset({"medication"})),)),
            "x",
            0,
        ),
        (
            RemedyKind.UNLOCK,
            day(
                shifts=(ANU, replace(MARI, latest=9 * HOUR)),
                visits=(visit("x", "c"),),
                locks=(ShiftLock(shift="mari", requests=("x",)),),
            ),
            "x",
            0,
        ),
    ],
    ids=lambda value: value.value if isinstance(value, RemedyKind) else None,
)  # fmt: skip
def test_a_kind_is_found_and_is_the_smallest(kind: RemedyKind, problem: Problem, request_id: str, asked: int):
    """The remedy asks for just so many minutes; with one less it would not help."""
    remedy = offered(problem, request_id)[kind]

    assert remedy.minutes == asked
    assert remedy.goes_to
    assert remedy.points >= remedy.price == PRICE[kind][0] + PRICE[kind][1] * asked
    if asked > 1:
        assert try_remedy(problem, MATRIX, planned(problem), replace(remedy, minutes=asked - 1)) is None


def test_a_request_that_matters_less_makes_room():
    """INSTEAD names a served request of lower priority, and never one of priority A."""
    dear = visit("x", "a", windows=minutes((30, 40)), priority=Priority.A)
    cheap = visit("y", "b", windows=minutes((30, 40)), priority=Priority.C)
    problem = alone(visits=(dear, cheap))
    instance = Instance(problem, MATRIX)
    wrong = timetable(instance, ((instance.request_index["y"],),))
    right = timetable(instance, ((instance.request_index["x"],),))
    assert wrong is not None
    assert right is not None

    (found,) = [r for r in remedies(problem, MATRIX, wrong, "x") if r.kind is RemedyKind.INSTEAD]

    assert found.other == "y"
    assert_it_fits(problem, MATRIX, wrong, found)
    assert all(r.kind is not RemedyKind.INSTEAD for r in remedies(problem, MATRIX, right, "y"))


def test_a_car_is_not_taken_from_whom_it_serves():
    """Another vehicle is offered only where the whole plan still holds with it."""
    wheelchair = {"load": Load(wheelchairs=1), "skills": frozenset({"lift"})}
    problem = day(
        vehicles=(Vehicle(id="car-1"), VAN),
        shifts=(ANU, replace(MARI, vehicle="van")),
        shipments=(
            ride("x", "a", "b", pickup=step("a", windows=minutes((60, 65))), priority=Priority.C, **wheelchair),
            ride("y", "c", "clinic", pickup=step("c", windows=minutes((60, 65))), **wheelchair),
        ),
    )

    assert RemedyKind.VEHICLE not in offered(problem, "x")


def test_a_return_is_helped_with_its_outbound_ride():
    """What hinders the one ride is asked for by the other, too."""
    problem = alone(
        shipments=(replace(OUT, pickup=step("a", windows=minutes((0, 5)))), BACK),
        links=(RideLink(outbound="out", inbound="back"),),
    )

    remedy = offered(problem, "back")[RemedyKind.LATER]

    assert remedy.step is not None
    assert remedy.step.request == "out"


WEDNESDAY, THURSDAY = date(2026, 11, 25), date(2026, 11, 26)


def other_days(*problems: Problem) -> tuple[OtherDay, ...]:
    """Return the days from Wednesday on, each with a plan without x."""
    found = []
    for number, problem in enumerate(problems):
        plan = planned(replace(problem, visits=tuple(v for v in problem.visits if v.id != "x")))
        found.append(OtherDay(date=WEDNESDAY.replace(day=25 + number), problem=problem, matrix=MATRIX, plan=plan))
    return tuple(found)


def test_a_skill_that_would_help_is_named():
    """The sentence says what the shift lacks, not what it has."""
    problem = alone(visits=(visit("x", "a", skills=frozenset({"medication"})),))
    remedy = offered(problem, "x")[RemedyKind.SKILL]

    assert remedy.skills == ("medication",)
    assert "ravimid" in remedy.sentence("et", Labels(skills={"medication": "ravimid"}))


def test_a_movable_visit_is_offered_another_day():
    """The first day on which it fits into the day's plan is offered, and none to a visit that must be today."""
    movable = visit("x", "nowhere", priority=Priority.C)
    there = replace(movable, place="a")
    full = alone(visits=(there, visit("y", "b", windows=at((8.3, 8.4)), duration=7 * HOUR)))
    free = alone(visits=(there, visit("z", "b")))
    today = alone(visits=(movable,))
    must = alone(visits=(replace(movable, priority=Priority.B),))
    asked = []

    def ask(request: str) -> tuple[OtherDay, ...]:
        asked.append(request)
        return other_days(full, free)

    (found,) = remedies(today, MATRIX, planned(today), "x", other_days=ask)

    assert (found.kind, found.day, found.goes_to) == (RemedyKind.OTHER_DAY, THURSDAY, ("anu",))
    assert found.apply(today) == today
    assert "26.11.2026" in found.sentence("et", Labels())
    assert remedies(must, MATRIX, planned(must), "x", other_days=ask) == ()
    assert asked == ["x"]


def test_where_nothing_helps_nothing_is_offered():
    """A place that no road reaches stays unreached."""
    problem = alone(visits=(visit("x", "nowhere"),))

    assert remedies(problem, MATRIX, planned(problem), "x") == ()


def test_locks_of_others_stay():
    """Releasing a request's lock leaves the locks of other requests alone."""
    mine, other = ShiftLock(shift="anu", requests=("x",)), ShiftLock(shift="mari", requests=("y",))
    problem = day(visits=(visit("x", "a"), visit("y", "b")), locks=(mine, other))

    assert Remedy(kind=RemedyKind.UNLOCK, request="x").apply(problem).locks == (other,)


def test_windows_that_meet_are_joined():
    """A window that grows into the next becomes one with it."""
    problem = alone(visits=(visit("x", "a", windows=minutes((10, 20), (60, 70))),))
    grown = Remedy(kind=RemedyKind.LATER, request="x", minutes=45, step=step_of("x")).apply(problem)

    assert grown.visits[0].windows == minutes((10, 115))


def test_a_break_is_kept_when_a_remedy_is_verified():
    """A shift that would lose its break is no help."""
    problem = day(
        shifts=(replace(ANU, breaks=(LUNCH,)),),
        visits=(visit("x", "a", windows=at((11.5, 11.6)), duration=2 * HOUR),),
    )

    for remedy in offered(problem, "x").values():
        assert remedy.kind in (RemedyKind.LATER, RemedyKind.EARLIER)


@settings(deadline=None, max_examples=8, derandomize=True, suppress_health_check=[HealthCheck.too_slow], database=None)
@given(days((1, 20)))
def test_every_remedy_of_a_random_day_fits(drawn: tuple[Problem, Matrix]):
    """Whatever is left out has a reason on every shift; what is offered, applied, gives a plan the check accepts."""
    problem, matrix = drawn
    plan = planned(problem, matrix)

    for explained in explain_unassigned(problem, matrix, plan):
        assert [blocked.shift for blocked in explained.blocked] == [shift.id for shift in problem.shifts]
        for remedy in explained.remedies:
            assert_it_fits(problem, matrix, plan, remedy)
