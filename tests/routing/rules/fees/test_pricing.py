"""What the heart does with the unknown: tries every reading, and never takes it for zero."""

from datetime import date
from decimal import Decimal

import pytest

from routing.records.model import Service
from routing.rules.fees.components.component import Component
from routing.rules.fees.components.flat import Flat
from routing.rules.fees.pricing import quote
from routing.rules.fees.question import FareQuestion
from routing.rules.zones import Zone
from routing.wording import LANGUAGES

DAY = date(2026, 6, 15)
OPEN_HEAD = """
municipality = "Katse vald"
[[schedules]]
id = "list"
service = "social"
valid_from = 2026-01-01
legal_basis = "order nr 1"
source = "test"
rounding = { step = 0.01, mode = "half_up" }
"""
INCOME = """
[[schedules.components]]
kind = "rate"
name = "visit"
price = 1
per = "visits"
[[schedules.components]]
kind = "band"
name = "income"
by = "income"
per = "hours"
bands = [
  { up_to = 600, amount = 0 },
  { above = 600, up_to = 800, amount = 6.50 },
  { above = 801, amount = 13 },
]
"""
KM = """
[[schedules.components]]
kind = "flat"
name = "start"
amount = 2
[[schedules.components]]
kind = "rate"
name = "km"
per = "km"
price = 0.5
"""


def ask(**fields):
    """Return a question about a ride whose other facts are not known."""
    return FareQuestion(municipality="Katse vald", service=Service.SOCIAL, day=DAY, **fields)


def codes(answer):
    """Return the codes of what is unknown."""
    return [unknown.code for unknown in answer.unknowns]


def test_readings_that_agree_make_a_price(book_of):
    """Where every way to count comes to the same, nothing is asked."""
    answer = quote(book_of(KM, OPEN_HEAD), ask(km=Decimal(10), zone=Zone.COUNTRY, km_beyond_border=Decimal(10)))
    assert (answer.total, codes(answer), answer.candidates) == (Decimal("7.00"), [], ())


def test_only_what_decides_is_asked(book_of):
    """A whole number of kilometres needs no rule of rounding, a return trip needs a rule of counting."""
    question = ask(km=Decimal(10), returning=True, zone=Zone.COUNTRY, km_beyond_border=Decimal(10))
    answer = quote(book_of(KM, OPEN_HEAD), question)
    assert codes(answer) == ["rules.unknown-charged-per", "rules.unknown-km-counted"]
    assert answer.total is None
    assert [(tuple(reading.value for reading in c.readings), c.total) for c in answer.candidates] == [
        (("trip", "one_way"), Decimal("7.00")),
        (("trip", "total"), Decimal("12.00")),
        (("direction",), Decimal("14.00")),
    ]
    assert answer.bounds == (Decimal("7.00"), Decimal("14.00"))
    assert "7,00" in answer.sentence("et")
    assert "€14.00" in answer.sentence("en")


@pytest.mark.parametrize(
    ("income", "total", "unknown"),
    [
        ("600", "2.00", []),
        ("800", "15.00", []),
        ("800.50", None, ["rules.fee-no-band"]),
        ("801.01", "28.00", []),
    ],
)
def test_income_bands(book_of, income, total, unknown):
    """Tartu linn's published bands leave 800 to 801 open: there is no price there, and no guess."""
    amounts = {"income": Decimal(income), "hours": Decimal(2), "visits": Decimal(2)}
    answer = quote(book_of(INCOME, found=["rules.fee-band-gap"]), ask(amounts=amounts))
    assert answer.total == (None if total is None else Decimal(total))
    assert codes(answer) == unknown
    assert answer.known_part == Decimal(total or 2)


def test_a_missing_price_is_not_zero(book_of):
    """A zone that no line speaks of has no price."""
    county_only = '[[schedules.components]]\nkind = "flat"\nname = "c"\namount = 5\nwhen = { zone = ["county"] }\n'
    answer = quote(book_of(county_only), ask(zone=Zone.COUNTRY))
    assert (answer.total, codes(answer)) == (None, ["rules.fee-nothing-applies"])
    assert answer.lines[0].sentence("et") == answer.unknowns[0].sentence("et")


