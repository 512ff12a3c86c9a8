"""The check on random days: silent on sound plans, loud on any changed number, never at a loss."""

from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from routing.matrix import Matrix
from routing.plan import Plan, Route, Stop, StopKind
from routing.problem import Problem
from routing.review.check import check
from tests.strategies import days
from tests.trivial_planner import trivial_plan

NUMBERS = ("arrival", "start", "departure", "travel", "metres")


@settings(deadline=None, max_examples=60)
@given(days())
def test_a_sound_plan_breaks_no_rule(day: tuple[Problem, Matrix]):
    """The trivial planner's plans are sound, whatever the day."""
    problem, matrix = day

    assert check(problem, matrix, trivial_plan(problem, matrix)) == ()


@settings(deadline=None, max_examples=60)
@given(days((1, 20)), st.data())
def test_every_printed_number_matters(day: tuple[Problem, Matrix], data: st.DataObject):
    """A plan in which one number was changed is no longer sound."""
    problem, matrix = day
    plan = trivial_plan(problem, matrix)
    assume(plan.routes)
    route = data.draw(st.sampled_from(plan.routes))
    position = data.draw(st.integers(0, len(route.stops) - 1))
    number = data.draw(st.sampled_from(NUMBERS))
    # A carer may be at her base before she leaves; nothing hangs on when she came.
    assume(route.stops[position].kind is not StopKind.START or number != "arrival")
    shifted = replace(
        route.stops[position],
        **{number: getattr(route.stops[position], number) + data.draw(st.sampled_from([-1, 1, 86_400]))},
    )
    stops = (*route.stops[:position], shifted, *route.stops[position + 1 :])
    routes = tuple(replace(route, stops=stops) if other is route else other for other in plan.routes)

    assert check(problem, matrix, replace(plan, routes=routes)) != ()


@settings(deadline=None, max_examples=60)
@given(days((1, 20)), st.data())
def test_every_stop_matters(day: tuple[Problem, Matrix], data: st.DataObject):
    """A plan in which one stop is missing, doubled or swapped with the next is no longer sound."""
    problem, matrix = day
    plan = trivial_plan(problem, matrix)
    assume(plan.routes)
    route = data.draw(st.sampled_from(plan.routes))
    at = data.draw(st.integers(0, len(route.stops) - 2))
    before, one, other, after = route.stops[:at], route.stops[at], route.stops[at + 1], route.stops[at + 2 :]
    middle = data.draw(st.sampled_from([(other,), (one,), (one, one, other), (other, one)]))
    changed = replace(route, stops=(*before, *middle, *after))
    routes = tuple(changed if item is route else item for item in plan.routes)

    assert check(problem, matrix, replace(plan, routes=routes)) != ()


NAMES = st.sampled_from(["", "shift-0", "evening", "visit-0", "ride-0", "ferry", "base-north", "home-0", "nobody"])
TIMES = st.integers(-(10**6), 10**6)
STOPS = st.builds(
    Stop,
    kind=st.sampled_from(StopKind),
    place=NAMES,
    arrival=TIMES,
    start=TIMES,
    departure=TIMES,
    request=st.none() | NAMES,
    crossing=st.none() | NAMES,
    travel=TIMES,
    metres=TIMES,
)
PLANS = st.builds(
    Plan,
    routes=st.lists(st.builds(Route, shift=NAMES, stops=st.lists(STOPS, max_size=6).map(tuple)), max_size=4).map(tuple),
    unassigned=st.lists(NAMES, max_size=4).map(tuple),
)


@settings(deadline=None, max_examples=150)
@given(days((1, 6)), PLANS)
def test_nonsense_is_reported_not_raised(day: tuple[Problem, Matrix], plan: Plan):
    """A plan of random stops gives violations, each with a sentence in both languages, and no exception."""
    problem, matrix = day

    violations = check(problem, matrix, plan)

    assert violations or not plan.routes
    for violation in violations:
        for lang in ("et", "en"):
            assert violation.sentence(lang)
            assert violation.action(lang)
