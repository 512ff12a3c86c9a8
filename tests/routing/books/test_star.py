"""Deliveries for STAR stand under the decision that covered them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from routing.books.months import Month
from routing.books.star import deliveries
from routing.records.model import Service
from tests.books import records, ride, visit

JUNE = Month(2026, 6)


def test_one_row_by_decision_and_service() -> None:
    """Two visits and a ride are two rows; what no decision covers is a warning instead."""
    day = date(2026, 6, 3)
    entries = [visit("V1", day), visit("V2", day), ride("S1", day), visit("V3", date(2026, 7, 1))]
    found, findings = deliveries(entries, records().decisions, JUNE)
    assert [(one.case_number, one.service, one.times, one.hours, one.km) for one in found] == [
        ("00000202601", Service.HOME_CARE, 2, Decimal(2), Decimal(0)),
        ("00000202601", Service.SOCIAL, 1, Decimal(1), Decimal(20)),
    ]
    assert found[0].granted_hours == Decimal("8.5714")
    assert not findings
    none, warned = deliveries(entries, (), JUNE)
    assert (none, [finding.code for finding in warned]) == ((), ["ledger.uncovered"] * 3)


def test_escorted_rides_count_under_home_care_that_does_not_name_them() -> None:
    """Escorted rides may be the content of a home-care decision."""
    care = tuple(decision for decision in records().decisions if decision.service is Service.HOME_CARE)
    (one,), findings = deliveries([ride("S1", date(2026, 6, 3), service=Service.ESCORTED)], care, JUNE)
    assert (one.service, one.case_number, one.granted_hours) == (Service.ESCORTED, "00000202601", None)
    assert not findings


def test_a_decision_that_begins_within_the_month() -> None:
    """What a new decision grants is counted from its first day."""
    first = replace(records().decisions[0], valid_from=date(2026, 6, 24))
    (one,), _ = deliveries([visit("V1", date(2026, 6, 24))], (first,), JUNE)
    assert one.granted_hours == Decimal("2.0000")
