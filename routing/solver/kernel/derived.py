"""What quick tests need to know of nodes and shifts, worked out once from the other arrays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from routing.solver.elements import NEVER

_OVERTIME, _LATE, _ABOARD, _CHANGED, _PAID = 2, 3, 4, 6, 1


def derived(d: Mapping[str, Any]) -> dict[str, Any]:
    """Return the derived fields of `Data` from its other fields."""
    weight, unbroken = d["weight"], _unbroken(d)
    opens, shuts, punctual, simple = _windows(d)
    escorted = _escorted(d)
    timeless = not (weight[_PAID] or weight[_OVERTIME]) and bool((shuts == punctual).all())
    return {
        "opens": opens,
        "shuts": shuts,
        "punctual": punctual,
        "simple": simple,
        "plain": simple & ~escorted[d["request"]] & ~d["tied"][d["request"]] & _weighed_by_time_alone(d),
        "escorted": escorted,
        "alike": _alike(d),
        "locked": np.isin(np.arange(len(d["start"])), d["lock_shift"]),
        "unbroken": unbroken,
        "rest": np.array(
            [d["pause_length"][a:b].sum() for a, b in zip(d["pause_at"], d["pause_at"][1:], strict=False)], np.int64
        ),
        "untimed": (unbroken >= NEVER) & timeless,
        "bound_up": bool(d["tied"].any() or len(d["follows"])),
    }


def _windows(d: Mapping[str, Any]) -> tuple[NDArray[Any], ...]:
    """Return per node when it opens and shuts at all, when its window ends, and whether it has but one."""
    at, end = d["domain_at"][:-1], d["domain_at"][1:]
    first, last = d["window_at"][:-1], d["window_at"][1:]
    opens, shuts = d["low"][at], d["high"][end - 1]
    simple = (end - at == 1) & (last - first == 1) & (d["side"][d["place"]] < 0)
    simple &= d["open"][first] <= opens
    return opens.copy(), shuts.copy(), np.minimum(shuts, d["close"][last - 1]), simple


def _escorted(d: Mapping[str, Any]) -> NDArray[np.bool_]:
    """Return per request whether a carer waits for the client, before or after it."""
    out, back = d["link_out"], d["link_in"]
    flags: NDArray[np.bool_] = (out >= 0) & (d["manner"] > 0)
    known = back >= 0
    flags[known] |= d["manner"][back[known]] > 0
    return flags


def _weighed_by_time_alone(d: Mapping[str, Any]) -> NDArray[np.bool_]:
    """Return per node whether neither a promise nor a ride's length has to be weighed or kept."""
    ride = d["kind"] > 0
    limited = (d["limit"] >= 0).any(axis=1)[d["request"]] if d["limit"].size else np.zeros(len(ride), np.bool_)
    free: NDArray[np.bool_] = ~(ride & (limited | bool(d["weight"][_ABOARD])))
    return free & ~((d["promised"] >= 0) & bool(d["weight"][_CHANGED]))


def _unbroken(d: Mapping[str, Any]) -> NDArray[np.int64]:
    """Return per shift how long it may last without a break."""
    longest = d["longest"].copy()
    for shift in range(len(longest)):
        after = d["pause_after"][d["pause_at"][shift] : d["pause_at"][shift + 1]]
        longest[shift] = min([longest[shift], *after])
    return longest


def _alike(d: Mapping[str, Any]) -> NDArray[np.int64]:
    """Return per shift the first one that it may stand for: same hours, ways, room, breaks, and nothing by name."""
    named = set(d["follows"].ravel().tolist()) | set(d["lock_shift"].tolist())
    known: dict[Any, int] = {}
    found = []
    for shift in range(len(d["start"])):
        plain = tuple(int(d[key][shift]) for key in _HOURS)
        rows = tuple(d[key][:, shift].tobytes() for key in ("allowed", "people", "pinned"))
        room = d["layout"][d["layout_at"][shift] : d["layout_at"][shift + 1]].tobytes()
        pauses = tuple(d[key][d["pause_at"][shift] : d["pause_at"][shift + 1]].tobytes() for key in _PAUSES)
        own = shift if shift in named else -1
        found.append(known.setdefault((plain, rows, room, pauses, own), shift))
    return np.array(found, np.int64)


_HOURS = ("profile", "start", "end", "earliest", "latest", "hard_end", "hold", "longest", "group")
_PAUSES = ("pause_low", "pause_high", "pause_length", "pause_after")
