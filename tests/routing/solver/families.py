"""Tiny days, each about one family of constraints: a plan that ignores the family breaks a rule or costs more."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from routing.problem import (
    Break,
    Gap,
    Load,
    Objective,
    Priority,
    Problem,
    Promise,
    RideLink,
    SequenceLock,
    ShiftLock,
    Step,
    StepKind,
    TimeLock,
    TimeWindow,
    Vehicle,
    Waiting,
)
from tests.routing.review.tiny import ANU, CAR, HOUR, MARI, MINUTE, day, ride, step, visit

MORNING = 8 * HOUR


def at(*hours: tuple[float, float]) -> tuple[TimeWindow, ...]:
    """Return windows from pairs of hours."""
    return tuple(TimeWindow(earliest=round(a * HOUR), latest=round(b * HOUR)) for a, b in hours)


def minutes(*pairs: tuple[int, int]) -> tuple[TimeWindow, ...]:
    """Return windows from pairs of minutes after eight o'clock."""
    return tuple(TimeWindow(earliest=MORNING + a * MINUTE, latest=MORNING + b * MINUTE) for a, b in pairs)


def step_of(name: str, kind: StepKind = StepKind.VISIT) -> Step:
    """Return a step of a request."""
    return Step(request=name, kind=kind)


@dataclass(frozen=True, kw_only=True)
class Family:
    """A day on which `family` decides: with it, exactly `unassigned` is left out and every rule kept."""

    name: str
    family: str
    problem: Problem
    unassigned: tuple[str, ...] = ()


def alone(**parts: Any) -> Problem:
    """Return a day of Anu alone."""
    return day(**{"shifts": (ANU,)} | parts)


FAR_MARI = replace(MARI, start_place="clinic", end_place="clinic")
THREE = Load(seats=3)
TO_CLINIC = {"pickup": step("a", windows=minutes((10, 15))), "delivery": step("clinic", windows=minutes((40, 60)))}
OUT = ride("out", "a", "clinic", delivery=step("clinic", windows=at((10, 10.1))))
BACK = ride("back", "clinic", "a", pickup=step("clinic", windows=at((10, 14))))
LUNCH = Break(duration=30 * MINUTE, window=TimeWindow(earliest=12 * HOUR, latest=round(12.5 * HOUR)))

SLOW = step("b", duration=30 * MINUTE, windows=minutes((20, 35)))
"""A pickup that keeps whoever is aboard waiting for half an hour."""

