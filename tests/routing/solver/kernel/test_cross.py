"""Whole routes change hands between shifts that are not alike."""

from dataclasses import replace

from routing.problem import Objective
from routing.solver.instance import Instance
from routing.solver.kernel.audit import differences
from routing.solver.kernel.cross import mixed, swap
from routing.solver.kernel.engine import Kernel
from routing.solver.kernel.handle import handle
from routing.solver.kernel.state import blank
from tests.routing.review.tiny import ANU, MARI, MATRIX, day, visit

VISITS = (visit("x", "c"), visit("y", "b"))
PLAIN = Objective(imbalance_minute=0)


def test_a_route_moves_to_a_shift_of_another_depot():
    """The shift at work and the one at home exchange what they do, and all that is known of both holds."""
    far = replace(MARI, start_place="c", end_place="c")
    kernel = Kernel(Instance(day(shifts=(ANU, far), visits=VISITS, objective=PLAIN), MATRIX), 0)
    assert kernel.load(((0, 1), ()))
    moved = swap(kernel.d, kernel.now, handle(blank(kernel.data)), kernel.scratch)

    assert mixed(kernel.d)
    assert moved in (0, 1)
    assert kernel.current_routes == ((), (0, 1))
    kernel.note()
    assert list(differences(kernel)) == []


def test_a_route_stays_where_its_time_is():
    """Where the other shift is over too soon everything stays as it was."""
    short = replace(MARI, latest=ANU.earliest + 30 * 60)
    kernel = Kernel(Instance(day(shifts=(ANU, short), visits=VISITS, objective=PLAIN), MATRIX), 0)
    assert kernel.load(((0, 1), ()))

    assert swap(kernel.d, kernel.now, handle(blank(kernel.data)), kernel.scratch) == -1
    assert kernel.current_routes == ((0, 1), ())
    assert list(differences(kernel)) == []


def test_alike_shifts_exchange_nothing():
    """Between two carers who are alike it would change nothing."""
    kernel = Kernel(Instance(day(visits=VISITS, objective=PLAIN), MATRIX), 0)
    assert kernel.load(((0, 1), ()))

    assert not mixed(kernel.d)
    assert swap(kernel.d, kernel.now, handle(blank(kernel.data)), kernel.scratch) == -1
