"""Breaks that are missing, misplaced or taken at the wrong time are named."""

from dataclasses import replace

import pytest

from routing.plan import StopKind
from routing.problem import Break, RideLink, TimeWindow, Waiting
from routing.review.check import check
from routing.review.codes import ViolationCode
from tests.routing.review.tiny import ANU, HOUR, MARI, MATRIX, MINUTE, Case, day, edit, plan, ride, visit, walk

VISITS = day(visits=(visit("v", "a"), visit("w", "b", duration=2 * HOUR)))
LUNCH = Break(duration=30 * MINUTE, window=TimeWindow(earliest=9 * HOUR, latest=10 * HOUR))
TEA = Break(duration=15 * MINUTE, window=TimeWindow(earliest=8 * HOUR, latest=14 * HOUR))
LATE_LUNCH = replace(LUNCH, window=TimeWindow(earliest=9 * HOUR, latest=14 * HOUR))


def with_breaks(*breaks: Break, problem=VISITS):
    """Return the day with these breaks on Anu's shift."""
    return replace(problem, shifts=(replace(ANU, breaks=breaks), MARI))


def rested(*pauses: tuple[int, int], place: str | None = None, problem=VISITS):
    """Return v, pauses of (minutes, start), w."""
    route = walk(problem).visit("v")
    for minutes, at in pauses:
        route.rest(minutes * MINUTE, at, place)
    return plan(route.visit("w").end())


NINE = 9 * HOUR
PLAIN, WITH_LUNCH = rested(), rested((30, NINE))
RIDES = replace(VISITS, shipments=(ride("r", "c", "clinic"),), visits=())
RESTING_AFTER = plan(walk(RIDES).ride("r").rest(30 * MINUTE, 10 * HOUR).end())
RESTING_ABOARD = plan(walk(RIDES).pickup("r").rest(30 * MINUTE, NINE).delivery("r").end())
PAIR = replace(VISITS, visits=(), shipments=(ride("out", "a", "clinic"), ride("back", "clinic", "a")))
TIED = replace(PAIR, links=(RideLink(outbound="out", inbound="back", waiting=Waiting.NEARBY),))
WAITING = plan(walk(PAIR).ride("out").rest(30 * MINUTE, NINE).ride("back").end())

CASES = [
    Case(
        name="a due break left out",
        code=ViolationCode.BREAK_MISSING,
        problem=with_breaks(LUNCH),
        sound=WITH_LUNCH,
        broken=PLAIN,
    ),
    Case(
        name="due by a second",
        code=ViolationCode.BREAK_MISSING,
        problem=with_breaks(replace(LUNCH, required_after=190 * MINUTE)),
        sound=PLAIN,
        under=with_breaks(replace(LUNCH, required_after=190 * MINUTE - 1)),
    ),
    Case(
        name="one pause cannot be two breaks",
        code=ViolationCode.BREAK_MISSING,
        problem=with_breaks(LUNCH),
        sound=WITH_LUNCH,
        under=with_breaks(LUNCH, LATE_LUNCH),
    ),
    Case(
        name="the due break comes before the one that is not",
        code=ViolationCode.BREAK_MISSING,
        problem=with_breaks(replace(LATE_LUNCH, required_after=8 * HOUR), LUNCH),
        sound=WITH_LUNCH,
        broken=PLAIN,
    ),
    Case(
        name="too short",
        code=ViolationCode.BREAK_LENGTH,
        problem=with_breaks(LUNCH),
        sound=WITH_LUNCH,
        broken=rested((29, NINE)),
    ),
    Case(
        name="too long",
        code=ViolationCode.BREAK_LENGTH,
        problem=with_breaks(LUNCH),
        sound=WITH_LUNCH,
        broken=rested((31, NINE)),
    ),
    Case(
        name="too late",
        code=ViolationCode.BREAK_WINDOW,
        problem=with_breaks(LUNCH),
        sound=rested((30, 10 * HOUR)),
        broken=rested((30, 10 * HOUR + 1)),
    ),
    Case(
        name="a second pause",
        code=ViolationCode.BREAK_SURPLUS,
        problem=with_breaks(LUNCH),
        sound=WITH_LUNCH,
        broken=rested((30, NINE), (30, NINE + 30 * MINUTE)),
    ),
    Case(
        name="a pause nobody foresaw",
        code=ViolationCode.BREAK_SURPLUS,
        problem=VISITS,
        sound=PLAIN,
        broken=WITH_LUNCH,
    ),
    Case(
        name="a picnic on the way",
        code=ViolationCode.BREAK_PLACE,
        problem=with_breaks(LUNCH),
        sound=rested((30, NINE), place="b"),
        broken=rested((30, NINE), place="c"),
    ),
    Case(
        name="two pauses, neither at a stop",
        code=ViolationCode.BREAK_PLACE,
        problem=with_breaks(LUNCH, TEA),
        sound=rested((30, NINE), (15, 10 * HOUR)),
        broken=rested((30, NINE), (15, 10 * HOUR), place="c"),
    ),
    Case(
        name="with a rider aboard",
        code=ViolationCode.BREAK_ABOARD,
        problem=with_breaks(replace(LUNCH, window=TimeWindow(earliest=NINE, latest=11 * HOUR)), problem=RIDES),
        sound=RESTING_AFTER,
        broken=RESTING_ABOARD,
    ),
    Case(
        name="while the carer stays with her client",
        code=ViolationCode.LEFT_CLIENT,
        problem=with_breaks(LUNCH, problem=TIED),
        sound=WAITING,
        under=with_breaks(
            LUNCH, problem=replace(PAIR, links=(RideLink(outbound="out", inbound="back", waiting=Waiting.STAYS),))
        ),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_rule_is_named(case: Case):
    """A sound plan passes; broken in one way, it breaks one rule."""
    case.judge()


def test_a_break_that_is_not_due_may_be_taken():
    """A break is allowed before it is due."""
    early = with_breaks(replace(LUNCH, required_after=8 * HOUR))

    assert check(early, MATRIX, WITH_LUNCH) == ()


def test_pauses_find_their_breaks_in_any_order():
    """Two pauses that fit two breaks are matched however they overlap."""
    lunches = (LATE_LUNCH, LUNCH)  # the first pause fits both breaks, the second only the later one

    assert check(with_breaks(*lunches), MATRIX, rested((30, NINE), (30, 11 * HOUR))) == ()
    assert check(with_breaks(*lunches[::-1]), MATRIX, rested((30, NINE), (30, 11 * HOUR))) == ()


def test_a_break_at_both_ends_of_a_leg_is_read_as_driven():
    """A break is reached by driving like any stop: printed times follow the matrix there too."""
    wrong = edit(rested((30, NINE), place="b"), 2, arrival=8 * HOUR + 40 * MINUTE)

    codes = [violation.code for violation in check(with_breaks(LUNCH), MATRIX, wrong)]

    assert codes == [ViolationCode.ARRIVAL_DIFFERS]
    assert wrong.routes[0].stops[2].kind is StopKind.BREAK
