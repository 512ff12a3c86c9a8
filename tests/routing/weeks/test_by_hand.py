"""A visit put elsewhere by hand is judged at once: each rule by a week that keeps it and one that breaks it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from routing.records.model import Absence, CareVisit, Pause, Records
from routing.weeks.by_hand import HandFault, HandRule, choices, faults, moved, new_faults, tied, touched_by
from routing.weeks.differences import Difference, differences, settled
from routing.weeks.held import loosened
from tests.routing.weeks.town import HOUR, MINUTE, MONDAY, plan, slot, town, window

TUESDAY, WEDNESDAY, SATURDAY = (MONDAY + timedelta(days=ahead) for ahead in (1, 2, 5))


def visit(name: str = "V1", day: date = MONDAY, worker: str = "T1", **changes: Any) -> CareVisit:
    """Return a dated visit of K1 in the morning."""
    plain = CareVisit(
        id=name,
        day=day,
        client="K1",
        duration=30 * MINUTE,
        windows=(window(8, 12),),
        care_slot="V-K1",
        planned_for=frozenset({worker} if worker else ()),
    )
    return replace(plain, **changes)


def week(*visits: CareVisit, **changes: Any) -> Records:
    """Return the town with dated visits."""
    return replace(town(slot("K1")), visits=visits or (visit(),), **changes)


def rules(found: tuple[HandFault, ...]) -> set[HandRule]:
    """Return which rules are broken."""
    return {fault.rule for fault in found}


def test_a_sound_week_breaks_nothing() -> None:
    """Two visits on two days by those on duty are as they should be."""
    assert faults(week(visit(), visit("V2", WEDNESDAY, "T2"))) == ()


BROKEN: tuple[tuple[HandRule, Records], ...] = (
    (HandRule.VALIDITY, week(care_plans=(plan(valid_from=WEDNESDAY),))),
    (HandRule.WEEKDAY, week(visit(day=SATURDAY, worker=""))),
    (HandRule.PAUSE, week(pauses=(Pause(client="K1", first=MONDAY, last=MONDAY),))),
    (HandRule.TOO_CLOSE, week(visit(), visit("V2", TUESDAY), care_slots=(slot("K1", days_apart=2),))),
    (HandRule.TOO_MANY_A_DAY, week(visit(), visit("V2"))),
    (HandRule.CREW, week(visit(crew=2))),
    (HandRule.ABSENT, week(absences=(Absence(worker="T1", first=MONDAY, last=MONDAY),))),
    (HandRule.OFF_DUTY, week(visit(worker="T3"))),
    (HandRule.SKILL, week(visit(skills=frozenset({"ravimid"})))),
    (HandRule.FORBIDDEN, week(clients=tuple(replace(c, forbidden=frozenset({"T1"})) for c in week().clients))),
    (HandRule.WINDOW, week(visit(windows=(window(17, 18),)))),
    (HandRule.FULL, week(*(visit(f"V{n}", care_slot=None, duration=2 * HOUR) for n in range(5)))),
)


@pytest.mark.parametrize(("rule", "records"), BROKEN, ids=[rule.value for rule, _ in BROKEN])
def test_each_rule_is_named(rule: HandRule, records: Records) -> None:
    """The rule that is broken is found, no other one, and it has words in each language."""
    found = faults(records)
    assert rules(found) == {rule}
    names = {"K1": "Aino", "T1": "Anu"}
    assert len({found[0].sentence(lang, names) for lang in ("et", "en", "ru")}) == 3


def test_every_rule_has_a_case() -> None:
    """No rule is without a week that breaks it."""
    assert {rule for rule, _ in BROKEN} == set(HandRule)


def test_only_what_a_move_breaks_refuses_it() -> None:
    """What was broken before stands; more of it, or something else, does not."""
    before = week(visit(worker="T3"))
    there = moved(before, "V1", TUESDAY, frozenset({"T3"}))
    assert rules(new_faults(before, there, {"V1"})) == {HandRule.OFF_DUTY}  # on another day it is broken anew
    assert new_faults(before, moved(before, "V1", MONDAY, frozenset({"T1"})), {"V1"}) == ()
    full = week(*(visit(f"V{n}", care_slot=None, duration=2 * HOUR) for n in range(5)), visit("V9", TUESDAY))
    assert rules(new_faults(full, moved(full, "V9", MONDAY, frozenset({"T1"})), {"V9"})) == {HandRule.FULL}


def test_what_is_tied_comes_along() -> None:
    """A visit that must come after another moves with it, and keeps its own people."""
    records = week(
        visit(), visit("V2", worker="T2", after="V1"), visit("V3", care_slot=None), care_slots=(slot("K1", per_day=2),)
    )
    assert tied(records, records.visits[1]) == {"V1", "V2"}
    there = {one.id: one for one in moved(records, "V1", WEDNESDAY, frozenset({"T2"})).visits}
    assert (there["V1"].day, there["V2"].day, there["V3"].day) == (WEDNESDAY, WEDNESDAY, MONDAY)
    assert there["V2"].planned_for == {"T2"}
    assert touched_by(records, "V3") == {"V3"}


def test_where_a_visit_could_be() -> None:
    """For every day and everybody it is said whether it fits."""
    found = choices(week(), "V1", (MONDAY, SATURDAY))
    assert {place for place, broken in found.items() if not broken} == {(MONDAY, "T1"), (MONDAY, "T2")}


def test_what_planning_leaves_alone() -> None:
    """Locked visits, locked days of a worker, whole days, what was added by hand and what is tied to it stay."""
    records = week(
        visit(),
        visit("V2", TUESDAY, "T2"),
        visit("V3", WEDNESDAY),
        visit("H1", WEDNESDAY, care_slot=None),
        visit("H2", MONDAY, care_slot=None, after="V1"),
        visit("L1", MONDAY - timedelta(days=7)),
    )

    def left(**held: Any) -> set[str]:
        return {one.id for one in records.visits} - {one.id for one in loosened(records, MONDAY, **held).visits}

    assert left() == {"V2", "V3"}
    assert left(visits={"V2"}) == {"V3"}
    assert left(worker_days={("T2", TUESDAY)}) == {"V3"}
    assert left(days={WEDNESDAY}) == {"V2"}


def test_differences_pair_what_went_with_what_came() -> None:
    """A visit under another name on another day has moved; the rest was added, dropped or changed hands."""
    before = (visit(), visit("V2", TUESDAY), visit("X1", care_slot="X"))
    after = (visit(worker="T2"), visit("N1", WEDNESDAY), visit("Y1", care_slot="Y"))
    kinds = {(group.id, change.kind) for group in differences(before, after) for change in group.changes}
    assert kinds == {
        ("V-K1", Difference.CHANGED),
        ("V-K1", Difference.MOVED),
        ("X", Difference.DROPPED),
        ("Y", Difference.ADDED),
    }


def test_what_stood_keeps_its_name() -> None:
    """A visit planned on the day it had keeps its record but for the people; others come as they are planned."""
    old = visit(activities=("ostud",), goods=2)
    planned, names = settled([old], [visit("N1", worker="T2"), visit("N2", WEDNESDAY)])
    assert planned == (replace(old, planned_for=frozenset({"T2"})), visit("N2", WEDNESDAY))
    assert names == {"N1": "V1"}
