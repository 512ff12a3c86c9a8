"""From whole numbers to Hoolering's own problem, and from its plan back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from benchmarks.answer import Answer
from benchmarks.convert.room import Room, rooms_of
from benchmarks.formulation import Formulation, Stop, Tie, Whole
from routing.matrix import DEFAULT_PROFILE, Matrix
from routing.plan import Plan, StopKind
from routing.problem import (
    Gap,
    Objective,
    Place,
    Problem,
    Shift,
    Shipment,
    ShipmentStep,
    TimeWindow,
    Vehicle,
    Visit,
)

POINTS = 1000
"""Points of the objective per unit of length in the file."""


@dataclass(frozen=True, kw_only=True)
class Translation:
    """A formulation as a day to plan. Requests are called after the place of their (first) stop.

    - Goods are not known to a visit, so where loads matter a stop is a ride from the depot that begins as the shift
      opens, and only then.
    - Two stops that begin together and are alike are one visit with a crew of two.
    - Other tied stops are visits with a `Gap`. A gap counts from the end of a visit and a tie from its beginning, so
      durations move from the visits into the ways that leave them.
    """

    formulation: Formulation

    @cached_property
    def crews(self) -> dict[int, int]:
        """Return, for each place whose visit is made by two, the place of the other stop."""
        return {tie.first: tie.second for tie in self.formulation.ties if _alike(self.formulation, tie)}

    @cached_property
    def folded(self) -> bool:
        """Tell whether durations stand in the ways and not in the visits."""
        return any(tie.first not in self.crews for tie in self.formulation.ties)

    @cached_property
    def room(self) -> Room:
        """Return how loads and capacities are said in seats, wheelchairs and stretchers."""
        return rooms_of(self.formulation)

    def why_not(self) -> str | None:
        """Return what Hoolering's problem cannot say of this formulation, or None."""
        for tie in self.formulation.ties:
            if tie.first not in self.crews:
                fault = _one_could_do_both(self.formulation, tie)
                if fault:
                    return fault
        return self.room.why_not

    def problem(self) -> Problem:
        """Return the day to plan."""
        formulation = self.formulation
        return Problem(
            places=tuple(Place(id=str(number), lat=0, lon=number / 1000) for number in range(len(formulation.travel))),
            vehicles=tuple(
                Vehicle(id=f"v{number}", layouts=(self.room.layout(vehicle.capacity),))
                for number, vehicle in enumerate(formulation.vehicles)
            ),
            shifts=tuple(self._shifts()),
            visits=() if self._rides_only else tuple(self._visits()),
            shipments=tuple(self._rides()),
            gaps=tuple(self._gaps()),
            apart=frozenset(self._apart()),
            objective=objective(formulation),
        )

    def matrix(self) -> Matrix:
        """Return seconds and metres: the whole numbers as they are, durations added to the seconds where folded."""
        seconds = self.formulation.travel.copy()
        if self.folded:
            for stop in self.formulation.stops:
                seconds[stop.place] += stop.service
                seconds[stop.place, stop.place] = 0
        return Matrix(
            places=tuple(str(number) for number in range(len(seconds))),
            seconds={DEFAULT_PROFILE: seconds},
            metres={DEFAULT_PROFILE: self._metres()},
        )

    def answer(self, plan: Plan) -> Answer:
        """Return a plan as an answer."""
        twins = {str(first): second for first, second in self.crews.items()}
        rounds: dict[int, list[tuple[int, int]]] = {}
        named: set[str] = set()
        for route in plan.routes:
            stops = rounds.setdefault(int(route.shift), [])
            for stop in route.stops:
                if stop.request is None or (self._loaded_at_depot and stop.kind is StopKind.PICKUP):
                    continue
                place = twins[stop.place] if stop.place in named and stop.place in twins else int(stop.place)
                named.add(stop.place)
                stops.append((place, stop.start))
        return self.formulation.answer(rounds)

    @cached_property
    def _loaded_at_depot(self) -> bool:
        return not self.formulation.pairs and self.room.matters

    @property
    def _rides_only(self) -> bool:
        return bool(self.formulation.pairs) or self._loaded_at_depot

    def _metres(self) -> Whole:
        return self.formulation.length

    def _shifts(self) -> Iterator[Shift]:
        for number, vehicle in enumerate(self.formulation.vehicles):
            yield Shift(
                id=str(number),
                worker=f"w{number}",
                vehicle=f"v{number}",
                start_place=str(vehicle.depot),
                end_place=str(vehicle.depot),
                earliest=vehicle.earliest,
                latest=vehicle.latest,
                max_duration=vehicle.max_duration,
                skills=vehicle.skills,
            )

    def _visits(self) -> Iterator[Visit]:
        seconds_of_twins = set(self.crews.values())
        lateness = self.formulation.vehicles[0].latest if self.formulation.tardy else 0
        for stop in self.formulation.stops:
            if stop.place not in seconds_of_twins:
                yield Visit(
                    id=str(stop.place),
                    client=str(stop.place),
                    place=str(stop.place),
                    duration=0 if self.folded else stop.service,
                    windows=_windows(stop),
                    max_lateness=lateness,
                    skills=frozenset({stop.skill} - {""}),
                    crew=2 if stop.place in self.crews else 1,
                )

    def _rides(self) -> Iterator[Shipment]:
        stops = self.formulation.stop_by_place
        for pair in self.formulation.pairs:
            yield Shipment(
                id=str(pair.pickup),
                client=str(pair.pickup),
                pickup=_step(stops[pair.pickup]),
                delivery=_step(stops[pair.delivery]),
                load=self.room.load(stops[pair.pickup].load),
                max_ride=pair.max_ride,
            )
        if self._loaded_at_depot:
            depot = self.formulation.vehicles[0]
            opening = (TimeWindow(earliest=depot.earliest, latest=depot.earliest),)
            for stop in self.formulation.stops:
                yield Shipment(
                    id=str(stop.place),
                    client=str(stop.place),
                    pickup=ShipmentStep(place=str(depot.depot), duration=0, windows=opening),
                    delivery=_step(stop),
                    load=self.room.load(stop.load),
                )

    def _gaps(self) -> Iterator[Gap]:
        for tie in self.formulation.ties:
            if tie.first not in self.crews:
                yield Gap(first=str(tie.first), second=str(tie.second), minimum=tie.least, maximum=tie.most)

    def _apart(self) -> Iterator[frozenset[str]]:
        for row in self.room.apart_rows:
            users = [
                str(pair.pickup)
                for pair in self.formulation.pairs
                if self.formulation.stop_by_place[pair.pickup].load[row]
            ]
            yield from (frozenset(two) for two in combinations(users, 2))


