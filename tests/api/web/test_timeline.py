"""Rounds lie along the hours: every stop in a block, blocks of a lane apart, gaps that are too short marked."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.desk.day_example import EXAMPLE
from api.desk.day_view import DayShown, LegShown, RoundShown, StopShown
from api.web.timeline import Block, Moment, Row, moment, timeline

DAY = DayShown.model_validate(EXAMPLE)
ROUND = DAY.rounds[0]
STOP = ROUND.stops[0]


def stop(kind: str, request: str | None, begin: int, end: int, number: int | None = 1, **more: object) -> StopShown:
    """Return a stop that is reached when it begins."""
    told = {"kind": kind, "request": request, "arrival": begin, "begin": begin, "end": end, "number": number}
    return STOP.model_copy(update={**told, "name": f"A{number}", **more})


def row(*stops: StopShown, legs: tuple[LegShown, ...] = ()) -> Row:
    """Return the one row of a day with one round."""
    found = ROUND.model_copy(update={"stops": list(stops), "legs": list(legs)})
    return timeline(DAY.model_copy(update={"rounds": [found]})).rows[0]


@pytest.mark.parametrize(
    ("seconds", "expected"), [(0, (0, 0)), (32_399, (9, 0)), (32_430, (9, 0)), (32_431, (9, 1)), (90_000, (25, 0))]
)
def test_moments_are_to_the_nearest_minute(seconds: int, expected: tuple[int, int]) -> None:
    """Seconds become hours and minutes, past midnight too."""
    assert moment(seconds) == Moment(h=expected[0], m=expected[1])


def test_a_ride_is_one_block() -> None:
    """From pick-up to drop-off, whoever else gets in meanwhile; a visit is a block of its own."""
    found = row(
        stop("start", None, 27_000, 27_000, None),
        stop("pickup", "S1", 28_000, 28_200, 1),
        stop("pickup", "S2", 28_500, 28_700, 2, late=120),
        stop("delivery", "S1", 30_000, 30_100, 3),
        stop("delivery", "S2", 30_100, 30_200, 4),
        stop("visit", "V1", 31_000, 32_000, 5),
        stop("visit", "V2", 32_250, 32_550, 6),
        stop("visit", "V3", 32_600, 33_900, 7),
    )
    assert [(block.name, block.lane, block.is_ride) for block in found.blocks] == [
        ("A1–3", 0, True),
        ("A2–4", 1, True),
        ("A5", 0, False),
        ("A6", 0, False),
        ("A7", 1, False),  # a block of five minutes is drawn as wide as one of twenty
    ]
    assert found.lanes == 2
    assert [block.late for block in found.blocks] == [0, 120, 0, 0, 0]


@pytest.mark.parametrize(("seconds", "short"), [(600, False), (660, False), (661, True)])
def test_a_gap_may_be_too_short_for_its_way(seconds: int, short: bool) -> None:
    """A way that takes more than the time between two stops is marked, printed minutes left out of account."""
    leg = LegShown(kind="road", begin=30_000, end=30_600, seconds=seconds, metres=9000, line=None)
    assert row(legs=(leg,)).ways[0].is_short == short


def test_staying_with_a_client_is_not_waiting() -> None:
    """The time before a return is spent with the client, unless the plan says that somebody waits."""
    found = row(
        stop("pickup", "S1", 36_000, 36_100, 1, arrival=33_000),
        stop("visit", "V1", 40_000, 40_100, 2, arrival=39_000, waiting=1000),
    )
    assert [(span.begin, span.end) for span in found.stays] == [(33_000, 36_000)]


def test_the_hours_hold_all_rounds() -> None:
    """The axis begins and ends with a full hour around every shift and stop; an empty day has one too."""
    late = ROUND.model_copy(update={"begin": 25_000, "end": 50_000, "stops": [stop("end", None, 66_000, 66_100, None)]})
    wide = timeline(DAY.model_copy(update={"rounds": [ROUND, late]}))
    assert (wide.first, wide.hours) == (6, 13)
    assert list(wide.marks)[-1] == 18
    assert timeline(DAY.model_copy(update={"rounds": []})).hours >= 1


@given(st.lists(st.tuples(st.integers(0, 1000), st.integers(1, 200)), max_size=9))
def test_blocks_of_a_lane_do_not_meet(times: list[tuple[int, int]]) -> None:
    """Whatever overlaps, each stop is in one block, and in a lane one ends, as drawn, before the next begins."""
    stops = [
        stop("visit", f"V{n}", begin, begin + length, n) for n, (begin, length) in enumerate(sorted(times), start=1)
    ]
    blocks = row(*stops).blocks
    assert [block.request for block in blocks] == [found.request for found in stops]
    lanes: dict[int, list[Block]] = {}
    for block in blocks:
        lanes.setdefault(block.lane, []).append(block)
    apart = [(one, other) for lane in lanes.values() for one, other in pairwise(lane)]
    assert all(max(one.end, one.begin + 20 * 60) <= other.begin for one, other in apart)


def test_each_round_has_a_look_of_its_own() -> None:
    """Neighbours never share a colour, and fullness is told in steps that the style sheet knows."""
    rounds: list[RoundShown] = [ROUND.model_copy(update={"index": n}) for n in range(8)]
    found = timeline(DAY.model_copy(update={"rounds": rounds})).rows
    assert all(one.look != other.look for one, other in pairwise(found))
    assert found[0].filled == 5
