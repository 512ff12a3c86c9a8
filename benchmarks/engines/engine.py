"""What an engine is to the benchmark."""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import version
from typing import Protocol

from benchmarks.formulation import ENGINE_CORES, Formulation, Outcome
from routing.errors import UsageError


class Engine(Protocol):
    """One way to solve a formulation.

    `processes` of it run side by side, with seeds of their own, and the best answer counts: an engine that uses one
    core gets as many as there are cores for every engine.
    """

    name: str
    package: str
    processes: int

    def why_not(self, formulation: Formulation) -> str | None:
        """Return what of the formulation this engine cannot express, or None."""

    def solve(self, formulation: Formulation, *, seconds: float, seed: int) -> Outcome:
        """Return what the engine came to within `seconds` of wall time."""


ENGINES = {
    "ortools": ("benchmarks.engines.hoolering", "Hoolering"),
    "plain-ortools": ("benchmarks.engines.ortools", "PlainOrtools"),
    "pyvrp": ("benchmarks.engines.pyvrp", "PyVrp"),
    "vroom": ("benchmarks.engines.vroom", "Vroom"),
    "search": ("benchmarks.engines.hoolering", "Hoolering"),
    "hybrid": ("benchmarks.engines.hoolering", "Hoolering"),
}
"""Where each engine lives. `plain-ortools` is a straightforward routing model; `ortools` is Hoolering's own engine."""

ONE_CORE = ENGINE_CORES
"""Processes of an engine that uses one core."""


def open_engine(name: str) -> Engine:
    """Return an engine by name, its libraries imported now. UsageError for one that is unknown or not installed."""
    if name not in ENGINES:
        raise UsageError(f"engine {name!r} is not one of {', '.join(sorted(ENGINES))}")
    module, maker = ENGINES[name]
    try:
        engine: Engine = getattr(import_module(module), maker)(name)
    except ModuleNotFoundError as missing:
        raise UsageError(f"engine {name!r} needs {missing.name}: `make bench` installs it") from missing
    return engine


def version_of(engine: Engine) -> str:
    """Return the version of the package an engine stands on."""
    return version(engine.package)
