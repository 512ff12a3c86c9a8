"""Say why a request finds no place: for each shift, the rule that blocks it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from routing.matrix import Matrix
from routing.problem import Problem
from routing.review.labels import Labels
from routing.solver.carers import barred_workers
from routing.solver.earliest import timetable_exists
from routing.solver.elements import Routes
from routing.solver.insertion import best_insertion, unit_of
from routing.solver.instance import Instance
from routing.solver.walk import Walk, walk
from routing.wording import keys, say


class Block(StrEnum):
    """What keeps a request off a shift; each code has its sentence in the catalogue `explain`."""

    SKILLS = "skills"
    FORBIDDEN = "forbidden"
    ROOM = "room"
    GOODS = "goods"
    SAME_CARER = "same-carer"
    LOCKED = "locked"
    UNREACHABLE = "unreachable"
    NO_SAILING = "no-sailing"
    FERRY = "ferry"
    WINDOW = "window"
    SHIFT_END = "shift-end"
    DURATION = "duration"
    TIMES = "times"
    CREW = "crew"
    BUSY = "busy"


@dataclass(frozen=True, kw_only=True)
class Blocked:
    """One rule that keeps a request off one shift; `what` are the missing skills, or the code of why nothing sails."""

    shift: str
    block: Block
    what: tuple[str, ...] = ()

    def sentence(self, lang: str, labels: Labels) -> str:
        """Say it in `lang`, ids replaced by `labels` where there are any."""
        what = ", ".join(map(labels.skill, self.what))
        if self.block is Block.NO_SAILING:
            known = [key for name in self.what if (key := f"roads.{name}") in keys("roads", lang)]
            what = say(known[0] if known else "explain.no-departures", lang)
        return say(f"explain.{self.block.value}", lang, shift=labels.shift(self.shift), what=what)


def reasons(problem: Problem, matrix: Matrix, instance: Instance, routes: Routes, request: int) -> tuple[Blocked, ...]:
    """Return, for every shift, the first rule that keeps an unassigned request off it."""
    unit = unit_of(instance, request)
    if instance.crew[request] > 1:
        return _crew_reasons(problem, matrix, instance, routes, request)
    return tuple(reason(instance, routes, unit, data.index) for data in instance.shifts)


def reason(instance: Instance, routes: Routes, unit: tuple[int, ...], shift: int) -> Blocked:
    """Return the first rule that keeps a unit, which no route serves, off one shift; BUSY where only others do."""
    name = instance.shifts[shift].shift.id
    for request in unit:
        code = instance.static_block(request, shift)
        if code is not None:
            missing = instance.requests[request].skills - instance.shifts[shift].offers
            return Blocked(shift=name, block=Block(code), what=tuple(sorted(missing)))
    if any(instance.shifts[shift].shift.worker in barred_workers(instance, routes, request) for request in unit):
        return Blocked(shift=name, block=Block.SAME_CARER)
    nodes = tuple(node for request in unit for node in instance.nodes_of_request[request])
    walked = walk(instance, shift, nodes)
    if not isinstance(walked, Walk):
        if walked == "ferry":
            return _ferry(instance, shift, nodes)
        return Blocked(shift=name, block=Block(walked) if walked in set(Block) else Block.TIMES)
    alone: Routes = tuple(nodes if data.index == shift else () for data in instance.shifts)
    found = timetable_exists(instance, alone, [shift])
    return Blocked(shift=name, block=Block.BUSY if found else Block.TIMES)


def _ferry(instance: Instance, shift: int, nodes: tuple[int, ...]) -> Blocked:
    """Return why a shift does not get across: nothing sails, no road leads to a harbour, or no departure fits."""
    data = instance.shifts[shift]
    places = [data.start, *(instance.nodes[node].place for node in nodes), data.end]
    for side in sorted({instance.side[place] for place in places} - {-1}):
        crossing = instance.ferries[side].crossing
        if crossing.no_sailing or not (crossing.outward and crossing.homeward):
            why = (crossing.no_sailing,) if crossing.no_sailing else ()
            return Blocked(shift=data.shift.id, block=Block.NO_SAILING, what=why)
    joined = all(instance.passage(shift, here, there) is not None for here, there in pairwise(places))
    return Blocked(shift=data.shift.id, block=Block.FERRY if joined else Block.UNREACHABLE)


def _crew_reasons(
    problem: Problem, matrix: Matrix, instance: Instance, routes: Routes, request: int
) -> tuple[Blocked, ...]:
    """Return reasons for a visit by several carers: where one would fit, it is the others that are missing."""
    wanted = instance.requests[request].id
    visits = tuple(replace(v, crew=1) if v.id == wanted else v for v in problem.visits)
    single = Instance(replace(problem, visits=visits, locks=()), matrix)
    found = []
    for data in instance.shifts:
        if best_insertion(single, routes, (request,), shifts=[data.index]) is not None:
            found.append(Blocked(shift=data.shift.id, block=Block.CREW))
        else:
            found.append(reason(single, routes, (request,), data.index))
    return tuple(found)
