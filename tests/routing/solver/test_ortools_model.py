"""Each family of constraints of the OR-Tools model decides a tiny day that goes wrong without it."""

import pytest

from routing.cost import cost
from routing.solver import ortools_model
from tests.routing.review.tiny import MATRIX
from tests.routing.solver.families import RULES, WISHES, Family
from tests.routing.solver.raw import is_sound, raw_plan


@pytest.mark.parametrize("case", RULES, ids=lambda case: case.name)
def test_a_family_keeps_its_rule(case: Family):
    """The model alone leaves out just what cannot be served, and nothing is broken."""
    plan = raw_plan(case.problem)

    assert plan is not None
    assert is_sound(case.problem, plan)
    assert plan.unassigned == case.unassigned


@pytest.mark.parametrize("case", RULES, ids=lambda case: case.name)
def test_without_its_family_a_rule_is_broken(case: Family):
    """Without the family the model's routes break a rule or have no timetable at all."""
    assert not is_sound(case.problem, raw_plan(case.problem, lacking=case.family))


@pytest.mark.parametrize("case", WISHES, ids=lambda case: case.name)
def test_a_family_weighs(case: Family):
    """With the family the model's plan is cheaper than without, by the one true cost."""
    heeded, ignored = raw_plan(case.problem), raw_plan(case.problem, lacking=case.family)

    assert heeded is not None
    assert is_sound(case.problem, heeded)
    assert heeded.unassigned == case.unassigned
    assert ignored is None or cost(case.problem, MATRIX, heeded).total < cost(case.problem, MATRIX, ignored).total


def test_every_family_has_a_case():
    """No family of the model goes without a case; times are driven in all of them."""
    shown = {case.family for case in (*RULES, *WISHES)}

    assert {add.__name__ for add in ortools_model._FAMILIES} - shown == {"add_times"}
