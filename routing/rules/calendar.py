"""The Estonian calendar of work: public holidays, shortened days, working days.

Dates come from the `holidays` library, which follows Pühade ja tähtpäevade seadus § 1-2 (public holidays) and
Töölepingu seadus § 53 (the working day before New Year, Independence Day, Victory Day and Christmas Eve is three hours
shorter).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

import holidays

SHORTENED_BY = 3 * 3600
"""How many seconds shorter a shortened working day is."""

_SATURDAY = 5
_ONE_DAY = timedelta(days=1)
_LIBRARY_LANGUAGE = {"et": "et", "en": "en_US"}
_RUSSIAN = {
    "uusaasta": "Новый год",
    "iseseisvuspäev": "День независимости",
    "suur reede": "Страстная пятница",
    "ülestõusmispühade 1. püha": "первый день Пасхи",
    "kevadpüha": "Праздник весны",
    "nelipühade 1. püha": "первый день Пятидесятницы",
    "võidupüha": "День победы",
    "jaanipäev": "Янов день",
    "taasiseseisvumispäev": "День восстановления независимости",
    "taassünnipäev": "День возрождения",
    "töörahva rahvusvahelise solidaarsuse päev": "День международной солидарности трудящихся",
    "jõululaupäev": "Рождественский сочельник",
    "esimene jõulupüha": "первый день Рождества",
    "teine jõulupüha": "второй день Рождества",
}
"""What the library's Estonian names are in Russian, which it does not speak."""


@cache
def _days(category: str, lang: str = "et") -> holidays.HolidayBase:
    """Return the library's calendar, which fills in years as they are asked for."""
    return holidays.country_holidays("EE", categories=(category,), language=_LIBRARY_LANGUAGE[lang])


def is_holiday(day: date) -> bool:
    """Tell whether `day` is a national day or public holiday."""
    return day in _days("public")


def holiday_name(day: date, lang: str) -> str | None:
    """Return the name of the public holiday on `day` in `lang`, or None on other days."""
    if lang != "ru":
        return _days("public", lang).get(day)
    names = _days("public").get_list(day)
    return "; ".join(_RUSSIAN[name] for name in names) or None


def is_working_day(day: date) -> bool:
    """Tell whether `day` is a working day: Monday to Friday and no public holiday."""
    return day.weekday() < _SATURDAY and not is_holiday(day)


def is_shortened(day: date) -> bool:
    """Tell whether `day` is a working day that is shortened by three hours."""
    return is_working_day(day) and day in _days("half_day")


def working_days_before(day: date, n: int) -> date:
    """Return the n-th working day before `day`, which itself does not count; `day` where n is 0."""
    return _nth_working_day(day, n, -_ONE_DAY)


def working_days_after(day: date, n: int) -> date:
    """Return the n-th working day after `day`, which itself does not count; `day` where n is 0."""
    return _nth_working_day(day, n, _ONE_DAY)


def working_days_between(first: date, last: date) -> int:
    """Count the working days after `first` up to and including `last`; 0 where `last` is not after `first`.

    So a term is counted: the day it starts from does not count, the day it ends on does
    (Tsiviilseadustiku üldosa seadus § 135).
    """
    return sum(is_working_day(day) for day in _dates(first + _ONE_DAY, last)) if first < last else 0


def _nth_working_day(day: date, n: int, step: timedelta) -> date:
    while n > 0:
        day += step
        n -= is_working_day(day)
    return day


def _dates(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))
