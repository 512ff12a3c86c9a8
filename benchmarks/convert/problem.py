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
from routing.plan import Plan
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

    - A pair is a ride; every other stop is a visit, its load the goods it is brought.
    - Two stops that begin together and are alike are one visit with a crew of two.
    - Other tied stops are visits with a `Gap` for two carers. A gap counts from the end of a visit and a tie from its
      beginning, so durations move from the visits into the ways that leave them.
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
        if any(tie.least < 0 for tie in self.formulation.ties):
            return "a gap cannot leave open which of two visits comes first"
        if self.formulation.pairs:
            return self.room.why_not
        rows = max(len(stop.load) for stop in self.formulation.stops)
        return f"goods have one measure, this family needs {rows}" if rows > 1 else None

    def problem(self) -> Problem:
        """Return the day to plan."""
        formulation = self.formulation
        return Problem(
            places=tuple(Place(id=str(number), lat=0, lon=number / 1000) for number in range(len(formulation.travel))),
            vehicles=tuple(self._vehicles()),
            shifts=tuple(self._shifts()),
            visits=() if formulation.pairs else tuple(self._visits()),
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
                if stop.request is None:
                    continue
                place = twins[stop.place] if stop.place in named and stop.place in twins else int(stop.place)
                named.add(stop.place)
                stops.append((place, stop.start))
        return self.formulation.answer(rounds)

    def _metres(self) -> Whole:
        return self.formulation.length

    def _vehicles(self) -> Iterator[Vehicle]:
        for number, vehicle in enumerate(self.formulation.vehicles):
            if self.formulation.pairs:
                yield Vehicle(id=f"v{number}", layouts=(self.room.layout(vehicle.capacity),))
            else:
                yield Vehicle(id=f"v{number}", goods=next(iter(vehicle.capacity), None))

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
                    goods=next(iter(stop.load), 0),
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

    def _gaps(self) -> Iterator[Gap]:
        for tie in self.formulation.ties:
            if tie.first not in self.crews:
                first, second = str(tie.first), str(tie.second)
                yield Gap(first=first, second=second, minimum=tie.least, maximum=tie.most, two_carers=True)

    def _apart(self) -> Iterator[frozenset[str]]:
        for row in self.room.apart_rows:
            users = [
                str(pair.pickup)
                for pair in self.formulation.pairs
                if self.formulation.stop_by_place[pair.pickup].load[row]
            ]
            yield from (frozenset(two) for two in combinations(users, 2))


def objective(formulation: Formulation) -> Objective:
    """Return weights under which a plan costs `POINTS` per unit of length (and of tardiness), vehicles before it.

    Nothing ends a tardy day, so what a whole plan costs at most is every stop and one more as late as can be.
    """
    most = formulation.ceiling * POINTS // formulation.scale
    latest = formulation.vehicles[0].latest * POINTS // formulation.scale if formulation.tardy else 0
    missing = 10 * most + (len(formulation.stops) + 1) * latest
    late = 60 * POINTS // formulation.scale if formulation.tardy else 0
    return Objective(
        unassigned_a=missing,
        unassigned_b=missing,
        unassigned_c=missing,
        late_minute=late,
        greatest_late_minute=late,
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
