"""What quick tests need to know of nodes and shifts, worked out once from the other arrays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from routing.solver.elements import NEVER
from routing.solver.kernel.data import ABOARD, CHANGED, OVERTIME, PAID


def derived(d: Mapping[str, Any]) -> dict[str, Any]:
    """Return the derived fields of `Data` from its other fields."""
    weight, unbroken = d["weight"], _unbroken(d)
    opens, shuts, punctual, simple = _windows(d)
    escorted = _escorted(d)
    promised = (d["promised"] >= 0) & bool(weight[CHANGED])
    gentle = simple & ~escorted[d["request"]] & ~d["tied"][d["request"]] & ~promised
    pauses = np.diff(d["pause_at"])
    timeless = not (weight[PAID] or weight[OVERTIME]) and bool((shuts == punctual).all())
    return {
        "seconds_to": _turned(d["seconds"]),
        "metres_to": _turned(d["metres"]),
        "opens": opens,
        "shuts": shuts,
        "punctual": punctual,
        "simple": simple,
        "plain": gentle & ~_rides_count(d),
        "gentle": gentle,
        "ample": simple & ~escorted[d["request"]] & ~promised & ~_rides_count(d),
        "escorted": escorted,
        **_of_units(d),
        "alike": _alike(d),
        "locked": np.isin(np.arange(len(d["start"])), d["lock_shift"]),
        "unbroken": unbroken,
        "rest": np.array(
            [d["pause_length"][a:b].sum() for a, b in zip(d["pause_at"], d["pause_at"][1:], strict=False)], np.int64
        ),
        "loose": (unbroken >= NEVER) & (pauses == 0) & ~bool(weight[PAID] or weight[OVERTIME]),
        "even": (pauses == 0) & timeless & (weight[ABOARD] == 0),
        "untimed": (unbroken >= NEVER) & timeless,
        "bound_up": bool(d["tied"].any() or len(d["follows"])),
    }


def _turned(ways: NDArray[Any]) -> NDArray[Any]:
    """Return tables of ways by their later place; the same where there and back are alike."""
    turned = np.swapaxes(ways, 1, 2)
    return ways if np.array_equal(ways, turned) else np.ascontiguousarray(turned)


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


def _rides_count(d: Mapping[str, Any]) -> NDArray[np.bool_]:
    """Return per node whether the length of a ride has to be weighed or kept."""
    ride = d["kind"] > 0
    limited = (d["limit"] >= 0).any(axis=1)[d["request"]] if d["limit"].size else np.zeros(len(ride), np.bool_)
    counts: NDArray[np.bool_] = ride & (limited | bool(d["weight"][ABOARD]))
    return counts


def _of_units(d: Mapping[str, Any]) -> dict[str, NDArray[Any]]:
    """Return per unit how far it is and how much it takes, on a scale of one per median of what is asked."""
    first = d["first"][d["member"][:, 0]]
    if not len(first) or not len(d["start"]):
        return {"far": np.zeros(len(first), np.int64), "bulk": np.zeros(len(first))}
    far = d["seconds"][d["profile"][0], d["start"][0], d["place"][first]].astype(np.int64)
    bulk = np.zeros(len(first))
    for asked in (d["duration"][first], d["load"][first].sum(axis=1), d["goods"][first], d["member"][:, 1] >= 0):
        some = asked[asked > 0]
        bulk += asked / np.median(some) if len(some) else 0.0
    return {"far": far, "bulk": bulk}


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
