"""What holds for every price list and every ride."""

from datetime import date
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from routing.records.model import Service
from routing.rules.fees.components.flat import Flat
from routing.rules.fees.components.minimum import Minimum
from routing.rules.fees.components.multiplier import Multiplier
from routing.rules.fees.components.rate import Rate
from routing.rules.fees.conventions import Conventions, Rounding
from routing.rules.fees.pricing import price
from routing.rules.fees.question import FareQuestion
from routing.rules.fees.readings import FACTS, READINGS
from routing.rules.fees.schedule import Schedule
from routing.rules.zones import Zone

RELAXED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
money = st.decimals(0, 100, places=2)
km = st.decimals(0, 400, places=3)
whens = st.sampled_from([{}, {"zone": ("county",)}, {"resident": ("no",)}, {"returning": ("yes",)}])
flats = st.builds(Flat, kind=st.just("flat"), name=st.just("flat"), amount=money | st.just("unknown"), when=whens)
rates = st.builds(
    Rate,
    kind=st.just("rate"),
    name=st.just("rate"),
    price=money | st.just("unknown"),
    per=st.sampled_from(["km", "wait_hours"]),
    above=st.none() | money,
    when=whens,
)
minimums = st.builds(Minimum, kind=st.just("minimum"), name=st.just("minimum"), amount=money, when=whens)
multipliers = st.builds(
    Multiplier, kind=st.just("multiplier"), name=st.just("multiplier"), factor=st.decimals(0, 3, places=2), when=whens
)
conventions = st.builds(
    Conventions,
    **{name: st.sampled_from([*READINGS[name], "unknown"]) for name in READINGS if name not in FACTS},
)
roundings = st.builds(
    Rounding, step=st.sampled_from([Decimal("0.01"), Decimal("0.05")]), mode=st.sampled_from(["half_up", "up", "down"])
)
questions = st.builds(
    FareQuestion,
    municipality=st.just("Katse vald"),
    service=st.just(Service.SOCIAL),
    day=st.just(date(2026, 6, 15)),
    zone=st.none() | st.sampled_from(Zone),
    km=st.none() | km,
    km_beyond_border=st.none() | km,
    returning=st.booleans(),
    wait=st.none() | st.integers(0, 20_000),
    resident=st.none() | st.booleans(),
)


def schedule(components, convention, rounding):
    """Return a price list of these components."""
    return Schedule(
        id="list",
        municipality="Katse vald",
        service=Service.SOCIAL,
        valid_from=date(2026, 1, 1),
        legal_basis="order",
        source="test",
        rounding=rounding,
        components=tuple(components),
        conventions=convention,
    )


additive = st.lists(flats | rates, min_size=1, max_size=4)
schedules = st.builds(
    schedule, st.lists(flats | rates | minimums | multipliers, min_size=1, max_size=5), conventions, roundings
)


@RELAXED
@given(schedules, questions)
def test_total_or_question(listed, question):
    """A quote has a total that is the sum of its lines and not negative, or it says what is unknown: never neither."""
    answer = price(listed, question)
    if answer.total is None:
        assert answer.unknowns
    else:
        assert not answer.unknowns
        assert answer.total >= 0
        assert answer.total == sum(line.amount for line in answer.lines)
    assert answer.as_dict("et")["sentence"]
    assert answer.as_dict("en")["sentence"]


@RELAXED
@given(schedules, questions)
def test_candidates_differ(listed, question):
    """Candidates are distinct readings that do not all come to the same."""
    candidates = price(listed, question).candidates
    assert len({candidate.readings for candidate in candidates}) == len(candidates)
    assert not candidates or len({(c.total, c.known_part) for c in candidates}) > 1


@RELAXED
@given(schedules, questions, conventions)
def test_unknown_conventions_contain_the_known(listed, question, convention):
    """What a stated list comes to is what the unstated one comes to, or among its candidates."""
    stated = {
        name: READINGS[name][0] if getattr(convention, name) == "unknown" else getattr(convention, name)
        for name in READINGS
        if name not in FACTS
    }
    known = price(schedule(listed.components, Conventions(**stated), listed.rounding), question)
    unknown = price(schedule(listed.components, Conventions(), listed.rounding), question)
    if known.total is not None:
        assert known.total in {unknown.total, *(candidate.total for candidate in unknown.candidates)}


@RELAXED
@given(additive, conventions, roundings, questions, st.data())
def test_order_of_additive_components(components, convention, rounding, question, data):
    """Where every component only adds, their order does not matter."""
    shuffled = data.draw(st.permutations(components))
    one = price(schedule(components, convention, rounding), question)
    other = price(schedule(shuffled, convention, rounding), question)
    assert one.total == other.total
    assert {c.total for c in one.candidates} == {c.total for c in other.candidates}


@RELAXED
@given(schedules, questions, km, km)
def test_monotone_in_kilometres(listed, question, one, other):
    """A longer ride never costs less, as no component takes kilometres off."""
    short, long = sorted((one, other))
    fields = {name: getattr(question, name) for name in ("zone", "returning", "wait", "resident")}

    def total(length):
        return price(
            listed,
            FareQuestion(
                municipality="Katse vald",
                service=Service.SOCIAL,
                day=question.day,
                km=length,
                km_beyond_border=length,
                **fields,
            ),
        ).total

    low, high = total(short), total(long)
    assert low is None or high is None or low <= high
