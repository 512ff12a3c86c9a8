"""The reading of a plan: lengths as people write them, and rides only where they are whole."""

import pytest

from routing.review.reading import Reading, span
from tests.routing.review.tiny import MATRIX, day, plan, ride, visit, walk

RIDE = day(shipments=(ride("r", "a", "clinic"),))
SPLIT = day(shipments=RIDE.shipments, visits=(visit("v", "b"),))


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(0, "0 s"), (5, "5 s"), (60, "1 min"), (65, "1 min 5 s"), (3600, "60 min"), (-65, "−1 min 5 s"), (-1, "−1 s")],
)
def test_lengths_are_written_in_full(seconds: int, expected: str):
    """Minutes and seconds, whichever there are, and never nothing."""
    assert span(seconds) == expected


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (plan(walk(RIDE).ride("r").end()), {"r"}),
        (plan(walk(RIDE).delivery("r").pickup("r").end()), set()),
        (plan(walk(RIDE).pickup("r").pickup("r").delivery("r").end()), set()),
        (plan(walk(RIDE).pickup("r").end()), set()),
        (plan(walk(SPLIT).pickup("r").end(), walk(SPLIT, "mari").visit("v").delivery("r").end()), set()),
    ],
    ids=["whole", "reversed", "twice", "half", "split"],
)
def test_only_whole_rides_are_carried(answer, expected: set[str]):
    """Rules about riders judge rides with one pickup and one later delivery on one tour; others are named elsewhere."""
    assert set(Reading(SPLIT, MATRIX, answer).carried) == expected
