"""Generated days are what they are said to be, and plans of them keep every rule."""

import pytest

from benchmarks.__main__ import main
from benchmarks.municipal.by_hand import plan_by_hand
from benchmarks.municipal.command import ROADS, line
from benchmarks.municipal.compare import BY_HAND, carers_per_client, compare, measured
from benchmarks.municipal.days import Size, municipal_day
from routing.problem import Visit
from routing.review.check import check
from routing.roads.opening import open_network
from routing.solver.budget import Budget
from routing.solver.solve import solve

NETWORK = open_network(ROADS)


@pytest.mark.parametrize(("requests", "municipalities"), [(1, 1), (13, 1), (30, 3)])
def test_a_day_is_as_large_as_asked_and_the_same_again(requests, municipalities):
    """The same seed gives the same day, another seed another."""
    size = Size(requests=requests, municipalities=municipalities)
    problem, matrix = municipal_day(NETWORK, size, 7)
    again, _ = municipal_day(NETWORK, size, 7)
    other, _ = municipal_day(NETWORK, size, 8)

    assert len(problem.requests) == requests
    assert problem == again != other
    assert (matrix.seconds["car"] >= 0).all()
    assert len({shift.start_place for shift in problem.shifts}) <= municipalities


def test_every_client_has_a_carer_of_her_own():
    """The carer who knows a client has a shift."""
    problem, _ = municipal_day(NETWORK, Size(requests=30), 1)
    workers = {shift.worker for shift in problem.shifts}

    assert problem.visits
    assert all(len(visit.regular) == 1 and visit.regular <= workers for visit in problem.visits)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_plan_by_hand_keeps_every_rule(seed):
    """Nothing is broken, most is served, and a carer mostly sees her own clients."""
    problem, matrix = municipal_day(NETWORK, Size(requests=25), seed)

    plan = plan_by_hand(problem, matrix)

    assert check(problem, matrix, plan) == ()
    assert len(plan.unassigned) < 8
    own = [
        problem.shift_by_id[route.shift].worker in request.regular
        for route in plan.routes
        for stop in route.stops
        if stop.request and isinstance(request := problem.request_by_id[stop.request], Visit)
    ]
    assert sum(own) > len(own) / 2


def test_plans_stand_side_by_side():
    """The engine is not dearer than the hand on a small day, and the table row has its figures."""
    problem, matrix = municipal_day(NETWORK, Size(requests=8), 1)
    plans = compare(problem, matrix, engines=("ortools",), seconds=0.4, seed=1)
    rows = {
        name: measured(problem, matrix, plan, planner=name, municipalities=1, seed=1) for name, plan in plans.items()
    }

    assert set(rows) == {BY_HAND, "ortools"}
    assert rows["ortools"].points <= rows[BY_HAND].points
    assert line([rows["ortools"]]).startswith("| 8 | 1 | 1 | ortools |")


def test_carers_are_counted_per_client():
    """A client whom two carers visit counts two."""
    problem, matrix = municipal_day(NETWORK, Size(requests=10), 1)
    plan = solve(problem, matrix, budget=Budget(seconds=1, iterations=1), seed=1).plan

    assert 1 <= carers_per_client(problem, plan) <= 2


def test_the_command_prints_a_table(capsys: pytest.CaptureFixture[str]):
    """One row per planner."""
    main(["municipal", "--requests", "5", "--days", "1", "--seconds", "0.2"])

    printed = capsys.readouterr().out
    assert "| 5 | 1 | 1 | by hand |" in printed
    assert "| 5 | 1 | 1 | ortools |" in printed
