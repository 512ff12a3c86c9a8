"""Which decision covers a service on a day."""

from datetime import date

import pytest

from routing.findings import Severity
from routing.records.model import Decision, Service
from routing.rules.entitlement import Cover, judge_entitlement

DAY = date(2026, 6, 15)


def decision(number, first, last, service=Service.ESCORTED, client="k1"):
    """Return a decision from `first` to `last`, both in ISO form; no `last` is open-ended."""
    return Decision(
        case_number=f"{number:011d}",
        client=client,
        service=service,
        valid_from=date.fromisoformat(first),
        valid_to=date.fromisoformat(last) if last else None,
    )


SPRING = decision(1, "2026-01-01", "2026-03-31")
HALF_YEAR = decision(2, "2026-01-01", "2026-06-30")
AUTUMN = decision(3, "2026-09-01", "2026-12-31")
OPEN = decision(4, "2026-06-15", None)
LAST_DAY = decision(5, "2026-06-01", "2026-06-15")
CARE = decision(6, "2026-01-01", None, Service.HOME_CARE)
SOCIAL = decision(7, "2026-01-01", None, Service.SOCIAL)
OTHER_CLIENT = decision(8, "2026-01-01", None, client="k2")


@pytest.mark.parametrize(
    ("decisions", "cover", "named"),
    [
        ([], Cover.NONE, None),
        ([OTHER_CLIENT, SOCIAL], Cover.NONE, None),
        ([SPRING], Cover.EXPIRED, SPRING),
        ([AUTUMN], Cover.NOT_YET, None),
        ([SPRING, AUTUMN], Cover.BETWEEN, SPRING),
        ([SPRING, HALF_YEAR, AUTUMN], Cover.VALID, HALF_YEAR),
        ([HALF_YEAR, OPEN], Cover.VALID, OPEN),
        ([LAST_DAY], Cover.VALID, LAST_DAY),
        ([OPEN], Cover.VALID, OPEN),
        ([CARE], Cover.UNSTATED, CARE),
        ([CARE, SPRING], Cover.EXPIRED, SPRING),
        ([CARE, HALF_YEAR], Cover.VALID, HALF_YEAR),
    ],
)
def test_cover_of_an_escorted_ride(decisions, cover, named, speaks):
    """Both ends of a decision count; home care alone does not state escorted rides, social transport never does."""
    verdict = judge_entitlement(decisions, "k1", Service.ESCORTED, DAY)
    assert (verdict.cover, verdict.decision) == (cover, named)
    assert verdict.is_valid is (cover is Cover.VALID)
    assert verdict.remark.severity is (Severity.NOTE if verdict.is_valid else Severity.WARNING)
    speaks(verdict.remark)


def test_home_care_is_not_covered_by_escorted():
    """A decision on escorted rides grants no home care."""
    assert judge_entitlement([HALF_YEAR], "k1", Service.HOME_CARE, DAY).cover is Cover.NONE


def test_expiry_names_the_date():
    """An expired decision is flagged with the date it ended, in the language of the reader."""
    remark = judge_entitlement([SPRING], "k1", Service.ESCORTED, DAY).remark
    assert "31.03.2026" in remark.sentence("et")
    assert "31 Mar 2026" in remark.sentence("en")


@pytest.mark.parametrize(("decisions", "left"), [([HALF_YEAR], 15), ([LAST_DAY], 0), ([OPEN], None), ([SPRING], None)])
def test_days_left(decisions, left):
    """The days to the end of a covering decision tell whom to renew."""
    assert judge_entitlement(decisions, "k1", Service.ESCORTED, DAY).days_left == left
