"""What another plan changes for one round, to the minute and in the order of the day."""

from dataclasses import replace

import pytest

from api.desk.round_changes import ChangeKind, round_changes
from routing.plan import Route, Stop, StopKind
from tests.rounds import later


def route(*visits: tuple[str, int]) -> Route:
    """Return a round that leaves at eight and makes visits at given minutes of the day."""
    eight = Stop(kind=StopKind.START, place="base", arrival=28_800, start=28_800, departure=28_800)
    stops = [
        Stop(kind=StopKind.VISIT, place=name, request=name, arrival=at * 60, start=at * 60, departure=at * 60 + 600)
        for name, at in visits
    ]
    rest = Stop(kind=StopKind.BREAK, place="base", arrival=43_200, start=43_200, departure=45_000)
    return Route(shift="s", stops=(eight, *stops, rest, replace(rest, kind=StopKind.END)))


BASE = route(("a", 500), ("b", 600))


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (BASE, []),
        (route(("b", 600)), [(ChangeKind.GONE, "visit:a")]),
        (route(("a", 500), ("c", 550), ("b", 600)), [(ChangeKind.NEW, "visit:c")]),
        (route(("a", 500), ("b", 605)), [(ChangeKind.TIME, "visit:b")]),
        (route(("b", 450), ("a", 500)), [(ChangeKind.TIME, "visit:b")]),
        (None, [(ChangeKind.GONE, "start:1"), (ChangeKind.GONE, "visit:a"), (ChangeKind.GONE, "visit:b")]),
    ],
)
def test_changes(after: Route | None, told: list[tuple[ChangeKind, str]]) -> None:
    """New, gone and moved stops are told."""
    assert [(change.kind, change.key) for change in round_changes(BASE, after)] == told


def test_seconds_and_rests_are_not_told() -> None:
    """What nobody reads on the page is no change."""
    stops = [later(stop, 40) if stop.kind is StopKind.VISIT else stop for stop in BASE.stops]
    rest = [later(stop, 1200) if stop.kind is StopKind.BREAK else stop for stop in stops]
    assert round_changes(BASE, replace(BASE, stops=tuple(rest))) == ()


def test_a_new_round_is_all_new() -> None:
    """From its start on."""
    assert {change.kind for change in round_changes(None, BASE)} == {ChangeKind.NEW}
