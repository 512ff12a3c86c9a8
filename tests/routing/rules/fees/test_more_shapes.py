"""The shapes beyond a single price: tables, allowances, quotas, caps, shares, cancelled and shared rides."""

from datetime import date
from decimal import Decimal

import pytest

from routing.records.model import Service
from routing.rules.fees.line import Line
from routing.rules.fees.pricing import quote
from routing.rules.fees.relief import Relief, by_component, relief_line
from routing.rules.fees.uses import Ledger, Use
from routing.wording import LANGUAGES
from tests.routing.rules.fees.conftest import HEAD
from tests.routing.rules.fees.test_shapes import WEEKEND, WORKDAY, ask, component

FLAT = component("flat", amount=8)
TABLE = component("table", fares='[{ between = ["Suure-Jaani", "Viljandi"], amount = 20 }]', otherwise="0.45")
FREE_KM = component(
    "allowance", price="0.8", per='"km"', free=500, span='"year"', pool='"km"', when='{ returning = ["no"] }'
) + component(
    "allowance", price="0.5", per='"km"', free=500, span='"year"', pool='"km"', when='{ returning = ["yes"] }'
)
QUOTA = component("flat", amount=2) + component("quota", rides=4, span='"month"', beyond="0.5")
FREE_RIDES = component("band", by='"rides_in_year"', bands="[{ up_to = 12, amount = 0 }, { above = 12, amount = 2 }]")
CAP = component("rate", price=1, per='"cost"') + component("cap", amount=50, span='"quarter"')
CAP_A_RIDE = component("rate", price=1, per='"km"') + component("cap", amount=20, span='"charge"')
SHARE = component("rate", price=1, per='"cost"') + component("share", part='"1/3"', limit=50, span='"quarter"')
TAXI = component("rate", price=1, per='"cost"') + component("share", part="0.25", limit=190, span='"month"')
OUTSIDE = "".join(
    component("flat", amount=amount, when=f'{{ work_hours = ["{within}"] }}')
    for within, amount in (("yes", 4), ("no", 8))
)
ESCORT = FLAT + component("surcharge", part="0.5", per='"companions"')
SHARED = component("rate", price="0.5", per='"km"') + component("shared")
CANCELLED = (
    component("flat", amount=2)
    + component("rate", price="0.4", per='"km"')
    + component("cancelled", bands="[{ below = 8, amount = 0.25 }, { at_least = 8, amount = 0 }]", of='["rate"]')
    + component("no_show", part=1)
)
EXPENSES = FLAT + component("expenses", of='["parking", "ferry"]')
WAIVED = FLAT + component("waiver", first="2026-06-01", last="2026-06-30", pays="0.5", basis='"order nr 2"')
HOURS = component("rate", price=7, per='"hours"', least="0.5")
CHILDREN = FLAT + component("multiplier", factor=0, when='{ child = ["yes"] }')
LOW_INCOME = FLAT + component("multiplier", factor="0.5", when='{ low_income = ["yes"] }')
CONFLICT = component(
    "conflict",
    first='{ kind = "rate", name = "hour", price = 5, per = "wait_hours" }',
    second='{ kind = "rate", name = "minute", price = 6, per = "wait_hours" }',
)
UNPLACED = component(
    "band", by='"income"', bands='[{ ends = "unknown", amount = 0 }, { ends = "unknown", amount = 4 }]'
)


def head(**stated):
    """Return the top of a price list with further conventions."""
    more = "".join(f", {name} = {value}" for name, value in stated.items())
    return HEAD.replace(' wait_rounding = "exact" }', f' wait_rounding = "exact"{more} }}')


def used(*uses):
    """Return what a client used before, as days, pools and units."""
    return Ledger(uses=tuple(Use(day=day, pool=pool, units=Decimal(units)) for day, pool, units in uses))


def rides(number, *, day=WORKDAY):
    """Return a ledger with so many rides on a day."""
    return used(*[(day, "rides", 1)] * number)


NONE = Ledger()
EXEMPT = Relief(act="order nr 7", first=date(2026, 1, 1), last=date(2026, 6, 30))


