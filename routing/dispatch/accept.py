"""Accept some of the changes that another plan offers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from routing.dispatch.desk import Desk
from routing.dispatch.forced import forced
from routing.dispatch.groups import Group, GroupKind, changes
from routing.dispatch.judge import Moved, judge
from routing.dispatch.timing import settle, wishes_of
from routing.errors import UsageError
from routing.plan import Plan
from routing.solver.elements import Routes
from routing.solver.elements import Sequence as Nodes
from routing.solver.insertion import without
from routing.solver.timing_model import Wishes

_TRIED = 60
"""How often a set of groups is tried when it is sought what else is needed."""


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """What accepting some groups comes to; where it is refused, `needs` are the ids of groups that would let it stand.

    `needs` is empty too where nothing short of finding another plan helps.
    """

    moved: Moved
    needs: tuple[str, ...] = ()

    @property
    def plan(self) -> Plan | None:
        """Return the plan with the groups accepted, or None where they do not stand."""
        return self.moved.plan


def accept(desk: Desk, base: Plan, offered: Plan, chosen: Collection[str]) -> Accepted:
    """Return what `base` with the groups of `offered` named in `chosen` comes to.

    What is accepted goes where the offered plan has it, at about its time; everybody else stays near the time they had.
    All groups together are the offered plan itself, none are the base. UsageError for a group that is not there.
    """
    groups = {group.id: group for group in changes(desk, base, offered)}
    unknown = sorted(set(chosen) - groups.keys())
    if unknown:
        raise UsageError(f"no group of changes is called {', '.join(unknown)}; there are {', '.join(groups) or 'none'}")
    about = frozenset(change.request for name in chosen for change in groups[name].changes)
    if not set(chosen):
        return Accepted(moved=judge(desk, base, base, about))
    if set(chosen) == groups.keys():
        return Accepted(moved=judge(desk, base, offered, about))
    moved = _taken(desk, base, offered, [group for name, group in groups.items() if name in set(chosen)])
    return Accepted(moved=moved, needs=_needs(desk, base, offered, groups, set(chosen)) if moved.refused else ())


def _taken(desk: Desk, base: Plan, offered: Plan, taken: Sequence[Group]) -> Moved:
    """Return what the base with some groups of the offered plan comes to."""
    about = frozenset(change.request for group in taken for change in group.changes)
    routes = _applied(desk, base, offered, taken)
    fresh = {n for request in about for n in desk.instance.nodes_of_request[desk.request(request)]}
    wishes = _wishes(desk, base, offered, fresh)
    made = settle(desk, base, routes, free=fresh, wishes=wishes)
    return judge(desk, base, forced(desk, base, routes, free=fresh, wishes=wishes) if made is None else made, about)


def _wishes(desk: Desk, base: Plan, offered: Plan, fresh: Collection[int]) -> Wishes:
    """Return the offered times for what is accepted, and for everybody else the times they had."""
    kept, node_of = wishes_of(desk, base, fresh), desk.instance.node_of_step
    told = {node_of[step]: served[0][1].start for step, served in offered.stops_by_step.items() if step in node_of}
    return replace(kept, starts={**kept.starts, **{node: told[node] for node in fresh if node in told}})


def _applied(desk: Desk, base: Plan, offered: Plan, taken: Sequence[Group]) -> Routes:
    """Return the sequences of the base with some groups as they are offered."""
    instance, target = desk.instance, desk.routes(offered)
    moved = {desk.request(c.request) for group in taken if group.kind is not GroupKind.TIMES for c in group.changes}
    left = without(instance, desk.routes(base), moved)
    rounds = {desk.shift(group.id.removeprefix("times:")) for group in taken if group.kind is GroupKind.TIMES}
    nodes = {node for request in moved for node in instance.nodes_of_request[request]}
    return tuple(
        _merged(_as_offered(sequence, target[shift]) if shift in rounds else sequence, target[shift], nodes)
        for shift, sequence in enumerate(left)
    )


def _as_offered(sequence: Nodes, target: Nodes) -> Nodes:
    """Return a sequence with the stops that the target has too in the target's order, in the places of these."""
    both = iter([node for node in target if node in sequence])
    return tuple(next(both) if node in target else node for node in sequence)


def _merged(sequence: Nodes, target: Nodes, nodes: Collection[int]) -> Nodes:
    """Return a sequence with those `nodes` that the target has, each after the nearest stop before it there."""
    made = list(sequence)
    for position, node in enumerate(target):
        if node in nodes:
            before = [other for other in target[:position] if other in made]
            made.insert(made.index(before[-1]) + 1 if before else 0, node)
    return tuple(made)


def _needs(
    desk: Desk, base: Plan, offered: Plan, groups: Mapping[str, Group], chosen: Collection[str]
) -> tuple[str, ...]:
    """Return a least set of other groups with which those chosen stand: none of it can be spared; nearest groups first.

    Found by adding until it stands, then leaving out again what is not needed.
    """
    tried = 0

    def stands(added: Collection[str]) -> bool:
        nonlocal tried
        tried += 1
        names = {*chosen, *added}
        if names == groups.keys():
            return not judge(desk, base, offered, frozenset()).refused
        return tried <= _TRIED and not _taken(desk, base, offered, [groups[n] for n in groups if n in names]).refused

    touched = {shift for name in chosen for shift in groups[name].shifts}
    others = sorted(groups.keys() - set(chosen), key=lambda name: (not touched & set(groups[name].shifts), name))
    enough = next((n for n in range(1, len(others) + 1) if stands(others[:n])), None)
    if enough is None:
        return ()
    added = others[:enough]
    for name in [*added]:
        fewer = [other for other in added if other != name]
        if fewer and stands(fewer):
            added = fewer
    return tuple(name for name in groups if name in added)
