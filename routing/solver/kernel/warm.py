"""Compile search and bound ahead of their first use: `python -m routing.solver.kernel.warm`."""

from __future__ import annotations

import os
import sys

import numpy as np

from routing.locking import alone
from routing.matrix import Matrix
from routing.problem import Place, Problem, Shift, TimeWindow, Vehicle, Visit
from routing.solver.bound.lower_bound import lower_bound
from routing.solver.instance import Instance
from routing.solver.kernel.compiled import CACHE, is_warm, note_warm
from routing.solver.kernel.engine import Kernel


def warm(*, wait: bool = True) -> None:
    """Compile everything; a minute at the first time, nothing afterwards.

    One process does it at a time. Another one waits for it, or goes without where it need not `wait`.
    """
    if is_warm():
        return
    with alone(CACHE / "compiling", wait=wait) as ours:
        if ours and not is_warm():
            _compile()
            note_warm()


def _compile() -> None:
    """Call whatever is compiled on its first call, by searching and bounding a day of one visit."""
    day = TimeWindow(earliest=0, latest=86_400)
    problem = Problem(
        places=(Place(id="home", lat=58.5, lon=26.5),),
        vehicles=(Vehicle(id="car"),),
        shifts=(
            Shift(
                id="shift",
                worker="worker",
                vehicle="car",
                start_place="home",
                end_place="home",
                earliest=0,
                latest=86_400,
            ),
        ),
        visits=(Visit(id="visit", client="client", place="home", duration=60, windows=(day,)),),
    )
    nothing = np.zeros((1, 1), np.int64)
    matrix = Matrix(places=("home",), seconds={"car": nothing}, metres={"car": nothing})
    instance = Instance(problem, matrix)
    kernel = Kernel(instance, seed=0)
    kernel.load(((),))
    kernel.run(1, 1.0)
    kernel.reduce(1, 1.0)
    lower_bound(instance, seconds=600)


if __name__ == "__main__":
    if "--in-background" in sys.argv and hasattr(os, "nice"):
        os.nice(10)
    warm(wait="--in-background" not in sys.argv)
