"""What drivers tapped, beside the timeline: states, lateness, how far a round is, what wants a look."""

import datetime as dt
from dataclasses import replace

import pytest

from api.desk.day_example import EXAMPLE
from api.desk.day_view import DayShown, StopShown
from api.desk.links import LinkRow
from api.desk.progress import Moment, Progress, StopState, TapKind
from api.desk.taps import RoundStatus, StopStatus
from api.web.timeline import Block, timeline
from api.web.timeline_taps import LATE_AFTER, DayTapped, day_tapped
from routing.plan import Stop, StopKind

DATE = dt.date(2026, 11, 25)
SHIFT = "korvekula"
BEGIN = 32_400
BASE = DayShown.model_validate(EXAMPLE)
LINK = LinkRow(
    id="l",
    shift=SHIFT,
    at=dt.datetime(2026, 11, 25, 4, tzinfo=dt.UTC),
    expires=dt.datetime(2026, 11, 26, 1, tzinfo=dt.UTC),
    revoked=None,
    openings=(dt.datetime(2026, 11, 25, 5, tzinfo=dt.UTC),),
    confirmed=True,
    signed_in=False,
)


def at(seconds: int) -> dt.datetime:
    """Return a time of the day, in Estonia in winter, as the store has it."""
    return dt.datetime(2026, 11, 25, tzinfo=dt.UTC) + dt.timedelta(seconds=seconds - 2 * 3600)


def status(kind: str, request: str, begin: int | None, *taps: tuple[str, int], note: str = "") -> StopStatus:
    """Return a stop that begins at a time, None for one that is planned no longer, with its taps."""
    planned = None
    if begin is not None:
        planned = Stop(
            kind=StopKind(kind), place="p", request=request, arrival=begin, start=begin, departure=begin + 60
        )
    moments = tuple(Moment(kind=TapKind(name), at=at(seconds), note=note) for name, seconds in taps)
    return StopStatus(key=f"{kind}:{request}", planned=planned, progress=Progress(moments=moments))


def shown(*stops: tuple[str, str]) -> DayShown:
    """Return a board with one round of (kind, request) stops."""
    first = BASE.rounds[0].stops[0]
    made: list[StopShown] = [
        first.model_copy(update={"kind": kind, "request": request, "number": number, "name": f"A{number}"})
        for number, (kind, request) in enumerate(stops, 1)
    ]
    return BASE.model_copy(update={"rounds": [BASE.rounds[0].model_copy(update={"stops": made})]})


def tapped(*stops: StopStatus, now: int = BEGIN, link: LinkRow | None = LINK) -> DayTapped:
    """Return what a board says of one round."""
    day = shown(*((stop.key.split(":")[0], stop.key.split(":")[1]) for stop in stops if stop.planned))
    return day_tapped(day, [RoundStatus(shift=SHIFT, link=link, stops=stops)], at(now))


def test_a_stop_says_what_was_tapped() -> None:
    """Arrival and end keep their own times; what nobody tapped is not there."""
    taps = (("arrived", BEGIN), ("done", BEGIN + 900))
    found = tapped(status("visit", "V1", BEGIN, *taps), status("visit", "V2", 40_000))
    first = found.stops[SHIFT, "visit:V1"]
    assert (first.state, first.arrived, first.over) == (StopState.DONE, at(BEGIN), at(BEGIN + 900))
    assert (first.late, first.overdue, first.wants_a_look) == (0, False, False)
    assert list(found.stops) == [(SHIFT, "visit:V1")]
    assert (found.rounds[SHIFT].over, found.rounds[SHIFT].stops) == (1, 2)
    assert found.rounds[SHIFT].last == at(BEGIN + 900)


@pytest.mark.parametrize(("behind", "late"), [(0, 0), (LATE_AFTER, 0), (LATE_AFTER + 1, LATE_AFTER + 1)])
def test_who_arrives_late(behind: int, late: int) -> None:
    """A few minutes are nothing; more are told from the published time on."""
    found = tapped(status("visit", "V1", BEGIN, ("arrived", BEGIN + behind)), now=BEGIN + behind)
    assert found.stops[SHIFT, "visit:V1"].late == late


