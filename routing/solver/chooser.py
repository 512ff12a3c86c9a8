"""Recombine routes in the background: the searches go on while set partitioning thinks."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from routing.solver.elements import Routes
from routing.solver.kernel.engine import Kernel
from routing.solver.recombine import Recombination
from routing.solver.soundness import is_allowed

_SHARE = 0.04
"""Part of the seconds of a search that one choice may take."""

_WORK, _LONG = 2.0, 60.0
"""Deterministic seconds that one choice may take, and seconds where only these count."""


@dataclass(kw_only=True)
class Chooser:
    """One choice at a time. With `seconds` None the searches wait for it, so that the same seed does the same."""

    seconds: float | None
    _thread: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(max_workers=1), init=False)
    _job: Future[Routes | None] | None = field(default=None, init=False)
    _task: tuple[Recombination, Routes, bool] | None = field(default=None, init=False)

    def begin(self, choice: Recombination, best: Routes, *, free_ties: bool = True) -> None:
        """Begin to choose, unless a choice is under way."""
        if self._job is None:
            self._task = (choice, best, free_ties)
            seconds = _LONG if self.seconds is None else self.seconds * _SHARE
            self._job = self._thread.submit(choice.choose, best, seconds=seconds, work=_WORK, free_ties=free_ties)

    def settle(self, behind: Kernel, points: float) -> None:
        """Let a search go on from what was chosen, if the choice is made and better than `points`.

        Where routes do not go together after all, those that depend on each other stay as they are, and the rest is
        chosen anew.
        """
        while self._job is not None and (self.seconds is None or self._job.done()):
            routes, task, self._job = self._job.result(), self._task, None
            if task is None or routes is None:
                return
            choice, best, free_ties = task
            known = behind.routes
            if _is_whole(choice, routes) and behind.load(routes) and behind.points < points:
                return
            behind.load(known)
            if free_ties:
                self.begin(choice, best, free_ties=False)

    def close(self) -> None:
        """Give up a choice that is under way."""
        if self._task is not None:
            self._task[0].stop()
        self._thread.shutdown(wait=True, cancel_futures=True)


def _is_whole(choice: Recombination, routes: Routes) -> bool:
    """Tell whether chosen routes keep the rules that concern several shifts of one worker."""
    return all(is_allowed(choice.instance, routes, shift) for shift, sequence in enumerate(routes) if sequence)
