"""What the taps on one stop come to."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from api.store.links import Tap


class TapKind(StrEnum):
    """What a driver can tap. UNDONE takes back her last tap on the stop, CONFIRMED says she has read a changed plan."""

    ARRIVED = "arrived"
    DONE = "done"
    NOT_HOME = "not_home"
    PROBLEM = "problem"
    UNDONE = "undone"
    CONFIRMED = "confirmed"


class StopState(StrEnum):
    """How far a stop is."""

    PLANNED = "planned"
    ARRIVED = "arrived"
    DONE = "done"
    NOT_HOME = "not_home"

    @property
    def is_over(self) -> bool:
        """Tell whether nothing is left to do."""
        return self in {StopState.DONE, StopState.NOT_HOME}


@dataclass(frozen=True, kw_only=True)
class Moment:
    """One tap that counts."""

    kind: TapKind
    at: dt.datetime
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Progress:
    """The taps that count on one stop, in the order of their time, those taken back left out."""

    moments: tuple[Moment, ...] = ()

    @property
    def state(self) -> StopState:
        """Return how far the stop is: its last tap that is no problem."""
        kinds = [moment.kind for moment in self.moments if moment.kind is not TapKind.PROBLEM]
        return StopState(kinds[-1].value) if kinds else StopState.PLANNED

    @property
    def arrived_at(self) -> dt.datetime | None:
        """Return when she arrived, as far as she said so."""
        return self._at(TapKind.ARRIVED)

    @property
    def over_at(self) -> dt.datetime | None:
        """Return when it was done, or nobody was at home."""
        return self._at(TapKind(self.state.value)) if self.state.is_over else None

    @property
    def problem_at(self) -> dt.datetime | None:
        """Return when she told of a problem last."""
        return self._at(TapKind.PROBLEM)

    @property
    def note(self) -> str:
        """Return what she wrote of it."""
        notes = [moment.note for moment in self.moments if moment.kind is TapKind.PROBLEM]
        return notes[-1] if notes else ""

    def _at(self, kind: TapKind) -> dt.datetime | None:
        times = [moment.at for moment in self.moments if moment.kind is kind]
        return times[-1] if times else None


def progress_by_stop(taps: Iterable[Tap]) -> Mapping[str, Progress]:
    """Return what taps come to, by stop, in whatever order they came; confirmations are no stop's."""
    stacks: defaultdict[str, list[Moment]] = defaultdict(list)
    for tap in sorted(taps, key=lambda tap: (tap.at_device, tap.at_received, tap.id)):
        kind, stack = TapKind(tap.kind), stacks[tap.stop]
        if kind is TapKind.UNDONE:
            del stack[-1:]
        elif kind is not TapKind.CONFIRMED and not _says_again(stack, kind):
            stack.append(Moment(kind=kind, at=tap.at_device, note=tap.note))
    return {stop: Progress(moments=tuple(stack)) for stop, stack in stacks.items() if stack}


def _says_again(stack: list[Moment], kind: TapKind) -> bool:
    """Tell whether a tap says what the last one said: two phones in one car, or an impatient thumb."""
    return bool(stack) and stack[-1].kind is kind and kind is not TapKind.PROBLEM
