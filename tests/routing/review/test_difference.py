"""What another plan would take is said in minutes, kilometres and times, from the points it costs."""

import re
from dataclasses import fields, replace

import pytest

from routing.cost import Cost
from routing.problem import Objective
from routing.review.difference import differences
from routing.review.explain import Alternative
from routing.review.labels import Labels
from routing.wording import LANGUAGES, keys

PLAIN = Objective(shift_used=100, greatest_late_minute=100)


@pytest.mark.parametrize(
    ("change", "amount", "phrase"),
    [
        ({"lateness": 600}, 120, "2 min rohkem hilinemist"),
        ({"lateness": -600}, -120, "2 min vähem hilinemist"),
        ({"overtime": 1000}, 600, "10 min rohkem ületunnitööd"),
        ({"imbalance": 50}, 600, "töökoormus 10 min ebaühtlasem"),
        ({"imbalance": -50}, -600, "töökoormus 10 min ühtlasem"),
        ({"waiting_aboard": 250}, 600, "sõitjatele kokku 10 min pikem sõit"),
        ({"distance": 255}, 8500, "8,5 km rohkem sõitu"),
        ({"distance": -255}, -8500, "8,5 km vähem sõitu"),
        ({"paid_time": 1240}, 3720, "62 min rohkem tööaega"),
        ({"unfamiliar": 3000}, 2, "2 korral tuleks võõras töötaja"),
        ({"not_preferred": -800}, -1, "1 korral rohkem tuleks töötaja, keda klient soovis"),
        ({"changed": 3000}, 0, "rohkem muutuks sellest, mis on juba lubatud"),
        ({"paid_time": 9}, 27, ""),
        ({"distance": 1}, 33, ""),
    ],
)
def test_points_are_turned_back(change: dict[str, int], amount: int, phrase: str) -> None:
    """A component's points become what was weighed; what is too little for a word stays unsaid."""
    (found,) = differences(PLAIN, Cost(), replace(Cost(), **change))
    assert (found.amount, found.phrase("et")) == (amount, phrase)


def test_the_weightiest_comes_first() -> None:
    """Differences are in order of their points, and what is equal is none."""
    found = differences(PLAIN, Cost(distance=30, overtime=100), Cost(distance=60, overtime=100, unfamiliar=1500))
    assert [difference.component for difference in found] == ["unfamiliar", "distance"]


def test_weights_of_one() -> None:
    """Other weights give the same amounts."""
    light = Objective(paid_minute=1, kilometre=1)
    found = differences(light, Cost(), Cost(paid_time=7, distance=3))
    assert [difference.amount for difference in found] == [420, 3000]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_component_can_be_said(lang: str) -> None:
    """More and less of every component has its words, with the same values in both languages."""
    for item in fields(Cost):
        for sign in (1, -1):
            (found,) = differences(PLAIN, Cost(), replace(Cost(), **{item.name: sign * 100_000_000}))
            assert found.phrase(lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_words_without_a_component(lang: str) -> None:
    """The catalogues hold such words for components alone."""
    names = {item.name.replace("_", "-") for item in fields(Cost)}
    said = [re.fullmatch(r"explain\.(?:more|less)-(.+)", key) for key in keys("explain", lang)]
    assert {match[1] for match in said if match} == names


@pytest.mark.parametrize(
    ("after", "lang", "sentence"),
    [
        (Cost(), "et", "Teine võimalus on vahetus Anu: kulud jääksid samaks."),
        (Cost(), "en", "Another possibility is shift Anu, at no other cost."),
        (
            Cost(paid_time=200, distance=300),
            "et",
            "Teine võimalus on vahetus Anu: 10,0 km rohkem sõitu ja 10 min rohkem tööaega.",
        ),
        (
            Cost(paid_time=200, distance=300),
            "en",
            "Another possibility is shift Anu: 10.0 km more driving and 10 min more paid time.",
        ),
    ],
)
def test_an_alternative(after: Cost, lang: str, sentence: str) -> None:
    """An alternative is one sentence that lists what would change."""
    alternative = Alternative(shift="V", points=after.total, changes=differences(PLAIN, Cost(), after))
    assert alternative.sentence(lang, Labels(shifts={"V": "Anu"})) == sentence
