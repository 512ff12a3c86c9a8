"""One process at a time, and nobody waits who need not."""

import subprocess
import sys
from pathlib import Path

from routing.locking import alone


def test_a_lock_is_held_by_one(tmp_path: Path):
    """Who does not wait is told that the lock is held; when it is free again it is had."""
    path = tmp_path / "new" / "lock"
    with alone(path, wait=True) as first:
        assert first
        with alone(path, wait=False) as second:
            assert not second
    with alone(path, wait=False) as third:
        assert third


def test_a_process_that_is_killed_holds_no_lock(tmp_path: Path):
    """The system gives the lock back."""
    path = tmp_path / "lock"
    code = f"""
from pathlib import Path
from routing.locking import alone
with alone(Path({str(path)!r}), wait=True):
    print("held", flush=True)
    input()
"""
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        with alone(path, wait=False) as held:
            assert not held
        process.kill()
    with alone(path, wait=False) as held:
        assert held
