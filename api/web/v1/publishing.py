"""Publishing a day, and taking its plan over into records that have changed."""

from __future__ import annotations

from fastapi import APIRouter

from api.desk.publishing import publish, refuse_blocked, take_over
from api.security.roles import Permission
from api.web.guards import needs
from api.web.v1.day_routes import DayChanged, TheChange

router = APIRouter(tags=["days"])


@router.post("/days/{date}/publish", summary="Publish the plan", dependencies=[needs(Permission.PLAN_PUBLISH)])
def publish_day(change: TheChange) -> DayChanged:
    """Let the drivers see the plan; from then on its times are promises, and changing them is felt.

    Refused with 409 and every reason while something stands in the way.
    """
    opened = change.open()
    refuse_blocked(opened, change.lang)
    answer = DayChanged(version=opened.version)
    return change.write(answer, lambda session: publish(change.days, session, opened, change.seen, change.lang))


@router.post("/days/{date}/adopt", summary="Take changed records over", dependencies=[needs(Permission.PLAN_EDIT)])
def adopt_day(change: TheChange) -> DayChanged:
    """Keep what the changed records leave of the plan, as the board shows it, as the day's plan."""
    opened = change.open()
    answer = DayChanged(version=opened.version)
    return change.write(answer, lambda session: take_over(change.days, session, opened, change.seen))
