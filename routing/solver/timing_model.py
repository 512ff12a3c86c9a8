"""The timing model of one group of routes in CP-SAT (OR-Tools): what is free and what holds.

Free are the times, the window each visit uses, the ferry each crossing catches and the gap in which each break falls.
Weighed with it are overtime and the length of the working day, so that nobody leaves home earlier than sensible; then
everything as early as it can be. `timing_weights` adds what else people feel: lateness, waiting aboard, changed times.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations

from ortools.sat.python import cp_model

from routing.plan import Route
from routing.problem import Break
from routing.solver.chains import Chain, chain, pause_gaps
from routing.solver.earliest import Timing, shared
from routing.solver.elements import Interval, Passage, Placement, Placements, Routes, Sequence
from routing.solver.instance import Instance
from routing.solver.printing import print_route

EARLY = 1_000
"""How many seconds of starting earlier weigh as much as one sixtieth of a point."""


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """When stops would like to begin, by node, and breaks, by shift in the order of a route.

    A minute away from its wish costs a stop `per_minute` points beside everything else that is weighed, a break one.
    """

    starts: Mapping[int, int] = field(default_factory=dict)
    pauses: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    per_minute: int = 0


@dataclass(kw_only=True)
class Line:
    """The variables of one route: leaving, the stops, return; break literals and starts by break."""

    shift: int
    sequence: Sequence
    begins: list[cp_model.IntVar]
    pauses: list[dict[Placement, cp_model.IntVar]] = field(default_factory=list)
    pause_begins: list[cp_model.IntVar] = field(default_factory=list)


@dataclass(kw_only=True)
class TimingModel:
    """The timing model of one group of routes.

    Of other routes `fixed` says when stops begin that this group is tied to, and `hours` what they leave of a shift's.
    `wishes` are times that are kept where little speaks against them.
    """

    instance: Instance
    routes: Routes
    group: list[int]
    fixed: Mapping[int, int] = field(default_factory=dict)
    hours: Mapping[int, Interval] = field(default_factory=dict)
    wishes: Wishes = field(default_factory=Wishes)
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    lines: dict[int, Line] = field(default_factory=dict)
    starts: dict[int, cp_model.IntVar] = field(default_factory=dict)
    terms: list[cp_model.LinearExprT] = field(default_factory=list)

    def build(self) -> None:
        """Add every rule, and weigh overtime, breaks and the length of the working day."""
        self.starts.update({node: self.model.new_constant(start) for node, start in self.fixed.items()})
        for shift in self.group:
            self._add_line(shift)
        for line in self.lines.values():
            for gap in range(len(line.begins) - 1):
                self._add_leg(line, gap)
            self._add_pauses(line)
            self._add_duration(line)
        self._add_ties()
        self._add_shared()

    def _add_line(self, shift: int) -> None:
        data, sequence = self.instance.shifts[shift], self.routes[shift]
        hours = self.hours.get(shift, (data.shift.earliest, data.hard_end))
        begins = [self.model.new_int_var(*hours, "leave")]
        for index in sequence:
            if index not in self.starts:
                domain = cp_model.Domain.from_intervals([list(part) for part in self.instance.nodes[index].domain])
                self.starts[index] = self.model.new_int_var_from_domain(domain, f"n{index}")
            begins.append(self.starts[index])
        begins.append(self.model.new_int_var(*hours, "return"))
        self.lines[shift] = Line(shift=shift, sequence=sequence, begins=begins)

    def _place(self, line: Line, position: int) -> int:
        data = self.instance.shifts[line.shift]
        if position == 0:
            return data.start
        if position == len(line.begins) - 1:
            return data.end
        return self.instance.nodes[line.sequence[position - 1]].place

    def _length(self, line: Line, position: int) -> int:
        inner = 0 < position < len(line.begins) - 1
        return self.instance.nodes[line.sequence[position - 1]].duration if inner else 0

    def _passage(self, line: Line, gap: int) -> Passage:
        passage = self.instance.passage(line.shift, self._place(line, gap), self._place(line, gap + 1))
        if passage is None:
            raise AssertionError  # `earliest` has driven every leg before
        return passage

    def _add_leg(self, line: Line, gap: int) -> None:
        self._travel(self._passage(line, gap), line.begins[gap] + self._length(line, gap), line.begins[gap + 1], if_=())

    def _travel(
        self,
        passage: Passage,
        leave: cp_model.LinearExprT,
        arrive: cp_model.LinearExprT,
        *,
        if_: tuple[cp_model.IntVar, ...],
    ) -> None:
        """Begin at `arrive` no earlier than a passage begun at `leave` allows, where the literals `if_` hold."""
        if passage.ferry is None:
            self.model.add(arrive >= leave + passage.before).only_enforce_if(*if_)
            return
        crossing = passage.ferry.crossing
        boats = [self.model.new_bool_var(f"boat{departure}") for departure in passage.departures]
        self.model.add_exactly_one(boats)
        for boat, departure in zip(boats, passage.departures, strict=True):
            ready = departure - crossing.boarding - passage.before
            self.model.add(leave <= ready).only_enforce_if(boat, *if_)
            self.model.add(arrive >= departure + crossing.duration + passage.after).only_enforce_if(boat, *if_)

    def _add_pauses(self, line: Line) -> None:
        for pause in self.instance.breaks(line.shift):
            begin = self.model.new_int_var(pause.window.earliest, pause.window.latest, "pause")
            spots = {}
            for gap in pause_gaps(self.instance, line.sequence):
                for arrived in (False, True):
                    spots[Placement(gap=gap, arrived=arrived)] = self.model.new_bool_var(f"p{gap}{arrived}")
            self.model.add_at_most_one(spots.values())
            for placement, literal in spots.items():
                self._add_pause(line, pause, begin, placement, literal)
            self._add_due(line, pause, list(spots.values()))
            line.pauses.append(spots)
            line.pause_begins.append(begin)
        for (i, a), (j, b) in combinations(enumerate(line.pauses), 2):
            self._keep_pauses_apart(line, (i, a), (j, b))

    def _add_pause(
        self, line: Line, pause: Break, begin: cp_model.IntVar, placement: Placement, literal: cp_model.IntVar
    ) -> None:
        gap, passage = placement.gap, self._passage(line, placement.gap)
        leave, arrive = line.begins[gap] + self._length(line, gap), line.begins[gap + 1]
        if placement.arrived:
            self._travel(passage, leave, begin, if_=(literal,))
            self.model.add(arrive >= begin + pause.duration).only_enforce_if(literal)
        else:
            self.model.add(begin >= leave).only_enforce_if(literal)
            self._travel(passage, begin + pause.duration, arrive, if_=(literal,))

    def _add_due(self, line: Line, pause: Break, spots: list[cp_model.IntVar]) -> None:
        """Take the break unless the route is short; a break that is not due costs a little."""
        short = self.model.new_bool_var("short")
        self.model.add_bool_or(*spots, short)
        self.model.add(line.begins[-1] - line.begins[0] <= pause.required_after).only_enforce_if(short)
        self.terms += [60 * EARLY * spot for spot in spots]

    def _keep_pauses_apart(
        self,
        line: Line,
        first: tuple[int, dict[Placement, cp_model.IntVar]],
        second: tuple[int, dict[Placement, cp_model.IntVar]],
    ) -> None:
        """Let two breaks of one route follow each other in the order of the shift's list, and not in one gap."""
        (i, a), (j, b) = first, second
        pauses = self.instance.breaks(line.shift)
        self.model.add(line.pause_begins[j] >= line.pause_begins[i] + pauses[i].duration)
        for one in a:
            for other in b:
                if one.gap == other.gap:
                    self.model.add_at_most_one(a[one], b[other])

    def _add_duration(self, line: Line) -> None:
        data, weigh = self.instance.shifts[line.shift], self.instance.problem.objective
        leave, back = line.begins[0], line.begins[-1]
        if data.shift.max_duration is not None:
            self.model.add(back - leave <= data.shift.max_duration)
        late = self.model.new_int_var(0, max(0, data.shift.overtime), "overtime")
        self.model.add(late >= back - data.shift.latest)
        self.terms += [weigh.overtime_minute * EARLY * late, max(1, weigh.paid_minute) * EARLY * (back - leave)]
        self.terms += line.begins[1:-1]

    def _add_ties(self) -> None:
        for line in self.lines.values():
            for index in line.sequence:
                node = self.instance.nodes[index]
                if node.is_pickup:
                    limit = self.instance.ride_limit(node.request, line.shift)
                    if limit is not None:
                        ride = self.starts[node.partner] - self.starts[index] - node.duration
                        self.model.add(ride <= limit)
        for link, outbound, inbound in self.instance.links:
            dropped, collected = (
                self.instance.nodes_of_request[outbound][1],
                self.instance.nodes_of_request[inbound][0],
            )
            if dropped in self.starts and collected in self.starts:
                lag = self.instance.nodes[dropped].duration + link.minimum_stay
                self.model.add(self.starts[collected] >= self.starts[dropped] + lag)
        for gap, first, second in self.instance.gaps:
            if first in self.starts and second in self.starts:
                between = self.starts[second] - self.starts[first] - self.instance.nodes[first].duration
                self.model.add(between >= gap.minimum)
                if gap.maximum is not None:
                    self.model.add(between <= gap.maximum)

    def _add_shared(self) -> None:
        for a, b in shared(self.instance):
            if a in self.lines and b in self.lines:
                first = self.model.new_bool_var("first")
                self.model.add(self.lines[b].begins[0] >= self.lines[a].begins[-1]).only_enforce_if(first)
                self.model.add(self.lines[a].begins[0] >= self.lines[b].begins[-1]).only_enforce_if(~first)

    def hint(self, sure: Timing) -> None:
        """Start from a timetable that is known to exist."""
        hinted: set[int] = set()
        for c in sure.chains:
            line = self.lines[c.shift]
            stops = [time for time, event in zip(sure.of(c), c.events, strict=True) if event.pause is None]
            for variable, value in zip(line.begins, stops, strict=True):
                if variable.index not in hinted:
                    hinted.add(variable.index)
                    self.model.add_hint(variable, value)
            for spots, placed in zip(line.pauses, c.placements, strict=False):
                for placement, literal in spots.items():
                    self.model.add_hint(literal, placement == placed)

    def read(self, solver: cp_model.CpSolver, shift: int) -> Route:
        """Return the printed route of a shift."""
        line = self.lines[shift]
        taken: list[Placement | None] = [
            next((placement for placement, literal in spots.items() if solver.boolean_value(literal)), None)
            for spots in line.pauses
        ]
        plan = _chain_of(self.instance, shift, line.sequence, tuple(taken))
        begins: dict[Break, list[int]] = {}  # two breaks of a shift may be alike
        for pause, placement, begin in zip(self.instance.breaks(shift), taken, line.pause_begins, strict=True):
            if placement is not None:
                begins[pause] = sorted([*begins.get(pause, []), solver.value(begin)])
        stops = iter([solver.value(variable) for variable in line.begins])
        times = [begins[event.pause].pop(0) if event.pause is not None else next(stops) for event in plan.events]
        return print_route(self.instance, plan, times)


def _chain_of(instance: Instance, shift: int, sequence: Sequence, placements: Placements) -> Chain:
    made = chain(instance, shift, sequence, placements)
    if made is None:
        raise AssertionError  # `earliest` has driven every leg before
    return made
