"""A price list in words, as somebody reads it who has never seen the file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from api.web.fee_lines import steps_of, words_of
from api.wording import say
from api.wording.format import day
from routing.rules.fees.components import AnyComponent
from routing.rules.fees.quote import Reading
from routing.rules.fees.readings import UNKNOWN
from routing.rules.fees.schedule import Schedule


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
        getattr(schedule.conventions, name) == UNKNOWN or isinstance(getattr(schedule.conventions, name), tuple)
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
    parts = tuple(steps_of(component, lang))
    return PriceWords(words=words_of(component, lang), parts=parts, conditions=tuple(conditions))
