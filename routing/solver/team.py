"""Compiled searches side by side on one instance, each in a thread of its own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Self, TypeVar

from routing.solver.elements import Routes
from routing.solver.instance import Instance
from routing.solver.kernel.engine import Kernel

T = TypeVar("T")

_APART = 1_000_003
"""How far apart the seeds of neighbours are, so that a run with the next seed is not the same searches again."""


class Team:
    """Some kernels on one instance that share its arrays. A thread stays with its kernel for good.

    Compiled code lets the others run, so that two searches take two cores. What they come to depends on their seeds
    and rounds alone, not on who is quicker.
    """

    def __init__(self, instance: Instance, seed: int, size: int) -> None:
        self._threads = [ThreadPoolExecutor(max_workers=1, thread_name_prefix="search") for _ in range(size)]
        self.kernels: list[Kernel] = []
        for number, thread in enumerate(self._threads):
            data = self.kernels[0].data if self.kernels else None
            own = (seed + number * _APART) % 2**32
            self.kernels.append(thread.submit(Kernel, instance, own, data=data).result())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for thread in self._threads:
            thread.shutdown(wait=True, cancel_futures=True)

    def each(self, job: Callable[[Kernel], T]) -> list[T]:
        """Return what a job comes to on every kernel, done at the same time."""
        pairs = zip(self._threads, self.kernels, strict=True)
        return [future.result() for future in [thread.submit(job, kernel) for thread, kernel in pairs]]

    def load(self, routes: Routes) -> bool:
        """Let every kernel begin from given sequences; return whether they agree that these have a timetable."""
        return all(self.each(lambda kernel: kernel.load(routes)))

    @property
    def best(self) -> Kernel:
        """Return the kernel with the best solution, the first of equals."""
        return min(self.kernels, key=lambda kernel: kernel.points)

    @property
    def worst(self) -> Kernel:
        """Return the kernel with the worst best solution, the last of equals."""
        return max(reversed(self.kernels), key=lambda kernel: kernel.points)
