"""Times, lengths and money as people read them, per language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal


def clock(seconds: int) -> str:
    """Return seconds from local midnight as a 24-hour clock time, `09:05`, to the minute (rounded down).

    Times past midnight keep counting with a day mark, `00:10+1`.
    """
    days, rest = divmod(seconds, 86_400)
    text = f"{rest // 3600:02d}:{rest % 3600 // 60:02d}"
    return f"{text}{days:+d}" if days else text


def clock_exact(seconds: int) -> str:
    """Return seconds from local midnight with seconds shown where there are any, `09:05` or `09:05:20`."""
    rest = seconds % 60
    return clock(seconds) + (f":{rest:02d}" if rest else "")


def minutes(seconds: int) -> int:
    """Return a length in whole minutes, rounded up: nobody is promised less time than it takes."""
    return -(-seconds // 60)


def kilometres(metres: int, lang: str) -> str:
    """Return a length in kilometres with one decimal, `12,4` in Estonian and Russian."""
    return str(format_decimal(Decimal(metres) / 1000, format="0.0", locale=lang))


def distance(metres: float, lang: str) -> str:
    """Return a length as people say it, `850 m` or `2,4 km`."""
    metre, kilometre = ("м", "км") if lang == "ru" else ("m", "km")
    return f"{round(metres)} {metre}" if metres < 999.5 else f"{kilometres(round(metres), lang)} {kilometre}"


def duration(seconds: int, lang: str) -> str:
    """Return a length of time as `6 h 05 min`, rounded up to the minute."""
    whole = minutes(seconds)
    hour, minute = ("ч", "мин") if lang == "ru" else ("h", "min")
    return f"{whole // 60} {hour} {whole % 60:02d} {minute}"


def euros(amount: Decimal, lang: str) -> str:
    """Return an amount of money, `5,00 €` in Estonian."""
    return str(format_currency(amount, "EUR", locale=lang))


def amount(value: Decimal, lang: str) -> str:
    """Return an amount of money as a number that spreadsheet programs sum, `5,00` in Estonian."""
    return str(format_decimal(value, format="0.00", locale=lang))


def day(value: date, lang: str) -> str:
    """Return a date as dd.mm.yyyy, and in words in English so that nobody mistakes its order."""
    return str(format_date(value, format="EEE d MMM yyyy" if lang == "en" else "dd.MM.yyyy", locale=lang))


def month(value: date, lang: str) -> str:
    """Return the month of a date with its year, `november 2026`."""
    return str(format_date(value, format="LLLL yyyy", locale=lang))


def listing(parts: Sequence[str], lang: str) -> str:
    """Return parts as one enumeration, `a, b ja c` in Estonian."""
    return str(format_list(parts, locale=lang))
