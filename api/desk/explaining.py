"""Say why a request is where it is or has no place, and what would help; worked out once per plan."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from api.desk.day_view import RemedyShown, Shown
from api.desk.laid_out import Days, OpenDay
from api.desk.record_edits import edit_of
from api.errors import MissingError
from api.other_days import other_days
from api.store.base import subject_name
from routing.dispatch.remedying import apply_remedy
from routing.review.explain import LeftOut, Placed, explain
from routing.review.labels import Labels
from routing.review.reasons import reasons
from routing.review.remedy import Remedy


class AlternativeShown(Shown):
    """Another shift: what serving the request there would take in points, None where it does not fit, and in words."""

    shift: str
    points: int | None
    sentence: str


class ExplanationShown(Shown):
    """Why a request went where it went, or why it has no place and what would help."""

    request: str
    planned: bool
    sentences: list[str]
    shifts: list[str]
    alternatives: list[AlternativeShown]
    remedies: list[RemedyShown]


def explanation(days: Days, opened: OpenDay, request: str) -> LeftOut | Placed:
    """Return the explanation of a request, what would help sought in full; MissingError where the day has none such."""
    if request not in opened.day.problem.request_by_id:
        raise MissingError(subject_name("request", request))

    def make() -> LeftOut | Placed:
        desk = opened.desk
        return explain(desk.problem, desk.matrix, opened.plan, request, other_days=other_days(opened.day))

    found: LeftOut | Placed = days.notes.get(_key(opened, request), make)
    return found


def reason_of(days: Days, opened: OpenDay, request: str) -> LeftOut:
    """Return why a request is left out; what would help is there only where it was sought already."""
    explained = days.notes.find(_key(opened, request))
    if isinstance(explained, LeftOut):
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
    if not isinstance(explained, LeftOut):
        return None
    return [remedy_shown(opened, remedy, labels, lang) for remedy in explained.remedies]


def show_explanation(
    opened: OpenDay, explained: LeftOut | Placed, request: str, labels: Labels, lang: str
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
        planned=left is None,
        sentences=explained.sentences(lang, labels),
        shifts=list(placed.shifts) if placed else [],
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


def _key(opened: OpenDay, request: str) -> tuple[object, ...]:
    return ("explained", *opened.key, request)
