"""On the phone: up to three times that have been tried and are a choice."""

from dataclasses import replace

import pytest

from routing.dispatch.move import unassign
from routing.dispatch.slots import APART, Template, slots, slots_of
from routing.errors import ProblemError, UsageError
from routing.plan import Plan
from routing.problem import Place, RideLink
from routing.review.check import check
from tests.days import random_day
from tests.routing.dispatch.planned import planned
from tests.routing.review.tiny import ANU, HOUR, MATRIX, day, ride, visit
from tests.routing.solver.families import at

BUSY = day(visits=(visit("v", "a", windows=at((9, 10))), visit("w", "b", windows=at((12, 13)))))


def test_three_times_that_differ():
    """Each differs from the others in its carer or by half an hour, the cheapest first, and passes the check."""
    desk, plan = planned(BUSY)
    template = Template(requests=(visit("x", "a"),))

    found = slots(desk, plan, template)

    assert len(found) == 3
    assert [slot.price.points for slot in found] == sorted(slot.price.points for slot in found)
    for position, slot in enumerate(found):
        assert check(template.add_to(BUSY), MATRIX, slot.plan) == ()
        assert all(slot.shift != o.shift or abs(slot.begin - o.begin) >= APART for o in found[:position])


def test_an_empty_day_offers_times_too():
    """Where there is one carer and one place in her round, times inside the window are the choice."""
    desk, plan = planned(day(shifts=(ANU,)))

    found = slots(desk, plan, Template(requests=(visit("x", "a", windows=at((9, 14))),)))

    assert len(found) == 3
    assert len({slot.begin // APART for slot in found}) == 3


def test_a_ride_with_its_return():
    """Both ways are placed, and the time is that of the first."""
    desk, plan = planned(BUSY)
    out = ride("out", "a", "clinic")
    back = ride("back", "clinic", "a")
    link = RideLink(outbound="out", inbound="back", minimum_stay=HOUR)

    found = slots(desk, plan, Template(requests=(out, back), link=link), count=2)

    assert len(found) == 2
    assert all({"out", "back"} <= {s.request for r in slot.plan.routes for s in r.stops} for slot in found)


def test_who_is_delayed_is_named():
    """A slot that pushes somebody says whom and by how much."""
    desk, plan = planned(day(shifts=(ANU,), visits=(visit("v", "a"),)))
    first = next(stop.start for stop in plan.routes[0].stops if stop.request == "v")
    narrow = at((first / HOUR, first / HOUR + 0.01))

    (slot,) = slots(desk, plan, Template(requests=(visit("x", "a", windows=narrow),)))

    assert [(delay.request, delay.seconds) for delay in slot.delays] == [("v", 30 * 60)]


def test_no_time_at_all():
    """What fits nowhere has no slots."""
    desk, plan = planned(BUSY)

    assert slots(desk, plan, Template(requests=(visit("x", "nowhere"),))) == ()


def test_faults_of_the_caller():
    """Nothing asked for, an id that is taken, a place nobody knows, a request that is planned already."""
    desk, plan = planned(BUSY)

    with pytest.raises(UsageError, match="asks for nothing"):
        slots(desk, plan, Template(requests=()))
    with pytest.raises(ProblemError):
        slots(desk, plan, Template(requests=(visit("v", "a"),)))
    with pytest.raises(ProblemError):
        slots(desk, plan, Template(requests=(visit("x", "moon"),)))
    with pytest.raises(UsageError, match="'v' is planned already"):
        slots_of(desk, plan, "v")


def test_a_place_of_its_own():
    """A template may bring a place that the day does not know yet, if the matrix does."""
    known = tuple(place for place in BUSY.places if place.id != "c")
    desk, plan = planned(replace(BUSY, places=known))
    template = Template(requests=(visit("x", "c"),), places=(Place(id="c", lat=58.5, lon=26.3),))

    assert slots(desk, plan, template)


@pytest.mark.parametrize("seed", range(3))
def test_slots_of_random_days(seed: int):
    """Whatever the day, a slot is a sound plan with the request in it."""
    problem, matrix = random_day(seed, 14)
    desk, plan = planned(problem, matrix)
    request = next(r.id for r in problem.requests if r.id not in plan.unassigned)
    bare = unassign(desk, plan, request).plan
    assert isinstance(bare, Plan)

    found = slots_of(desk, bare, request)

    assert found
    for slot in found:
        assert request not in slot.plan.unassigned
        assert check(problem, matrix, slot.plan) == ()
