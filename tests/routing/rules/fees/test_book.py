"""Which price list holds on a day."""

from datetime import date
from decimal import Decimal

import pytest

from routing.records.model import Service
from routing.rules.fees.book import FeeBook
from routing.rules.fees.components.flat import Flat
from routing.rules.fees.conventions import Rounding
from routing.rules.fees.schedule import Schedule
from routing.rules.remark import Remark

UNKNOWN = "unknown"


def listed(name, valid_from, valid_to=None, *, seen_on=None, service=Service.SOCIAL, municipality="Katse vald"):
    """Return a price list with one flat price."""
    return Schedule(
        id=name,
        municipality=municipality,
        service=service,
        valid_from=valid_from,
        valid_to=valid_to,
        seen_on=seen_on,
        legal_basis="order",
        source="test",
        rounding=Rounding(step=Decimal("0.01"), mode="half_up"),
        components=(Flat(kind="flat", name="f", amount=Decimal(1)),),
    )


OLD = listed("old", date(2021, 9, 1))
NEW = listed("new", date(2026, 1, 1))
CLOSED = listed("closed", date(2021, 9, 1), date(2023, 12, 31))
SEEN = listed("seen", UNKNOWN, seen_on=date(2026, 3, 1))
OLD_SEEN = listed("old-seen", date(2021, 9, 1), seen_on=date(2024, 1, 1))
TWIN = listed("twin", date(2026, 1, 1))


@pytest.mark.parametrize(
    ("lists", "day", "expected"),
    [
        ([OLD, NEW], date(2025, 12, 31), "old"),
        ([OLD, NEW], date(2026, 1, 1), "new"),
        ([NEW, OLD], date(2021, 8, 31), "rules.schedule-none"),
        ([], date(2026, 1, 1), "rules.schedule-none"),
        ([CLOSED], date(2023, 12, 31), "closed"),
        ([CLOSED], date(2024, 1, 1), "rules.schedule-none"),
        ([SEEN], date(2026, 3, 1), "seen"),
        ([SEEN], date(2026, 2, 28), "rules.schedule-start-unknown"),
        ([OLD, SEEN], date(2024, 6, 1), "rules.schedule-start-unknown"),  # replaced already, or not
        ([OLD_SEEN, SEEN], date(2023, 6, 1), "old-seen"),  # certainly not yet replaced
        ([CLOSED, SEEN], date(2023, 6, 1), "closed"),
        ([OLD, SEEN], date(2026, 6, 1), "seen"),
        ([NEW, TWIN], date(2026, 6, 1), "rules.schedules-overlap"),
        ([listed("s", date(2026, 1, 1), service=Service.ESCORTED)], date(2026, 6, 1), "rules.schedule-none"),
        ([listed("s", date(2026, 1, 1), municipality="Muu vald")], date(2026, 6, 1), "rules.schedule-elsewhere"),
        ([listed("s", date(2026, 1, 1), municipality=" katse  VALD")], date(2026, 6, 1), "s"),
    ],
)
def test_choice(lists, day, expected, speaks):
    """The list that began last prices the day; where nobody can say which holds, none does, and it says why."""
    choice = FeeBook(schedules=tuple(lists)).on("Katse vald", Service.SOCIAL, day)
    if isinstance(choice, Remark):
        assert choice.code == expected
        speaks(choice)
    else:
        assert choice.id == expected