@pytest.mark.parametrize(
    ("components", "stated", "question", "total"),
    [
        pytest.param(TABLE, {}, ask(origin="viljandi", destination="Suure-Jaani"), "20.00", id="table (Põhja-Sakala)"),
        pytest.param(TABLE, {}, ask(origin="Viljandi", destination="Tartu", km=Decimal(10)), "4.50", id="else km"),
        pytest.param(FREE_KM, {}, ask(km=Decimal(40), before=NONE), "0.00", id="free km (Rapla)"),
        pytest.param(
            FREE_KM, {}, ask(km=Decimal(40), before=used((WORKDAY, "km", 480))), "16.00", id="free km, the rest"
        ),
        pytest.param(
            FREE_KM, {}, ask(km=Decimal(40), before=used((date(2025, 12, 31), "km", 900))), "0.00", id="a new year"
        ),
        pytest.param(
            FREE_KM, {}, ask(km=Decimal(5), returning=True, before=used((WORKDAY, "km", 500))), "5.00", id="return"
        ),
        pytest.param(QUOTA, {}, ask(before=rides(3)), "2.00", id="within the quota"),
        pytest.param(QUOTA, {}, ask(before=rides(4)), "2.50", id="beyond the quota: charged as the list says"),
        pytest.param(QUOTA, {}, ask(before=rides(9, day=date(2026, 5, 31))), "2.00", id="no carrying over"),
        pytest.param(FREE_RIDES, {}, ask(before=rides(11)), "0.00", id="twelve free a year (Tallinn)"),
        pytest.param(FREE_RIDES, {}, ask(before=rides(12)), "2.00", id="the thirteenth"),
        pytest.param(CAP, {}, ask(amounts={"cost": 30}, before=NONE), "30.00", id="below the cap"),
        pytest.param(CAP, {}, ask(amounts={"cost": 30}, before=used((WORKDAY, "cap", 35))), "15.00", id="capped"),
        pytest.param(CAP_A_RIDE, {}, ask(km=Decimal(30)), "20.00", id="a cap for one ride"),
        pytest.param(
            SHARE, {"limit_on": '"client"'}, ask(amounts={"cost": 100}, before=NONE), "33.33", id="own share of a third"
        ),
        pytest.param(
            SHARE,
            {"limit_on": '"client"'},
            ask(amounts={"cost": 100}, before=used((WORKDAY, "share", 40))),
            "10.00",
            id="own share, limited to 50 a quarter",
        ),
        pytest.param(
            TAXI, {"limit_on": '"municipality"'}, ask(amounts={"cost": 20}, before=NONE), "5.00", id="taxi (Tallinn)"
        ),
        pytest.param(
            TAXI,
            {"limit_on": '"municipality"'},
            ask(amounts={"cost": 20}, before=used((WORKDAY, "share", 180))),
            "10.00",
            id="taxi, the city's limit of the month reached",
        ),
        pytest.param(
            OUTSIDE,
            {"work_hours": "{ begins = 08:00:00, ends = 17:00:00 }"},
            ask(at=8 * 3600),
            "4.00",
            id="in working hours (Väike-Maarja)",
        ),
        pytest.param(
            OUTSIDE,
            {"work_hours": "{ begins = 08:00:00, ends = 17:00:00 }"},
            ask(at=17 * 3600),
            "8.00",
            id="after them",
        ),
        pytest.param(
            OUTSIDE, {"work_hours": "{ begins = 08:00:00, ends = 17:00:00 }"}, ask(day=WEEKEND), "8.00", id="weekend"
        ),
        pytest.param(ESCORT, {}, ask(amounts={"companions": 1}), "12.00", id="half for a companion (Narva-Jõesuu)"),
        pytest.param(ESCORT, {}, ask(amounts={"companions": 0}), "8.00", id="no companion"),
        pytest.param(SHARED, {"shared_by": '"equal"'}, ask(km=Decimal(20), riders=3), "3.33", id="shared (Kose)"),
        pytest.param(SHARED, {"shared_by": '"half"'}, ask(km=Decimal(20), riders=3), "5.00", id="half each"),
        pytest.param(
            SHARED,
            {"shared_by": '"km"'},
            ask(km=Decimal(20), riders=2, riders_km=Decimal(50)),
            "4.00",
            id="by kilometres",
        ),
        pytest.param(SHARED, {"shared_by": '"full"'}, ask(km=Decimal(20), riders=2), "10.00", id="each in full"),
        pytest.param(SHARED, {}, ask(km=Decimal(20)), "10.00", id="alone"),
        pytest.param(FLAT, {}, ask(riders=2), "8.00", id="a flat price is each rider's own"),
        pytest.param(CANCELLED, {}, ask(km=Decimal(20)), "10.00", id="made"),
        pytest.param(
            CANCELLED, {}, ask(km=Decimal(20), result="cancelled", notice=3600), "2.00", id="cancelled late (Elva)"
        ),
        pytest.param(
            CANCELLED, {}, ask(km=Decimal(20), result="cancelled", notice=8 * 3600), "0.00", id="cancelled in time"
        ),
        pytest.param(CANCELLED, {}, ask(km=Decimal(20), result="no_show"), "10.00", id="no-show"),
        pytest.param(EXPENSES, {}, ask(expenses={"ferry": Decimal("3.40")}), "11.40", id="ferry ticket (Vormsi)"),
        pytest.param(EXPENSES, {}, ask(expenses={}), "8.00", id="nothing laid out"),
        pytest.param(WAIVED, {}, ask(), "4.00", id="waived for a while"),
        pytest.param(WAIVED, {}, ask(day=date(2026, 7, 1)), "8.00", id="after the waiver"),
        pytest.param(
            HOURS,
            {"hours_rounding": '"half"'},
            ask(amounts={"hours": "0.1"}),
            "3.50",
            id="at least half an hour (Mulgi)",
        ),
        pytest.param(
            HOURS, {"hours_rounding": '"half"'}, ask(amounts={"hours": "1.1"}), "10.50", id="half hours (Rõuge)"
        ),
        pytest.param(CHILDREN, {"child_under": 18}, ask(amounts={"age": 17}), "0.00", id="child"),
        pytest.param(CHILDREN, {"child_under": 18}, ask(amounts={"age": 18}), "8.00", id="no child"),
        pytest.param(
            LOW_INCOME, {"low_income_below": 2}, ask(amounts={"income": "439.99"}), "4.00", id="below 2 x 220 euros"
        ),
        pytest.param(LOW_INCOME, {"low_income_below": 2}, ask(amounts={"income": 440}), "8.00", id="at the limit"),
        pytest.param(FLAT, {}, ask(reliefs=(EXEMPT,)), "0.00", id="let off by decision"),
        pytest.param(FLAT, {}, ask(day=date(2026, 7, 1), reliefs=(EXEMPT,)), "8.00", id="decision over"),
        pytest.param(
            component("rate", price="0.5", per='"km"'),
            {"empty_return": '"charged"'},
            ask(km=Decimal(20)),
            "20.00",
            id="the empty way back counts (Türi 2022)",
        ),
    ],
)
def test_shape(book_of, components, stated, question, total):
    """Each shape comes to its price, its lines to its total, and every line can be said."""
    answer = quote(book_of(components, head(**stated)), question)
    assert answer.unknowns == ()
    assert f"{answer.total:f}" == total
    assert answer.total == sum(line.amount for line in answer.lines)
    for lang in LANGUAGES:
        assert all("{" not in line.sentence(lang) for line in answer.lines)
        assert all("{" not in warning.sentence(lang) for warning in answer.warnings)


