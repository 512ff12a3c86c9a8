"""Visits that follow another: of the same client, on the same day, never in a circle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from routing.findings import Findings
from routing.records.model import CareVisit
from routing.records.reporting import doubt


def mend_chains(visits: Sequence[CareVisit], findings: Findings) -> tuple[CareVisit, ...]:
    """Drop every `after` that cannot be kept, with a warning; all names in `visits` must exist."""
    by_id = {visit.id: visit for visit in visits}
    circling = _in_circles(by_id)
    mended: list[CareVisit] = []
    for visit in visits:
        code = _fault(visit, by_id, circling)
        if code:
            findings.add(doubt(visit, code, "after", visit.after or ""))
        mended.append(replace(visit, after=None) if code else visit)
    return tuple(mended)


def _fault(visit: CareVisit, by_id: Mapping[str, CareVisit], circling: set[str]) -> str | None:
    if visit.after is None:
        return None
    earlier = by_id[visit.after]
    if (earlier.client, earlier.day) != (visit.client, visit.day):
        return "records.after-elsewhere"
    return "records.after-in-circle" if visit.id in circling else None


def _in_circles(by_id: Mapping[str, CareVisit]) -> set[str]:
    """Return the visits that come after themselves, by one step or by many."""
    circling: set[str] = set()
    done: set[str] = set()
    for start in by_id:
        path: list[str] = []
        seen: set[str] = set()
        here: str | None = start
        while here is not None and here not in done and here not in seen:
            path.append(here)
            seen.add(here)
            here = by_id[here].after
        if here in seen:
            circling.update(path[path.index(here) :])
        done |= seen
    return circling
