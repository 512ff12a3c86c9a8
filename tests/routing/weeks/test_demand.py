"""What care plans ask of a week."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from routing.records.model import CareVisit, ClientState, Pause, Records
from routing.weeks.demand import Demand, Lack, demands_of
from tests.routing.weeks.town import MONDAY, plan, slot, town, window

TUESDAY, FRIDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=4)


def demand(records: Records, first: date = MONDAY) -> Demand | None:
    """Return the only demand of a week, if there is any."""
    found = demands_of(records, first)
    assert len(found) <= 1
    return found[0] if found else None


def given(day: date) -> CareVisit:
    """Return a visit of the plan that is on a date already."""
    return CareVisit(id="D", day=day, client="K1", duration=1800, windows=(window(8, 12),), care_slot="V-K1")


def pause(first: date, last: date) -> tuple[Pause, ...]:
    """Return a pause of the client."""
    return (Pause(client="K1", first=first, last=last),)


@pytest.mark.parametrize(
    ("records", "due", "closed", "why"),
    [
        (town(slot()), 2, 0, None),
        (town(slot(), visits=(given(TUESDAY),)), 1, 0, None),
        (town(slot(times=5), pauses=pause(MONDAY, TUESDAY)), 3, 2, Lack.PAUSE),
        (town(slot(times=1), pauses=pause(MONDAY, TUESDAY)), 1, 0, None),
        (town(slot(times=3, days_apart=2), pauses=pause(MONDAY, MONDAY)), 2, 1, Lack.PAUSE),
        (town(slot(times=10, per_day=2)), 10, 0, None),
        (town(slot(times=5), care_plans=(plan(valid_to=TUESDAY),)), 2, 3, Lack.VALIDITY),
        (town(slot(times=3, days_apart=2), visits=(given(MONDAY - timedelta(days=1)),)), 2, 1, Lack.DAYS),
    ],
)
def test_due(records: Records, due: int, closed: int, why: Lack | None) -> None:
    """Pauses, dates of the plan and distances take days away; as many visits as the others hold are still due."""
    found = demand(records)
    assert found is not None
    assert (found.due, found.closed, found.why) == (due, closed, why)


@pytest.mark.parametrize(
    ("weeks", "every", "asked"), [(0, 2, True), (1, 2, False), (2, 2, True), (3, 3, True), (4, 3, False)]
)
def test_every_second_week(weeks: int, every: int, asked: bool) -> None:
    """Weeks are counted from the one in which the plan begins, also where that is its Friday."""
    records = town(slot(every_weeks=every), care_plans=(plan(valid_from=FRIDAY),))
    first = MONDAY + timedelta(weeks=weeks)
    assert (demand(records, first + timedelta(days=4)) is not None) == asked


def test_week_that_has_begun() -> None:
    """From a Thursday on only Thursday and Friday are left, and what they cannot hold is said."""
    found = demand(town(slot(times=3)), MONDAY + timedelta(days=3))
    assert found is not None
    assert (len(found.days), found.due, found.closed) == (2, 2, 1)


def test_client_who_is_away() -> None:
    """Nothing is due for a client in hospital, and the reason is said."""
    records = town(slot())
    away = tuple(replace(client, state=ClientState.AWAY) for client in records.clients)
    found = demand(replace(records, clients=away))
    assert found is not None
    assert (found.due, found.why) == (0, Lack.AWAY)


def test_given_in_full() -> None:
    """What is on its dates already is asked for no more."""
    records = town(slot(times=1), visits=(given(TUESDAY),))
    assert demand(records) is None
