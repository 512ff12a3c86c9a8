"""Let one process at a time do something."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def alone(path: Path, *, wait: bool) -> Iterator[bool]:
    """Hold the lock of the file `path`; yield whether it is held, which is sure with `wait`.

    The system takes the lock back from a process that ends in whatever way. Where it has no such locks, everybody
    holds them.
    """
    if sys.platform == "win32":
        yield True
        return
    import fcntl  # noqa: PLC0415  # not on every system

    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
        else:
            yield True
