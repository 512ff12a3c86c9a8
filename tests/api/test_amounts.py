"""Amounts are read as people write them, and other numbers are none."""

from decimal import Decimal

import pytest

from api.amounts import read_amount


@pytest.mark.parametrize(
    ("text", "found"),
    [("12", Decimal(12)), (" 12,50 € ", Decimal("12.50")), ("0.5", Decimal("0.5")), ("3€", Decimal(3))],
)
def test_amounts(text: str, found: Decimal):
    """A point or a comma, blanks around, a euro sign behind."""
    assert read_amount(text) == found


@pytest.mark.parametrize(
    "text", ["", "１２", "١٢", "1_2", "1e3", "-1", "+1", "NaN", "Infinity", "1,2,3", "12 50", ".5", "5."]
)
def test_what_is_no_amount(text: str):
    """Digits of other scripts, and what only a program would write."""
    assert read_amount(text) is None
