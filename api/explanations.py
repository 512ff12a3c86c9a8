"""Explanations as plain data, for `--json` and `plan.json`."""

from __future__ import annotations

from routing.review.explain import LeftOut, Placed, sentences
from routing.review.labels import Labels
from routing.review.remedy import Remedy


def as_dict(explained: LeftOut | Placed, lang: str, labels: Labels) -> dict[str, object]:
    """Return an explanation with its codes, and its sentences in `lang`."""
    plain: dict[str, object] = {"request": explained.request, "sentences": list(sentences(explained, lang, labels))}
    if isinstance(explained, LeftOut):
        plain["blocked"] = [{"shift": b.shift, "code": b.block.value, "what": b.what} for b in explained.blocked]
        plain["remedies"] = [_remedy(remedy, lang, labels) for remedy in explained.remedies]
    else:
        plain["shifts"] = list(explained.shifts)
        plain["alternatives"] = [
            {
                "shift": other.shift,
                "points": other.points,
                "changes": {change.component: change.amount for change in other.changes},
                "code": other.blocked.block.value if other.blocked else None,
            }
            for other in explained.alternatives
        ]
    return plain


def _remedy(remedy: Remedy, lang: str, labels: Labels) -> dict[str, object]:
    return {
        "kind": remedy.kind.value,
        "minutes": remedy.minutes,
        "shift": remedy.shift,
        "vehicle": remedy.vehicle,
        "other": remedy.other,
        "day": remedy.day.isoformat() if remedy.day else None,
        "goes_to": list(remedy.goes_to),
        "points": remedy.points,
        "sentence": remedy.sentence(lang, labels),
    }
