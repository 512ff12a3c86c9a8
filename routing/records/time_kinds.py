"""Kinds of cells that hold dates, times of day, windows, lengths and weekdays.

Times are whole seconds from local midnight by the wall clock, below 48 hours: `25:30` and `01:30+1` both mean half
past one of the next morning.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from routing.problem import TimeWindow
from routing.records.kind import CellError, Kind, Words, split
from routing.wording.format import clock_exact

DAY: Final = 86_400
LATEST: Final = 2 * DAY - 1
FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2100
MAX_LENGTH: Final = 7 * DAY

_ISO: Final = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[T ]00:00(?::00)?)?", re.ASCII)
_DOTTED: Final = re.compile(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})\.?", re.ASCII)
_TIME: Final = re.compile(r"(\d{1,2})(?:[:.](\d{2})(?:[:.](\d{2}))?)?(\s*\+\s*1)?", re.ASCII)
_DASH: Final = re.compile(r"\s*[-–—]\s*")
_CLOCK_LENGTH: Final = re.compile(r"(\d{1,3}):(\d{2})(?::(\d{2}))?", re.ASCII)
_WORDED_LENGTH: Final = re.compile(
    r"(?:(\d{1,4})\s*(?:h|t|tundi?))?\s*(?:(\d{1,5})\s*(?:min|minutit?))?\s*(?:(\d{1,6})\s*(?:s|sek))?", re.ASCII
)

_WEEKDAYS: Final = Words(
    {
        1: ("E", "Mon", "esmaspäev", "Monday"),
        2: ("T", "Tue", "teisipäev", "Tuesday"),
        3: ("K", "Wed", "kolmapäev", "Wednesday"),
        4: ("N", "Thu", "neljapäev", "Thursday"),
        5: ("R", "Fri", "reede", "Friday"),
        6: ("L", "Sat", "laupäev", "Saturday"),
        7: ("P", "Sun", "pühapäev", "Sunday"),
    }
)


def _date(text: str) -> date:
    match = _ISO.fullmatch(text) or _DOTTED.fullmatch(text)
    if not match:
        raise ValueError(text)
    value = date(int(match["year"]), int(match["month"]), int(match["day"]))
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise CellError("records.year-out-of-range", lowest=str(FIRST_YEAR), highest=str(LAST_YEAR))
    return value


def _write_date(value: date, lang: str) -> str:
    return value.isoformat() if lang == "en" else value.strftime("%d.%m.%Y")


def _time(text: str) -> int:
    match = _TIME.fullmatch(text)
    if not match:
        raise ValueError(text)
    hours, minutes, seconds = (int(part or 0) for part in match.groups()[:3])
    value = hours * 3600 + minutes * 60 + seconds + (DAY if match[4] else 0)
    if minutes > 59 or seconds > 59 or value > LATEST:
        raise ValueError(text)
    return value


def _write_time(value: int, _lang: str) -> str:
    days, rest = divmod(value, DAY)
    return clock_exact(rest) + ("+1" if days else "")


def _times(text: str) -> tuple[int, ...]:
    return tuple(_time(item) for item in split(text))


def _window(text: str) -> TimeWindow:
    earliest, *rest = map(_time, _DASH.split(text))
    if len(rest) > 1:
        raise ValueError(text)
    latest = rest[0] if rest else earliest
    if latest < earliest:
        raise CellError("records.window-reversed", window=text)
    return TimeWindow(earliest=earliest, latest=latest)


def _windows(text: str) -> tuple[TimeWindow, ...]:
    return tuple(_window(item) for item in split(text))


def _write_windows(windows: tuple[TimeWindow, ...], lang: str) -> str:
    return "; ".join(f"{_write_time(w.earliest, lang)}-{_write_time(w.latest, lang)}" for w in windows)


def _length(text: str, unit: int) -> int:
    text = text.lower()
    if text.isascii() and text.isdigit() and len(text) < 9:
        value = int(text) * unit
    elif match := _CLOCK_LENGTH.fullmatch(text) or _WORDED_LENGTH.fullmatch(text):
        hours, minutes, seconds = (int(part or 0) for part in match.groups())
        value = hours * 3600 + minutes * 60 + seconds
    else:
        raise ValueError(text)
    if value > MAX_LENGTH:
        raise CellError("records.length-out-of-range", days=str(MAX_LENGTH // DAY))
    return value


def _write_length(value: int, _lang: str) -> str:
    minutes, seconds = divmod(value, 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}" if seconds else str(minutes)


def _weekday(text: str) -> int:
    value = _WEEKDAYS.lookup(text)
    if value is None:
        raise ValueError(text)
    return value


def _weekdays(text: str) -> frozenset[int]:
    found: set[int] = set()
    for item in re.split(r"[;|,\s]+", _DASH.sub("-", text)):
        if item:
            first, *last = map(_weekday, item.split("-"))
            found.update(range(first, last[0] + 1) if last else [first])
            if len(last) > 1 or (last and last[0] < first):
                raise ValueError(text)
    return frozenset(found)


DATE: Final = Kind[date](code="records.bad-date", read=_date, write=_write_date)
DATE_LIST: Final = Kind[frozenset[date]](
    code="records.bad-date",
    read=lambda text: frozenset(map(_date, split(text))),
    write=lambda values, lang: "; ".join(_write_date(value, lang) for value in sorted(values)),
    empty=frozenset(),
)
TIME: Final = Kind[int](code="records.bad-time", read=_time, write=_write_time)
TIMES: Final = Kind[tuple[int, ...]](
    code="records.bad-time",
    read=_times,
    write=lambda values, lang: "; ".join(_write_time(value, lang) for value in values),
    empty=(),
)
WINDOWS: Final = Kind[tuple[TimeWindow, ...]](code="records.bad-window", read=_windows, write=_write_windows)
MINUTES: Final = Kind[int](code="records.bad-length", read=lambda text: _length(text, 60), write=_write_length)
SECONDS: Final = Kind[int](
    code="records.bad-seconds", read=lambda text: _length(text, 1), write=lambda value, _lang: str(value)
)
WEEKDAYS: Final = Kind[frozenset[int]](
    code="records.bad-weekdays",
    read=_weekdays,
    write=lambda values, lang: "; ".join(_WEEKDAYS.say(value, lang) for value in sorted(values)),
    options=_WEEKDAYS.options(),
    many=True,
)
