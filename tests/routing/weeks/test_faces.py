"""Who comes to whom: few faces, those of before first."""

from datetime import timedelta

import pytest

from routing.weeks.faces import OFTEN, faces_of
from routing.weeks.problem import week_problem
from routing.weeks.result import Placed
from tests.routing.weeks.town import MONDAY, plan, roads, slot, town


@pytest.mark.parametrize(
    ("made", "crew", "seen", "regular", "often", "faces"),
    [
        (["T1", "T1", "T2"], 1, [], [], None, {"T1"}),
        (["T1", "T2"], 1, [], ["T2"], None, {"T2"}),
        (["T1", "T1", "T3"], 1, ["T3"], [], None, {"T3"}),
        (["T3", "T1"], 1, [], [], None, {"T1"}),
        (["T1", "T2", "T2"], 2, [], [], None, {"T1", "T2"}),
        (["T1", "T1", "T1", "T2", "T2"], 1, [], [], OFTEN, {"T1", "T2"}),
        (["T1", "T1", "T1", "T2"], 1, [], [], OFTEN, {"T1"}),
    ],
)
def test_faces(
    made: list[str], crew: int, seen: list[str], regular: list[str], often: int | None, faces: set[str]
) -> None:
    """Known faces, then who comes most, a regular carer before others, who stands in last; T3 is one of these."""
    records = town(slot(times=5, crew=crew), care_plans=(plan(regular=frozenset(regular)),))
    week = week_problem(records, roads(), MONDAY, seen={"K1": frozenset(seen)} if seen else None)
    (demand,) = week.demands
    placed = [
        Placed(demand=demand, day=MONDAY + timedelta(days=day), turn=0, windows=(), workers=frozenset({worker}))
        for day, worker in enumerate(made)
    ]
    assert faces_of(week, placed, often=often) == {"K1": faces}
