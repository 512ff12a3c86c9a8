"""Every shift answers where a request would fit, with what it takes or what is in the way."""

from dataclasses import replace

import pytest

from routing.dispatch.desk import Desk
from routing.dispatch.fits import Continuity, Delay, continuity, fits
from routing.dispatch.move import move, unassign
from routing.errors import UsageError
from routing.plan import Plan
from routing.problem import Load, RideLink, ShiftLock, Vehicle, Waiting
from routing.review.reasons import Block
from tests.routing.dispatch.planned import planned
from tests.routing.review.tiny import ANU, CAR, HOUR, MARI, MATRIX, day, ride, visit
from tests.routing.solver.families import at

FEW = (replace(CAR, goods=2), replace(CAR, id="car-2", goods=2))
EMPTY = Plan(routes=(), unassigned=("x",))


@pytest.mark.parametrize(
    ("parts", "block"),
    [
        ({"visits": (visit("x", "a", skills=frozenset({"lifting"})),)}, Block.SKILLS),
        ({"visits": (visit("x", "a", forbidden=frozenset({"w-anu", "w-mari"})),)}, Block.FORBIDDEN),
        ({"shipments": (ride("x", "a", "b", load=Load(seats=5)),)}, Block.ROOM),
        ({"visits": (visit("x", "nowhere"),)}, Block.UNREACHABLE),
        ({"visits": (visit("x", "a", windows=at((3, 4))),)}, Block.WINDOW),
        ({"visits": (visit("x", "a", windows=at((15.9, 16))),)}, Block.SHIFT_END),
        ({"visits": (visit("x", "a", goods=3),), "vehicles": FEW}, Block.GOODS),
    ],
)
def test_what_is_in_the_way(parts: dict[str, object], block: Block):
    """Where nobody can take it, each shift says the first rule that forbids it."""
    desk = Desk(problem=day(**parts), matrix=MATRIX)

    found = fits(desk, EMPTY, "x")

    assert [fit.shift for fit in found] == ["anu", "mari"]
    assert [fit.blocked.block for fit in found if fit.blocked] == [block, block]


def test_a_locked_request_fits_only_where_it_is():
    """A lock of the problem bars all other shifts."""
    desk, plan = planned(day(visits=(visit("x", "a"),), locks=(ShiftLock(shift="mari", requests=("x",)),)))

    here, there = fits(desk, plan, "x")

    assert (here.shift, here.here, there.shift) == ("mari", True, "anu")
    assert there.blocked is not None
    assert there.blocked.block is Block.LOCKED


def test_prices_are_by_shift():
    """Who passes anyway is cheaper than who has to come on purpose, and who is late says so."""
    problem = day(visits=(visit("far", "c", regular=frozenset({"w-anu"})), visit("x", "b", windows=at((9, 9.5)))))
    desk, plan = planned(problem)
    bare = unassign(desk, plan, "x").plan
    assert bare is not None

    anu, mari = fits(desk, bare, "x")

    assert (anu.shift, mari.shift) == ("anu", "mari")
    assert anu.price is not None
    assert mari.price is not None
    assert (anu.price.travel, anu.price.metres) == (0, 0)
    assert (mari.price.travel, mari.price.metres) == (40 * 60, 40_000)
    assert mari.begin == 9 * HOUR


@pytest.mark.parametrize(
    ("wishes", "expected"),
    [
        ({}, Continuity.OPEN),
        ({"regular": frozenset({"w-anu"})}, Continuity.REGULAR),
        ({"regular": frozenset({"w-mari"})}, Continuity.NEW),
        ({"regular": frozenset({"w-mari"}), "preferred": frozenset({"w-anu"})}, Continuity.PREFERRED),
    ],
)
def test_how_well_the_client_is_known(wishes: dict[str, frozenset[str]], expected: Continuity):
    """Asked for goes before regular; new is only said where a regular worker is named."""
    assert continuity(visit("x", "a", **wishes), "w-anu") is expected


def test_a_return_follows_on_one_shift_and_stays_behind_otherwise():
    """An escorted ride takes its return along; a free one leaves it with whom it is."""
    out = ride("out", "a", "clinic", delivery=replace(ride("o", "a", "clinic").delivery, windows=at((9, 10))))
    back = ride("back", "clinic", "a", pickup=replace(ride("b", "clinic", "a").pickup, windows=at((11, 12))))
    for waiting, moved in ((Waiting.STAYS, {"out", "back"}), (Waiting.FREE, {"out"})):
        link = RideLink(outbound="out", inbound="back", waiting=waiting, minimum_stay=HOUR)
        desk, plan = planned(day(shipments=(out, back), links=(link,)))
        home = plan.routes[0].shift
        assert {route.shift for route in plan.routes} == {home}
        other = next(fit for fit in fits(desk, plan, "out") if not fit.here)
        assert other.price is not None
        made = move(desk, plan, "out", other.shift).plan
        assert made is not None
        gone = {stop.request for stop in made.route_by_shift[other.shift].stops if stop.request}
        assert gone == moved


def test_of_a_crew_one_hands_over():
    """A third carer may take the part of either; whose is cheaper is chosen unless it is named."""
    third = replace(ANU, id="kati", worker="w-kati", vehicle="car-3")
    vehicles = (CAR, replace(CAR, id="car-2"), replace(CAR, id="car-3"))
    desk, plan = planned(day(shifts=(ANU, MARI, third), vehicles=vehicles, visits=(visit("x", "a", crew=2),)))
    team = {route.shift for route in plan.routes}
    (free,) = {"anu", "mari", "kati"} - team

    for leaver in sorted(team):
        made = move(desk, plan, "x", free, instead_of=leaver).plan
        assert made is not None
        assert {route.shift for route in made.routes} == (team - {leaver}) | {free}
    assert [fit.here for fit in fits(desk, plan, "x")].count(True) == 2


def test_others_that_must_make_way_are_named():
    """Who begins later because of the newcomer is told with the price."""
    problem = day(shifts=(ANU,), visits=(visit("y", "a"), visit("x", "a", windows=at((9, 9.1)))))
    desk = Desk(problem=problem, matrix=MATRIX)
    plan = move(desk, Plan(routes=(), unassigned=("y", "x")), "y", "anu", begin=9 * HOUR + 600).plan
    assert plan is not None

    (fit,) = fits(desk, plan, "x")

    assert fit.price is not None
    assert fit.delays == (Delay(request="y", seconds=20 * 60),)


def test_a_van_is_named_by_what_it_lacks():
    """A wheelchair needs a vehicle with room for it."""
    van = Vehicle(id="car-2", layouts=(Load(wheelchairs=1),))
    desk = Desk(
        problem=day(vehicles=(CAR, van), shipments=(ride("x", "a", "b", load=Load(wheelchairs=1)),)), matrix=MATRIX
    )

    mari, anu = fits(desk, EMPTY, "x")

    assert mari.price is not None
    assert anu.blocked is not None
    assert anu.blocked.block is Block.ROOM


def test_unknown_ids_are_refused():
    """An id that the day does not have is a usage error that names those it has."""
    desk, plan = planned(day(visits=(visit("x", "a"),)))

    with pytest.raises(UsageError, match="'z' is not in this day; it has x"):
        fits(desk, plan, "z")
    with pytest.raises(UsageError, match="'z' is not in this day; it has anu, mari"):
        fits(desk, plan, "x", instead_of="z")