def test_lines_that_depend_on_the_unknown(book_of):
    """A minimum and a multiplier of an unknown sum are unknown too, and say so."""
    components = (
        KM
        + '[[schedules.components]]\nkind = "minimum"\nname = "least"\namount = 7\n'
        + '[[schedules.components]]\nkind = "multiplier"\nname = "double"\nfactor = 2\n'
        + '[[schedules.components]]\nkind = "multiplier"\nname = "discount"\nfactor = "unknown"\n'
    )
    answer = quote(book_of(components), ask())
    assert (answer.total, codes(answer)) == (None, ["rules.missing-km", "rules.fee-price-unknown"])
    assert [line.amount for line in answer.lines] == [Decimal("2.00"), None, None, None, None]
    for lang in LANGUAGES:
        assert all(line.sentence(lang) for line in answer.lines)
    assert "least" in answer.lines[2].sentence("en")


def test_directions_are_priced_by_their_own_length(book_of):
    """Each direction has its own kilometres and its own minimum."""
    head = OPEN_HEAD + 'conventions = { charged_per = "direction", km_from = "boarding", km_rounding = "exact" }\n'
    least = '[[schedules.components]]\nkind = "minimum"\nname = "least"\namount = 7\n'
    answer = quote(book_of(KM + least, head), ask(km=Decimal(8), km_back=Decimal(12), returning=True))
    assert answer.total == Decimal("15.00")  # 7 there by the minimum, 8 back
    assert [(line.rule, line.quantity) for line in answer.lines] == [("start", 2), ("km", 20), ("least", 1)]


def test_price_of_an_unneeded_tier_may_be_unknown(book_of):
    """An unknown price of kilometres that are not driven keeps nothing from being priced."""
    tier = '[[schedules.components]]\nkind = "rate"\nname = "far"\nper = "km"\nabove = 80\nprice = "unknown"\n'
    book = book_of(KM + tier)
    assert quote(book, ask(km=Decimal(10))).total == Decimal("7.00")
    far = quote(book, ask(km=Decimal(100)))
    assert (far.total, codes(far), far.known_part) == (None, ["rules.fee-price-unknown"], Decimal("52.00"))


@pytest.mark.parametrize(
    ("step", "mode", "total"),
    [("0.01", "half_up", "0.13"), ("0.01", "down", "0.12"), ("0.05", "up", "0.15"), ("0.10", "half_even", "0.10")],
)
def test_rounding_is_data(book_of, step, mode, total):
    """The step and the mode of rounding come from the list."""
    head = OPEN_HEAD.replace("step = 0.01", f"step = {step}").replace("half_up", mode)
    rate = '[[schedules.components]]\nkind = "rate"\nname = "r"\nper = "floors"\nprice = 0.25\n'
    answer = quote(book_of(rate, head), ask(amounts={"floors": Decimal("0.5")}))
    assert f"{answer.total:f}" == total


def test_largest_numbers_have_a_price(book_of):
    """Even absurd lists are priced exactly, not with a traceback."""
    rate = '[[schedules.components]]\nkind = "rate"\nname = "r"\nper = "floors"\nprice = 100000\n'
    factor = '[[schedules.components]]\nkind = "multiplier"\nname = "m"\nfactor = 10\n'
    answer = quote(book_of(rate + factor * 29), ask(amounts={"floors": Decimal(999999)}))
    assert answer.total > Decimal(10) ** 39


@pytest.mark.parametrize("km", [Decimal(-1), Decimal("NaN"), Decimal("Infinity"), Decimal(1_000_000)])
def test_impossible_lengths_are_refused(km):
    """A length that cannot be is the caller's mistake."""
    with pytest.raises(ValueError, match="at least 0"):
        ask(km=km)


def test_strange_amounts_are_refused():
    """A misspelt amount is the caller's mistake, not a missing one."""
    with pytest.raises(ValueError, match="weekly_hour"):
        ask(amounts={"weekly_hour": Decimal(2)})


def test_components_fit_the_protocol():
    """A component is anything with a kind, a name, conditions and a line."""
    flat: Component = Flat(kind="flat", name="f", amount=Decimal(1))
    assert (flat.kind, flat.name, flat.when) == ("flat", "f", {})
