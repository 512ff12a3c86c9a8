"""Price the same events by the lists in force and by a draft, side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from routing.rules.charges.charge import Charge, Charges, charge
from routing.rules.charges.event import Event, in_order
from routing.rules.fees.book import FeeBook


@dataclass(frozen=True, kw_only=True)
class Changed:
    """One client's charges before and after."""

    client: str
    before: tuple[Charge, ...]
    after: tuple[Charge, ...]

    @property
    def difference(self) -> Decimal | None:
        """Return what the client would pay more, in euros; None where one side is not known."""
        old, new = Charges(charges=self.before).total, Charges(charges=self.after).total
        return None if old is None or new is None else new - old


@dataclass(frozen=True, kw_only=True)
class WhatIf:
    """What would change for whom."""

    before: Charges
    after: Charges

    @property
    def clients(self) -> tuple[Changed, ...]:
        """Return both sides client by client, in order."""
        sides = (self.before.charges, self.after.charges)
        names = sorted({one.client for side in sides for one in side})
        return tuple(
            Changed(
                client=name,
                before=tuple(one for one in self.before.charges if one.client == name),
                after=tuple(one for one in self.after.charges if one.client == name),
            )
            for name in names
        )

    @property
    def known_difference(self) -> Decimal:
        """Return what the clients together would pay more as far as both sides of a client are known, in euros."""
        return sum((one.difference for one in self.clients if one.difference is not None), Decimal("0.00"))

    def between(self, first: date, last: date) -> WhatIf:
        """Return the charges from `first` to `last`, both included; what came before has counted towards them."""
        return WhatIf(before=_between(self.before, first, last), after=_between(self.after, first, last))

    @property
    def difference(self) -> Decimal | None:
        """Return what all clients together would pay more, in euros; None where one side is not known."""
        old, new = self.before.total, self.after.total
        return None if old is None or new is None else new - old


def what_if(events: Iterable[Event], schedules_before: FeeBook, schedules_after: FeeBook) -> WhatIf:
    """Charge `events` twice, by each of two sets of price lists."""
    ordered = in_order(events)
    return WhatIf(before=charge(schedules_before, ordered), after=charge(schedules_after, ordered))


def drafted(schedules: FeeBook, draft: FeeBook, municipality: str) -> FeeBook:
    """Return the lists with those of a draft in the place of all others of the same service.

    A draft may be another municipality's list: it is priced as if it were `municipality`'s own. The only list of a
    service holds on every day, whenever it is to begin; several keep their dates.
    """
    number = Counter(schedule.service for schedule in draft.schedules)
    own = (replace(schedule, municipality=municipality) for schedule in draft.schedules)
    always = tuple(replace(s, valid_from=date.min, valid_to=None) if number[s.service] == 1 else s for s in own)
    kept = (schedule for schedule in schedules.schedules if schedule.service not in number)
    return FeeBook(schedules=(*kept, *always))


def _between(charges: Charges, first: date, last: date) -> Charges:
    return replace(charges, charges=tuple(one for one in charges.charges if first <= one.day <= last))
