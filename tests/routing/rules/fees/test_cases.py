"""The worked cases beside the bundled price lists."""

from itertools import chain
from pathlib import Path

import pytest

from routing.rules.fees.book import FeeBook
from routing.rules.fees.cases import cases_beside, load_cases, try_cases
from routing.rules.fees.read import CASES, load_schedules
from routing.wording import LANGUAGES

FOLDER = Path(__file__).parents[4] / "fixtures" / "fees"
FILES = [file for file in sorted(FOLDER.glob("*.toml")) if not file.name.endswith(CASES)]
PUBLISHED_FLAWS = {
    "jarva_vald.toml": ["rules.fee-conflict"],
    "tartu_linn.toml": ["rules.fee-band-gap", "rules.fee-band-gap"],
}
"""What is wrong with lists as they are published: kept, reported and asked."""


def _cases():
    for file in FILES:
        cases, findings = load_cases(cases_beside(file))
        assert not len(findings), list(findings)
        for case in cases:
            yield pytest.param(file, case, id=f"{file.stem}: {case.name}")


def _municipality(book: FeeBook) -> str:
    (name,) = {schedule.municipality for schedule in book.schedules}
    return name


@pytest.mark.parametrize(("file", "case"), list(_cases()))
def test_worked_case(file, case, speaks):
    """A worked case has its total, or asks for what it says and shows its candidates."""
    book, _ = load_schedules(file)
    (tried,) = try_cases(book, _municipality(book), (case,))
    assert tried.total == case.total
    assert tuple(unknown.code for unknown in tried.quote.unknowns) == case.unknowns
    assert tried.candidates == case.candidates
    assert tried.agrees
    for unknown in tried.quote.unknowns:
        speaks(unknown)
    for lang in LANGUAGES:
        assert tried.quote.as_dict(lang)["sentence"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_bundled_list(file):
    """A bundled list names basis, source and day, has worked cases for each service, and the flaws it is known for."""
    book, findings = load_schedules(file)
    assert [finding.code for finding in findings] == PUBLISHED_FLAWS.get(file.name, [])
    assert all(schedule.legal_basis and schedule.source for schedule in book.schedules)
    cases, _ = load_cases(cases_beside(file))
    assert {schedule.service for schedule in book.schedules} <= {case.ask.service for case in cases}


def test_all_lists_are_read_together():
    """At least twenty municipalities are bundled, and no list contradicts another."""
    book, findings = load_schedules(FOLDER)
    assert len({schedule.municipality for schedule in book.schedules}) >= 20
    assert sorted(finding.code for finding in findings) == sorted(chain.from_iterable(PUBLISHED_FLAWS.values()))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_case_is_said_in_every_language(file):
    """A reader of Estonian or Russian reads no English; English is what the files are written in."""
    cases, findings = load_cases(cases_beside(file))
    assert cases
    assert not list(findings)
    for said in chain.from_iterable((case.et, case.ru) for case in cases):
        assert said is not None
        assert said.name.strip()
        assert said.why.strip()
    for lang in LANGUAGES:
        names = [case.words(lang).name for case in cases]
        assert len(set(names)) == len(names), f"two cases have one name in {lang}"
