"""Solver runs: ask for one, follow it, stop it."""

from __future__ import annotations

import functools
from collections.abc import AsyncIterator
from typing import Annotated

import anyio
from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Path
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import BaseModel, ConfigDict, Field

from api.desk.day_showing import show_job
from api.desk.day_view import JobShown
from api.desk.day_writing import begin_write
from api.jobs import keeping
from api.jobs.runner import Jobs
from api.security.roles import Permission
from api.store.jobs import Job
from api.web.guards import needs
from api.web.idempotent import TheOnce
from api.web.state import TheShell
from api.web.v1.day_routes import TheChange

router = APIRouter(tags=["jobs"])

EVERY = 0.4
"""Seconds between two looks at a job that is followed."""

EXAMPLE = {
    "id": "5c" * 16,
    "day": "2026-11-25",
    "state": "running",
    "stage": "search",
    "points": 81234,
    "unassigned": 2,
    "seconds": 3.2,
    "budget_seconds": 20.0,
    "wished_stop": False,
    "scenario": None,
    "fault": "",
    "at": "2026-11-24T12:03:11Z",
}

Key = Annotated[str, Path(min_length=1, max_length=64, examples=["5c" * 16])]


class PlanWish(BaseModel):
    """How long the search may take, and whether it is to be the same each time (`iterations` and `seed`)."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"seconds": 20}]})

    seconds: Annotated[float, Field(ge=1, le=900)] = 20.0
    iterations: Annotated[int | None, Field(ge=1, le=1_000_000)] = None
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0


@router.post(
    "/days/{date}/plans",
    status_code=202,
    summary="Plan what is not locked",
    dependencies=[needs(Permission.PLAN_EDIT)],
    responses={202: {"content": {"application/json": {"example": EXAMPLE | {"state": "queued"}}}}},
)
def plan(change: TheChange, body: PlanWish) -> JobShown:
    """Start a search from the present plan; its result is offered as a scenario beside it.

    What is locked stays. One search per day at a time: a second is refused with 409. Follow it at
    `/jobs/{id}/events`.
    """
    opened = change.open()
    change.shell.jobs.recover()
    with change.once.writing() as session:
        row = begin_write(session, opened, change.seen)
        job = keeping.add_job(session, change.date, row.current, body.model_dump())
        answer = show_job(job)
        session.flush()
        change.once.keep(session, answer, version=row.version, status=202)
        change.tag(row.version)
    change.shell.jobs.start(job)
    return answer


@router.get(
    "/jobs/{job}",
    summary="Show a search",
    dependencies=[needs(Permission.PLAN_READ)],
    responses={200: {"content": {"application/json": {"example": EXAMPLE}}}},
)
def show(shell: TheShell, job: Key) -> JobShown:
    """Return how far a search is, or what came of it."""
    return show_job(shell.jobs.look(job))


@router.post("/jobs/{job}/cancel", summary="Stop a search", dependencies=[needs(Permission.PLAN_EDIT)])
def cancel(shell: TheShell, once: TheOnce, job: Key) -> JobShown:
    """Ask a search to stop; the best plan it has so far is offered as a scenario. 409 where it is over."""
    shell.jobs.look(job)
    with once.writing() as session:
        answer = show_job(keeping.wish_stop(session, job))
        once.keep(session, answer)
    return answer


def _followed(shell: TheShell, job: Key) -> Job:
    return shell.jobs.look(job)


@router.get(
    "/jobs/{job}/events",
    summary="Follow a search",
    response_class=EventSourceResponse,
    dependencies=[needs(Permission.PLAN_READ)],
)
async def events(shell: TheShell, job: Annotated[Job, Depends(_followed)]) -> AsyncIterator[ServerSentEvent]:
    """Send the search as `progress` events whenever something changes, and as `end` when it is over; then close."""
    last: JobShown | None = None
    async for shown in _looks(shell.jobs, job):
        over = shown.state not in keeping.OPEN
        if over or shown != last:
            yield ServerSentEvent(data=shown, event="end" if over else "progress")
        last = shown


async def _looks(jobs: Jobs, job: Job) -> AsyncIterator[JobShown]:
    """Yield a job as it is now, again and again until it is over or the server is told to stop."""
    while not jobs.closing.is_set():
        shown = show_job(job)
        yield shown
        if shown.state not in keeping.OPEN:
            return
        await anyio.sleep(EVERY)
        job = await run_sync(functools.partial(jobs.look, job.id))
