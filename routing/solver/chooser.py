"""Recombine routes in the background: the searches go on while set partitioning thinks."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from routing.solver.elements import Routes
from routing.solver.kernel.engine import Kernel
from routing.solver.recombine import Recombination
from routing.solver.soundness import is_allowed

_SHARE = 0.15
"""Part of the seconds of a search that one choice may take."""

_WORK, _LONG = 3.0, 60.0
"""Deterministic seconds that one choice may take, and seconds where only these count."""


@dataclass(kw_only=True)
class Chooser:
    """One choice at a time. With `seconds` None the searches wait for it, so that the same seed does the same."""

    seconds: float | None
    _thread: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(max_workers=1), init=False)
    _job: Future[Routes | None] | None = field(default=None, init=False)
    _task: tuple[Recombination, Routes, bool] | None = field(default=None, init=False)
    _vain: bool = field(default=False, init=False)

    def begin(self, choice: Recombination, best: Routes) -> None:
        """Begin to choose, unless a choice is under way: first with all routes fixed that depend on each other."""
        if self._job is None:
            self._start(choice, best, free_ties=not choice.has_ties)

    def _start(self, choice: Recombination, best: Routes, *, free_ties: bool) -> None:
        self._task = (choice, best, free_ties)
        seconds = _LONG if self.seconds is None else min(_LONG, self.seconds * _SHARE)
        self._job = self._thread.submit(choice.choose, best, seconds=seconds, work=_WORK, free_ties=free_ties)

    def settle(self, behind: Kernel) -> None:
        """Let a search go on from what was chosen, once the choice is made, if that is better than what it has.

        After a choice among routes that stand alone follows one among all, which may turn out not to go together; once
        it has, none is tried again.
        """
        while self._task is not None and self._job is not None and (self.seconds is None or self._job.done()):
            routes, (choice, best, free_ties) = self._job.result(), self._task
            self._job = None
            if routes is not None:
                known, points = behind.routes, behind.points
                if not (_is_whole(choice, routes) and behind.load(routes) and behind.points < points):
                    behind.load(known)
                    self._vain = self._vain or free_ties
            if not free_ties and not self._vain:
                self._start(choice, best, free_ties=True)

    def close(self) -> None:
        """Give up a choice that is under way."""
        if self._task is not None:
            self._task[0].stop()
        self._thread.shutdown(wait=True, cancel_futures=True)


def _is_whole(choice: Recombination, routes: Routes) -> bool:
    """Tell whether chosen routes keep the rules that concern several shifts of one worker."""
    return all(is_allowed(choice.instance, routes, shift) for shift, sequence in enumerate(routes) if sequence)
