"""Compile search and bound ahead of its first use: `python -m routing.solver.kernel.warm`."""

from __future__ import annotations

import numpy as np

from routing.matrix import Matrix
from routing.problem import Place, Problem, Shift, TimeWindow, Vehicle, Visit
from routing.solver.bound.lower_bound import lower_bound
from routing.solver.instance import Instance
from routing.solver.kernel.compiled import is_warm, note_warm
from routing.solver.kernel.engine import Kernel


def warm() -> None:
    """Compile everything by searching a day of one visit; half a minute at the first time, nothing afterwards."""
    if is_warm():
        return
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
    lower_bound(instance, seconds=600)
    note_warm()


if __name__ == "__main__":
    warm()
