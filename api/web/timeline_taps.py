"""What drivers have tapped, beside the timeline: each stop's state, how far a round is, and what wants a look.

Taps belong to the published plan. A stop that has since been moved to another round keeps them where its driver made
them: on her round.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from api.desk.day_view import DayShown, StopShown
from api.desk.links import LinkRow
from api.desk.progress import StopState, TapKind
from api.desk.taps import RoundStatus, StopStatus
from api.web.timeline import Block
from api.wording.format import ZONE

LATE_AFTER: Final = 600
"""Seconds behind the published time from which a driver counts as late."""


@dataclass(frozen=True, kw_only=True)
class StopTapped:
    """How far one stop is.

    `late` are the seconds behind the published time, from `LATE_AFTER` on: of the arrival or, where she is `overdue`
    there, until now.
    """

    state: StopState
    arrived: dt.datetime | None = None
    over: dt.datetime | None = None
    problem: dt.datetime | None = None
    note: str = ""
    late: int = 0
    overdue: bool = False
    is_settled: bool = False
    """Whether the stop was done after its problem was told."""

    @property
    def wants_a_look(self) -> bool:
        """Tell whether the coordinator should see it at once."""
        return self.state is StopState.NOT_HOME or (self.problem is not None and not self.is_settled)


@dataclass(frozen=True, kw_only=True)
class RoundTapped:
    """How far a round is: `over` of its `stops` are, the last tap was at `last`; `link` is the one its driver has."""

    over: int
    stops: int
    last: dt.datetime | None
    link: LinkRow | None


@dataclass(frozen=True, kw_only=True)
class Alarm:
    """A stop that wants a look: on which round and by which name; `label` is empty where the plan has it no more."""

    worker: str
    name: str
    label: str
    request: str
    tapped: StopTapped


@dataclass(frozen=True, kw_only=True)
class DayTapped:
    """All taps of a day. `due_in` are the seconds until the next driver is late, None where none is expected."""

    stops: Mapping[tuple[str, str], StopTapped] = field(default_factory=dict)
    rounds: Mapping[str, RoundTapped] = field(default_factory=dict)
    alarms: Sequence[Alarm] = ()
    due_in: int | None = None

    def stop(self, shift: str, stop: StopShown) -> StopTapped | None:
        """Return how far a stop is on a round, None where nothing is known."""
        return self.stops.get((shift, f"{stop.kind}:{stop.request}"))

    def block(self, shift: str, block: Block) -> tuple[tuple[StopShown, StopTapped], ...]:
        """Return the stops of a block of which something is known."""
        found = ((stop, self.stop(shift, stop)) for stop in block.stops)
        return tuple((stop, tapped) for stop, tapped in found if tapped is not None)

    def signs(self, shift: str, block: Block) -> Sequence[str]:
        """Return what signs a block has: arrived, done or not_home, and problem. Who is aboard has arrived."""
        tapped = [found for _, found in self.block(shift, block)]
        states = [found.state for found in tapped if found.state is not StopState.PLANNED]
        aboard = states == [StopState.DONE] and len(block.stops) > 1
        signs = [(StopState.ARRIVED if aboard else state).value for state in states[-1:]]
        return [*signs, "problem"] if any(found.problem for found in tapped) else signs

    def overdue(self, shift: str, stops: Iterable[StopShown]) -> tuple[StopShown, StopTapped] | None:
        """Return the one of some stops where the driver should have been by now."""
        known = ((stop, self.stop(shift, stop)) for stop in stops)
        return next(((stop, tapped) for stop, tapped in known if tapped is not None and tapped.overdue), None)


def day_tapped(shown: DayShown, rounds: Iterable[RoundStatus], now: dt.datetime) -> DayTapped:
    """Return what was tapped on the `rounds` of the published plan, for the board of a day."""
    clock = _wall(now, shown.date)
    found: dict[tuple[str, str], StopTapped] = {}
    waits: list[int] = []
    sums: dict[str, RoundTapped] = {}
    for status in rounds:
        upcoming = _upcoming(status)
        for stop in status.stops:
            tapped = _tapped(stop, shown.date, clock if stop is upcoming else None)
            if tapped is not None:
                found[status.shift, stop.key] = tapped
        if upcoming is not None and upcoming.planned is not None:
            waits.append(upcoming.planned.start + LATE_AFTER + 1 - clock)
        sums[status.shift] = _sum(status)
    soon = [seconds for seconds in waits if seconds > 0]
    return DayTapped(stops=found, rounds=sums, alarms=tuple(_alarms(shown, found)), due_in=min(soon) if soon else None)


def _upcoming(status: RoundStatus) -> StopStatus | None:
    """Return the stop at which the driver is expected: the first behind the last tapped one.

    Nobody is expected where no link was opened and nothing was tapped: this round is driven without a phone.
    """
    touched = [number for number, stop in enumerate(status.stops) if stop.planned and stop.progress.moments]
    if not touched and not (status.link and status.link.openings):
        return None
    behind = status.stops[touched[-1] + 1 if touched else 0 :]
    current = status.stops[touched[-1]] if touched else None
    if current is not None and current.progress.state is StopState.ARRIVED:
        return None
    return next((stop for stop in behind if stop.planned and stop.progress.state is StopState.PLANNED), None)


def _tapped(stop: StopStatus, day: dt.date, clock: int | None) -> StopTapped | None:
    """Return how far a stop is; `clock` is the time of the day where somebody is expected there."""
    progress, planned = stop.progress, stop.planned
    arrived = progress.arrived_at
    late = 0
    if planned is not None and (arrived is not None or clock is not None):
        at = _wall(arrived, day) if arrived is not None else clock or 0
        late = at - planned.start if at - planned.start > LATE_AFTER else 0
    if not progress.moments and not late:
        return None
    return StopTapped(
        state=progress.state,
        arrived=arrived,
        over=progress.over_at,
        problem=progress.problem_at,
        note=progress.note,
        late=late,
        overdue=late > 0 and arrived is None,
        is_settled=bool(progress.moments) and progress.moments[-1].kind is TapKind.DONE,
    )


def _sum(status: RoundStatus) -> RoundTapped:
    planned = [stop for stop in status.stops if stop.planned]
    times = [moment.at for stop in status.stops for moment in stop.progress.moments]
    return RoundTapped(
        over=sum(stop.progress.state.is_over for stop in planned),
        stops=len(planned),
        last=max(times, default=None),
        link=status.link,
    )


def _alarms(shown: DayShown, found: Mapping[tuple[str, str], StopTapped]) -> Iterator[Alarm]:
    """Yield what wants a look, round by round in the order of the stops; at the end what is planned elsewhere now."""
    rounds = {row.shift: row for row in shown.rounds}
    order = {
        (row.shift, f"{stop.kind}:{stop.request}"): (number, stop)
        for row in shown.rounds
        for number, stop in enumerate(row.stops)
    }
    behind = (len(order), None)
    for (shift, key), tapped in sorted(found.items(), key=lambda item: (item[0][0], order.get(item[0], behind)[0])):
        if tapped.wants_a_look:
            stop = order.get((shift, key), behind)[1]
            row = rounds.get(shift)
            yield Alarm(
                worker=row.worker_name if row else shift,
                name=stop.name if stop else row.letter if row else "",
                label=stop.label if stop else "",
                request=key.partition(":")[2],
                tapped=tapped,
            )


def _wall(at: dt.datetime, day: dt.date) -> int:
    """Return a moment as seconds from the day's local midnight, as clocks on the wall show it."""
    local = at.astimezone(ZONE).replace(tzinfo=None)
    return int((local - dt.datetime.combine(day, dt.time())).total_seconds())
