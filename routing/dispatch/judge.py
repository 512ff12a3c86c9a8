"""Judge what was done to a plan by hand: sound or not, what it takes, whom it moves, what people will feel."""

from __future__ import annotations

from dataclasses import dataclass

from routing.dispatch.desk import Desk
from routing.dispatch.fits import Delay, delays
from routing.dispatch.price import Price, figures, price
from routing.dispatch.warnings import Warned, warnings_of
from routing.plan import Plan
from routing.review.check import check
from routing.review.codes import Violation


@dataclass(frozen=True, kw_only=True)
class Moved:
    """What a move comes to.

    `plan` and `price` are None where it is refused; `violations` then say why, at least one. Every rule of the check
    is *hard*: room, skills, seat layouts, what cannot be driven, ride limits, breaks due by law, windows with their
    allowed lateness, locks. What the cost weighs only *warns*: `warnings`, and `delays` of everybody else. `standing`
    are rules that the plan had broken before, such as by a record changed since; they refuse nothing.
    """

    plan: Plan | None
    price: Price | None
    violations: tuple[Violation, ...] = ()
    warnings: tuple[Warned, ...] = ()
    delays: tuple[Delay, ...] = ()
    standing: tuple[Violation, ...] = ()

    @property
    def refused(self) -> bool:
        """Tell whether the move breaks a rule that no coordinator may break."""
        return self.plan is None


def judge(desk: Desk, before: Plan, after: Plan, moved: frozenset[str]) -> Moved:
    """Return what going from `before` to `after` comes to; `moved` are the requests that it is about."""
    found = check(desk.problem, desk.matrix, after)
    known = {_about(item) for item in check(desk.problem, desk.matrix, before)} if found else set()
    fresh = tuple(item for item in found if _about(item) not in known)
    if fresh:
        return Moved(plan=None, price=None, violations=fresh)
    return Moved(
        plan=after,
        price=price(desk, figures(desk, before), figures(desk, after)),
        warnings=warnings_of(desk, before, after),
        delays=delays(desk, before, after, moved),
        standing=found,
    )


def _about(item: Violation) -> tuple[str, str | None, str | None]:
    return item.code, item.shift, item.request
