"""What changes between two plans, in the smallest sets that can be accepted on their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from routing.dispatch.desk import Desk
from routing.plan import Plan
from routing.review.compare import Change, ChangeKind, compare

_HANDS = (ChangeKind.ADDED, ChangeKind.DROPPED, ChangeKind.WORKER, ChangeKind.SHIFT)


class GroupKind(StrEnum):
    """What a set of changes is about: newly planned, left out, another shift, an exchange, times of one round."""

    ADDED = "added"
    DROPPED = "dropped"
    MOVED = "moved"
    SWAPPED = "swapped"
    TIMES = "times"


@dataclass(frozen=True, kw_only=True)
class Group:
    """Changes that belong together: a ride and its return, an exchange of requests, or the times of one round.

    `id` is stable for the same two plans: the first request that changes hands, or `times:<shift>`. `shifts` are those
    it touches before or after. The times of a round are changes of their own, since what comes to or leaves a round
    moves others only as far as it must.
    """

    id: str
    kind: GroupKind
    changes: tuple[Change, ...]
    shifts: tuple[str, ...]


def changes(desk: Desk, before: Plan, after: Plan) -> tuple[Group, ...]:
    """Return what `after` does otherwise, in groups: who and when; hands first, then the times of rounds."""
    found = compare(desk.problem, desk.matrix, before, after).changes
    hands = [change for change in found if change.kind in _HANDS]
    times = [change for change in found if change.kind is ChangeKind.TIME]
    return (*(_group(members) for members in _together(desk, hands)), *_rounds(desk, before, after, times))


def _group(members: list[Change]) -> Group:
    kinds = {change.kind for change in members}
    if kinds == {ChangeKind.ADDED}:
        kind = GroupKind.ADDED
    elif kinds == {ChangeKind.DROPPED}:
        kind = GroupKind.DROPPED
    else:
        kind = GroupKind.SWAPPED if any(_swaps(a, b) for a in members for b in members) else GroupKind.MOVED
    return Group(id=members[0].request, kind=kind, changes=tuple(members), shifts=_shifts(members))


def _shifts(members: Iterable[Change]) -> tuple[str, ...]:
    ends = (end for change in members for end in (change.before, change.after) if end is not None)
    return tuple(sorted({shift for end in ends for shift in end.shifts}))


def _together(desk: Desk, hands: list[Change]) -> list[list[Change]]:
    """Return the changes of hands in sets: linked rides, and one against one where two shifts exchange requests."""
    home = {change.request: {change.request} for change in hands}

    def join(one: str, other: str) -> None:
        joined = home[one] | home[other]
        home.update(dict.fromkeys(joined, joined))

    for change in hands:
        for member in desk.unit(change.request):
            if member in home:
                join(change.request, member)
    paired: set[str] = set()
    for position, one in enumerate(hands):
        partner = next((o for o in hands[position + 1 :] if _swaps(one, o) and o.request not in paired), None)
        if partner is not None and one.request not in paired:
            paired |= {one.request, partner.request}
            join(one.request, partner.request)
    sets = list({id(members): members for members in home.values()}.values())
    return [[change for change in hands if change.request in members] for members in sets]


def _swaps(one: Change, other: Change) -> bool:
    """Tell whether each of two requests goes to the shift that the other leaves."""
    if one.before is None or one.after is None or other.before is None or other.after is None:
        return False
    gone, come = set(one.before.shifts), set(one.after.shifts)
    left, joined = set(other.before.shifts), set(other.after.shifts)
    return bool(come - gone) and come - gone == left - joined and gone - come == joined - left


def _rounds(desk: Desk, before: Plan, after: Plan, times: list[Change]) -> Iterator[Group]:
    """Yield per round the stops it keeps at other times or in another order."""
    for shift in desk.problem.shifts:
        members = [change for change in times if change.after is not None and change.after.shifts[0] == shift.id]
        if members or _kept(before, after, shift.id) != _kept(after, before, shift.id):
            kept = tuple(members)
            yield Group(
                id=f"times:{shift.id}",
                kind=GroupKind.TIMES,
                changes=kept,
                shifts=tuple(sorted({shift.id, *_shifts(kept)})),
            )


def _kept(plan: Plan, other: Plan, shift: str) -> list[object]:
    """Return in order the steps of a shift that it serves under both plans."""
    one, two = plan.route_by_shift.get(shift), other.route_by_shift.get(shift)
    both = {stop.step for stop in two.stops} if two else set()
    return [stop.step for stop in one.stops if stop.step in both and stop.step is not None] if one else []
