"""On random days every move is sound, costs what was said before, and can be taken back."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from routing.dispatch.accept import accept
from routing.dispatch.desk import Desk
from routing.dispatch.fits import Fit, fits
from routing.dispatch.groups import changes
from routing.dispatch.locks import BoardLock, LockKind, planning
from routing.dispatch.move import move, shift_time, swap, unassign
from routing.dispatch.placing import homes
from routing.matrix import Matrix
from routing.plan import Plan
from routing.problem import Problem
from routing.review.check import check
from routing.solver.budget import Budget
from routing.solver.solve import solve
from tests.routing.dispatch.planned import order, planned, start
from tests.strategies import days

QUICK = Budget(seconds=10, iterations=1)
FEW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
DAYS = days((6, 18))


def chosen(problem: Problem, pick: int) -> str:
    """Return one of a day's requests."""
    return problem.requests[pick % len(problem.requests)].id


def shifts_of(desk: Desk, plan: Plan, request: str) -> list[str]:
    """Return the ids of the shifts that serve a request."""
    return [desk.problem.shifts[s].id for s in homes(desk.instance, desk.routes(plan), desk.request(request))]


@FEW
@given(day=DAYS, pick=st.integers(0, 100))
def test_a_fit_is_what_the_move_then_takes(day: tuple[Problem, Matrix], pick: int):
    """All shifts answer, in order of price; a move there has the price, time and delays that were said."""
    problem, matrix = day
    desk, plan = planned(problem, matrix)
    request = chosen(problem, pick)

    found = fits(desk, plan, request)

    assert sorted(fit.shift for fit in found) == sorted(shift.id for shift in problem.shifts)
    assert [fit.shift for fit in found if fit.here] == [
        s for s in map(_name, found) if s in shifts_of(desk, plan, request)
    ]
    prices = [fit.price.points for fit in found if fit.price]
    assert prices == sorted(prices)
    for fit in found:
        _agrees(desk, plan, request, fit)


def _name(fit: Fit) -> str:
    return fit.shift


def _agrees(desk: Desk, plan: Plan, request: str, fit: Fit) -> None:
    moved = move(desk, plan, request, fit.shift)
    if fit.blocked is not None:
        assert moved.refused == bool(moved.violations)
        return
    assert moved.plan is not None
    assert check(desk.problem, desk.matrix, moved.plan) == ()
    assert (moved.price, moved.delays, start(moved.plan, request)) == (fit.price, fit.delays, fit.begin)
    assert moved.price is not None
    assert moved.price.points == desk.cost(moved.plan).total - desk.cost(plan).total
    assert fit.shift in shifts_of(desk, moved.plan, request)


@FEW
@given(day=DAYS, pick=st.integers(0, 100))
def test_there_and_back_costs_nothing(day: tuple[Problem, Matrix], pick: int):
    """What goes to another shift and back to its position costs no more than it did before."""
    problem, matrix = day
    desk, plan = planned(problem, matrix)
    request = chosen(problem, pick)
    now = shifts_of(desk, plan, request)
    if len(now) != 1 or request in problem.link_by_ride:
        return
    position = order(plan, now[0]).index(request)
    for fit in fits(desk, plan, request):
        there = move(desk, plan, request, fit.shift).plan
        if fit.blocked is None and not fit.here and there is not None:
            back = move(desk, there, request, now[0], position=position)
            assert back.plan is not None
            assert desk.cost(back.plan).total <= desk.cost(plan).total


@FEW
@given(day=DAYS, pick=st.integers(0, 100), minutes=st.integers(-60, 60))
def test_what_is_done_by_hand_is_sound_or_refused(day: tuple[Problem, Matrix], pick: int, minutes: int):
    """Taking off, exchanging and shifting times give plans without a fault, or say what is broken."""
    problem, matrix = day
    desk, plan = planned(problem, matrix)
    request, other = chosen(problem, pick), chosen(problem, pick + 1)
    off = unassign(desk, plan, request)
    assert off.plan is None or set(desk.unit(request)) <= set(off.plan.unassigned)
    done = [off]
    if shifts_of(desk, plan, request):
        begin = max(0, start(plan, request) + minutes * 60)
        done.append(shift_time(desk, plan, request, begin))
        assert done[-1].plan is None or start(done[-1].plan, request) == begin
    here, there = shifts_of(desk, plan, request), shifts_of(desk, plan, other)
    if len(here) == len(there) == 1 and here != there:
        done.append(swap(desk, plan, request, other))
    for moved in done:
        assert (moved.plan is None) == bool(moved.violations)
        assert moved.plan is None or check(problem, matrix, moved.plan) == ()


@FEW
@given(day=DAYS, seed=st.integers(0, 5))
def test_parts_of_an_offered_plan(day: tuple[Problem, Matrix], seed: int):
    """All groups are the offered plan, none the base; one alone stands, or stands with what it says it needs."""
    problem, matrix = day
    desk, base = planned(problem, matrix)
    offered = solve(problem, matrix, budget=QUICK, seed=seed).plan
    groups = changes(desk, base, offered)
    names = [group.id for group in groups]

    assert len(set(names)) == len(names)
    assert accept(desk, base, offered, names).plan == offered
    assert accept(desk, base, offered, []).plan == base
    for group in groups[:4]:
        found = accept(desk, base, offered, [group.id])
        if found.plan is None and found.needs:
            found = accept(desk, base, offered, [group.id, *found.needs])
            assert found.plan is not None
        if found.plan is not None:
            assert check(problem, matrix, found.plan) == ()
            for change in group.changes if group.kind != "times" else ():
                wanted = change.after.shifts if change.after else ()
                assert sorted(shifts_of(desk, found.plan, change.request)) == sorted(wanted)


@FEW
@given(day=DAYS, pick=st.integers(0, 100), kind=st.sampled_from(LockKind))
def test_what_is_locked_is_kept(day: tuple[Problem, Matrix], pick: int, kind: LockKind):
    """A plan made anew keeps the request, time, worker, order or round that is locked."""
    problem, matrix = day
    desk, plan = planned(problem, matrix)
    request, shift = chosen(problem, pick), problem.shifts[pick % len(problem.shifts)]
    subject = request if kind in (LockKind.REQUEST, LockKind.TIME) else shift.id
    subject = shift.worker if kind is LockKind.WORKER else subject

    around = planning(problem, plan, [BoardLock(kind=kind, subject=subject)])
    found = around.whole(solve(around.problem, matrix, budget=QUICK, initial=around.initial).plan)

    assert around.free.isdisjoint(around.held)
    assert around.free | around.held == problem.request_by_id.keys()
    assert check(problem, matrix, found) == () or kind is LockKind.TIME
    planned_before = bool(shifts_of(desk, plan, request))
    match kind:
        case LockKind.REQUEST:
            assert shifts_of(desk, found, request) == shifts_of(desk, plan, request)
        case LockKind.TIME if planned_before:
            assert start(found, request) == start(plan, request)
        case LockKind.WORKER:
            assert set(order(plan, shift.id)) <= set(order(found, shift.id))
        case LockKind.ROUND:
            assert order(found, shift.id) == order(plan, shift.id)
        case LockKind.ORDER:
            kept = [name for name in order(found, shift.id) if name in order(plan, shift.id)]
            assert kept == order(plan, shift.id)
        case _:
            pass
