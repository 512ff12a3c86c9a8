"""A client's uses over months: counted in the order of days, whatever order they are given in."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from routing.errors import UsageError
from routing.records.model import Service
from routing.rules.charges.charge import charge
from routing.rules.charges.event import Event
from routing.rules.charges.what_if import drafted, what_if
from routing.rules.fees.book import FeeBook
from routing.rules.fees.question import FareQuestion
from routing.rules.fees.read import load_schedules
from routing.rules.fees.relief import Relief
from routing.rules.zones import Zone

RELAXED = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
RIDES = """
municipality = "Katse vald"
[[schedules]]
id = "rides"
service = "social"
valid_from = 2026-01-01
legal_basis = "order nr 1"
source = "test"
rounding = { step = 0.01, mode = "half_up" }
conventions = { charged_per = "direction", km_counted = "total", km_from = "boarding", km_rounding = "exact", \
wait_rounding = "exact", cancelled_counts = "no", limit_on = "municipality", shared_by = "equal" }
components = [
  { kind = "allowance", name = "km", price = 0.37, per = "km", free = 100, span = "quarter", pool = "km" },
  { kind = "quota", name = "quota", rides = 4, span = "month", beyond = 1.5 },
  { kind = "share", name = "share", part = "2/3", limit = 9, span = "month" },
  { kind = "cap", name = "cap", amount = 40, span = "year" },
  { kind = "shared", name = "shared" },
  { kind = "cancelled", name = "cancelled", bands = [{ below = 8, amount = 0.25 }, { at_least = 8, amount = 0 }] },
  { kind = "no_show", name = "no-show", part = 1 },
  { kind = "expenses", name = "expenses", of = ["parking"] },
]
"""
HOME_CARE = """
[[schedules]]
id = "month"
service = "home_care"
valid_from = 2026-01-01
valid_to = 2026-05-15
period = "month"
legal_basis = "order nr 1"
source = "test"
rounding = { step = 0.01, mode = "half_up" }
conventions = { hours_rounding = "exact" }
components = [
  { kind = "band", name = "week", by = "weekly_hours", bands = [{ up_to = 2, amount = 40 }, \
{ above = 2, amount = 60 }] },
  { kind = "rate", name = "extra", price = 23, per = "extra_hours" },
]
[[schedules]]
id = "later"
service = "home_care"
valid_from = 2026-05-16
legal_basis = "order nr 2"
source = "test"
rounding = { step = 0.01, mode = "half_up" }
components = [{ kind = "flat", name = "visit", amount = 3 }]
"""


def book(folder, text):
    """Return the price lists of a text."""
    file = folder / "list.toml"
    file.write_text(text, encoding="utf-8")
    found, findings = load_schedules(file)
    assert not len(findings)
    return found


@pytest.fixture(scope="module")
def lists(tmp_path_factory) -> FeeBook:
    """Return lists of rides by allowance, quota, share and cap, and of home care by the month."""
    return book(tmp_path_factory.mktemp("fees"), RIDES + HOME_CARE)


def ride(key, day, *, client="K01", **fields):
    """Return a ride of 30 km unless said otherwise."""
    known = {"km": Decimal(30), "zone": Zone.COUNTY, "resident": True, "expenses": {}, **fields}
    ask = FareQuestion(municipality="Katse vald", service=Service.SOCIAL, day=day, **known)
    return Event(key=key, client=client, ask=ask)


def care(key, day, **amounts):
    """Return a care visit with the volume that was granted."""
    known = {name: Decimal(value) for name, value in amounts.items()}
    ask = FareQuestion(municipality="Katse vald", service=Service.HOME_CARE, day=day, amounts=known)
    return Event(key=key, client="K01", ask=ask)


days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
asks = st.builds(
    dict,
    km=st.none() | st.decimals(0, 90, places=1),
    returning=st.booleans(),
    riders=st.integers(1, 3),
    result=st.sampled_from(["done", "done", "done", "cancelled", "no_show"]),
    notice=st.integers(0, 60_000),
    at=st.none() | st.integers(0, 86_399),
    expenses=st.sampled_from([{}, {"parking": Decimal("1.35")}]),
)
events = st.lists(st.tuples(days, asks, st.sampled_from(["K01", "K02"])), max_size=25).map(
    lambda drawn: tuple(ride(f"E{n:02}", day, client=client, **ask) for n, (day, ask, client) in enumerate(drawn))
)


@RELAXED
@given(events, st.data())
def test_any_order_gives_the_same_lines(lists, listed, data):
    """Events in any order come to the same charges, line by line, and to their sum to the cent."""
    charged = charge(lists, listed)
    assert charge(lists, data.draw(st.permutations(listed))) == charged
    known = [one for one in charged.charges if one.amount is not None]
    assert charged.known_part == sum((line.amount for one in known for line in one.lines), Decimal(0))
    assert charged.known_part == charged.known_part.quantize(Decimal("0.01"))
    assert (charged.total is None) == bool(charged.to_ask)
    assert all(one.amount >= 0 for one in known)


@RELAXED
@given(events)
def test_one_by_one_is_the_same_as_all_at_once(lists, listed):
    """Charging event by event, or month by month, comes to what charging the year whole does."""
    whole = charge(lists, listed)
    for cut in (lambda event: event.order[1:], lambda event: event.day.month):
        charges, ledgers = [], {}
        for part in sorted({cut(event) for event in listed}):
            charged = charge(lists, [event for event in listed if cut(event) == part], before=ledgers)
            charges += charged.charges
            ledgers = charged.ledgers
        assert sorted(charges, key=lambda one: (one.client, one.day)) == sorted(
            whole.charges, key=lambda one: (one.client, one.day)
        )


def test_counters_begin_anew(lists):
    """The allowance is of the quarter, the quota of the month: first rides use them up, the next span has its own."""
    found = charge(lists, [ride(f"E{n}", date(2026, 3, 1 + n)) for n in range(5)] + [ride("E9", date(2026, 4, 1))])
    assert [one.amount for one in found.charges] == [
        Decimal(x) for x in ("0.00", "0.00", "0.00", "4.93", "8.40", "0.00")
    ]
    assert [warning.code for warning in found.charges[4].quote.warnings] == ["rules.quota-passed"]


def test_cancelled_rides_leave_the_quota_alone(lists):
    """Where the list says that a ride not made does not count, four others are still within the quota."""
    cancelled = ride("A", date(2026, 3, 1), result="cancelled", notice=0)
    found = charge(lists, [cancelled, *(ride(f"E{n}", date(2026, 3, 2 + n)) for n in range(4))])
    assert not any(one.quote.warnings for one in found.charges)


def test_unknown_lengths_make_later_allowances_unknown(lists):
    """After a ride of unknown length nobody knows what is left of the free kilometres, but only in that quarter."""
    found = charge(
        lists, [ride("A", date(2026, 3, 1), km=None), ride("B", date(2026, 3, 2)), ride("C", date(2026, 4, 1))]
    )
    asked = [[remark.code for remark in one.quote.unknowns] for one in found.charges]
    assert asked[:2] == [["rules.missing-km"], ["rules.missing-before"]]
    assert "rules.missing-before" in asked[2]  # the cap is of the year, and what counts towards it is not known


def test_a_month_is_charged_once(lists):
    """Visits of a month paid by the month make one charge; extra hours add up, the volume granted stays."""
    visits = [care(f"V{n}", date(2026, 3, 1 + n), weekly_hours=2, extra_hours=n) for n in range(3)]
    found = charge(lists, [*visits, care("W", date(2026, 4, 1), weekly_hours=3, extra_hours=0)])
    assert [(one.events, one.amount) for one in found.charges] == [
        (("V0", "V1", "V2"), Decimal("109.00")),
        (("W",), Decimal("60.00")),
    ]


@pytest.mark.parametrize(
    ("listed", "code"),
    [
        pytest.param(
            [care("A", date(2026, 3, 1), weekly_hours=2), care("B", date(2026, 3, 9), weekly_hours=4)],
            "rules.fee-month-differs",
            id="another volume within the month",
        ),
        pytest.param(
            [care("A", date(2026, 5, 1), weekly_hours=2), care("B", date(2026, 5, 20), weekly_hours=2)],
            "rules.fee-month-split",
            id="another list within the month",
        ),
        pytest.param([ride("A", date(2025, 5, 1))], "rules.schedule-none", id="no list yet"),
    ],
)
def test_what_is_not_clear_is_asked(lists, speaks, listed, code):
    """A month with two volumes or two lists has no price, and says why."""
    found = charge(lists, listed)
    assert found.total is None
    assert [remark.code for remark in found.charges[0].quote.unknowns] == [code]
    speaks(found.charges[0].quote.unknowns[0])


def test_keys_are_each_event_s_own(lists):
    """Two events with one key are refused: they might be one, charged twice."""
    with pytest.raises(UsageError, match="E1"):
        charge(lists, [ride("E1", date(2026, 3, 1)), ride("E1", date(2026, 3, 2))])


def test_reliefs_begin_and_end(lists):
    """Who is let off paying pays nothing from the first to the last day of the decision."""
    decision = Relief(act="order nr 5", first=date(2026, 3, 2), last=date(2026, 3, 2))
    rides = [ride(f"E{n}", date(2026, 3, n), km=Decimal(110), reliefs=(decision,)) for n in (1, 2, 3)]
    assert [one.amount > 0 for one in charge(lists, rides).charges] == [True, False, True]


def test_what_if(tmp_path, lists):
    """A draft prices the same events beside the lists in force, client by client."""
    draft = book(
        tmp_path,
        RIDES.split("components = [", maxsplit=1)[0] + 'components = [{ kind = "flat", name = "x", amount = 3 }]\n',
    )
    listed = [ride("A", date(2026, 3, 1)), ride("B", date(2026, 3, 2), client="K02", km=Decimal(110))]
    found = what_if(listed, lists, drafted(lists, draft, "Katse vald"))
    assert [(one.client, one.difference) for one in found.clients] == [
        ("K01", Decimal("3.00")),
        ("K02", Decimal("0.53")),
    ]
    assert found.difference == Decimal("3.53")