def test_who_is_not_there_yet() -> None:
    """Only the stop that comes next is overdue; the board looks again when that will be so."""
    stops = (
        status("visit", "V1", BEGIN, ("arrived", BEGIN), ("done", BEGIN + 60)),
        status("visit", "V2", BEGIN + 1000),
        status("visit", "V3", BEGIN + 1100),
    )
    before = tapped(*stops, now=BEGIN + 1000)
    assert (before.due_in, len(before.stops)) == (LATE_AFTER + 1, 1)
    after = tapped(*stops, now=BEGIN + 1000 + LATE_AFTER + 1)
    assert after.due_in is None
    assert after.stops[SHIFT, "visit:V2"].overdue
    assert after.stops[SHIFT, "visit:V2"].late == LATE_AFTER + 1
    assert (SHIFT, "visit:V3") not in after.stops
    found = after.overdue(SHIFT, shown(*(("visit", f"V{number}") for number in (1, 2, 3))).rounds[0].stops)
    assert found is not None
    assert found[0].name == "A2"


@pytest.mark.parametrize("link", [None, replace(LINK, openings=())])
def test_nobody_is_expected_without_a_phone(link: LinkRow | None) -> None:
    """Where no link was opened, nothing is late for not being tapped."""
    found = tapped(status("visit", "V1", BEGIN), now=BEGIN + 9000, link=link)
    assert (found.due_in, dict(found.stops)) == (None, {})


def test_who_is_at_a_stop_is_not_expected_at_the_next() -> None:
    """A visit that takes longer makes the next one late when she gets there, not before."""
    found = tapped(
        status("visit", "V1", BEGIN, ("arrived", BEGIN)), status("visit", "V2", BEGIN + 60), now=BEGIN + 9000
    )
    assert found.due_in is None
    assert len(found.stops) == 1


@pytest.mark.parametrize(
    ("taps", "alarms"),
    [
        ((("problem", 1),), 1),
        ((("problem", 1), ("done", 2)), 0),
        ((("done", 1), ("problem", 2)), 1),
        ((("not_home", 1),), 1),
        ((("arrived", 1), ("done", 2)), 0),
    ],
)
def test_what_wants_a_look(taps: tuple[tuple[str, int], ...], alarms: int) -> None:
    """A problem does until the stop is done after it, and so does a client who was not at home."""
    found = tapped(status("visit", "V1", BEGIN, *((kind, BEGIN + after) for kind, after in taps), note="Uks on lukus"))
    assert len(found.alarms) == alarms
    for alarm in found.alarms:
        assert (alarm.worker, alarm.name, alarm.label) == ("Mari Maasikas", "A1", "Aino K.")


def test_a_stop_that_is_planned_no_longer_keeps_its_alarm() -> None:
    """Without a place in the plan it is told by its key, behind the others."""
    found = tapped(status("visit", "V9", None, ("problem", BEGIN)), status("visit", "V1", BEGIN, ("not_home", BEGIN)))
    assert [(alarm.name, alarm.request, alarm.label) for alarm in found.alarms] == [
        ("A1", "V1", "Aino K."),
        ("A", "V9", ""),
    ]


@pytest.mark.parametrize(
    ("pickup", "delivery", "signs"),
    [
        ((), (), []),
        (("arrived",), (), ["arrived"]),
        (("done",), (), ["arrived"]),
        (("done",), ("arrived",), ["arrived"]),
        (("done",), ("done",), ["done"]),
        (("not_home",), (), ["not_home"]),
        (("done",), ("problem",), ["arrived", "problem"]),
    ],
)
def test_the_signs_of_a_ride(pickup: tuple[str, ...], delivery: tuple[str, ...], signs: list[str]) -> None:
    """A ride is under way from the first arrival until the last stop is over."""
    stops = (
        status("pickup", "S1", BEGIN, *((kind, BEGIN) for kind in pickup)),
        status("delivery", "S1", BEGIN + 900, *((kind, BEGIN + 900) for kind in delivery)),
    )
    day = shown(("pickup", "S1"), ("delivery", "S1"))
    block: Block = timeline(day).rows[0].blocks[0]
    assert list(tapped(*stops).signs(SHIFT, block)) == signs
