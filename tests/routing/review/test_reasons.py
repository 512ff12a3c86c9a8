"""Each reason for leaving a request out is named on a tiny day, shift by shift."""

from dataclasses import replace

import pytest

from routing.problem import Gap, Load, Problem, ShiftLock
from routing.review.labels import Labels
from routing.review.reasons import Block, Blocked, reasons
from routing.solver.instance import Instance
from tests.routing.review.tiny import ANU, CAR, FERRY, HOUR, MARI, MATRIX, MINUTE, day, ride, visit
from tests.routing.solver.families import BACK, OUT, alone, at, minutes

CASES: dict[Block, Problem] = {
    Block.SKILLS: alone(visits=(visit("x", "a", skills=frozenset({"medication"})),)),
    Block.FORBIDDEN: alone(visits=(visit("x", "a", forbidden=frozenset({"w-anu"})),)),
    Block.ROOM: alone(shipments=(ride("x", "a", "b", load=Load(stretchers=1)),)),
    Block.GOODS: day(
        vehicles=(replace(CAR, goods=2), replace(CAR, id="car-2", goods=0)), visits=(visit("x", "a", goods=3),)
    ),
    Block.LOCKED: day(
        shifts=(ANU, MARI),
        visits=(visit("x", "a"),),
        locks=(ShiftLock(shift="anu", requests=("x",)), ShiftLock(shift="mari", requests=("x",))),
    ),
    Block.UNREACHABLE: alone(visits=(visit("x", "nowhere"),)),
    Block.NO_SAILING: alone(
        visits=(visit("x", "isle"),), crossings=(replace(FERRY, outward=(), homeward=(), no_sailing="cancelled"),)
    ),
    Block.FERRY: alone(visits=(visit("x", "isle"),), crossings=(replace(FERRY, outward=(8 * HOUR,)),)),
    Block.WINDOW: alone(visits=(visit("x", "c", windows=minutes((0, 10))),)),
    Block.SHIFT_END: alone(visits=(visit("x", "clinic", windows=at((15.5, 16))),)),
    Block.DURATION: day(shifts=(replace(ANU, max_duration=80 * MINUTE),), visits=(visit("x", "c"),)),
    Block.TIMES: alone(shipments=(ride("x", "a", "clinic", max_ride=MINUTE),)),
    Block.CREW: alone(visits=(visit("x", "a", crew=2),)),
}


@pytest.mark.parametrize(("block", "problem"), CASES.items(), ids=CASES)
def test_a_reason_is_named(block: Block, problem: Problem):
    """With nothing else planned, every shift is kept off by this rule."""
    instance = Instance(problem, MATRIX)

    found = reasons(problem, MATRIX, instance, tuple(() for _ in problem.shifts), 0)

    assert [blocked.shift for blocked in found] == [shift.id for shift in problem.shifts]
    assert {blocked.block for blocked in found} == {block}


def test_a_busy_shift_is_called_busy():
    """What would fit into an empty shift but not beside its work is kept off by the work."""
    problem = alone(visits=(visit("x", "a", windows=minutes((30, 40))), visit("y", "b", windows=minutes((30, 40)))))
    instance = Instance(problem, MATRIX)

    (found,) = reasons(problem, MATRIX, instance, ((0,),), 1)

    assert found == Blocked(shift="anu", block=Block.BUSY)
    assert set(CASES) | {Block.BUSY, Block.SAME_CARER} == set(Block)


def test_the_carer_of_the_other_visit_is_named():
    """Whoever makes one visit of a pair that asks for two carers is kept off the other, on all her shifts."""
    problem = day(
        shifts=(ANU, replace(ANU, id="evening", earliest=17 * HOUR, latest=20 * HOUR), MARI),
        visits=(visit("x", "a"), visit("y", "a")),
        gaps=(Gap(first="x", second="y", two_carers=True),),
    )

    found = reasons(problem, MATRIX, Instance(problem, MATRIX), ((0,), (), ()), 1)

    assert [blocked.block for blocked in found] == [Block.SAME_CARER, Block.SAME_CARER, Block.BUSY]


def test_missing_skills_are_listed_by_label():
    """The sentence names what is missing as the municipality calls it."""
    problem = alone(visits=(visit("x", "a", skills=frozenset({"lifting", "medication"})),))
    instance = Instance(problem, MATRIX)

    (found,) = reasons(problem, MATRIX, instance, ((),), 0)

    assert found.what == ("lifting", "medication")
    assert found.sentence("et", Labels(shifts={"anu": "Anu"}, skills={"lifting": "tõstmine"})).endswith(
        "tõstmine, medication."
    )


@pytest.mark.parametrize("reason", ["cancelled", "no-timetable", "not-this-weekday", "ice", None])
def test_a_day_without_sailing_says_why(reason: str | None):
    """A known reason is given in words, an unknown one by saying that nothing leaves."""
    crossing = replace(FERRY, outward=(), homeward=(), no_sailing=reason)
    problem = alone(visits=(visit("x", "isle"),), crossings=(crossing,))
    instance = Instance(problem, MATRIX)

    (found,) = reasons(problem, MATRIX, instance, ((),), 0)

    for lang in ("et", "en"):
        sentence = found.sentence(lang, Labels())
        assert sentence.count(".") == 2
        assert reason is None or reason not in sentence.split()


def test_linked_rides_are_blocked_together():
    """A return is kept off by what keeps its outbound ride off."""
    problem = alone(
        shipments=(replace(OUT, skills=frozenset({"lift"})), BACK),
        links=(),
    )
    instance = Instance(problem, MATRIX)

    (out,) = reasons(problem, MATRIX, instance, ((),), 0)

    assert out.block is Block.SKILLS
