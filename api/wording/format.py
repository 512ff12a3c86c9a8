"""Dates, moments and numbers as people read them, in the three languages of the pages."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

ZONE = ZoneInfo("Europe/Tallinn")
_DAYS = {"et": "dd.MM.yyyy", "ru": "dd.MM.yyyy", "en": "d MMM yyyy"}
_LONG_DAYS = {"en": "EEEE, d MMMM y"}


def day(value: date, lang: str) -> str:
    """Return a date, `25.11.2026` in Estonian."""
    return str(format_date(value, format=_DAYS[lang], locale=lang))


def long_day(value: date, lang: str) -> str:
    """Return a date with its weekday in words, `kolmapäev, 25. november 2026`; the day before the month everywhere."""
    return str(format_date(value, format=_LONG_DAYS.get(lang, "full"), locale=lang))


def moment(value: datetime, lang: str) -> str:
    """Return a moment as the clock in Estonia shows it, `25.11.2026 08:05`."""
    pattern = f"{_DAYS[lang]} HH:mm"
    return str(format_datetime(value.astimezone(ZONE), format=pattern, locale=lang))


def number(value: float | Decimal, lang: str, pattern: str = "#,##0.##") -> str:
    """Return a number with the language's own comma."""
    return str(format_decimal(value, format=pattern, locale=lang))