@pytest.mark.parametrize(
    ("shared_by", "total"), [("equal", "15.00"), ("half", "15.00"), ("full", "20.00"), ("km", "12.50")]
)
def test_each_way_is_shared_with_who_was_aboard_on_it(book_of, shared_by, total):
    """Charged by direction, a ride shared on the way there alone is paid in full on the way back."""
    listed = head(shared_by=f'"{shared_by}"').replace('charged_per = "trip"', 'charged_per = "direction"')
    company = {"riders": 2, "riders_km": Decimal(80), "riders_back": 1}
    answer = quote(book_of(SHARED, listed), ask(km=Decimal(20), returning=True, **company))
    assert f"{answer.total:f}" == total


@pytest.mark.parametrize(
    ("components", "question", "unknown", "candidates"),
    [
        pytest.param(OUTSIDE, ask(at=0), "rules.unknown-work-hours", ["4.00", "8.00"], id="no working hours stated"),
        pytest.param(CHILDREN, ask(amounts={"age": 9}), "rules.unknown-child", ["0.00", "8.00"], id="no age stated"),
        pytest.param(LOW_INCOME, ask(), "rules.unknown-low-income", ["4.00", "8.00"], id="income not known"),
        pytest.param(
            SHARED,
            ask(km=Decimal(20), riders=4),
            "rules.unknown-shared-by",
            ["2.50", "5.00", "unknown", "10.00"],
            id="shared",
        ),
        pytest.param(
            SHARE,
            ask(amounts={"cost": 300}, before=NONE),
            "rules.unknown-limit-on",
            ["50.00", "250.00"],
            id="whose limit (Tartu linn)",
        ),
        pytest.param(FREE_KM, ask(km=Decimal(40)), "rules.missing-before", [], id="used before not known"),
        pytest.param(TABLE, ask(km=Decimal(40)), "rules.missing-ends", [], id="ends not known"),
        pytest.param(EXPENSES, ask(), "rules.missing-expenses", [], id="expenses not known"),
        pytest.param(CANCELLED, ask(km=Decimal(1), result="cancelled"), "rules.missing-notice-hours", [], id="notice"),
        pytest.param(FLAT, ask(result="cancelled"), "rules.fee-cancelled-unlisted", [], id="cancelling not listed"),
        pytest.param(FLAT, ask(result="no_show"), "rules.fee-no-show-unlisted", [], id="no-show not listed"),
        pytest.param(
            component("rate", price="0.5", per='"km"'),
            ask(km=Decimal(20), riders=2),
            "rules.fee-shared-unlisted",
            [],
            id="sharing kilometres not listed",
        ),
        pytest.param(
            SHARED,
            ask(km=Decimal(20), riders=2, riders_back=1, returning=True),
            "rules.missing-riders",
            [],
            id="other company on the way back",
        ),
        pytest.param(
            FLAT, ask(expenses={"ferry": Decimal(3)}), "rules.fee-expenses-unlisted", [], id="expenses not listed"
        ),
        pytest.param(UNPLACED, ask(amounts={"income": 700}), "rules.fee-steps-unknown", [], id="steps without ends"),
        pytest.param(
            FLAT,
            ask(reliefs=(EXEMPT, Relief(act="order nr 8", first=date(2026, 1, 1), pays=Decimal("0.5")))),
            "rules.fee-reliefs-differ",
            [],
            id="decisions that differ",
        ),
    ],
)
def test_asked(book_of, speaks, components, question, unknown, candidates):
    """What is not stated is asked, with what it would come to, and never guessed."""
    answer = quote(book_of(components), question)
    assert answer.total is None
    assert unknown in [remark.code for remark in answer.unknowns]
    assert [entry["total"] or "unknown" for entry in answer.as_dict("et")["candidates"]] == candidates
    for remark in answer.unknowns:
        speaks(remark)


