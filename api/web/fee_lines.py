"""What each kind of line of a price list charges, in words, and the steps that belong to it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from api.wording import say
from api.wording.format import day, number
from routing.rules.fees.components import AnyComponent
from routing.rules.fees.components.allowance import Allowance
from routing.rules.fees.components.band import Band, Step
from routing.rules.fees.components.cancelled import Cancelled
from routing.rules.fees.components.cap import Cap
from routing.rules.fees.components.component import Price
from routing.rules.fees.components.conflict import Conflict
from routing.rules.fees.components.expenses import Expenses, expense_words
from routing.rules.fees.components.flat import Flat
from routing.rules.fees.components.minimum import Minimum
from routing.rules.fees.components.multiplier import Multiplier
from routing.rules.fees.components.no_show import NoShow
from routing.rules.fees.components.quota import Quota
from routing.rules.fees.components.rate import Rate
from routing.rules.fees.components.share import Share
from routing.rules.fees.components.shared import Shared
from routing.rules.fees.components.surcharge import Surcharge
from routing.rules.fees.components.table import Table
from routing.rules.fees.components.waiver import Waiver
from routing.rules.remark import spoken
from routing.wording.format import euros


def words_of(component: AnyComponent, lang: str) -> str:
    """Say in `lang` what a line charges, without its steps and conditions."""
    match component:
        case Rate() | Table() | Allowance() | Band():
            return _by_measure(component, lang)
        case Quota() | Cap() | Share():
            return _counted(component, lang)
        case Flat() | Minimum() | Multiplier() | Surcharge():
            return _of_sums(component, lang)
        case Cancelled() | NoShow() | Shared() | Expenses() | Waiver():
            return _of_cases(component, lang)
        case Conflict(first=first, second=second):
            return say("fees.conflict", lang, one=words_of(first, lang), other=words_of(second, lang))


def steps_of(component: AnyComponent, lang: str) -> Iterator[str]:
    """Say the steps of a band, the fares of a table, the parts that are due of a cancelled ride."""
    match component:
        case Band(bands=bands):
            for step in bands:
                yield say("fees.step", lang, part=_bounds(step, lang), amount=_money(step.amount, lang))
        case Cancelled(bands=bands):
            for step in bands:
                yield say("fees.step-hours", lang, part=_bounds(step, lang), amount=_percent(step.amount, lang))
        case Table(fares=fares):
            for fare in fares:
                yield say(
                    "fees.fare", lang, one=fare.between[0], other=fare.between[1], amount=_money(fare.amount, lang)
                )
        case _:
            return


def _by_measure(component: Rate | Table | Allowance | Band, lang: str) -> str:
    match component:
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
        case Table():
            return say("fees.table", lang, price=_money(component.otherwise, lang))
        case Allowance():
            return say(
                "fees.allowance",
                lang,
                free=number(component.free, lang),
                span=_span(component.span, lang),
                price=_money(component.price, lang),
                per=_measure(component.per, lang),
            )
        case Band():
            return say("fees.band", lang, by=_measure(component.by, lang))


def _counted(component: Quota | Cap | Share, lang: str) -> str:
    span = _span(component.span, lang)
    match component:
        case Quota(rides=rides, beyond=beyond):
            limit = say("fees.unknown-price", lang) if isinstance(rides, str) else number(rides, lang)
            return say("fees.quota", lang, limit=limit, span=span, beyond=_money(beyond, lang))
        case Cap(amount=amount):
            return say("fees.cap", lang, amount=_money(amount, lang), span=span)
        case Share(part=part, limit=None):
            return say("fees.share", lang, part=_percent(part, lang))
        case Share(part=part, limit=limit):
            return say("fees.share-limit", lang, part=_percent(part, lang), limit=_money(limit, lang), span=span)


def _of_sums(component: Flat | Minimum | Multiplier | Surcharge, lang: str) -> str:
    match component:
        case Flat(amount=amount):
            return say("fees.flat", lang, amount=_money(amount, lang))
        case Minimum(amount=amount):
            return say("fees.minimum", lang, amount=_money(amount, lang))
        case Multiplier(factor=factor):
            times = say("fees.unknown-price", lang) if isinstance(factor, str) else number(factor, lang)
            return say("fees.multiplier", lang, factor=times)
        case Surcharge(part=part, per=per):
            return say("fees.surcharge", lang, part=_percent(part, lang), per=_measure(per, lang))


def _of_cases(component: Cancelled | NoShow | Shared | Expenses | Waiver, lang: str) -> str:
    match component:
        case Cancelled():
            return say("fees.cancelled", lang)
        case NoShow(part=part):
            return say("fees.no-show", lang, part=_percent(part, lang))
        case Shared():
            return say("fees.shared", lang)
        case Expenses(of=names):
            return say("fees.expenses", lang, names=spoken(expense_words(names), lang))
        case Waiver(first=first, last=last, pays=pays, basis=basis):
            dates = {"begins": day(first, lang), "ends": day(last, lang)}
            return say("fees.waiver", lang, pays=_percent(pays, lang), basis=basis, **dates)


def _bounds(step: Step, lang: str) -> str:
    if step.ends is not None:
        return say("fees.part-unknown", lang)
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


def _money(price: Price | None, lang: str) -> str:
    return euros(price, lang) if isinstance(price, Decimal) else say("fees.unknown-price", lang)


def _percent(part: Decimal | str, lang: str) -> str:
    """Say a part as a percentage, or as a fraction where a percentage would not be exact."""
    if part == "unknown":
        return say("fees.unknown-price", lang)
    hundred = 100 * Fraction(part)
    return f"{number(Decimal(hundred.numerator), lang)} %" if hundred.denominator == 1 else str(part)


def _span(name: str, lang: str) -> str:
    return say(f"rules.span-{name}", lang)


def _measure(name: str, lang: str) -> str:
    return say(f"rules.measure-{name.replace('_', '-')}", lang)
