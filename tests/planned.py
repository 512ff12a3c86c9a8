"""A day of a served store with a plan, made in few rounds."""

import datetime as dt

from api.desk.day_writing import begin_write, keep_plan
from api.desk.plan_versions import touch
from api.store.plans import Why
from routing.solver.budget import Budget
from routing.solver.solve import solve
from tests.web import Served


def plan_day(served: Served, date: dt.date) -> None:
    """Let a day stand at a plan of its own."""
    days = served.app.state.shell.days
    opened = days.open(date)
    plan = solve(opened.problem, opened.day.matrix, budget=Budget(seconds=60, iterations=1), engine="search").plan
    with served.store.transaction("test") as session:
        row = begin_write(session, opened, opened.version)
        keep_plan(days, session, opened, row, plan, Why.PLAN)
        touch(session, row, opened.version, "plan.test")
