"""Which components count something over months, quarters and years, and under which name."""

from __future__ import annotations

from routing.rules.fees.components import AnyComponent
from routing.rules.fees.components.allowance import Allowance
from routing.rules.fees.components.cap import Cap
from routing.rules.fees.components.share import Share


def pool_of(component: AnyComponent) -> str | None:
    """Return the name under which a component counts what is used; None where it counts nothing."""
    match component:
        case Allowance(pool=pool):
            return pool
        case Cap(span="charge") | Share(limit=None):
            return None
        case Cap(name=name) | Share(name=name):
            return name
        case _:
            return None
