"""Values inside sentences, by the customs of the language."""

from datetime import date
from decimal import Decimal

import pytest

from routing.rules.remark import Euros, Term, length, spoken


@pytest.mark.parametrize(
    ("value", "et", "en"),
    [
        (date(2026, 6, 5), "05.06.2026", "Fri 5 Jun 2026"),
        (Decimal("1.50"), "1,5", "1.5"),
        (Euros(amount=Decimal("1.91")), "1,91\xa0€", "€1.91"),
        (Term(key="rules.service-escorted"), "saatjaga transport", "escorted transport"),
        ("TLS § 43", "TLS § 43", "TLS § 43"),
        (3, "3", "3"),
    ],
)
def test_spoken(value, et, en):
    """Dates, numbers, money and words are said in the reader's language; text stays as it is."""
    assert (spoken(value, "et"), spoken(value, "en")) == (et, en)


@pytest.mark.parametrize(
    ("seconds", "lang", "text"),
    [
        *((0, "et", "0 h"), (6 * 3600, "en", "6 h"), (6 * 3600 + 90, "et", "6 h 1 min"), (1800, "en", "0 h 30 min")),
        *((0, "ru", "0 ч"), (6 * 3600 + 90, "ru", "6 ч 1 мин")),
    ],
)
def test_length(seconds, lang, text):
    """Lengths of time are whole hours and minutes."""
    assert length(seconds, lang) == text
