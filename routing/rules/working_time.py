"""Working time: breaks, rest and length of work, as Töölepingu seadus (TLS) sets them.

Nothing is refused: a breach is a warning that names the rule. Times are seconds from the local midnight of one common
day, so that a night shift or the shift of the next day simply counts on past 86400. Of overlapping or touching
intervals the caller makes one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from routing.problem import Break, TimeWindow
from routing.rules.calendar import SHORTENED_BY, is_shortened
from routing.rules.remark import Length, Remark, Value

HOUR = 3600
WORK_BEFORE_BREAK = 6 * HOUR
"""A break is due after at most this much work (TLS § 47 (2))."""
SHORTEST_BREAK = 30 * 60
"""A break shorter than this is none (TLS § 47 (2))."""
DAILY_REST = 11 * HOUR
"""Uninterrupted rest within 24 hours (TLS § 51 (1))."""
LONGEST_SHIFT = 24 * HOUR - DAILY_REST
"""A shift with its breaks leaves room for the daily rest (TLS § 51 (1))."""
WORKING_DAY = 8 * HOUR
"""Full-time work in a day (TLS § 43)."""
WORKING_WEEK = 40 * HOUR
"""Full-time work in seven days (TLS § 43)."""
WEEKLY_REST = 48 * HOUR
"""Uninterrupted rest within seven days (TLS § 52 (1))."""
WEEKLY_REST_SUMMED = 36 * HOUR
"""The same where working time is summed over a period (TLS § 52 (1))."""

_EARLIEST_BREAK = 2 * HOUR


@dataclass(frozen=True, kw_only=True)
class Interval:
    """A stretch of time from `start` to `end`."""

    start: int
    end: int

    @property
    def length(self) -> int:
        """Return how long it is."""
        return self.end - self.start


def break_for_shift(start: int, end: int, break_length: int = SHORTEST_BREAK) -> Break | None:
    """Return the break that a shift from `start` to `end` (overtime included) must plan; None up to six hours.

    It is due for a route of more than six hours, and begins between two and six hours after the shift's start. The
    upper end keeps the law before the break: a route leaves no earlier than the shift starts, so at most six hours lie
    before it. After it there may be at most six hours too, so the lower end rises to `end` - 6 h - `break_length` where
    the shift is longer than eight hours and the break; then no route within the shift, whenever it leaves and
    returns, has a stretch of more than six hours. Beyond twelve hours and the break one break cannot do that: it is
    then set at six hours, and `judge_breaks` warns of what is left.
    """
    if end - start <= WORK_BEFORE_BREAK:
        return None
    latest = start + WORK_BEFORE_BREAK
    earliest = max(start + _EARLIEST_BREAK, end - WORK_BEFORE_BREAK - break_length)
    return Break(
        duration=break_length,
        window=TimeWindow(earliest=min(earliest, latest), latest=latest),
        required_after=WORK_BEFORE_BREAK,
    )


def judge_breaks(shift: Interval, breaks: Iterable[Interval], *, worker: str) -> tuple[Remark, ...]:
    """Warn of every stretch of more than six hours without a break of thirty minutes."""
    real = sorted((pause for pause in breaks if pause.length >= SHORTEST_BREAK), key=lambda pause: pause.start)
    ends = [shift.start, *(pause.end for pause in real)]
    starts = [*(pause.start for pause in real), shift.end]
    return tuple(
        _warning("break", "TLS § 47 lg 2", worker, actual=until - since, limit=WORK_BEFORE_BREAK)
        for since, until in zip(ends, starts, strict=True)
        if until - since > WORK_BEFORE_BREAK
    )


def judge_daily_rest(shifts: Sequence[Interval], *, worker: str) -> tuple[Remark, ...]:
    """Warn of every two shifts of one worker with less than eleven hours between them.

    Health and welfare workers may rest less where it does not harm them, against time off right after (TLS § 51).
    """
    ordered = sorted(shifts, key=lambda shift: shift.start)
    return tuple(
        _warning("daily-rest", "TLS § 51 lg 1", worker, actual=later.start - earlier.end, limit=DAILY_REST)
        for earlier, later in pairwise(ordered)
        if later.start - earlier.end < DAILY_REST
    )


def judge_shift_length(shift: Interval, *, worker: str) -> tuple[Remark, ...]:
    """Warn of a shift that lasts more than thirteen hours, breaks included."""
    if shift.length <= LONGEST_SHIFT:
        return ()
    return (_warning("shift-length", "TLS § 51 lg 1", worker, actual=shift.length, limit=LONGEST_SHIFT),)


def judge_working_day(worked: int, day: date, *, worker: str) -> tuple[Remark, ...]:
    """Warn of more than eight hours of work on `day`, or five on a shortened one; breaks are not work."""
    shortened = is_shortened(day)
    limit = WORKING_DAY - SHORTENED_BY if shortened else WORKING_DAY
    if worked <= limit:
        return ()
    rule, law = ("shortened-day", "TLS § 53") if shortened else ("working-day", "TLS § 43")
    return (_warning(rule, law, worker, actual=worked, limit=limit, day=day),)


def judge_working_week(worked: int, *, worker: str) -> tuple[Remark, ...]:
    """Warn of more than forty hours of work in seven days; what is above is overtime, by agreement (TLS § 44)."""
    if worked <= WORKING_WEEK:
        return ()
    return (_warning("working-week", "TLS § 43", worker, actual=worked, limit=WORKING_WEEK),)


def judge_weekly_rest(
    shifts: Sequence[Interval], week: Interval, *, worker: str, summed: bool = False
) -> tuple[Remark, ...]:
    """Warn of a `week` (seven days) whose longest uninterrupted rest is under 48 hours, or 36 where `summed`."""
    inside = sorted((shift for shift in shifts if shift.end > week.start and shift.start < week.end), key=_start)
    ends = [week.start, *(shift.end for shift in inside)]
    starts = [*(shift.start for shift in inside), week.end]
    longest = max(until - since for since, until in zip(ends, starts, strict=True))
    limit = WEEKLY_REST_SUMMED if summed else WEEKLY_REST
    if longest >= limit:
        return ()
    return (_warning("weekly-rest", "TLS § 52 lg 1", worker, actual=max(0, longest), limit=limit),)


def _start(interval: Interval) -> int:
    return interval.start


def _warning(rule: str, law: str, worker: str, *, actual: int, limit: int, **more: Value) -> Remark:
    lengths = {"actual": Length(seconds=max(0, actual)), "limit": Length(seconds=limit)}
    values: dict[str, Value] = {"worker": worker, **lengths, **more}
    return Remark(code=f"rules.{rule}", law=law, values=values)
