"""A served board: the bundled municipality with a day that the solver has planned, made once and copied."""

import datetime as dt
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from api.desk.demo import load_demo
from api.desk.laid_out import Days
from api.desk.plan_versions import NOTHING, add_version, expect_day
from api.store.opening import open_store
from api.store.plans import Why
from routing.planfile import PlanDocument
from routing.solver.budget import Budget
from routing.solver.solve import solve
from tests.web import Served

DAY = dt.date(2026, 11, 25)
BUDGET = Budget(seconds=60, iterations=60)


@contextmanager
def planned_board(folder: Path, **settings: object) -> Iterator[Served]:
    """Serve a copy of the planned municipality from `folder`."""
    path = folder / "board.db"
    shutil.copyfile(_template(), path)
    store = open_store(path)
    yield Served(store, **settings)
    store.close()


@cache
def _template() -> Path:
    """Return a database that holds the municipality and a planned day."""
    path = Path(mkdtemp(prefix="hoolering-board-")) / "template.db"
    store = open_store(path)
    load_demo(store)
    opened = Days(store=store).open(DAY)
    result = solve(opened.problem, opened.day.matrix, budget=BUDGET, seed=1, engine="search")
    document = PlanDocument(
        municipality=opened.day.records.municipality.name,
        day=DAY,
        folder_digest=opened.laid.folder.digest,
        roads_id=opened.day.network.content_id,
        roads_source=opened.laid.folder.roads_source,
        engine="search",
        seed=1,
        budget_seconds=BUDGET.seconds,
        budget_iterations=BUDGET.iterations,
        plan=result.plan,
        cost=result.cost,
        prices={},
        explanations={},
    )
    with store.transaction("test") as session:
        row = expect_day(session, DAY, NOTHING)
        add_version(session, row, document, Why.PLAN, {"mark": opened.laid.mark})
    store.close()
    return path
