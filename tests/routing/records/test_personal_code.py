"""Estonian personal codes are recognised, and other numbers of eleven digits are not."""

import pytest

from routing.records.personal_code import holds_personal_code, mask


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("47101010033", True),  # the register's own example of a woman born on 1 January 1971
        ("37605030299", True),
        ("10001010080", True),  # the second weights give ten again, so the check digit is 0
        ("Mari, 47101010033!", True),
        ("47101010034", False),  # wrong check digit
        ("47113010033", False),  # month 13
        ("37251234567", False),  # a phone number with the country's code
        ("01234567890", False),  # a case number
        ("147101010033", False),  # twelve digits
    ],
)
def test_recognises(text: str, holds: bool) -> None:
    """Only eleven digits with a real date and check digit count."""
    assert holds_personal_code(text) is holds
    assert ("***********" in mask(text)) is holds
