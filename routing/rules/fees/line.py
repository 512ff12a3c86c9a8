"""One line of a quote: a rule, how much of what, at which price."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from routing.rules.remark import Euros, Remark, Term, Value, spoken
from routing.wording import say


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line: `quantity` of `measure` at `unit_price` makes `amount`, in euros.

    `rule` is the component's name. `sentence_key` and `values` say the line in words. A line without an amount carries
    the `unknown` that keeps it from having one, or depends on a line above that does. A line that has something to
    say beyond its amount, such as a quota that is used up, carries a `warning`. `uses` says how much it takes of which
    pools that are counted over months and years; None where that is not known.
    """

    rule: str
    sentence_key: str
    measure: str
    quantity: Decimal | None = None
    unit_price: Decimal | None = None
    amount: Decimal | None = None
    values: Mapping[str, Value] = field(default_factory=dict, hash=False)
    unknown: Remark | None = None
    warning: Remark | None = None
    uses: tuple[tuple[str, Decimal | None], ...] = ()

    def sentence(self, lang: str) -> str:
        """Say the line in `lang`."""
        if self.unknown is not None:
            return self.unknown.sentence(lang)
        if self.amount is None:
            return say("rules.line-waits", lang, rule=self.rule)
        values: dict[str, Value] = {**self.values, "what": Term(key=f"rules.measure-{self.measure.replace('_', '-')}")}
        values["amount"] = Euros(amount=self.amount)
        if self.unit_price is not None:
            values["price"] = Euros(amount=self.unit_price)
        if self.quantity is not None:
            values["quantity"] = self.quantity
        return say(self.sentence_key, lang, **{name: spoken(value, lang) for name, value in values.items()})

    def as_dict(self, lang: str) -> dict[str, object]:
        """Return the line as plain data for `--json`; decimals as text, so that they stay exact."""
        return {
            "rule": self.rule,
            "measure": self.measure,
            "quantity": _text(self.quantity),
            "unit_price": _text(self.unit_price),
            "amount": _text(self.amount),
            "sentence": self.sentence(lang),
        }


def subtotal(lines: Iterable[Line]) -> Decimal | None:
    """Return the sum of the amounts, or None where a line has none."""
    total = Decimal(0)
    for line in lines:
        if line.amount is None:
            return None
        total += line.amount
    return total


def known_part(lines: Iterable[Line]) -> Decimal:
    """Return the sum of the amounts that are known."""
    return sum((line.amount for line in lines if line.amount is not None), Decimal("0.00"))


def used(lines: Iterable[Line]) -> dict[str, Decimal | None]:
    """Return what the lines use of each pool; None where some of it is not known."""
    total: dict[str, Decimal | None] = {}
    for pool, units in (use for line in lines for use in line.uses):
        total[pool] = _sum(total.get(pool, Decimal(0)), units)
    return total


def merged(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Join the lines that differ only in quantity and amount, as those of two directions do, in order."""
    found: dict[tuple[object, ...], Line] = {}
    for line in lines:
        values = tuple(line.values.items())
        key = (line.rule, line.sentence_key, line.measure, line.unit_price, line.unknown, line.warning, values)
        earlier = found.get(key)
        found[key] = line if earlier is None else _joined(earlier, line)
    return tuple(found.values())


def _joined(one: Line, other: Line) -> Line:
    quantity, amount = _sum(one.quantity, other.quantity), _sum(one.amount, other.amount)
    return replace(one, quantity=quantity, amount=amount, uses=one.uses + other.uses)


def _sum(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one + other


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
