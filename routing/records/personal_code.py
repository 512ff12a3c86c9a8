"""Recognise an Estonian personal code (isikukood), which the records must not hold.

Eleven digits: century and sex, birth date, serial number, and a check digit by two rounds of weights (EVS 585:2007).
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

_ELEVEN_DIGITS: Final = re.compile(r"(?<!\d)[1-8]\d{10}(?!\d)", re.ASCII)
_FIRST_WEIGHTS: Final = (1, 2, 3, 4, 5, 6, 7, 8, 9, 1)
_SECOND_WEIGHTS: Final = (3, 4, 5, 6, 7, 8, 9, 1, 2, 3)


def holds_personal_code(text: str) -> bool:
    """Tell whether a valid personal code stands anywhere in `text`."""
    return any(map(_valid, _ELEVEN_DIGITS.findall(text)))


def mask(text: str) -> str:
    """Return `text` with every personal code in it blotted out."""
    return _ELEVEN_DIGITS.sub(lambda match: "*" * 11 if _valid(match[0]) else match[0], text)


def _valid(code: str) -> bool:
    digits = [int(digit) for digit in code]
    return _is_date(digits) and _check_digit(digits) == digits[10]


def _check_digit(digits: list[int]) -> int:
    for weights in (_FIRST_WEIGHTS, _SECOND_WEIGHTS):
        rest = sum(digit * weight for digit, weight in zip(digits[:10], weights, strict=True)) % 11
        if rest < 10:
            return rest
    return 0


def _is_date(digits: list[int]) -> bool:
    century = 1800 + 100 * ((digits[0] - 1) // 2)
    year, month, day = (10 * digits[i] + digits[i + 1] for i in (1, 3, 5))
    try:
        date(century + year, month, day)
    except ValueError:
        return False
    return True
