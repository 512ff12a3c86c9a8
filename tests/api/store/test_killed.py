"""A process killed in the middle of writing loses nothing that it has said is written, and leaves nothing half done."""

import os
import signal
import subprocess
import sys

import pytest
from sqlalchemy import select

from api.store.history import changes_of
from api.store.opening import open_store
from api.store.records import Record
from tests.api.command import REPOSITORY

WRITER = """
import sys
from api.store.opening import open_store
from api.store.records import Record
store = open_store(sys.argv[1])
for number in range(int(sys.argv[2]), 10**6):
    with store.transaction("system") as session:
        for half in "ab":
            session.add(Record(sheet="clients", key=f"{number}{half}", position=number, cells={}, words=""))
            session.flush()
    print(number, flush=True)
"""


@pytest.mark.parametrize("wanted", [1, 8, 23])
def test_killed_while_writing(store_url: str, wanted: int) -> None:
    """What was acknowledged before the kill is there, in pairs, each with its history; writing goes on afterwards."""
    acknowledged: list[int] = []
    command = [sys.executable, "-c", WRITER, store_url, "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY, env=os.environ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            acknowledged.append(int(line))
            if len(acknowledged) == wanted:
                process.send_signal(signal.SIGKILL)
    store = open_store(store_url)
    with store.session() as session:
        keys = set(session.scalars(select(Record.key)))
        assert {f"{number}{half}" for number in acknowledged for half in "ab"} <= keys
        assert {key[:-1] + "a" for key in keys} | {key[:-1] + "b" for key in keys} == keys
        assert all(changes_of(session, f"record:clients/{key}") for key in keys)
    with store.transaction("system") as session:
        session.add(Record(sheet="clients", key="after", position=0, cells={}, words=""))
    store.close()
