"""Printed times are the best there are, and each rule of the timing model shows when it is left out."""

from dataclasses import replace

import pytest

from routing.plan import Plan, StopKind
from routing.problem import Break, Gap, Objective, Problem, Promise, RideLink, TimeLock, TimeWindow, Waiting
from routing.review.check import check
from routing.review.codes import ViolationCode
from routing.solver import timetable as timetable_module
from routing.solver.insertion import insert_all, without
from routing.solver.instance import Instance
from routing.solver.timetable import QUICK, Timetables, timetable
from routing.solver.timing_model import TimingModel
from tests.days import random_day
from tests.routing.review.tiny import ANU, FERRY, HOUR, MARI, MATRIX, MINUTE, day, ride, step, visit
from tests.routing.solver.families import BACK, MORNING, OUT, alone, at, minutes, step_of


def timed(problem: Problem, *orders: str) -> Plan | None:
    """Return the plan of one order of stops per shift; each stop is a visit, `ride+` or `ride-`."""
    known = Instance(problem, MATRIX)
    routes = []
    for order in orders:
        sequence = []
        for name in order.split():
            first, *last = known.nodes_of_request[known.request_index[name.rstrip("+-")]]
            sequence.append(last[0] if name.endswith("-") else first)
        routes.append(tuple(sequence))
    routes += [()] * (len(problem.shifts) - len(routes))
    plan = timetable(known, tuple(routes))
    return plan if plan is None else replace(plan, unassigned=plan.unassigned)


def sound(problem: Problem, *orders: str) -> Plan:
    """Return the plan after checking it."""
    plan = timed(problem, *orders)
    assert plan is not None
    assert check(problem, MATRIX, plan) == ()
    return plan


def start_of(plan: Plan, name: str, kind: str = "visit") -> int:
    """Return when a stop begins, in minutes after eight o'clock."""
    stop = next(s for route in plan.routes for s in route.stops if s.request == name and s.kind == kind)
    return (stop.start - 8 * HOUR) // MINUTE


def test_nobody_leaves_home_earlier_than_sensible():
    """The shift leaves so that it arrives when the window opens."""
    plan = sound(alone(visits=(visit("x", "a", windows=at((12, 13))),)), "x")

    (route,) = plan.routes
    assert route.stops[0].departure == 12 * HOUR - 10 * MINUTE
    assert route.stops[1].arrival == route.stops[1].start == 12 * HOUR


def test_nobody_waits_on_board_longer_than_needed():
    """A rider is collected late rather than kept waiting aboard for her arrival window."""
    problem = alone(shipments=(ride("r", "a", "clinic", delivery=step("clinic", windows=at((12, 12.5)))),))

    plan = sound(problem, "r+ r-")

    assert start_of(plan, "r", "delivery") == 240
    assert start_of(plan, "r", "pickup") == 240 - 30 - 1


def test_a_published_time_is_kept_where_that_is_cheaper():
    """A promise pulls the beginning to within what counts as no change."""
    problem = alone(visits=(visit("x", "a"),), promises=(Promise(request="x", worker="w-anu", start=12 * HOUR),))

    assert abs(start_of(sound(problem, "x"), "x") - 240) <= problem.objective.free_change // MINUTE


def test_lateness_is_as_small_as_it_can_be():
    """Behind its window a visit begins at once; a second window that opens in time is used instead."""
    first = visit("x", "a", duration=HOUR, windows=minutes((10, 10)))
    late = visit("y", "b", windows=minutes((20, 20)), max_lateness=2 * HOUR)
    again = replace(late, windows=minutes((20, 20), (100, 110)))

    assert start_of(sound(alone(visits=(first, late)), "x y"), "y") == 80
    assert start_of(sound(alone(visits=(first, again)), "x y"), "y") == 100


