"""A contractor's rides at the agreed price, against his invoice."""

from datetime import date
from decimal import Decimal

from routing.books.contractor import Agreement, control_list, control_sum
from tests.books import ride, visit

FIRST, LAST = date(2026, 6, 1), date(2026, 6, 30)
AGREEMENT = Agreement(vehicles=frozenset({"AUTO1"}), per_ride=Decimal(2), per_km=Decimal("0.555"))


def test_differences_are_shown() -> None:
    """What is asked too much, left off the invoice or asked for without a ride is doubtful; the rest is not."""
    entries = [
        ride("S1", FIRST),
        ride("S2", FIRST),
        ride("S3", FIRST),
        ride("S4", FIRST, planned_metres=None),
        ride("S5", FIRST, vehicle="AUTO2"),
        visit("V1", FIRST),
    ]
    asked = {"S1": Decimal("13.10"), "S2": Decimal("20.00"), "S9": Decimal("5.00")}
    found = control_list(entries, AGREEMENT, FIRST, LAST, asked)
    summed = control_sum(found)
    assert (summed.rides, summed.agreed, summed.asked, summed.doubtful) == (4, Decimal("39.30"), Decimal("38.10"), 3)
    assert control_sum(control_list(entries, AGREEMENT, FIRST, LAST)).asked is None
    lines = {line.entry: line for line in found}
    assert list(lines) == ["S1", "S2", "S3", "S4", "S9"]
    assert [lines[name].agreed for name in ("S1", "S4", "S9")] == [Decimal("13.10"), None, None]
    assert [lines[name].difference for name in ("S1", "S2", "S3")] == [Decimal("0.00"), Decimal("6.90"), None]
    assert [name for name, line in lines.items() if line.is_doubtful] == ["S2", "S4", "S9"]
