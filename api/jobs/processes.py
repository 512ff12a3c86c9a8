"""Name a process so that it can be told later whether it still lives, and end with the process one serves."""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import threading
from pathlib import Path
from typing import Final

LOST: Final = 1
"""The exit code of a worker whose server is gone."""


def own_name() -> str:
    """Return the name of this process: its host, its number and when it was started."""
    return _name(os.getpid())


def is_here(name: str) -> bool:
    """Tell whether a process of this name would run on this machine."""
    return name.partition(":")[0] == socket.gethostname()


def is_alive(name: str) -> bool:
    """Tell whether the process of this name on this machine lives; one of the same number started later does not."""
    return not name.endswith(":") and name == _name(number_of(name))


def number_of(name: str) -> int:
    """Return the number of the process of this name."""
    return int(name.split(":")[1])


def end_with_parent() -> None:
    """Let this process end when the one that started it is gone, and leave the keyboard's interrupt to that one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent,), name="end-with-parent", daemon=True).start()


def _follow(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()
    os._exit(LOST)


def _name(number: int) -> str:
    return f"{socket.gethostname()}:{number}:{_started(number)}"


def _started(number: int) -> str:
    """Return when a process began in the system's own counting; empty where it is gone, or the system does not say."""
    try:
        state, *rest = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
    except (OSError, ValueError):
        return "" if Path("/proc/self/stat").exists() else _answers(number)
    return "" if state in {"Z", "X"} else rest[18]


def _answers(number: int) -> str:
    """Return a mark of a process on a system without `/proc`, empty where it is gone."""
    try:
        os.kill(number, 0)
    except OSError:
        return ""
    return "alive"
