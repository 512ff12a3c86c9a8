"""What is asked of one day: visits, rides, shifts and the rules that tie them together.

Units: whole seconds from the local midnight of the day, or whole seconds of length; whole metres; places by id. A time
window says when service may *begin*, both ends included. Identifiers come from outside and are strings. A request is a
visit or a shipment; their ids share one namespace. Everything here is frozen: change by `dataclasses.replace`.
"""

from routing.problem.basics import Load, Place, Priority, TimeWindow
from routing.problem.objective import Objective
from routing.problem.problem import Problem
from routing.problem.requests import Request, Shipment, ShipmentStep, Visit
from routing.problem.resources import Break, Crossing, Shift, Vehicle
from routing.problem.ties import (
    Gap,
    Lock,
    Promise,
    RideLink,
    SequenceLock,
    ShiftLock,
    Step,
    StepKind,
    TimeLock,
    Waiting,
)

__all__ = [
    "Break",
    "Crossing",
    "Gap",
    "Load",
    "Lock",
    "Objective",
    "Place",
    "Priority",
    "Problem",
    "Promise",
    "Request",
    "RideLink",
    "SequenceLock",
    "Shift",
    "ShiftLock",
    "Shipment",
    "ShipmentStep",
    "Step",
    "StepKind",
    "TimeLock",
    "TimeWindow",
    "Vehicle",
    "Visit",
    "Waiting",
]
