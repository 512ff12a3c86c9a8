"""The worked cases beside the bundled price lists."""

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from routing.records.model import Service
from routing.rules.fees.pricing import quote
from routing.rules.fees.question import AMOUNTS, FareQuestion
from routing.rules.fees.read import load_schedules
from routing.rules.zones import Zone
from routing.wording import LANGUAGES

FOLDER = Path(__file__).parents[4] / "fixtures" / "fees"
_CONVERTED = {"service": Service, "zone": Zone, "km": Decimal, "km_back": Decimal, "km_beyond_border": Decimal}


def _cases():
    for file in sorted(FOLDER.glob("*.cases.toml")):
        schedules = file.with_name(file.name.replace(".cases", ""))
        municipality = tomllib.loads(schedules.read_text(encoding="utf-8"))["municipality"]
        for case in tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)["cases"]:
            yield pytest.param(schedules, municipality, case, id=f"{municipality}: {case['name']}")


def _question(municipality, ask):
    plain = {name: _CONVERTED.get(name, lambda value: value)(value) for name, value in ask.items()}
    amounts = {name: Decimal(plain.pop(name)) for name in plain.keys() & set(AMOUNTS)}
    return FareQuestion(municipality=municipality, amounts=amounts, **plain)


@pytest.mark.parametrize(("file", "municipality", "case"), list(_cases()))
def test_worked_case(file, municipality, case, speaks):
    """A worked case has its total, or asks for what it says and shows its candidates."""
    book, findings = load_schedules(file)
    assert not len(findings)
    answer = quote(book, _question(municipality, case["ask"]))
    plain = answer.as_dict("et")
    assert plain["total"] == case.get("total")
    assert [unknown.code for unknown in answer.unknowns] == case.get("unknowns", [])
    assert [entry["total"] or "unknown" for entry in plain["candidates"]] == case.get("candidates", [])
    assert plain["known_part"] == case.get("known_part", plain["known_part"])
    for unknown in answer.unknowns:
        speaks(unknown)
    for lang in LANGUAGES:
        assert answer.as_dict(lang)["sentence"]


def test_every_bundled_list_is_sound():
    """The bundled lists are read together without a finding and name their basis and source."""
    book, findings = load_schedules(FOLDER)
    assert not len(findings)
    assert {schedule.municipality for schedule in book.schedules} == {"Tartu vald", "Alutaguse vald"}
    assert all(schedule.legal_basis and schedule.source for schedule in book.schedules)
