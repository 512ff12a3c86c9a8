"""Prices are said once, with their bounds where something is unknown."""

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from api.day_tables import lines_to_say, price_text
from routing.records.model import Service
from routing.rules.fees.pricing import quote
from routing.rules.fees.question import FareQuestion
from routing.rules.fees.quote import Candidate, Quote
from routing.rules.fees.read import load_schedules
from routing.rules.zones import Zone
from tests.api.command import FEES

ASKED = FareQuestion(
    municipality="Alutaguse vald",
    service=Service.SOCIAL,
    day=date(2026, 11, 25),
    zone=Zone.COUNTY,
    km=Decimal(30),
    km_back=Decimal(30),
    returning=True,
    resident=True,
)


def between(least: str, most: str | None) -> Quote:
    """Return a quote with two candidates."""
    totals = (Decimal(least), None if most is None else Decimal(most))
    return Quote(question=ASKED, candidates=tuple(Candidate(readings=(), lines=(), total=total) for total in totals))


@pytest.mark.parametrize(
    ("answer", "et", "en"),
    [
        (between("57.30", "59.21"), "57,30–59,21 €, küsida", "€57.30–59.21, ask"),
        (between("57.30", None), "küsida", "ask"),
        (replace(between("1", "2"), total=Decimal(5)), "5,00\xa0€", "€5.00"),
    ],
)
def test_price_text(answer: Quote, et: str, en: str) -> None:
    """A known price stands alone; of an unknown one the bounds are said if it has any."""
    assert (price_text(answer, "et"), price_text(answer, "en")) == (et, en)


@pytest.mark.parametrize("lang", ["et", "en", "ru"])
def test_nothing_is_asked_twice(lang: str) -> None:
    """What is unknown is said once, although a line waits for it too."""
    book, _ = load_schedules(FEES.with_name("alutaguse.toml"))
    answer = quote(book, ASKED)
    assert answer.total is None
    said = Counter(line.sentence(lang) for line in lines_to_say(answer, lang))
    said += Counter(unknown.sentence(lang) for unknown in answer.unknowns)
    assert max(said.values()) == 1
    assert set(said) == {item.sentence(lang) for item in (*answer.lines, *answer.unknowns)}
