"""Times are learnt by medians, which one odd day does not move."""

from dataclasses import replace
from datetime import date

from routing.books.entry import Entry
from routing.books.learned import LEAST_COUNT, learned_services, learned_travel, leg_class
from tests.books import HOUR, visit


def day(number: int) -> date:
    """Return a day of June."""
    return date(2026, 6, number)


def test_medians_stand_a_wild_day() -> None:
    """Visits that take twenty minutes longer are learnt to, although one took all day."""
    lengths = [80, 81, 79, 80, 600]
    entries = [visit(f"V{n}", day(n + 1), actual_end=9 * HOUR + took * 60) for n, took in enumerate(lengths)]
    (learned,) = learned_services(entries)
    assert (learned.subject, learned.count, learned.is_enough) == ("K1", 5, True)
    assert (learned.planned, learned.actual, learned.off, learned.spread) == (3600, 4800, 1200, 60)
    assert not learned_services(entries[:1])[0].is_enough
    assert LEAST_COUNT > 1


def test_ways_are_learnt_between_neighbours() -> None:
    """A way planned at ten minutes that takes fifteen has a factor of one and a half."""
    entries = [e for n in range(1, 7) for e in _pair(n, planned_gap=600, actual_gap=900)]
    (learned,) = learned_travel(entries)
    assert (learned.subject, learned.count, learned.planned, learned.actual, learned.factor) == (
        "up-to-15",
        6,
        600,
        900,
        1.5,
    )


def test_short_ways_come_first() -> None:
    """Classes stand in the order of their minutes, not of their names."""
    entries = [e for n, gap in enumerate((1500, 240, 600), 1) for e in _pair(n, planned_gap=gap, actual_gap=gap)]
    entries = [replace(e, travel=e.planned_begin - 10 * HOUR) if e.id.startswith("W") else e for e in entries]
    assert [one.subject for one in learned_travel(entries)] == ["up-to-5", "up-to-15", "up-to-30"]


def test_ways_with_a_wait_teach_nothing() -> None:
    """Where the plan waits, or the entries are not of one round, the time between them is no way."""
    assert not learned_travel(_pair(1, planned_gap=1800, actual_gap=900))
    first, second = _pair(1, planned_gap=600, actual_gap=900)
    assert not learned_travel([first, visit("X", day(2))])
    assert not learned_travel([first])
    assert leg_class(300) == "up-to-5"
    assert leg_class(99_999) == "above-30"
    assert second.travel == 600


def _pair(number: int, *, planned_gap: int, actual_gap: int) -> list[Entry]:
    """Return two visits of one round, the second after a gap."""
    begin, actual = 10 * HOUR + planned_gap, 10 * HOUR + actual_gap
    later = visit(
        f"W{number}",
        day(number),
        planned_begin=begin,
        planned_end=begin + HOUR,
        actual_begin=actual,
        actual_end=actual + HOUR,
    )
    return [visit(f"V{number}", day(number)), later]
