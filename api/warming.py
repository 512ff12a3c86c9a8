"""Have the search compiled in the background, so that nobody waits for it: plans are made without it meanwhile."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from threading import Thread

import routing
from routing.solver.kernel.compiled import is_warm


@cache
def warm_in_background() -> subprocess.Popen[bytes] | None:
    """Start compiling the search in a process of its own that outlives this one; None where it is compiled already.

    It takes a minute or two at low priority. Of several processes started so, by whomever, all but the first end at
    once; this process starts only one.
    """
    if is_warm():
        return None
    home = str(Path(routing.__file__).parents[1])
    started = subprocess.Popen(
        [sys.executable, "-P", "-m", "routing.solver.kernel.warm", "--in-background"],
        env=os.environ | {"PYTHONPATH": os.pathsep.join([home, *filter(None, [os.environ.get("PYTHONPATH")])])},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    Thread(target=started.wait, name="warming", daemon=True).start()  # a server outlives it, and no dead child is left
    return started
