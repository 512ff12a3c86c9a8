"""Who comes to whom: few faces, those of before first."""

from datetime import timedelta

import pytest

from routing.weeks.faces import found_faces, wished_faces
from routing.weeks.problem import week_problem
from routing.weeks.result import Placed
from tests.routing.weeks.town import MONDAY, plan, roads, slot, town


@pytest.mark.parametrize(
    ("made", "crew", "seen", "regular", "wished", "found"),
    [
        (["T1", "T1", "T1", "T2"], 1, [], [], {"T1"}, {"T1"}),
        (["T1", "T2"], 1, [], ["T2"], {"T2"}, {"T2"}),
        (["T1", "T1", "T1", "T2"], 1, [], ["T2"], {"T2"}, {"T1"}),
        (["T1", "T1", "T3"], 1, ["T3"], [], {"T3"}, {"T1", "T3"}),
        (["T3", "T1"], 1, [], [], {"T1"}, {"T1"}),
        (["T1", "T2", "T2"], 2, [], [], {"T1", "T2"}, {"T1", "T2"}),
        (["T1", "T1", "T1", "T2", "T2"], 1, [], [], {"T1"}, {"T1", "T2"}),
    ],
)
def test_faces(
    made: list[str], crew: int, seen: list[str], regular: list[str], wished: set[str], found: set[str]
) -> None:
    """Known faces first; then wishes before the rounds are searched, who comes most or often after. T3 stands in."""
    records = town(slot(times=5, crew=crew), care_plans=(plan(regular=frozenset(regular)),))
    week = week_problem(records, roads(), MONDAY, seen={"K1": frozenset(seen)} if seen else None)
    (demand,) = week.demands
    placed = [
        Placed(demand=demand, day=MONDAY + timedelta(days=day), turn=0, windows=(), workers=frozenset({worker}))
        for day, worker in enumerate(made)
    ]
    assert wished_faces(week, placed) == {"K1": wished}
    assert found_faces(week, placed) == {"K1": found}