RULES = (
    Family(
        name="windows of two visits at once",
        family="add_windows",
        problem=alone(
            visits=(
                visit("x", "a", windows=minutes((30, 40))),
                visit("y", "b", windows=minutes((30, 40)), priority=Priority.C),
            )
        ),
        unassigned=("y",),
    ),
    Family(
        name="a hole between two windows",
        family="add_windows",
        problem=alone(
            visits=(
                visit("x", "a", windows=minutes((10, 10)), priority=Priority.A),
                visit("y", "a", windows=minutes((10, 10), (600, 600))),
            )
        ),
        unassigned=("y",),
    ),
    Family(
        name="a time lock replaces the windows",
        family="add_windows",
        problem=alone(
            visits=(visit("x", "a"), visit("y", "b", windows=minutes((60, 65)), priority=Priority.C)),
            locks=(TimeLock(step=step_of("x"), window=minutes((60, 65))[0]),),
        ),
        unassigned=("y",),
    ),
    Family(
        name="a pickup window and an arrival window",
        family="add_windows",
        problem=alone(
            shipments=(
                ride("r", "a", "clinic", pickup=step("a", windows=minutes((20, 25)))),
                ride("s", "c", "b", delivery=step("b", windows=minutes((35, 40))), priority=Priority.C),
            )
        ),
        unassigned=("s",),
    ),
    Family(
        name="the end of the shift",
        family="add_shifts",
        problem=alone(visits=(visit("x", "clinic", windows=at((15.5, 16))),)),
        unassigned=("x",),
    ),
    Family(
        name="the longest duration of a shift",
        family="add_shifts",
        problem=day(shifts=(replace(ANU, max_duration=80 * MINUTE),), visits=(visit("x", "c"),)),
        unassigned=("x",),
    ),
    Family(
        name="a skill that only the far carer has",
        family="add_who",
        problem=day(
            shifts=(ANU, replace(FAR_MARI, skills=frozenset({"medication"}))),
            visits=(visit("x", "a", skills=frozenset({"medication"})),),
        ),
    ),
    Family(
        name="a carer who may not come",
        family="add_who",
        problem=day(shifts=(ANU, FAR_MARI), visits=(visit("x", "a", forbidden=frozenset({"w-anu"})),)),
    ),
    Family(
        name="equipment of the vehicle",
        family="add_who",
        problem=day(
            vehicles=(CAR, replace(CAR, id="car-2", equipment=frozenset({"lift"}))),
            shifts=(ANU, FAR_MARI),
            shipments=(ride("r", "a", "b", skills=frozenset({"lift"})),),
        ),
    ),
    Family(
        name="a shift lock",
        family="add_who",
        problem=day(
            shifts=(ANU, FAR_MARI), visits=(visit("x", "a"),), locks=(ShiftLock(shift="mari", requests=("x",)),)
        ),
    ),
    Family(
        name="both ends of a ride or neither",
        family="add_rides",
        problem=alone(shipments=(ride("r", "a", "nowhere"),)),
        unassigned=("r",),
    ),
    Family(
        name="the longest ride",
        family="add_ride_limits",
        problem=alone(
            shipments=(
                ride("x", "b", "clinic", pickup=SLOW, priority=Priority.C),
                ride(
                    "r",
                    "a",
                    "clinic",
                    pickup=step("a", windows=minutes((10, 15))),
                    delivery=step("clinic", windows=minutes((40, 120))),
                    max_ride=40 * MINUTE,
                ),
            ),
        ),
        unassigned=("x",),
    ),
    Family(
        name="the longest ride relative to the direct way",
        family="add_ride_limits",
        problem=alone(
            shipments=(
                ride("x", "b", "clinic", pickup=SLOW, priority=Priority.C),
                ride(
                    "r",
                    "a",
                    "clinic",
                    pickup=step("a", windows=minutes((10, 15))),
                    delivery=step("clinic", windows=minutes((40, 120))),
                    max_ride_percent=150,
                ),
            ),
        ),
        unassigned=("x",),
    ),
    Family(
        name="seats for everybody aboard",
        family="add_room",
        problem=alone(
            shipments=(
                ride("r", "a", "clinic", load=THREE, **TO_CLINIC),
                ride("s", "a", "clinic", load=THREE, priority=Priority.C, **TO_CLINIC),
            )
        ),
        unassigned=("s",),
    ),
    Family(
        name="either a wheelchair or more seats",
        family="add_room",
        problem=alone(
            vehicles=(Vehicle(id="car-1", layouts=(Load(seats=4), Load(seats=2, wheelchairs=1))),),
            shipments=(
                ride("r", "a", "clinic", load=THREE, **TO_CLINIC),
                ride("s", "a", "clinic", load=Load(wheelchairs=1), priority=Priority.C, **TO_CLINIC),
            ),
        ),
        unassigned=("s",),
    ),
    Family(
        name="goods for everybody in one vehicle",
        family="add_goods",
        problem=alone(
            vehicles=(replace(CAR, goods=5),),
            visits=(visit("x", "a", goods=3), visit("y", "a", goods=3, priority=Priority.C)),
        ),
        unassigned=("y",),
    ),
    Family(
        name="people who may not share",
        family="add_company",
        problem=alone(
            shipments=(
                ride("r", "a", "clinic", **TO_CLINIC),
                ride("s", "a", "clinic", priority=Priority.C, **TO_CLINIC),
            ),
            apart=frozenset({frozenset({"r", "s"})}),
        ),
        unassigned=("s",),
    ),
    Family(
        name="a ride alone",
        family="add_company",
        problem=alone(
            shipments=(
                ride("r", "a", "clinic", alone=True, **TO_CLINIC),
                ride("s", "a", "clinic", priority=Priority.C, **TO_CLINIC),
            )
        ),
        unassigned=("s",),
    ),
    Family(
        name="nobody aboard while a carer stays with her client",
        family="add_company",
        problem=alone(
            shipments=(
                OUT,
                replace(BACK, pickup=step("clinic", windows=at((12, 12.5)))),
                ride(
                    "s",
                    "c",
                    "b",
                    pickup=step("c", windows=at((9, 9.5))),
                    delivery=step("b", windows=at((12.6, 14))),
                    priority=Priority.C,
                ),
            ),
            links=(RideLink(outbound="out", inbound="back", waiting=Waiting.STAYS),),
        ),
        unassigned=("s",),
    ),
    Family(
        name="a carer who stays with her client",
        family="add_escorts",
        problem=alone(
            visits=(visit("x", "clinic", windows=at((10, 11)), priority=Priority.C),),
            shipments=(OUT, replace(BACK, pickup=step("clinic", windows=at((12, 12.5))))),
            links=(RideLink(outbound="out", inbound="back", waiting=Waiting.STAYS),),
        ),
        unassigned=("x",),
    ),
    Family(
        name="a carer who may call nearby only",
        family="add_escorts",
        problem=alone(
            visits=(
                visit("x", "a", windows=at((10.2, 11)), priority=Priority.C),
                visit("y", "c", windows=at((10.2, 11.5))),
            ),
            shipments=(OUT, replace(BACK, pickup=step("clinic", windows=at((12, 12.5))))),
            links=(RideLink(outbound="out", inbound="back", waiting=Waiting.NEARBY, nearby=15 * MINUTE),),
        ),
        unassigned=("x",),
    ),
    Family(
        name="the least stay before the return",
        family="add_links",
        problem=alone(
            visits=(visit("x", "a", windows=at((11, 11.2))),),
            shipments=(OUT, BACK),
            links=(RideLink(outbound="out", inbound="back", minimum_stay=2 * HOUR),),
        ),
    ),
    Family(
        name="there and back on the same shift",
        family="add_links",
        problem=day(
            shifts=(ANU, FAR_MARI),
            shipments=(ride("out", "a", "b"), ride("back", "c", "clinic")),
            links=(RideLink(outbound="out", inbound="back", same_shift=True),),
        ),
    ),
    Family(
        name="a crew that begins together",
        family="add_crews",
        problem=day(
            shifts=(ANU, replace(MARI, skills=frozenset({"lifting"}))),
            visits=(
                visit("both", "b", crew=2, windows=at((8.3, 8.5), (12, 12.1)), priority=Priority.A),
                visit("early", "a", windows=at((8.3, 8.4)), forbidden=frozenset({"w-mari"}), priority=Priority.C),
                visit("late", "a", windows=at((12, 12.2)), forbidden=frozenset({"w-anu"})),
            ),
        ),
        unassigned=("early",),
    ),
    Family(
        name="a crew of two people",
        family="add_crews",
        problem=day(
            vehicles=(CAR, replace(CAR, id="car-2"), replace(CAR, id="car-3")),
            shifts=(
                replace(ANU, latest=12 * HOUR),
                replace(ANU, id="anu-pm", vehicle="car-3", earliest=12 * HOUR),
                FAR_MARI,
            ),
            visits=(visit("x", "a", crew=2),),
        ),
    ),
    Family(
        name="the least gap between two visits",
        family="add_gaps",
        problem=alone(
            visits=(
                visit("x", "a", windows=minutes((10, 20))),
                visit("y", "a", windows=minutes((10, 90)), priority=Priority.C),
            ),
            gaps=(Gap(first="x", second="y", minimum=2 * HOUR),),
        ),
        unassigned=("y",),
    ),
    Family(
        name="the greatest gap between two visits",
        family="add_gaps",
        problem=alone(
            visits=(
                visit("x", "a", windows=minutes((10, 20))),
                visit("y", "a", windows=at((14, 15)), priority=Priority.C),
            ),
            gaps=(Gap(first="x", second="y", maximum=HOUR),),
        ),
        unassigned=("y",),
    ),
    Family(
        name="two carers for the two visits of a pair",
        family="add_gaps",
        problem=day(
            vehicles=(CAR, replace(CAR, id="car-2"), replace(CAR, id="car-3")),
            shifts=(
                replace(ANU, latest=12 * HOUR),
                replace(ANU, id="anu-pm", vehicle="car-3", earliest=12 * HOUR),
                FAR_MARI,
            ),
            visits=(visit("x", "a", windows=minutes((10, 20))), visit("y", "a", windows=at((13, 14)))),
            gaps=(Gap(first="x", second="y", two_carers=True),),
        ),
    ),
    Family(
        name="a break inside a long day",
        family="add_breaks",
        problem=day(
            shifts=(replace(ANU, breaks=(replace(LUNCH, required_after=4 * HOUR),)),),
            visits=(
                visit("x", "a", windows=minutes((10, 20))),
                visit("y", "b", windows=at((11.5, 11.6)), duration=2 * HOUR, priority=Priority.C),
                visit("z", "a", windows=at((15, 15.1))),
            ),
        ),
        unassigned=("y",),
    ),
    Family(
        name="no break with a passenger aboard",
        family="add_breaks",
        problem=day(
            shifts=(replace(ANU, breaks=(replace(LUNCH, window=at((12, 12.05))[0]),)),),
            visits=(visit("x", "a", windows=at((9, 10))), visit("z", "a", windows=at((14, 15)))),
            shipments=(ride("r", "a", "clinic", pickup=step("a", windows=at((11.8, 11.9))), priority=Priority.C),),
        ),
        unassigned=("r",),
    ),
    Family(
        name="two shifts in one car",
        family="add_shared",
        problem=day(
            shifts=(ANU, replace(MARI, vehicle="car-1")),
            visits=(
                visit("x", "a", windows=minutes((60, 65))),
                visit("y", "b", windows=minutes((60, 65)), priority=Priority.C),
            ),
        ),
        unassigned=("y",),
    ),
    Family(
        name="a locked order",
        family="add_locks",
        problem=alone(
            shifts=(replace(ANU, end_place="clinic"),),
            visits=(visit("x", "a"), visit("y", "b")),
            locks=(SequenceLock(shift="anu", steps=(step_of("y"), step_of("x"))),),
        ),
    ),
    Family(
        name="nothing between strictly locked steps",
        family="add_locks",
        problem=alone(
            shifts=(replace(ANU, end_place="clinic"),),
            visits=(visit("x", "a"), visit("y", "c"), visit("z", "b")),
            locks=(SequenceLock(shift="anu", steps=(step_of("x"), step_of("y")), strict=True),),
        ),
    ),
)
"""Families that a plan must keep."""

