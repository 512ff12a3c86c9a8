"""What somebody is let off paying by a decision about this one person, or by a waiver for a while."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from routing.errors import UsageError
from routing.records.model import ReliefRecord, Service
from routing.rules.fees.line import Line, subtotal


@dataclass(frozen=True, kw_only=True)
class Relief:
    """From `first` to `last`, both included, the client pays `pays` (0 nothing, 1 all) of what the list comes to.

    `last` None is open, `service` None is every service, `act` names the decision, `component` the one rule of the list
    that it is about, empty for all of the price. A relief begins after the list has said its price: caps and quotas of
    the list count what the price would have been.
    """

    act: str
    first: date
    last: date | None = None
    service: Service | None = None
    pays: Decimal = Decimal(0)
    component: str = ""

    def __post_init__(self) -> None:
        if not (self.pays.is_finite() and 0 <= self.pays <= 1):
            raise UsageError(f"pays must lie between 0 and 1: {self}")
        if self.last is not None and self.last < self.first:
            raise UsageError(f"last must not lie before first: {self}")

    def holds(self, service: Service, day: date) -> bool:
        """Tell whether the relief holds for a service on a day."""
        return self.first <= day and (self.last is None or day <= self.last) and self.service in {None, service}


def reliefs_of(records: Iterable[ReliefRecord]) -> Mapping[str, tuple[Relief, ...]]:
    """Return what is decided about each client, by client."""
    found: defaultdict[str, list[Relief]] = defaultdict(list)
    for one in records:
        relief = Relief(
            act=one.act,
            first=one.first,
            last=one.last,
            service=one.service,
            pays=Decimal(one.pays) / 100,
            component=one.component,
        )
        found[one.client].append(relief)
    return {client: tuple(reliefs) for client, reliefs in found.items()}


def by_component(reliefs: Iterable[Relief]) -> tuple[tuple[Relief, ...], ...]:
    """Return reliefs that hold together by the rule they are about; those of the whole price come last."""
    found: defaultdict[str, list[Relief]] = defaultdict(list)
    for relief in reliefs:
        found[relief.component].append(relief)
    return tuple(tuple(found[name]) for name in sorted(found, key=lambda name: (not name, name)))


def conflicting(reliefs: Iterable[Relief]) -> bool:
    """Tell whether reliefs that hold together come to different shares."""
    return len({relief.pays for relief in reliefs}) > 1


def relief_line(reliefs: Sequence[Relief], above: Sequence[Line]) -> Line:
    """Return what is taken off the lines above by reliefs that agree, and are about the same rule."""
    about = [line for line in above if reliefs[0].component in {"", line.rule}]
    so_far, pays = subtotal(about), reliefs[0].pays
    return Line(
        rule="relief",
        sentence_key="rules.line-relief",
        measure="charge",
        quantity=Decimal(1),
        amount=None if so_far is None else so_far * (pays - 1),
        values={"act": ", ".join(sorted({relief.act for relief in reliefs})), "percent": 100 * (1 - pays)},
    )
