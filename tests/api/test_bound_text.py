"""What is said of a bound."""

from dataclasses import replace
from datetime import date

import pytest

from api.bound_text import bound_text
from api.loading import open_day, open_folder
from api.planned import PlannedDay, review_day
from routing.cost import Cost
from routing.plan import Plan
from routing.problem import Problem
from routing.wording import LANGUAGES
from tests.api.command import DAY, REPOSITORY


@pytest.fixture(scope="module")
def planned() -> PlannedDay:
    """Return the bundled small day with nothing planned."""
    folder = open_folder(REPOSITORY / "fixtures" / "alutaguse", None)
    ready = open_day(folder, date.fromisoformat(DAY))
    nothing = Plan(routes=(), unassigned=tuple(request.id for request in ready.problem.requests))
    return review_day(folder, ready, nothing, Cost(distance=1000))


CASES = [
    (1000, "en", "the best possible plan"),
    (1000, "et", "parim võimalik plaan"),
    (901, "en", "within 11.0"),
    (901, "et", "kuni 11,0"),
    (None, "en", "in the time given"),
    (None, "et", "antud aja jooksul"),
    (0, "en", "in the time given"),
]


@pytest.mark.parametrize(("bound", "lang", "words"), CASES)
def test_the_bound_is_said_plainly(planned: PlannedDay, bound: int | None, lang: str, words: str):
    """How close the plan is, rounded up, or that nobody could tell in time."""
    assert words in bound_text(replace(planned, bound=bound), lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_day_too_large_is_said_to_be(planned: PlannedDay, lang: str):
    """Beyond some size more time would not help, and the sentence says so."""
    old = planned.day.problem
    many = tuple(replace(old.visits[0], id=f"v{number}") for number in range(100))
    problem = Problem(places=old.places, vehicles=old.vehicles, shifts=old.shifts, visits=many)
    large = replace(planned, day=replace(planned.day, problem=problem))

    assert "--seconds" not in bound_text(large, lang)
