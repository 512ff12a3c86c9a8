"""A ferry sails by its timetable, or the reason why not is said."""

from dataclasses import replace
from datetime import date

import pytest

from routing.records.model import Ferry, Timetable
from routing.roads.ferries import NoSailing, crossing_on
from routing.wording import LANGUAGES, say

ISLAND = frozenset({"harbour", "farm"})
SUMMER = Timetable(
    first=date(2026, 5, 1),
    last=date(2026, 9, 30),
    weekdays=frozenset({1, 3, 5}),
    outward=(36_000, 28_800),
    homeward=(61_200,),
)
FERRY = Ferry(
    id="piirissaar",
    mainland_harbour="laaksaare",
    island_harbour="harbour",
    settlements=frozenset({"Piiri"}),
    crossing=3000,
    boarding=600,
    timetables=(SUMMER,),
    cancelled=frozenset({date(2026, 6, 24)}),
)


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2026, 5, 1), None),  # a Friday, the first day
        (date(2026, 9, 30), None),  # a Wednesday, the last
        (date(2026, 10, 2), NoSailing.NO_TIMETABLE),
        (date(2026, 4, 29), NoSailing.NO_TIMETABLE),
        (date(2026, 6, 23), NoSailing.NOT_THIS_WEEKDAY),
        (date(2026, 6, 24), NoSailing.CANCELLED),
    ],
)
def test_departures_or_the_reason_for_none(day, reason):
    """Season, weekday and cancelled days, at their borders."""
    crossing = crossing_on(FERRY, day, ISLAND)
    assert crossing.no_sailing == reason
    assert crossing.outward == (() if reason else (28_800, 36_000))
    assert crossing.homeward == (() if reason else (61_200,))
    assert (crossing.island, crossing.duration, crossing.boarding) == (ISLAND, 3000, 600)


def test_timetables_of_one_day_are_merged():
    """An extra timetable adds departures; the same departure twice is one."""
    extra = Timetable(
        first=date(2026, 6, 1), last=date(2026, 6, 1), weekdays=frozenset({1}), outward=(28_800, 70_000), homeward=()
    )
    crossing = crossing_on(replace(FERRY, timetables=(SUMMER, extra)), date(2026, 6, 1), ISLAND)
    assert crossing.outward == (28_800, 36_000, 70_000)


def test_a_timetable_without_departures_is_none():
    """An empty timetable does not sail."""
    empty = replace(SUMMER, outward=(), homeward=())
    assert crossing_on(replace(FERRY, timetables=(empty,)), date(2026, 5, 1), ISLAND).no_sailing == "no-timetable"
    assert crossing_on(replace(FERRY, timetables=()), date(2026, 5, 1), ISLAND).no_sailing == "no-timetable"


def test_the_ice_road_replaces_the_ferry():
    """While cars drive over the ice there is no crossing to wait for."""
    assert crossing_on(replace(FERRY, ice_road=True), date(2026, 2, 2), ISLAND) is None


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("reason", NoSailing)
def test_every_reason_has_a_sentence(reason, lang):
    """A code is never shown to people."""
    assert say(f"roads.{reason}", lang).endswith(".")
