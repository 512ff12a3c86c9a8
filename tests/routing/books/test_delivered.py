"""Time, frequency and volume against the decision, by week and by month."""

from datetime import date

import pytest

from routing.books.delivered import delivered, delivered_by_week, granted_seconds
from routing.books.entry import Result
from routing.records.model import Service
from tests.books import HOUR, records, ride, visit

FIRST, LAST = date(2026, 6, 1), date(2026, 6, 28)


def test_hours_against_the_decision() -> None:
    """Two hours a week are eight in four weeks; what was not done does not count."""
    entries = [visit(f"V{day}", date(2026, 6, day)) for day in (1, 3, 8, 15)]
    entries.append(visit("V9", date(2026, 6, 22), result=Result.REFUSED))
    spans = {(s.client, s.service): s for s in delivered(entries, records().decisions, FIRST, LAST)}
    span = spans["K1", Service.HOME_CARE]
    assert (span.planned, span.done, span.seconds, span.granted) == (5, 4, 4 * HOUR, 8 * HOUR)
    assert span.share == 0.5
    assert span.activities == (("hygiene", 4),)
    assert len(span.entries) == 5
    assert spans["K2", Service.HOME_CARE].done == 0
    assert spans["K3", Service.HOME_CARE].granted is None


def test_weeks_are_cut_to_the_days_asked_for() -> None:
    """A month is told by its calendar weeks, which add up to it."""
    entries = [visit(f"V{day}", date(2026, 7, day)) for day in (1, 5, 6, 31)]
    weekly = [
        s
        for s in delivered_by_week(entries, records().decisions, date(2026, 7, 1), date(2026, 7, 31))
        if (s.client, s.service) == ("K1", Service.HOME_CARE)
    ]
    assert [(s.first.day, s.last.day, s.done) for s in weekly] == [
        (1, 5, 2),
        (6, 12, 1),
        (13, 19, 0),
        (20, 26, 0),
        (27, 31, 1),
    ]


@pytest.mark.parametrize(
    ("client", "first", "last", "granted"),
    [
        ("K1", FIRST, date(2026, 6, 7), 2 * HOUR),
        ("K1", date(2026, 12, 28), date(2027, 1, 10), round(4 / 7 * 2 * HOUR)),
        ("K1", date(2025, 6, 1), date(2025, 6, 7), None),
        ("K3", FIRST, LAST, None),
    ],
)
def test_what_is_granted(client: str, first: date, last: date, granted: int | None) -> None:
    """A decision grants by the day while it is valid; one that says no hours grants nobody knows what."""
    assert granted_seconds(records().decisions, client, Service.HOME_CARE, first, last) == granted


def test_planned_time_stands_in_for_what_is_not_known() -> None:
    """A ride ticked off without its times counts as planned."""
    (span,) = delivered([ride("S1", FIRST, actual_begin=None, actual_end=None)], [], FIRST, LAST)
    assert (span.seconds, span.metres) == (HOUR, 20_000)
