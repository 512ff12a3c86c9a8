"""What a fee is measured by: kilometres, waiting, hours, people, one small function each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import partial

from routing.rules.fees.question import AMOUNTS
from routing.rules.fees.readings import Situation, UnknownValue, Way
from routing.rules.fees.uses import RIDES, Span
from routing.rules.zones import Zone

_KM_ROUNDING = {"up": ROUND_CEILING, "nearest": ROUND_HALF_UP, "down": ROUND_FLOOR}
_TIME_STEP = {"quarter": Decimal("0.25"), "half": Decimal("0.5"), "hour": Decimal(1)}


def in_steps(value: Decimal, step: Decimal, rounding: str) -> Decimal:
    """Round `value` to a multiple of `step`, by one of the rounding modes of `decimal`."""
    return (value / step).to_integral_value(rounding=rounding) * step


def charge(_situation: Situation) -> Decimal:
    """Return 1: a charge is charged once."""
    return Decimal(1)


def kilometres(situation: Situation) -> Decimal:
    """Return the kilometres that count for this charge, rounded by the schedule's convention."""
    rounding = _KM_ROUNDING.get(situation.reading("km_rounding"))
    km = _charged_km(situation)
    return km if rounding is None else in_steps(km, Decimal(1), rounding)


def wait_hours(situation: Situation) -> Decimal:
    """Return the hours of waiting: none on a single ride, the way out or a ride not made; else by each started step."""
    question = situation.question
    if not question.returning or situation.way is Way.OUT or question.result != "done":
        return Decimal(0)
    if situation.question.wait is None:
        raise UnknownValue("rules.missing-wait-hours")
    hours = Decimal(situation.question.wait) / 3600
    return _started(hours, situation.reading("wait_rounding"))


def notice_hours(situation: Situation) -> Decimal:
    """Return how many hours before it would have begun the ride was cancelled."""
    if situation.question.notice is None:
        raise UnknownValue("rules.missing-notice-hours")
    return Decimal(situation.question.notice) / 3600


def rides(span: Span, situation: Situation) -> Decimal:
    """Return which charge of its month, quarter or year this one is, counted from 1."""
    return situation.used(RIDES, span) + 1


def given(name: str, situation: Situation) -> Decimal:
    """Return a measure that the question states as it is."""
    value = situation.question.amounts.get(name)
    if value is None:
        raise UnknownValue(f"rules.missing-{name.replace('_', '-')}")
    return value


def given_hours(name: str, situation: Situation) -> Decimal:
    """Return hours that the question states, rounded by the schedule's convention."""
    return _started(given(name, situation), situation.reading("hours_rounding"))


def _started(hours: Decimal, rounding: str) -> Decimal:
    step = _TIME_STEP.get(rounding)
    return hours if step is None else in_steps(hours, step, ROUND_CEILING)


MEASURES: Mapping[str, Callable[[Situation], Decimal]] = {
    "charge": charge,
    "km": kilometres,
    "wait_hours": wait_hours,
    "notice_hours": notice_hours,
    "rides_in_month": partial(rides, "month"),
    "rides_in_quarter": partial(rides, "quarter"),
    "rides_in_year": partial(rides, "year"),
    **{name: partial(given, name) for name in AMOUNTS},
    **{name: partial(given_hours, name) for name in ("hours", "extra_hours")},
}
"""Every measure a component may name."""


def _charged_km(situation: Situation) -> Decimal:
    question = situation.question
    out, back = _each_way(situation)
    if not question.returning:
        return out + back if situation.reading("empty_return") == "charged" else out
    if situation.way is Way.OUT:
        return out
    if situation.way is Way.BACK:
        return back
    return out + back if situation.reading("km_counted") == "total" else out


def _each_way(situation: Situation) -> tuple[Decimal, Decimal]:
    question = situation.question
    counted = situation.reading("km_from")
    if counted == "boarding":
        if question.km is None:
            raise UnknownValue("rules.missing-km")
        return question.km, question.km if question.km_back is None else question.km_back
    if counted == "municipality_border":
        return _beyond_municipality(situation)
    if situation.reading("zone") != Zone.COUNTRY:
        return Decimal(0), Decimal(0)
    if question.km_beyond_border is None:
        raise UnknownValue("rules.missing-km-beyond-border")
    return question.km_beyond_border, question.km_beyond_border


def _beyond_municipality(situation: Situation) -> tuple[Decimal, Decimal]:
    beyond = situation.question.km_beyond_municipality
    if situation.reading("zone") == Zone.MUNICIPALITY:
        return Decimal(0), Decimal(0)
    if beyond is None:
        raise UnknownValue("rules.missing-km-beyond-municipality")
    return beyond, beyond
