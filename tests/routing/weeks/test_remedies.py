"""What is offered for a missing visit works when it is done."""

from routing.review.check import check
from routing.review.remedies import try_remedy
from routing.solver.urgent import insert
from routing.weeks.remedies import remedies_of
from routing.weeks.whole import plan_weeks
from tests.routing.weeks.town import MINUTE, MONDAY, QUICK, roads, slot, town, window


def test_remedy_works() -> None:
    """Five long visits on a Monday are one too many for two carers; the change that is offered makes room for it."""
    long = {"times": 1, "duration": 144 * MINUTE, "windows": (window(8, 15),), "weekdays": frozenset({1})}
    weeks = plan_weeks(town(*(slot(f"K{n}", **long) for n in range(1, 6))), roads(), MONDAY, thinking=QUICK)
    (found,) = remedies_of(weeks, roads())
    assert found.slot.id in {missing.demand.slot.id for missing in weeks.missing}
    assert try_remedy(found.day.problem, found.day.matrix, found.plan, found.remedy) is not None
    changed = found.remedy.apply(found.day.problem)
    made = insert(changed, found.day.matrix, found.plan, found.remedy.request)
    assert made is not None
    assert check(changed, found.day.matrix, made) == ()
    assert found.remedy.request not in made.unassigned


def test_nothing_to_mend() -> None:
    """A week with everybody in it needs nothing."""
    assert list(remedies_of(plan_weeks(town(slot()), roads(), MONDAY, thinking=QUICK), roads())) == []
