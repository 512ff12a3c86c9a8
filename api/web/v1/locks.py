"""Locks of the board: what planning and moves must leave as it is."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from api.desk.day_locks import drop_lock, put_lock
from api.security.roles import Permission
from api.store.plans import LockKind
from api.web.guards import needs
from api.web.v1.day_routes import DayChanged, TheChange

router = APIRouter(tags=["days"])

Subject = Annotated[str, Path(min_length=1, max_length=200, description="The request, worker or shift.")]


@router.put("/days/{date}/locks/{kind}/{subject:path}", summary="Lock", dependencies=[needs(Permission.PLAN_EDIT)])
def lock(change: TheChange, kind: LockKind, subject: Subject) -> DayChanged:
    """Hold a request's place (`request`), its time (`time`), a worker's work (`worker`) or a whole round (`round`)."""
    opened = change.open()
    answer = DayChanged(version=opened.version)
    return change.write(answer, lambda session: put_lock(session, opened, change.seen, kind, subject))


@router.delete("/days/{date}/locks/{kind}/{subject:path}", summary="Unlock", dependencies=[needs(Permission.PLAN_EDIT)])
def unlock(change: TheChange, kind: LockKind, subject: Subject) -> DayChanged:
    """Let it go again; what was not locked stays so."""
    opened = change.open()
    answer = DayChanged(version=opened.version)
    return change.write(answer, lambda session: drop_lock(session, opened, change.seen, kind, subject))
