"""A route as a chain of events: leaving, stops and breaks, return, and how to get from each to the next."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from routing.problem import Waiting
from routing.solver.elements import Event, Passage, Placements, Sequence
from routing.solver.instance import Instance


@dataclass(frozen=True, kw_only=True)
class Chain:
    """The events of one route in order: leaving, stops and breaks, return."""

    shift: int
    sequence: Sequence
    events: tuple[Event, ...]
    passages: tuple[Passage, ...]
    placements: Placements


def chain(instance: Instance, shift: int, sequence: Sequence, placements: Placements = ()) -> Chain | None:
    """Return the events of a route with its breaks placed, or None where a leg cannot be driven.

    `placements` hold one entry per break of the shift, None where it is not taken.
    """
    data = instance.shifts[shift]
    whole = ((data.shift.earliest, data.hard_end),)
    events = [Event(place=data.start, duration=0, domain=whole)]
    stops = [instance.events[index] for index in sequence]
    stops.append(Event(place=data.end, duration=0, domain=whole))
    taken = [(p, b) for p, b in zip(placements, instance.breaks(shift), strict=False) if p is not None]
    for gap, stop in enumerate(stops):
        due = [(p, b) for p, b in taken if p.gap == gap]
        for placed, pause in sorted(due, key=lambda item: (item[0].arrived, item[1].window)):
            place = stop.place if placed.arrived else events[-1].place
            window = ((pause.window.earliest, pause.window.latest),)
            events.append(Event(place=place, duration=pause.duration, domain=window, pause=pause))
        events.append(stop)
    passages = [instance.passage(shift, a.place, b.place) for a, b in pairwise(events)]
    if any(passage is None for passage in passages):
        return None
    known = tuple(passage for passage in passages if passage is not None)
    return Chain(shift=shift, sequence=sequence, events=tuple(events), passages=known, placements=placements)


def pause_gaps(instance: Instance, sequence: Sequence) -> tuple[int, ...]:
    """Return the gaps of a sequence in which nobody is aboard and no carer stays with her client."""
    free, aboard = [], 0
    for gap in range(len(sequence) + 1):
        if aboard == 0:
            free.append(gap)
        if gap < len(sequence):
            node = instance.nodes[sequence[gap]]
            link = instance.link_of.get(node.request)
            stays = link is not None and link.waiting is Waiting.STAYS
            if node.is_pickup:
                aboard += not (stays and link is not None and instance.requests[node.request].id == link.inbound)
            elif not node.is_visit:
                aboard -= not (stays and link is not None and instance.requests[node.request].id == link.outbound)
    return tuple(free)
