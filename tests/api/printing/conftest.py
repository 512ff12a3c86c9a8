"""The example day, planned once and printed at a fixed moment."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from api.loading import open_day, open_folder
from api.planned import PlannedDay, plan_day
from api.printing.day import DayPrint
from maps.local_time import ESTONIA
from routing.solver.budget import Budget
from tests.api.command import DAY, example_folder
from tests.browsers import browser

__all__ = ["browser"]

PRINTED_AT = datetime(2026, 11, 24, 16, 5, tzinfo=ESTONIA)


@pytest.fixture(scope="session")
def planned_day(tmp_path_factory: pytest.TempPathFactory) -> PlannedDay:
    """Return the planned day of the example folder."""
    folder = open_folder(example_folder(tmp_path_factory.mktemp("print") / "vald"))
    budget = Budget(seconds=5, iterations=20)
    return plan_day(folder, open_day(folder, date.fromisoformat(DAY)), budget=budget, seed=0, engine="search")


@pytest.fixture(scope="session")
def printed(planned_day: PlannedDay) -> DayPrint:
    """Return the day about to be printed in Estonian."""
    return DayPrint(planned=planned_day, lang="et", printed_at=PRINTED_AT)


def with_clients(planned: PlannedDay, **texts: str) -> PlannedDay:
    """Return the day with other texts in the records of all clients."""
    day = planned.day
    clients = tuple(replace(client, **texts) for client in day.records.clients)
    known = {client.id: client for client in clients}
    subjects = {name: replace(subject, client=known[subject.client.id]) for name, subject in day.subjects.items()}
    return replace(planned, day=replace(day, records=replace(day.records, clients=clients), subjects=subjects))


@pytest.fixture
def empty_folder(tmp_path: Path) -> Path:
    """Return where nothing is yet."""
    return tmp_path / "prints"