WISHES = (
    Family(
        name="the dearest request first",
        family="add_unassigned",
        problem=alone(
            visits=(
                visit("x", "a", windows=minutes((30, 40)), priority=Priority.C),
                visit("y", "b", windows=minutes((30, 40)), priority=Priority.A),
            )
        ),
        unassigned=("x",),
    ),
    Family(
        name="the carer who knows the client",
        family="add_costs",
        problem=day(visits=(visit("x", "a", regular=frozenset({"w-mari"})),)),
    ),
    Family(
        name="the carer whom the client asks for",
        family="add_costs",
        problem=day(visits=(visit("x", "a", preferred=frozenset({"w-mari"})),)),
    ),
    Family(
        name="soft lateness",
        family="add_windows",
        problem=day(
            shifts=(replace(ANU, end_place="clinic"),),
            visits=(visit("x", "a"), visit("y", "b", windows=minutes((20, 20)), max_lateness=4 * HOUR)),
        ),
    ),
    Family(
        name="a published time",
        family="add_promises",
        problem=day(
            shifts=(replace(ANU, end_place="clinic"),),
            visits=(visit("x", "a"), visit("y", "b")),
            promises=(
                Promise(request="x", worker="w-anu", start=14 * HOUR),
                Promise(request="y", worker="w-anu", start=9 * HOUR),
            ),
        ),
    ),
    Family(
        name="overtime",
        family="add_shifts",
        problem=day(
            shifts=(replace(ANU, latest=9 * HOUR, overtime=HOUR), MARI),
            visits=(visit("x", "a"), visit("y", "a")),
        ),
    ),
    Family(
        name="a fair share of the work",
        family="add_balance",
        problem=day(
            shifts=(replace(ANU, balance_group="carers"), replace(MARI, balance_group="carers")),
            visits=tuple(visit(name, "a") for name in "uvwxyz"),
            objective=Objective(imbalance_minute=500),
        ),
    ),
)
"""Families that a plan should keep: without them it costs more."""
