"""Say why a request is where it is or has no place, and what would help; worked out once per plan."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TypeAlias

from api.desk.day_view import RemedyShown, Shown
from api.desk.laid_out import Days, OpenDay
from api.desk.record_edits import edit_of
from api.errors import MissingError
from api.other_days import other_days
from api.store.base import subject_name
from api.wording import say
from routing.dispatch.fits import fits
from routing.dispatch.locks import LockKind
from routing.dispatch.remedying import apply_remedy
from routing.review.explain import LeftOut, Placed, explain
from routing.review.labels import Labels
from routing.review.reasons import reasons
from routing.review.remedy import Remedy
from routing.wording.format import listing


class AlternativeShown(Shown):
    """Another shift: what serving the request there would take in points, None where it does not fit, and in words."""

    shift: str
    points: int | None
    sentence: str


class ExplanationShown(Shown):
    """Why a request went where it went, or why it has no place and what would help.

    `shifts` are those it is on, or of one not `planned` those that have a place for it as things are.
    """

    request: str
    planned: bool
    sentences: list[str]
    shifts: list[str]
    alternatives: list[AlternativeShown]
    remedies: list[RemedyShown]


@dataclass(frozen=True, kw_only=True)
class HasRoom:
    """A request that somebody took off the plan, or that came after it: these shifts have a place for it."""

    request: str
    shifts: tuple[str, ...]

    def reason(self, lang: str, labels: Labels) -> str:
        """Say in `lang` that it only needs to be moved."""
        return say("plans.has-room", lang, shifts=listing([labels.shift(shift) for shift in self.shifts], lang))

    def sentences(self, lang: str, labels: Labels) -> list[str]:
        """Say it as the only sentence."""
        return [self.reason(lang, labels)]


Explained: TypeAlias = LeftOut | Placed | HasRoom


def explanation(days: Days, opened: OpenDay, request: str) -> Explained:
    """Return the explanation of a request, what would help sought in full; MissingError where the day has none such."""
    if request not in opened.day.problem.request_by_id:
        raise MissingError(subject_name("request", request))

    def make() -> Explained:
        desk = opened.desk
        if request in opened.plan.unassigned and (room := _room(opened, request)):
            return HasRoom(request=request, shifts=room)
        return explain(desk.problem, desk.matrix, opened.plan, request, other_days=other_days(opened.day))

    found: Explained = days.notes.get(_key(opened, request), make)
    return found


def reason_of(days: Days, opened: OpenDay, request: str) -> LeftOut | HasRoom:
    """Return why a request is left out; what would help is there only where it was sought already."""
    explained = days.notes.find(_key(opened, request))
    if isinstance(explained, LeftOut | HasRoom):
        return explained

    def make() -> LeftOut:
        desk = opened.desk
        with opened.turn:
            routes, position = desk.routes(opened.plan), desk.request(request)
            blocked = reasons(desk.problem, desk.matrix, desk.instance, routes, position)
        return LeftOut(request=request, blocked=blocked, remedies=())

    found: LeftOut = days.notes.get(("reason", *_key(opened, request)), make)
    return found


def known_remedies(days: Days, opened: OpenDay, request: str, labels: Labels, lang: str) -> list[RemedyShown] | None:
    """Return what would let a request in, None where nobody has sought it yet."""
    explained = days.notes.find(_key(opened, request))
    if isinstance(explained, HasRoom):
        return []
    if not isinstance(explained, LeftOut):
        return None
    return [remedy_shown(opened, remedy, labels, lang) for remedy in explained.remedies]


def show_explanation(
    opened: OpenDay, explained: Explained, request: str, labels: Labels, lang: str
) -> ExplanationShown:
    """Return an explanation in words."""
    left = explained if isinstance(explained, LeftOut) else None
    placed = explained if isinstance(explained, Placed) else None
    blocked = [
        AlternativeShown(shift=item.shift, points=None, sentence=item.sentence(lang, labels))
        for item in (left.blocked if left else ())
    ]
    others = [
        AlternativeShown(shift=item.shift, points=item.points, sentence=item.sentence(lang, labels))
        for item in (placed.alternatives if placed else ())
    ]
    return ExplanationShown(
        request=request,
        planned=placed is not None,
        sentences=explained.sentences(lang, labels),
        shifts=[] if isinstance(explained, LeftOut) else list(explained.shifts),
        alternatives=blocked or others,
        remedies=[remedy_shown(opened, remedy, labels, lang) for remedy in (left.remedies if left else ())],
    )


def remedy_shown(opened: OpenDay, remedy: Remedy, labels: Labels, lang: str) -> RemedyShown:
    """Return a remedy in words, and whether it can be made from here."""
    (touch,) = apply_remedy(opened.desk.problem, remedy).touches
    edit = edit_of(opened, touch)
    return RemedyShown(
        id=remedy_id(remedy),
        kind=remedy.kind.value,
        sentence=remedy.sentence(lang, labels),
        change=touch.sentence(lang, labels),
        applicable=not edit.refusal,
        note=edit.note_in(lang),
    )


def remedy_id(remedy: Remedy) -> str:
    """Return a name for a remedy that is the same whenever it is found again."""
    return hashlib.sha256(repr(replace(remedy, points=0)).encode()).hexdigest()[:16]


def _room(opened: OpenDay, request: str) -> tuple[str, ...]:
    """Return the shifts that have a place for a request as things are, the cheapest first."""
    with opened.turn:
        found = fits(opened.desk, opened.plan, request)
    return tuple(
        fit.shift for fit in found if fit.price is not None and not opened.is_locked(LockKind.ROUND, fit.shift)
    )


def _key(opened: OpenDay, request: str) -> tuple[object, ...]:
    return ("explained", *opened.key, request)
