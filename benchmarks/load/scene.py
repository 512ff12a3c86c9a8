"""A store with a published day, links to its rounds, and tokens for coordinators."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from api.desk.day_writing import begin_write, keep_plan
from api.desk.demo import load_demo
from api.desk.laid_out import Days
from api.desk.links import issue
from api.desk.publishing import publish
from api.security import api_tokens
from api.security.roles import Role
from api.store.base import utc_now
from api.store.opening import Store, open_store
from api.store.plans import Why
from routing.errors import UsageError
from routing.plan import Plan
from routing.solver.insertion import insert_all
from routing.solver.timetable import timetable

DAY: Final = dt.date(2026, 11, 25)
"""The day on which the demo has requests."""

BEGINS: Final = dt.datetime(2026, 11, 25, 6, tzinfo=dt.UTC)
ACTOR: Final = "benchmark"


@dataclass(frozen=True, kw_only=True)
class Scene:
    """What people need to begin: a coordinator's token, and of each round the link's token and its stops."""

    token: str
    rounds: tuple[tuple[str, tuple[str, ...]], ...]


def clock_from(moment: dt.datetime) -> Callable[[], dt.datetime]:
    """Return a clock that shows `moment` now and goes on."""
    ahead = moment - utc_now()
    return lambda: utc_now() + ahead


def prepare(url: str) -> Scene:
    """Fill an empty store; UsageError where it holds something already."""
    store = open_store(url, clock=clock_from(BEGINS))
    try:
        if not load_demo(store):
            raise UsageError("The store must be empty.")
        plan = _publish(store)
        token = api_tokens.issue(store, name="load", roles=(Role.COORDINATOR,), actor=ACTOR)
        rounds = []
        for route in plan.routes:
            with store.transaction(ACTOR) as session:
                link = issue(session, DAY, route.shift)
            stops = tuple(f"{stop.kind.value}:{stop.request}" for stop in route.stops if stop.step)
            rounds.append((link.token, stops))
        return Scene(token=token, rounds=tuple(rounds))
    finally:
        store.close()


def _publish(store: Store) -> Plan:
    days = Days(store=store)
    opened = days.open(DAY)
    instance = opened.desk.instance
    plan = timetable(instance, insert_all(instance, tuple(() for _ in opened.day.problem.shifts)))
    if plan is None:
        raise UsageError("The demo's day has no plan.")
    with store.transaction(ACTOR) as session:
        row = begin_write(session, opened, 0)
        keep_plan(days, session, opened, row, plan, Why.IMPORT)
    opened = days.open(DAY)
    with store.transaction(ACTOR) as session:
        publish(days, session, opened, opened.version, "et")
    return plan
