"""The shapes that municipalities' price lists have, each as data alone."""

from datetime import date
from decimal import Decimal

import pytest

from routing.records.model import Aid, Service
from routing.rules.fees.pricing import quote
from routing.rules.fees.question import FareQuestion
from routing.rules.zones import Zone
from routing.wording import LANGUAGES

WORKDAY, WEEKEND, HOLIDAY = date(2026, 6, 15), date(2026, 6, 20), date(2026, 6, 23)


def component(kind, **fields):
    """Return one component as TOML."""
    lines = [f'[[schedules.components]]\nkind = "{kind}"', f'name = "{kind}"']
    return "\n".join([*lines, *(f"{name} = {value}" for name, value in fields.items())]) + "\n"


def ask(**fields):
    """Return a question about a ride on a working day in June 2026."""
    amounts = {name: Decimal(value) for name, value in fields.pop("amounts", {}).items()}
    known = {"day": WORKDAY, "zone": Zone.COUNTY, "resident": True, **fields}
    return FareQuestion(municipality="Katse vald", service=Service.SOCIAL, amounts=amounts, **known)


ZONES = "".join(
    component("flat", amount=amount, when=f'{{ zone = ["{zone}"] }}')
    for zone, amount in (("municipality", 5), ("county", 10), ("country", 30))
)
MINIMUM = component("rate", price="0.50", per='"km"') + component("minimum", amount=7)
TIERS = component("rate", price="0.47", per='"km"', up_to=50) + component("rate", price="0.22", per='"km"', above=50)
START = (
    component("flat", amount=6)
    + component("rate", price="0.80", per='"km"')
    + component("rate", price=6, per='"wait_hours"')
)
FIRST_HOUR_FREE = component("flat", amount=0) + component("rate", price=5, per='"wait_hours"', above=1)
DISTANCE = component(
    "band",
    by='"km"',
    bands="[{ up_to = 10, amount = 3 }, { above = 10, up_to = 50, amount = 5 }, { above = 50, amount = 10 }]",
)
VISITS_A_WEEK = component(
    "band",
    by='"visits_per_week"',
    bands="[{ at_least = 1, up_to = 1, amount = 20 }, { above = 1, up_to = 2, amount = 40 }]",
)
STRETCHER = component("rate", price="0.80", per='"km"', when='{ stretcher = ["yes"] }') + component(
    "rate", price="0.30", per='"km"', when='{ stretcher = ["no"] }'
)
FLOORS = component("rate", price="0.90", per='"km"') + component("rate", price=3, per='"floors"')
BY_DAY = "".join(
    component("rate", price=price, per='"visits"', when=f'{{ day_type = ["{kind}"] }}')
    for kind, price in (("workday", 16), ("weekend", 20), ("holiday", 25))
)
DOUBLE = component("flat", amount=8) + component("multiplier", factor=2, when='{ resident = ["no"] }')
ESCORT_FREE = component("flat", amount=5) + component("rate", price=0, per='"companions"')
HALF = component("rate", price="0.80", per='"km"') + component(
    "multiplier", factor="0.5", when='{ returning = ["yes"] }'
)


@pytest.mark.parametrize(
    ("components", "question", "total"),
    [
        pytest.param(ZONES, ask(), "10.00", id="flat zones (Põlva)"),
        pytest.param(ZONES, ask(zone=Zone.COUNTRY), "30.00", id="flat zones, farthest"),
        pytest.param(MINIMUM, ask(km=Decimal(8)), "7.00", id="minimum (Türi)"),
        pytest.param(MINIMUM, ask(km=Decimal(20)), "10.00", id="above the minimum"),
        pytest.param(TIERS, ask(km=Decimal(40)), "18.80", id="two tiers (Võru linn), first"),
        pytest.param(TIERS, ask(km=Decimal(60)), "25.70", id="two tiers, both"),
        pytest.param(
            START, ask(km=Decimal(10), returning=True, wait=5400), "31.00", id="start, km and waiting (Otepää)"
        ),
        pytest.param(FIRST_HOUR_FREE, ask(returning=True, wait=3600), "0.00", id="first hour free (Järva)"),
        pytest.param(FIRST_HOUR_FREE, ask(returning=True, wait=9000), "7.50", id="waiting beyond the first hour"),
        pytest.param(DISTANCE, ask(km=Decimal(10)), "3.00", id="distance bands (Hiiumaa), end included"),
        pytest.param(DISTANCE, ask(km=Decimal("10.001")), "5.00", id="distance bands, next"),
        pytest.param(DISTANCE, ask(km=Decimal(500)), "10.00", id="distance bands, open end"),
        pytest.param(VISITS_A_WEEK, ask(amounts={"visits_per_week": 2}), "40.00", id="visits a week (Järva)"),
        pytest.param(
            STRETCHER, ask(km=Decimal(10), aids=frozenset({Aid.STRETCHER})), "8.00", id="lying transport (Paide)"
        ),
        pytest.param(STRETCHER, ask(km=Decimal(10)), "3.00", id="seated transport"),
        pytest.param(FLOORS, ask(km=Decimal(10), amounts={"floors": 3}), "18.00", id="floors (Valga)"),
        pytest.param(BY_DAY, ask(amounts={"visits": 1}), "16.00", id="workday (Põhja-Sakala)"),
        pytest.param(BY_DAY, ask(day=WEEKEND, amounts={"visits": 1}), "20.00", id="weekend"),
        pytest.param(BY_DAY, ask(day=HOLIDAY, amounts={"visits": 2}), "50.00", id="holiday"),
        pytest.param(DOUBLE, ask(resident=False), "16.00", id="non-resident double (Alutaguse)"),
        pytest.param(ESCORT_FREE, ask(amounts={"companions": 1}), "5.00", id="escort free (Kagu)"),
        pytest.param(HALF, ask(km=Decimal(10), returning=True), "8.00", id="cheaper there and back (Rapla)"),
    ],
)
def test_shape(book_of, components, question, total):
    """Each published shape is a composition of components and comes to its price."""
    answer = quote(book_of(components), question)
    assert answer.unknowns == ()
    assert f"{answer.total:f}" == total
    assert answer.total == sum(line.amount for line in answer.lines)
    assert answer.legal_basis == "order nr 1"
    for lang in LANGUAGES:
        assert all("{" not in line.sentence(lang) for line in answer.lines)


def test_lines_show_what_made_the_price(book_of):
    """Quantity, unit price and amount stand in each line, said in the reader's customs."""
    lines = quote(book_of(START), ask(km=Decimal("10.5"), returning=True, wait=5400)).lines
    assert [(line.quantity, line.unit_price, line.amount) for line in lines] == [
        (Decimal(1), Decimal(6), Decimal("6.00")),
        (Decimal("21.0"), Decimal("0.80"), Decimal("16.80")),
        (Decimal("1.5"), Decimal(6), Decimal("9.00")),
    ]
    assert lines[2].sentence("et") == "Ooteaeg tundides: 1,5 × 6,00\xa0€ = 9,00\xa0€"
    assert lines[2].sentence("en") == "Hours of waiting: 1.5 × €6.00 = €9.00"