def test_the_greatest_lateness_outweighs_a_promise():
    """Where only the greatest lateness weighs, it alone keeps a visit from moving to the time that was published."""
    promise = Promise(request="x", worker="w-anu", start=MORNING + 150 * MINUTE)
    problem = alone(
        visits=(visit("x", "a", windows=minutes((30, 30)), max_lateness=3 * HOUR),),
        promises=(promise,),
        objective=Objective(late_minute=0),
    )
    weighed = replace(problem, objective=Objective(late_minute=0, greatest_late_minute=500))

    assert start_of(sound(problem, "x"), "x") == 140
    assert start_of(sound(weighed, "x"), "x") == 30


def test_a_ferry_is_caught():
    """A visit on the island lies between two boats."""
    problem = alone(visits=(visit("x", "isle"),), crossings=(FERRY,))

    kinds = [stop.kind for stop in sound(problem, "x").routes[0].stops]

    assert kinds == [
        StopKind.START, StopKind.BOARD, StopKind.LAND, StopKind.VISIT, StopKind.BOARD, StopKind.LAND, StopKind.END
    ]  # fmt: skip


def test_no_timetable_is_none():
    """An order that misses a window has no timetable."""
    problem = alone(visits=(visit("x", "a", windows=minutes((10, 10))), visit("y", "b", windows=minutes((20, 20)))))

    assert timed(problem, "x y") is None


def test_a_break_that_is_not_due_is_not_taken():
    """A short route goes without its break."""
    lunch = Break(duration=30 * MINUTE, window=TimeWindow(earliest=8 * HOUR, latest=16 * HOUR), required_after=6 * HOUR)
    problem = day(shifts=(replace(ANU, breaks=(lunch,)),), visits=(visit("x", "a"),))

    assert sound(problem, "x").routes[0].break_time == 0


WIDE = TimeWindow(earliest=9 * HOUR, latest=12 * HOUR)
PAUSES = (Break(duration=30 * MINUTE, window=WIDE), Break(duration=15 * MINUTE, window=WIDE))
RIDE_AND_BACK = alone(shipments=(OUT, BACK), links=(RideLink(outbound="out", inbound="back", minimum_stay=2 * HOUR),))
CASES = (
    ("_add_ties", alone(visits=(visit("x", "a"), visit("y", "a")), gaps=(Gap(first="x", second="y", minimum=HOUR),)),
     ("x y",), ViolationCode.GAP),
    ("_add_ties", RIDE_AND_BACK, ("out+ out- back+ back-",), ViolationCode.STAY_TOO_SHORT),
    ("_add_ties", alone(
        shipments=(
            ride("r", "a", "clinic", pickup=step("a", windows=at((9, 11.9))), max_ride=HOUR),
            ride("x", "b", "b", pickup=step("b", duration=29 * MINUTE, windows=at((12, 13)))),
        ),
        promises=(Promise(request="r", worker="w-anu", start=9 * HOUR),),
    ), ("r+ x+ x- r-",), ViolationCode.RIDE_TOO_LONG),
    ("_add_shared", day(shifts=(ANU, replace(MARI, vehicle="car-1")), visits=(visit("x", "a"), visit("y", "b"))),
     ("x", "y"), ViolationCode.VEHICLE_TWICE),
    ("_add_due", day(shifts=(replace(ANU, breaks=PAUSES[:1]),), visits=(visit("x", "a"),)),
     ("x",), ViolationCode.BREAK_MISSING),
    ("_add_duration", day(
        shifts=(replace(ANU, max_duration=4 * HOUR),),
        visits=(visit("x", "a"), visit("y", "b", windows=at((15, 15.2)))),
    ), ("x y",), ViolationCode.ROUTE_TOO_LONG),
)  # fmt: skip


@pytest.mark.parametrize(("part", "problem", "orders", "code"), CASES, ids=lambda value: str(value)[:24])
def test_each_part_of_the_model_holds_a_rule(
    monkeypatch: pytest.MonkeyPatch, part: str, problem: Problem, orders: tuple[str, ...], code: ViolationCode
):
    """The plan is sound with the part; without it the printed times break its rule."""
    sound(problem, *orders)
    monkeypatch.setattr(TimingModel, part, lambda *_: None)
    monkeypatch.setattr(TimingModel, "hint", lambda *_: None)

    plan = timed(problem, *orders)

    assert plan is not None
    assert code in {violation.code for violation in check(problem, MATRIX, plan)}


