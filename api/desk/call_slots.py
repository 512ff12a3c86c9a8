"""When a ride asked for on the phone would fit the plan of its day, and putting it there once that is agreed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from api.desk.day_moves import Wish, keep_move, try_move
from api.desk.laid_out import Days, OpenDay
from api.errors import BrokenRulesError, ConflictError, MissingError, StaleError
from routing.day.build import Day, build_day
from routing.dispatch.desk import Desk
from routing.dispatch.locks import LockKind, locked
from routing.dispatch.slots import Slot, slots_of
from routing.records.model import RideRequest

CHOICE = 3
"""How many times somebody on the phone is offered."""


@dataclass(frozen=True, kw_only=True)
class Offer:
    """The times offered, each with the name of who would come; `planned` is False where the day has no plan yet.

    `day` is the day with the ride in it.
    """

    planned: bool
    day: Day | None = None
    slots: tuple[Slot, ...] = ()
    workers: tuple[str, ...] = ()


def offer_slots(days: Days, session: Session, ride: RideRequest) -> Offer:
    """Return the best times for a ride that is not in the records yet, tried on the current plan of its day.

    RecordsError or RoadsError where the day cannot be planned.
    """
    opened = days.open_in(session, ride.day)
    if opened.current is None:
        return Offer(planned=False)
    day = _with_ride(opened, ride)
    if ride.id not in day.subjects:  # the client is away
        return Offer(planned=True)
    asking = locked(replace(day.problem, promises=opened.desk.problem.promises), opened.plan, opened.board_locks)
    desk = Desk(problem=asking, matrix=day.matrix, told=opened.desk.told)
    new = [name for name in day.subjects if name not in opened.day.subjects]
    found = slots_of(desk, replace(opened.plan, unassigned=(*opened.plan.unassigned, *new)), ride.id, CHOICE)
    found = tuple(slot for slot in found if not opened.is_locked(LockKind.ROUND, slot.shift))
    names = {worker.id: worker.name for worker in day.records.workers}
    workers = (day.problem.shift_by_id[slot.shift].worker for slot in found)
    return Offer(planned=True, day=day, slots=found, workers=tuple(names.get(worker, worker) for worker in workers))


def put_in_plan(days: Days, actor: str, ride: RideRequest, shift: str, begin: int) -> bool:
    """Put a ride that is in the records where it was agreed, its time held; False where that is no longer possible.

    It then waits among the unassigned, as every new request does.
    """
    try:
        opened = days.open(ride.day)
        if opened.current is None:
            return False
        wish = Wish(request=ride.id, shift=shift, begin=begin)
        moved = try_move(days, opened, wish)
        if moved.plan is None:
            return False
        with days.store.transaction(actor) as session:
            keep_move(days, session, opened, opened.version, wish, moved.plan)
    except (BrokenRulesError, ConflictError, MissingError, StaleError):
        return False
    return True


def _with_ride(opened: OpenDay, ride: RideRequest) -> Day:
    """Return the day of a ride with it among the others."""
    folder = opened.laid.folder
    others = tuple(other for other in folder.records.rides if other.id != ride.id)
    return build_day(replace(folder.records, rides=(*others, ride)), folder.network, ride.day)