def objective(formulation: Formulation) -> Objective:
    """Return weights under which a plan costs `POINTS` per unit of length (and of tardiness), vehicles before it."""
    most = formulation.ceiling * POINTS // formulation.scale
    missing = 10_000 * most if formulation.tardy else 10 * most
    return Objective(
        unassigned_a=missing,
        unassigned_b=missing,
        unassigned_c=missing,
        late_minute=60 * POINTS // formulation.scale,
        overtime_minute=0,
        imbalance_minute=0,
        waiting_aboard_minute=0,
        kilometre=1000 * POINTS // formulation.scale,
        paid_minute=0,
        shift_used=most if formulation.fewest else 0,
    )


def _windows(stop: Stop) -> tuple[TimeWindow, ...]:
    return (TimeWindow(earliest=stop.earliest, latest=stop.latest),)


def _step(stop: Stop) -> ShipmentStep:
    return ShipmentStep(place=str(stop.place), duration=stop.service, windows=_windows(stop))


def _alike(formulation: Formulation, tie: Tie) -> bool:
    """Tell whether two stops that begin together are the same place, duration, window and skill."""
    first, second = (formulation.stop_by_place[place] for place in (tie.first, tie.second))
    others = [place for place in range(len(formulation.travel)) if place not in (tie.first, tie.second)]
    same_ways = all(
        (array[tie.first, others] == array[tie.second, others]).all()
        and (array[others, tie.first] == array[others, tie.second]).all()
        for array in (formulation.travel, formulation.length)
    )
    asked = [(stop.earliest, stop.latest, stop.service, stop.skill, stop.load) for stop in (first, second)]
    return tie.least == tie.most == 0 and asked[0] == asked[1] and same_ways


def _one_could_do_both(formulation: Formulation, tie: Tie) -> str | None:
    """Return the rule that is missing where one carer could do both tied stops one after the other."""
    first, second = (formulation.stop_by_place[place] for place in (tie.first, tie.second))
    if tie.most < first.service:
        return None
    able = any({first.skill, second.skill} - {""} <= vehicle.skills for vehicle in formulation.vehicles)
    return "a gap between two visits cannot ask for two different carers" if able else None
