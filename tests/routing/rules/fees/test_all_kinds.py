"""What holds for price lists of all kinds of lines, whatever is asked."""

from datetime import date, time
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from routing.records.model import Aid, Service
from routing.rules.fees.components import AnyComponent
from routing.rules.fees.components.allowance import Allowance
from routing.rules.fees.components.band import Band, Step
from routing.rules.fees.components.cancelled import Cancelled
from routing.rules.fees.components.cap import Cap
from routing.rules.fees.components.conflict import Conflict
from routing.rules.fees.components.expenses import Expenses
from routing.rules.fees.components.no_show import NoShow
from routing.rules.fees.components.quota import Quota
from routing.rules.fees.components.share import Share
from routing.rules.fees.components.shared import Shared
from routing.rules.fees.components.surcharge import Surcharge
from routing.rules.fees.components.table import Fare, Table
from routing.rules.fees.components.waiver import Waiver
from routing.rules.fees.conventions import Conventions, WorkHours
from routing.rules.fees.measures import MEASURES
from routing.rules.fees.pricing import price
from routing.rules.fees.question import AMOUNTS, FareQuestion
from routing.rules.fees.readings import FACTS, READINGS
from routing.rules.fees.relief import Relief
from routing.rules.fees.uses import Ledger, Use
from routing.rules.zones import Zone
from routing.wording import LANGUAGES
from tests.routing.rules.fees.test_properties import (
    RELAXED,
    flats,
    minimums,
    money,
    multipliers,
    rates,
    roundings,
    schedule,
)

DAY = date(2026, 6, 15)
parts = st.sampled_from([Decimal(0), Decimal("0.25"), Decimal(1), "1/3", "2/7"])
prices = money | st.just("unknown")
spans = st.sampled_from(["month", "quarter", "year"])
measures = st.sampled_from(sorted(MEASURES))
pools = st.sampled_from("ab")
whens = st.just({}) | st.sampled_from(sorted(FACTS)).map(lambda fact: {fact: READINGS[fact][:1]})
steps = st.lists(
    st.builds(
        Step, amount=prices, above=st.none() | money, up_to=st.none() | money, ends=st.sampled_from([None, "unknown"])
    ),
    min_size=1,
    max_size=3,
).map(tuple)
part_steps = st.lists(
    st.builds(Step, amount=st.decimals(0, 1, places=2), below=st.none() | money), min_size=1, max_size=2
)


def kind(made: type, **fields: st.SearchStrategy[object]) -> st.SearchStrategy[AnyComponent]:
    """Return a strategy for one kind of line."""
    name = {"NoShow": "no_show"}.get(made.__name__, made.__name__.lower())
    return st.builds(made, kind=st.just(name), name=st.sampled_from([name, f"other-{name}"]), when=whens, **fields)


bands = kind(Band, by=measures, bands=steps, per=st.sampled_from(["charge", "km", "hours"]))
KINDS = (
    *(flats, rates, minimums, multipliers, bands),
    kind(
        Allowance,
        price=prices,
        per=st.sampled_from(["km", "hours"]),
        free=money,
        span=spans,
        pool=st.sampled_from("ab"),
    ),
    kind(Quota, rides=money | st.just("unknown"), span=spans, beyond=prices),
    kind(Cap, amount=prices, span=spans | st.just("charge")),
    kind(Share, part=parts | st.just("unknown"), limit=st.none() | prices, span=spans),
    kind(Table, fares=st.just((Fare(between=("A", "B"), amount=Decimal(9)),)), otherwise=prices),
    kind(Surcharge, part=parts | st.just("unknown"), per=measures),
    kind(Shared),
    kind(Cancelled, bands=part_steps.map(tuple), of=st.sampled_from([(), ("flat",)])),
    kind(NoShow, part=parts),
    kind(Expenses, of=st.just(("parking",))),
    kind(Waiver, first=st.just(DAY), last=st.just(DAY), pays=parts, basis=st.just("order nr 3")),
    kind(Conflict, first=rates, second=flats),
)
conventions = st.builds(
    Conventions,
    **{name: st.sampled_from([*READINGS[name], "unknown"]) for name in READINGS if name not in FACTS | {"km_from"}},
    km_from=st.sampled_from(["boarding", "municipality_border", ("boarding", "municipality_border"), "unknown"]),
    work_hours=st.just("unknown") | st.just(WorkHours(begins=time(8), ends=time(17))),
    child_under=st.just("unknown") | money,
    low_income_below=st.just("unknown") | st.decimals(0, 9, places=1),
)
ledgers = st.lists(
    st.builds(
        Use,
        day=st.dates(date(2026, 1, 1), DAY),
        pool=st.sampled_from(["a", "b", "rides", "cap", "share"]),
        units=st.none() | money,
    ),
    max_size=4,
).map(lambda uses: Ledger(uses=tuple(uses)))
questions = st.builds(
    FareQuestion,
    municipality=st.just("Katse vald"),
    service=st.just(Service.SOCIAL),
    day=st.just(DAY),
    zone=st.none() | st.sampled_from(Zone),
    km=st.none() | money,
    km_beyond_border=st.none() | money,
    km_beyond_municipality=st.none() | money,
    returning=st.booleans(),
    wait=st.none() | st.integers(0, 20_000),
    resident=st.none() | st.booleans(),
    aids=st.frozensets(st.sampled_from(Aid)),
    taxi=st.none() | st.booleans(),
    amounts=st.dictionaries(st.sampled_from(AMOUNTS), money),
    at=st.none() | st.integers(0, 86_399),
    origin=st.sampled_from([None, "A", "b"]),
    destination=st.sampled_from([None, "B", "C"]),
    result=st.sampled_from(["done", "cancelled", "no_show"]),
    notice=st.none() | st.integers(0, 100_000),
    riders=st.integers(1, 3),
    riders_km=st.none() | money,
    riders_back=st.none() | st.integers(1, 3),
    riders_km_back=st.none() | money,
    expenses=st.none() | st.dictionaries(st.sampled_from(["parking", "ferry"]), money),
    before=st.none() | ledgers,
    reliefs=st.lists(
        st.builds(Relief, act=st.just("order nr 4"), first=st.just(DAY), pays=st.decimals(0, 1, places=2)), max_size=2
    ).map(tuple),
)
lists = st.builds(schedule, st.lists(st.one_of(KINDS), min_size=1, max_size=4), conventions, roundings)


@RELAXED
@given(lists, questions)
def test_a_price_or_what_to_ask(listed, question):
    """A quote has a total that is the sum of its lines and not negative, or says what to ask; all can be said."""
    answer = price(listed, question)
    assert (answer.total is None) == bool(answer.unknowns)
    if answer.total is not None:
        assert answer.total == sum(line.amount for line in answer.lines)
        assert answer.total >= 0
        assert answer.total == answer.total.quantize(Decimal("0.01"))
    for lang in LANGUAGES:
        shown = answer.as_dict(lang)
        assert "{" not in str([line["sentence"] for line in shown["lines"]])
        assert all(unknown["sentence"] and unknown["action"] for unknown in shown["unknowns"])


@RELAXED
@given(lists, questions)
def test_what_is_used_is_known_or_said_not_to_be(listed, question):
    """Uses are never negative, and a ride that was made is a ride or two."""
    answer = price(listed, question)
    assert all(units is None or units >= 0 for units in answer.uses.values())
    if question.result == "done" and answer.total is not None and len(answer.lines) and answer.uses.get("rides"):
        assert answer.uses["rides"] in {1, 2}
