"""Who rode along is told by the times aboard one vehicle, and told to the price list."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from routing.books.charging import Pricing
from routing.books.entry import Entry, Result, Way
from routing.books.months import Month
from routing.books.sharing import together
from routing.books.statement import statements
from routing.rules.fees.book import FeeBook
from routing.rules.fees.read import load_schedules
from tests.books import HOUR, LISTS, book, records, ride, visit

DAY = date(2026, 6, 3)
SHARED = """  [[schedules.components]]
  kind = "shared"
  name = "together"
"""


def aboard(name: str, client: str, begin: float, end: float, **values: object) -> Entry:
    """Return a ride between two hours, driven as planned."""
    times = {"planned_begin": round(begin * HOUR), "planned_end": round(end * HOUR)}
    times |= {"actual_begin": times["planned_begin"], "actual_end": times["planned_end"]}
    return replace(ride(name, DAY, client), **(times | values))


@pytest.mark.parametrize(
    ("other", "is_shared"),
    [
        (aboard("S2", "K2", 9.5, 11), True),
        (aboard("S2", "K2", 9.2, 9.8), True),
        (aboard("S2", "K2", 10, 11), False),
        (aboard("S2", "K1", 9.5, 11), False),
        (aboard("S2", "K2", 9.5, 11, vehicle="AUTO2"), False),
        (aboard("S2", "K2", 9.5, 11, vehicle="", shift="S9"), False),
        (aboard("S2", "K2", 9.5, 11, result=Result.NO_SHOW), False),
        (aboard("S2", "K2", 9.5, 11, day=date(2026, 6, 4)), False),
        (aboard("S2", "K2", 9.5, 11, actual_begin=10 * HOUR), False),
        (aboard("S2", "K2", 9.5, 11, actual_end=None), True),
        (visit("V2", DAY, "K2"), False),
    ],
)
def test_who_rode_together(other: Entry, *, is_shared: bool) -> None:
    """Two rode together who were in one car at one time, as it was driven where that is known."""
    first = aboard("S1", "K1", 9, 10)
    found = together([other, first])
    assert found == ({"S1": (other,), other.id: (first,)} if is_shared else {})


@pytest.fixture
def by_half(tmp_path: Path) -> FeeBook:
    """Return lists by which riders of social transport share the price equally."""
    path = tmp_path / "lists.toml"
    text = LISTS.replace(
        'conventions = { charged_per = "direction"', 'conventions = { shared_by = "equal", charged_per = "direction"'
    )
    path.write_text(
        text.replace('\n[[schedules]]\nid = "escorted"', f'\n{SHARED}\n[[schedules]]\nid = "escorted"'), "utf-8"
    )
    found, findings = load_schedules(path)
    assert not list(findings)
    return found


def test_each_way_is_shared_by_who_was_aboard_on_it(by_half: FeeBook) -> None:
    """Two share the way there, one rides back alone: half of one way, all of the other."""
    entries = [
        aboard("S1", "K1", 9, 10),
        aboard("S1-R", "K1", 13, 14, request="S1", way=Way.BACK),
        aboard("S2", "K2", 9.5, 10.5),
    ]
    owed = {
        made.client: made.total
        for made in statements(Pricing(records=records(), book=by_half), entries, Month(2026, 6))
    }
    alone = Decimal("9.66")
    assert owed == {"K1": alone / 2 + alone, "K2": alone / 2}


def test_a_list_that_does_not_say_how_to_share_is_asked() -> None:
    """Kilometres of a shared car are a question where the list has no line for it."""
    entries = [aboard("S1", "K1", 9, 10), aboard("S2", "K2", 9.5, 10.5)]
    made = statements(Pricing(records=records(), book=book()), entries, Month(2026, 6))
    assert [statement.total for statement in made] == [None, None]
    assert "sõitja" in made[0].unsettled[0].notes[0]["et"]
