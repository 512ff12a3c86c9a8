"""A server that is killed takes its searches along, and the next one offers what they had found."""

import os
import select
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from api.jobs import keeping
from api.jobs.processes import number_of
from api.jobs.runner import Jobs
from api.store.opening import Store
from api.store.plans import Day
from tests.board import DAY, planned_on

SERVER = """
import sys, threading
from datetime import date
from api.jobs import keeping
from api.jobs.runner import Jobs
from api.store.opening import open_store

store = open_store(sys.argv[1])
with store.transaction("test") as session:
    job = keeping.add_job(session, date.fromisoformat(sys.argv[2]), sys.argv[3], {"seconds": 300})
Jobs(store=store, apart=0.05).start(job)
while True:
    with store.session() as session:
        found = keeping.get_job(session, job.id)
    if found.best:
        print(job.id, found.runner, flush=True)
        break
    threading.Event().wait(0.05)
sys.stdin.read()
"""


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="the system does not let one wait for another's process")
def test_a_killed_server(store: Store, store_url: str) -> None:
    """The search ends by itself, and who looks next finds the job over, its best plan offered."""
    planned_on(store)
    with store.session() as session:
        base = standing_at(session)
    arguments = [sys.executable, "-c", SERVER, store_url, DAY, base]
    root = str(Path(__file__).parents[3])
    with subprocess.Popen(
        arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": root}
    ) as server:
        assert server.stdout
        job, runner = server.stdout.readline().split()
        waiting = os.pidfd_open(number_of(runner))
        server.kill()
    assert select.select([waiting], [], [], 60)[0], "the search outlives its server"
    os.close(waiting)
    Jobs(store=store).recover()
    with store.session() as session:
        ended = keeping.get_job(session, job)

    assert (ended.state, ended.fault) == ("stopped", "jobs.killed")
    assert ended.best


def standing_at(session: Session) -> str:
    """Return the version that the day stands at."""
    row = session.get(Day, date.fromisoformat(DAY))
    assert row
    return str(row.current)