def test_two_breaks_do_not_overlap():
    """Breaks whose windows overlap follow each other."""
    problem = day(shifts=(replace(ANU, breaks=PAUSES),), visits=(visit("x", "a"), visit("y", "b")))

    assert sound(problem, "x y").routes[0].break_time == 45 * MINUTE


def test_the_earliest_timetable_stands_in(monkeypatch: pytest.MonkeyPatch):
    """Where the solver finds nothing in its time, the earliest times are printed, and they are sound."""
    monkeypatch.setattr(timetable_module.Timetables.plan, "__kwdefaults__", {"work": 0.0})
    monkeypatch.setattr(TimingModel, "hint", lambda *_: None)

    sound(RIDE_AND_BACK, "out+ out- back+ back-")


def test_a_group_of_routes_is_timed_once(monkeypatch: pytest.MonkeyPatch):
    """Routes that did not change keep their times without being timed again."""
    calls = []
    real = timetable_module.time_afresh
    monkeypatch.setattr(timetable_module, "time_afresh", lambda *given: calls.append(given) or real(*given))
    times = Timetables(Instance(day(visits=(visit("x", "a"), visit("y", "b"))), MATRIX))

    times.plan(((0,), (1,)))
    times.plan(((0,), ()))
    times.plan(((0,), (1,)))

    assert len(calls) == 2


def test_a_time_lock_holds_exactly():
    """A locked step begins inside its lock, whatever its own windows say."""
    lock = TimeLock(step=step_of("x"), window=TimeWindow(earliest=10 * HOUR, latest=10 * HOUR))
    problem = alone(visits=(visit("x", "a", windows=minutes((10, 20))),), locks=(lock,))

    assert start_of(sound(problem, "x"), "x") == 120


def test_two_breaks_that_are_alike_are_taken_one_after_the_other():
    """Each of two equal breaks is printed at a time of its own."""
    pause = Break(duration=15 * MINUTE, window=TimeWindow(earliest=9 * HOUR, latest=16 * HOUR))
    problem = alone(
        visits=(visit("x", "a"), visit("y", "a", windows=at((12, 12.5))), visit("z", "a", windows=at((15, 15.5))))
    )
    problem = replace(problem, shifts=(replace(problem.shifts[0], breaks=(pause, pause)), *problem.shifts[1:]))

    plan = sound(problem, "x y z")

    assert plan.routes[0].break_time == 2 * pause.duration


def test_a_waiting_carer_takes_no_ferry():
    """A client who would be collected over the water from where she was brought cannot be waited for."""
    rides = (ride("out", "a", "harbour"), ride("back", "isle", "a"))
    link = RideLink(outbound="out", inbound="back", waiting=Waiting.NEARBY, nearby=HOUR)
    problem = alone(shipments=rides, links=(link,), crossings=(FERRY,))

    assert {Instance(problem, MATRIX).static_block(ride, 0) for ride in (0, 1)} == {"ferry"}


def test_quick_times_are_sound_and_never_stand_in_for_the_best():
    """What did not change keeps its times where it is to be quick, and a plan asked for whole is timed whole."""
    instance = Instance(*random_day(3, 30))
    routes = insert_all(instance, tuple(() for _ in instance.shifts))
    less = without(instance, routes, {0, 1})
    times = Timetables(instance)
    whole = times.plan(less)

    for quick in (times.plan(routes, work=QUICK), times.plan(less, work=QUICK)):
        assert quick is not None
        assert check(instance.problem, instance.matrix, quick) == ()
    assert times.plan(less) == whole == timetable(instance, less)
    assert times.plan(routes) == timetable(instance, routes)
