"""A price list in words, as somebody reads it who has never seen the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from api.wording import say
from api.wording.format import day, number
from routing.rules.fees.components import AnyComponent
from routing.rules.fees.components.band import Band, Step
from routing.rules.fees.components.component import Price
from routing.rules.fees.components.flat import Flat
from routing.rules.fees.components.minimum import Minimum
from routing.rules.fees.components.multiplier import Multiplier
from routing.rules.fees.components.rate import Rate
from routing.rules.fees.quote import Reading
from routing.rules.fees.readings import UNKNOWN
from routing.rules.fees.schedule import Schedule
from routing.wording.format import euros


@dataclass(frozen=True, kw_only=True)
class PriceWords:
    """One component: what it charges, the steps of a band, and when it applies."""

    words: str
    parts: tuple[str, ...]
    conditions: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ScheduleWords:
    """One price list in words."""

    title: str
    period: str
    validity: str
    prices: tuple[PriceWords, ...]
    unknown: str
    basis: str
    source: str


def in_words(schedule: Schedule, lang: str) -> ScheduleWords:
    """Return a price list in words of `lang`; what the municipality wrote itself stays as it is."""
    unknown = any(
        getattr(schedule.conventions, name) == UNKNOWN
        for name in ("charged_per", "km_counted", "km_from", "km_rounding")
    )
    return ScheduleWords(
        title=say(f"rules.service-{schedule.service.value.replace('_', '-')}", lang),
        period=say(f"fees.period-{schedule.period}", lang),
        validity=_validity(schedule, lang),
        prices=tuple(_price(component, lang) for component in schedule.components),
        unknown=say("fees.unknown", lang) if unknown else "",
        basis=schedule.legal_basis,
        source=schedule.source,
    )


def _validity(schedule: Schedule, lang: str) -> str:
    if isinstance(schedule.valid_from, date):
        begins = day(schedule.valid_from, lang)
        if schedule.valid_to:
            return say("fees.valid-span", lang, begins=begins, ends=day(schedule.valid_to, lang))
        return say("fees.valid-from", lang, begins=begins)
    if schedule.seen_on:
        return say("fees.valid-seen", lang, seen=day(schedule.seen_on, lang))
    return say("fees.valid-unknown", lang)


def _price(component: AnyComponent, lang: str) -> PriceWords:
    conditions = (
        " / ".join(Reading(name=name, value=value).sentence(lang) for value in values)
        for name, values in component.when.items()
    )
    parts = tuple(_steps(component, lang)) if isinstance(component, Band) else ()
    return PriceWords(words=_words(component, lang), parts=parts, conditions=tuple(conditions))


def _words(component: AnyComponent, lang: str) -> str:
    match component:
        case Flat(amount=amount):
            return say("fees.flat", lang, amount=_money(amount, lang))
        case Rate(above=None, up_to=None):
            return say("fees.rate", lang, price=_money(component.price, lang), per=_measure(component.per, lang))
        case Rate():
            return say(
                "fees.rate-part",
                lang,
                price=_money(component.price, lang),
                per=_measure(component.per, lang),
                part=_part(component.above, component.up_to, lang),
            )
        case Band():
            return say("fees.band", lang, by=_measure(component.by, lang))
        case Minimum(amount=amount):
            return say("fees.minimum", lang, amount=_money(amount, lang))
        case Multiplier(factor=factor):
            times = say("fees.unknown-price", lang) if isinstance(factor, str) else number(factor, lang)
            return say("fees.multiplier", lang, factor=times)


def _steps(band: Band, lang: str) -> Iterator[str]:
    for step in band.bands:
        yield say("fees.step", lang, part=_bounds(step, lang), amount=_money(step.amount, lang))


def _bounds(step: Step, lang: str) -> str:
    low = step.above if step.above is not None else step.at_least
    high = step.below if step.below is not None else step.up_to
    return _part(low, high, lang, included=step.above is None)


def _part(low: Decimal | None, high: Decimal | None, lang: str, *, included: bool = False) -> str:
    match low, high:
        case None, None:
            return say("fees.part-all", lang)
        case _, None:
            return say("fees.part-above" if included else "fees.part-over", lang, low=_number(low, lang))
        case None, _:
            return say("fees.part-below", lang, high=_number(high, lang))
        case _:
            return say("fees.part-between", lang, low=_number(low, lang), high=_number(high, lang))


def _number(value: Decimal | None, lang: str) -> str:
    return "" if value is None else number(value, lang)


def _money(price: Price, lang: str) -> str:
    return say("fees.unknown-price", lang) if isinstance(price, str) else euros(price, lang)


def _measure(name: str, lang: str) -> str:
    return say(f"rules.measure-{name.replace('_', '-')}", lang)