def test_conflict_is_found_and_asked(book_of):
    """Two prices for one thing are a finding, and both stand in the quote until the list says which holds."""
    waiting = ask(returning=True, wait=7200)
    answer = quote(book_of(CONFLICT, found=["rules.fee-conflict"]), waiting)
    assert [candidate.total for candidate in answer.candidates] == [Decimal("10.00"), Decimal("12.00")]
    settled = quote(book_of(CONFLICT, head(of_two='"second"'), found=["rules.fee-conflict"]), waiting)
    assert settled.total == Decimal("12.00")
    book_of(CONFLICT * 2, found=["rules.fee-conflict", "rules.fee-conflict", "rules.fee-conflicts-many"])


def test_quota_and_limits_warn(book_of):
    """A quota that is used up and a limit that is reached are said besides the price."""
    assert [w.code for w in quote(book_of(QUOTA), ask(before=rides(4))).warnings] == ["rules.quota-passed"]
    assert quote(book_of(QUOTA), ask(before=rides(3))).warnings == ()
    capped = quote(book_of(CAP), ask(amounts={"cost": 60}, before=NONE))
    assert [warning.code for warning in capped.warnings] == ["rules.cap-reached"]
    assert capped.uses == {"cap": Decimal("50.00"), "rides": Decimal(1)}


def test_each_direction_is_a_ride(book_of):
    """Where each direction is charged, the second one already knows of the first."""
    by_direction = HEAD.replace('charged_per = "trip"', 'charged_per = "direction"')
    answer = quote(book_of(QUOTA, by_direction), ask(returning=True, before=rides(3)))
    assert answer.total == Decimal("4.50")
    assert answer.uses["rides"] == 2


def test_too_open_a_list_is_not_priced(book_of):
    """A list that may be read in thousands of ways asks to be stated better, and quickly."""
    facts = ("zone", "resident", "child", "low_income", "work_hours", "companion")
    parts = "".join(component("flat", amount=1, when=f'{{ {fact} = ["yes"] }}') for fact in facts[1:])
    parts += component("flat", amount=1, when='{ zone = ["county"] }') + component("rate", price=1, per='"km"')
    parts += component("rate", price=1, per='"wait_hours"') + component("rate", price=1, per='"hours"')
    bare = HEAD.split("conventions")[0]
    question = ask(zone=None, resident=None, returning=True, wait=60, km=Decimal(2), amounts={"hours": 1})
    answer = quote(book_of(parts, bare), question)
    assert [remark.code for remark in answer.unknowns] == ["rules.fee-too-open"]


def test_reliefs_are_for_their_service():
    """A decision about home care lets nobody off paying for rides."""
    relief = Relief(act="x", first=date(2026, 1, 1), service=Service.HOME_CARE)
    assert relief.holds(Service.HOME_CARE, WORKDAY)
    assert not relief.holds(Service.SOCIAL, WORKDAY)


def test_a_relief_of_one_line() -> None:
    """A relief of one component takes off of its line alone, one of the whole price what is left of all."""
    kilometres = Relief(act="a", first=date(2026, 1, 1), component="km")
    rest = Relief(act="b", first=date(2026, 1, 1), pays=Decimal("0.5"))
    assert [tuple(one.act for one in group) for group in by_component([rest, kilometres])] == [("a",), ("b",)]
    lines = [
        Line(rule="start", sentence_key="rules.line-flat", measure="ride", amount=Decimal(4)),
        Line(rule="km", sentence_key="rules.line-rate", measure="km", amount=Decimal(6)),
    ]
    off = relief_line([kilometres], lines)
    assert (off.amount, relief_line([rest], [*lines, off]).amount) == (Decimal(-6), Decimal(-2))
