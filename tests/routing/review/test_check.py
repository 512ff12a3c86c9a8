"""The check as a whole: every rule runs, every code is reached, every code is said in both languages."""

import inspect
from pathlib import Path

import pytest

from routing.plan import Plan
from routing.review import check as check_module
from routing.review import (
    check_breaks,
    check_crossings,
    check_locks,
    check_rides,
    check_routes,
    check_served,
    check_times,
    reading,
)
from routing.review.check import RULES, check
from routing.review.codes import Violation, ViolationCode
from routing.wording import LANGUAGES, keys
from tests.routing.review import (
    test_check_breaks,
    test_check_crossings,
    test_check_locks,
    test_check_rides,
    test_check_routes,
    test_check_served,
    test_check_times,
)
from tests.routing.review.tiny import MATRIX, day

FAMILIES = (check_routes, check_served, check_times, check_rides, check_breaks, check_locks, check_crossings)
TABLES = (
    test_check_routes,
    test_check_served,
    test_check_times,
    test_check_rides,
    test_check_breaks,
    test_check_locks,
    test_check_crossings,
)


def test_every_code_is_reached():
    """Each code has a case that breaks that rule alone."""
    assert {case.code for table in TABLES for case in table.CASES} == set(ViolationCode)


def test_every_rule_is_in_the_table():
    """No public rule of any family is forgotten, and none runs twice."""
    public = [
        rule
        for family in FAMILIES
        for name, rule in inspect.getmembers(family, inspect.isfunction)
        if rule.__module__ == family.__name__ and not name.startswith("_")
    ]

    assert set(public) == set(RULES)
    assert len(RULES) == len(public)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_catalogue_holds_the_codes_and_nothing_else(lang: str):
    """Every code has its sentence and its action, and no sentence is left without a code."""
    expected = {f"check.{code}{end}" for code in ViolationCode for end in ("", ".do")}

    assert keys("check", lang) == expected


@pytest.mark.parametrize("code", ViolationCode)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_bare_violation_can_be_said(code: ViolationCode, lang: str):
    """A violation without any detail still makes a sentence, without a hole in it."""
    bare = Violation(code=code)

    for text in (bare.sentence(lang), bare.action(lang)):
        assert text.endswith((".", "!"))
        assert "{" not in text
        assert "None" not in text


def test_the_check_shares_no_code_with_those_it_judges():
    """No module of the check imports the solver, the cost, or another helper that a solver may use."""
    allowed = ("routing.matrix", "routing.plan", "routing.problem", "routing.wording", "routing.review")
    used = {
        getattr(item, "__module__", "") or ""
        for module in (check_module, reading, *FAMILIES)
        for _, item in inspect.getmembers(module)
    }

    assert [name for name in sorted(used) if name.startswith("routing") and not name.startswith(allowed)] == []


def test_an_empty_plan_loses_nothing_of_an_empty_day():
    """Nothing asked, nothing done, nothing wrong."""
    assert check(day(), MATRIX, Plan(routes=())) == ()


GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_violations_read_as_written(lang: str):
    """The sentence and the action of every case, as people read them, are those of the golden file."""
    lines = []
    for case in (case for table in TABLES for case in table.CASES):
        violation = check(case.under or case.problem, MATRIX, case.broken or case.sound)[0]
        lines += [f"# {case.code}: {case.name}", violation.sentence(lang), violation.action(lang), ""]

    assert "\n".join(lines) == (GOLDEN / f"violations.{lang}.txt").read_text("utf-8")
