"""Explanations answer why not, and why here; their sentences exist for every code in both languages."""

from dataclasses import fields, replace
from datetime import date

import pytest

from routing.cost import Cost, cost
from routing.errors import UsageError
from routing.problem import RideLink, Step, StepKind
from routing.review.check import check
from routing.review.explain import _NEARNESS, Alternative, LeftOut, Placed, explain, explain_unassigned, sentences
from routing.review.labels import Labels
from routing.review.reasons import Block, Blocked
from routing.review.remedy import Remedy, RemedyKind
from routing.solver.budget import Budget
from routing.solver.insertion import best_insertion
from routing.solver.instance import Instance
from routing.solver.solve import solve
from routing.solver.timetable import timetable
from routing.wording import LANGUAGES, keys
from tests.routing.review.tiny import ANU, CAR, HOUR, MARI, MATRIX, day, visit
from tests.routing.solver.families import BACK, FAR_MARI, OUT, alone, minutes

QUICK = Budget(seconds=10, iterations=2)
LABELS = Labels(shifts={"anu": "Anu", "mari": "Mari"}, requests={"x": "Koidu tn"})
DRAFTS = [
    Remedy(
        kind=kind,
        request="x",
        minutes=minutes_,
        shift="anu",
        vehicle="van",
        other="y",
        step=Step(request="x", kind=step),
        day=date(2026, 11, 26),
        goes_to=("anu", "mari"),
    )
    for kind in RemedyKind
    for minutes_ in (1, 20)
    for step in StepKind
]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_code_has_its_sentence(lang: str):
    """Every block and every remedy, at both ends of a ride and for one minute and many, can be said."""
    said = [Blocked(shift="anu", block=block, what=("lift",)).sentence(lang, LABELS) for block in Block]
    said += [draft.sentence(lang, LABELS) for draft in DRAFTS]
    said.append(Alternative(shift="anu", points=0).sentence(lang, LABELS))

    assert all(sentence[0].isupper() and sentence.endswith(".") and "{" not in sentence for sentence in said)


def test_no_sentence_is_without_its_code():
    """The catalogue holds nothing that no code asks for."""
    codes = {f"explain.{block}" for block in Block}
    codes |= {f"explain.remedy-{draft.kind}{draft._end()}" for draft in DRAFTS}
    codes |= {
        f"explain.{name}"
        for name in (
            *("left-out", "no-shifts", "no-remedy", "no-departures", "placed", "no-alternative"),
            *("alternative", "alternative-equal"),
        )
    }

    codes |= {f"explain.{way}-{field.name.replace('_', '-')}" for field in fields(Cost) for way in ("more", "less")}

    assert keys("explain", "et") == keys("explain", "en") == codes


def test_every_block_has_its_nearness():
    """The chief reason is chosen among all there are."""
    assert sorted(_NEARNESS) == sorted(Block)


def test_a_request_left_out_is_explained_whole():
    """First that it was left out, then why on every shift, then what would help."""
    problem = alone(visits=(visit("x", "c", windows=minutes((0, 10))),))
    plan = solve(problem, MATRIX, budget=QUICK).plan

    (found,) = explain_unassigned(problem, MATRIX, plan)

    assert found == explain(problem, MATRIX, plan, "x")
    assert found.chief is Block.WINDOW
    lines = sentences(found, "en", LABELS)
    assert lines[:2] == [
        "Request Koidu tn was left unassigned.",
        "Shift Anu would only get there after the time window has closed.",
    ]
    assert lines[2:] == [remedy.sentence("en", LABELS) for remedy in found.remedies]
    assert any("20 minutes" in line for line in lines)


def test_without_shifts_that_is_the_reason():
    """A day without shifts says so."""
    problem = day(shifts=(), visits=(visit("x", "a"),))
    (found,) = explain_unassigned(problem, MATRIX, solve(problem, MATRIX, budget=QUICK).plan)

    assert found.chief is None
    assert len(sentences(found, "et", Labels())) == 3


def test_a_placed_request_shows_its_alternatives():
    """The next best shift comes first with its price, which is what the plan would cost with the request there."""
    problem = day(shifts=(ANU, FAR_MARI, replace(MARI, id="eve", worker="w-eve", latest=9 * HOUR)))
    problem = replace(problem, visits=(visit("x", "c", regular=frozenset({"w-mari"})),))
    plan = solve(problem, MATRIX, budget=QUICK).plan

    found = explain(problem, MATRIX, plan, "x")

    assert isinstance(found, Placed)
    assert found.shifts == ("mari",)
    assert [alternative.shift for alternative in found.alternatives] == ["anu", "eve"]
    instance = Instance(problem, MATRIX)
    candidate = best_insertion(instance, ((), (), ()), (0,), shifts=[0])
    assert candidate is not None
    moved = timetable(instance, candidate.apply(((), (), ())))
    assert moved is not None
    assert check(problem, MATRIX, moved) == ()
    difference = cost(problem, MATRIX, moved).total - cost(problem, MATRIX, plan).total
    assert found.alternatives[0].points == difference > 0
    assert found.alternatives[1].blocked == Blocked(shift="eve", block=Block.SHIFT_END)
    lines = sentences(found, "en", LABELS)
    assert lines[0].startswith("Koidu tn went to shift Mari, beginning at ")
    assert lines[1].startswith("Another possibility is shift Anu: ")
    assert "km" in lines[1]


def test_the_only_shift_says_so():
    """Where no other shift could do it, that is said before the reasons."""
    problem = day(visits=(visit("x", "a", forbidden=frozenset({"w-mari"})),))
    found = explain(problem, MATRIX, solve(problem, MATRIX, budget=QUICK).plan, "x")

    assert [block.blocked.block for block in found.alternatives if block.blocked] == [Block.FORBIDDEN]  # type: ignore[union-attr]
    assert sentences(found, "en", LABELS)[1] == "No other shift could do it."


def test_a_crew_shows_who_else_could_join():
    """For a visit by two, a third shift is priced together with the better of the others."""
    third = replace(MARI, id="eve", worker="w-eve", vehicle="car-3", start_place="c", end_place="c")
    cars = tuple(replace(CAR, id=f"car-{number}") for number in (1, 2, 3))
    problem = day(vehicles=cars, shifts=(ANU, MARI, third), visits=(visit("x", "a", crew=2),))
    found = explain(problem, MATRIX, solve(problem, MATRIX, budget=QUICK).plan, "x")

    assert isinstance(found, Placed)
    assert found.shifts == ("anu", "mari")
    (other,) = found.alternatives
    assert other.shift == "eve"
    assert other.points is not None
    assert other.points > 0


def test_linked_rides_move_together():
    """The alternative of a ride with a return is both on the other shift."""
    problem = day(shipments=(OUT, BACK), links=(RideLink(outbound="out", inbound="back", same_shift=True),))
    found = explain(problem, MATRIX, solve(problem, MATRIX, budget=QUICK).plan, "back")

    assert isinstance(found, Placed)
    assert [alternative.points for alternative in found.alternatives] == [0]


def test_an_unknown_request_is_refused():
    """The message lists what there is."""
    problem = alone(visits=(visit("x", "a"),))

    with pytest.raises(UsageError, match="'q'"):
        explain(problem, MATRIX, solve(problem, MATRIX, budget=QUICK).plan, "q")


def test_a_left_out_request_of_no_help_says_so():
    """Without a remedy the last sentence says that nothing small helps."""
    explanation = LeftOut(request="x", blocked=(Blocked(shift="anu", block=Block.UNREACHABLE),), remedies=())

    assert sentences(explanation, "en", Labels())[-1] == "No single small change would help."
