"""Whether routes have a common timetable is decided exactly, breaks, ferries and shared cars included."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.problem import Break, Problem, TimeWindow, Waiting
from routing.review.check import check
from routing.solver.budget import Budget
from routing.solver.chains import pause_gaps
from routing.solver.earliest import dependent, earliest, shared, timetable_exists
from routing.solver.elements import Routes
from routing.solver.instance import Instance
from routing.solver.solve import ENGINES, solve
from tests.routing.review.tiny import ANU, FERRY, HOUR, MARI, MATRIX, MINUTE, day, ride, visit
from tests.routing.solver.families import RULES, alone, at, minutes


def instance_of(name: str) -> Instance:
    """Return the instance of a family's day."""
    return Instance(next(family.problem for family in RULES if family.name == name), MATRIX)


def test_times_are_the_least_there_are():
    """Each stop begins as soon as the way, the windows and the stop before allow."""
    known = Instance(alone(visits=(visit("x", "a"), visit("y", "b", windows=minutes((90, 100))))), MATRIX)

    timing = earliest(known, ((0, 1),), [0])

    assert timing is not None
    (line,) = timing.chains
    assert [(time - 8 * HOUR) // MINUTE for time in timing.of(line)] == [0, 10, 90, 140]


@pytest.mark.parametrize(
    ("longest", "feasible"), [(100, True), (99, False)], ids=["just long enough", "a minute short"]
)
def test_a_shift_may_leave_later_to_be_short(longest: int, feasible: bool):
    """The duration counts from leaving, which is put off as far as the windows allow."""
    shift = replace(ANU, max_duration=longest * MINUTE)
    stops = (visit("x", "a", windows=at((12, 13))), visit("y", "b", windows=at((13, 13))))
    known = Instance(day(shifts=(shift,), visits=stops), MATRIX)

    assert timetable_exists(known, ((0, 1),), [0]) is feasible


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 4)), min_size=1, max_size=4), st.integers(0, 8))
@settings(deadline=None, max_examples=60, derandomize=True)
def test_breaks_are_found_wherever_they_fit(stops: list[tuple[int, int]], window: int):
    """Against trying every placement of the break by brute force on whole quarters of an hour."""
    quarter = 15 * MINUTE
    lunch = Break(
        duration=2 * quarter,
        window=TimeWindow(earliest=8 * HOUR + window * quarter, latest=8 * HOUR + (window + 1) * quarter),
    )
    shift = replace(ANU, breaks=(lunch,), latest=8 * HOUR + 16 * quarter)
    visits = tuple(
        visit(f"v{number}", "base", duration=length * quarter,
              windows=(TimeWindow(earliest=8 * HOUR + begin * quarter, latest=8 * HOUR + (begin + 3) * quarter),))
        for number, (begin, length) in enumerate(stops)
    )  # fmt: skip
    known = Instance(day(shifts=(shift,), visits=visits), MATRIX)

    found = timetable_exists(known, (tuple(range(len(stops))),), [0])

    assert found == brute_force(stops, window)


def brute_force(stops: list[tuple[int, int]], window: int) -> bool:
    """Tell whether visits at one place and a break of two quarters can follow each other, in quarters from eight."""
    for gap, pause in product(range(len(stops) + 1), (window, window + 1)):
        now, feasible = 0, True
        for number in range(len(stops) + 1):
            if number == gap:
                feasible &= now <= pause
                now = pause + 2
            if number < len(stops):
                begin, length = stops[number]
                feasible &= now <= begin + 3
                now = max(now, begin) + length
        if feasible and now <= 16:
            return True
    return False


def test_no_break_while_somebody_is_aboard_or_a_carer_stays():
    """Gaps for breaks lie outside rides, and outside the stay of an escorted client."""
    plain = Instance(alone(visits=(visit("v", "a"),), shipments=(ride("r", "a", "b"),)), MATRIX)
    stays = instance_of("a carer who stays with her client")
    near = instance_of("a carer who may call nearby only")

    assert pause_gaps(plain, (0, 1, 2)) == (0, 1, 3)
    assert stays.links[0][0].waiting is Waiting.STAYS
    assert pause_gaps(stays, (1, 2, 3, 4)) == (0, 4)
    assert pause_gaps(near, (2, 3, 4, 5)) == (0, 2, 4)


def test_routes_depend_through_crews_links_gaps_and_shared_cars():
    """A change of one route reaches every route tied to it, and no other."""
    crew = instance_of("a crew that begins together")
    car = instance_of("two shifts in one car")
    apart = Instance(day(visits=(visit("x", "a"), visit("y", "b"))), MATRIX)

    assert dependent(crew, ((0,), (0,)), [0]) == {0, 1}
    assert dependent(car, ((0,), (1,)), [1]) == {0, 1}
    assert dependent(car, ((0,), ()), [0]) == {0}
    assert dependent(apart, ((0,), (1,)), [0]) == {0}


def test_the_earlier_of_two_shifts_that_share_comes_first():
    """Order is by when a shift is ready, whatever the order of the list."""
    late = replace(ANU, id="late", earliest=12 * HOUR)
    known = Instance(day(shifts=(late, replace(MARI, vehicle="car-1"))), MATRIX)

    assert shared(known) == ((1, 0),)


@pytest.mark.parametrize(
    ("crossing", "feasible"),
    [
        (FERRY, True),
        (replace(FERRY, outward=(13 * HOUR,), homeward=(13 * HOUR,)), False),
        (replace(FERRY, homeward=(10 * HOUR + 30 * MINUTE,)), False),
        (replace(FERRY, outward=()), False),
    ],
    ids=["there and back", "the only boat home is gone", "no time to land and board", "none sails"],
)
def test_boats_must_be_caught(crossing: object, feasible: bool):
    """A trip to the island needs a boat out and a later one home."""
    problem: Problem = alone(visits=(visit("x", "isle"),), crossings=(crossing,))
    routes: Routes = ((0,),)

    assert timetable_exists(Instance(problem, MATRIX), routes, [0]) is feasible


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("names", [("anu", "mari"), ("mari", "anu")])
def test_who_takes_the_shared_car_first_is_free(engine: str, names: tuple[str, str]):
    """Two shifts with one car follow each other in the order that serves everybody, whatever the order of the rows."""
    by_name = {"anu": ANU, "mari": replace(MARI, vehicle="car-1")}
    problem = day(
        shifts=tuple(by_name[name] for name in names),
        visits=(
            visit("late", "a", windows=at((14, 14.5)), forbidden=frozenset({"w-mari"})),
            visit("early", "a", windows=at((9, 9.5)), forbidden=frozenset({"w-anu"})),
        ),
    )

    plan = solve(problem, MATRIX, engine=engine, budget=Budget(seconds=10, iterations=2)).plan

    assert check(problem, MATRIX, plan) == ()
    assert plan.unassigned == ()
