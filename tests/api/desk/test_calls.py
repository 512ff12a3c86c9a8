"""A call is answered from records, roads and price lists, and kept as a ride."""

import dataclasses
import datetime as dt

import pytest

from api.desk.calls import Call, answer_call, call_cells, place_meant, save_call
from api.desk.records import load_records
from api.errors import RefusedError
from api.store.opening import Store
from routing.records.text_kinds import HOME

MOMENT = dt.datetime(2026, 11, 20, 8, 0, tzinfo=dt.UTC)
CALL = Call(client="K21", end="kliinikum", day="25.11.2026", at="9.20")


@pytest.fixture
def demo(demo_store: Store) -> Store:
    """Return a store with the demo in it."""
    return demo_store


@pytest.mark.parametrize(
    ("said", "cells"),
    [
        ({}, {"arrival": "08:50-09:20"}),
        ({"flexible": ""}, {"arrival": "09:20-09:20"}),
        ({"when": "pickup"}, {"pickup": "09:20-09:50"}),
        ({"when": "any", "at": ""}, {"pickup": "06:00-20:00"}),
        ({"when": "any", "chosen": 36_000}, {"pickup": "10:00-10:15"}),
        ({"chosen": 30_000}, {"arrival": "08:50-09:20"}),
        ({"at": "soon"}, {"arrival": "soon"}),
        ({"at": "00:10"}, {"arrival": "00:00-00:10"}),
    ],
)
def test_times_become_windows(said: dict[str, str], cells: dict[str, str]) -> None:
    """What is said about the time becomes the windows of the ride; what cannot be read stays to be seen."""
    asked = call_cells(dataclasses.replace(CALL, **said), MOMENT)

    assert {name: asked[name] for name in ("pickup", "arrival") if asked.get(name)} == cells


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("kliinikum", "kliinikum"),
        ("Kõrveküla, vallamaja", "korvekula"),
        ("tabivere teenindus", "tabivere"),
        ("Kodu", HOME),
        ("дом", HOME),
        ("teeninduspunkt", "teeninduspunkt"),
        ("nowhere", "nowhere"),
        ("", ""),
    ],
)
def test_places_are_found_by_their_words(demo: Store, text: str, place: str) -> None:
    """An id, a name, or words that only one place has; whatever else comes back, for a finding."""
    with demo.session() as session:
        records = load_records(session)[0]
    assert records is not None

    assert place_meant(records, text, ("kodu", "home", "дом")) == place


def test_an_answer_grows_with_what_is_known(demo: Store) -> None:
    """The day alone tells the notice, client and service the decision, all of it the price."""
    with demo.session() as session:
        nothing, day, all_of_it = (
            answer_call(session, call, moment=MOMENT) for call in (Call(), Call(day="25.11.2026"), CALL)
        )

    assert (nothing.notice, nothing.decisions, nothing.quote) == ((), (), None)
    assert [remark.code for remark in day.notice] == ["rules.notice-in-time", "rules.call-by-day"]
    assert all_of_it.quote is not None
    assert str(all_of_it.quote.total) == "5.00"
    assert [remark.code for remark in all_of_it.decisions] == ["rules.decision-valid"]


def test_a_call_is_kept_once(demo: Store) -> None:
    """Sent twice with one id it is one ride; a fault keeps nothing."""
    call = dataclasses.replace(CALL, id="T23456")
    for _ in range(2):
        with demo.transaction("user:1") as session:
            assert save_call(session, call, moment=MOMENT).key == "T23456"
    with demo.transaction("user:1") as session:
        assert save_call(session, dataclasses.replace(call, purpose="arst"), moment=MOMENT).key != "T23456"
    with pytest.raises(RefusedError), demo.transaction("user:1") as session:
        save_call(session, dataclasses.replace(CALL, end="nowhere"), moment=MOMENT)
    with demo.session() as session:
        records = load_records(session)[0]
    assert records is not None
    assert len(records.rides) == 14
