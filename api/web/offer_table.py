"""A scenario as the board shows it: what it changes, in groups to tick, and its key figures beside the present ones."""

from __future__ import annotations

from dataclasses import dataclass, replace

from api.desk.change_view import GroupShown, group_shown
from api.desk.day_showing import figures_shown
from api.desk.day_view import DayFigures, DayShown
from api.desk.scenarios import Offer
from api.labels import labels_of
from routing.review.metrics import figures


@dataclass(frozen=True, kw_only=True)
class OfferTable:
    """What a scenario offers; `now`, `then` and `published` are the key figures, the last None where there are none."""

    id: str
    groups: tuple[GroupShown, ...]
    rebased: bool
    lost: tuple[str, ...]
    now: DayFigures
    then: DayFigures
    published: dict[str, float] | None


def offer_table(offered: Offer, shown: DayShown, lang: str) -> OfferTable:
    """Return what a scenario of a day offers beside what is `shown` of it."""
    opened = offered.opened
    problem, labels = opened.day.problem, labels_of(opened.day, lang)
    sums = figures(problem, opened.day.matrix, offered.offered)
    now = shown.figures.model_dump()
    published = {name: now[name] - more for name, more in shown.change.items()} if shown.change else None
    return OfferTable(
        id=offered.id,
        groups=tuple(group_shown(group, lang, labels) for group in offered.groups),
        rebased=offered.rebased,
        lost=tuple(labels.request(name) for name in offered.lost),
        now=shown.figures,
        then=figures_shown(replace(opened, plan=offered.offered), sums),
        published=published,
    )
