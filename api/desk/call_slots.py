"""When a ride asked for on the phone would fit the plan of its day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy.orm import Session

from api.desk.municipality import open_municipality
from api.store.plans import Day as DayRow
from api.store.plans import PlanVersion
from routing.day.build import build_day
from routing.dispatch.adopt import adopt
from routing.dispatch.desk import Desk
from routing.dispatch.slots import Slot, slots_of
from routing.plan import Plan
from routing.planfile import from_json
from routing.records.model import RideRequest

CHOICE = 3
"""How many times somebody on the phone is offered."""


@dataclass(frozen=True, kw_only=True)
class Offer:
    """The times offered, each with the name of who would come; `planned` is False where the day has no plan yet."""

    planned: bool
    slots: tuple[Slot, ...] = ()
    workers: tuple[str, ...] = ()


def offer_slots(session: Session, ride: RideRequest, *, cache: Path | None = None) -> Offer:
    """Return the best times for a ride that is not in the records yet, tried on the current plan of its day."""
    plan = current_plan(session, ride.day)
    if plan is None:
        return Offer(planned=False)
    folder = open_municipality(session, cache)
    others = tuple(other for other in folder.records.rides if other.id != ride.id)
    day = build_day(replace(folder.records, rides=(*others, ride)), folder.network, ride.day)
    if ride.id not in day.subjects:  # the client is away
        return Offer(planned=True)
    desk = Desk(problem=day.problem, matrix=day.matrix)
    found = slots_of(desk, adopt(desk, plan), ride.id, CHOICE)
    names = {worker.id: worker.name for worker in folder.records.workers}
    workers = (day.problem.shift_by_id[slot.shift].worker for slot in found)
    return Offer(planned=True, slots=found, workers=tuple(names.get(worker, worker) for worker in workers))


def current_plan(session: Session, day: dt.date) -> Plan | None:
    """Return the plan that a day stands at, None where it has none."""
    row = session.get(DayRow, day)
    version = None if row is None or row.current is None else session.get(PlanVersion, row.current)
    return None if version is None else from_json(version.document.encode(), f"{day}.json").plan
