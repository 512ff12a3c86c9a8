"""Published solutions, told as plans of a day: the product weighs them as the judge does, and finds nothing wrong."""

from pathlib import Path

import pytest

from benchmarks import bks
from benchmarks.answer import Answer
from benchmarks.convert.problem import POINTS, Translation
from benchmarks.families import FAMILIES
from benchmarks.published import read_published
from routing.cost import cost
from routing.problem import Step, StepKind
from routing.review.check import check
from routing.solver.elements import Routes
from routing.solver.instance import Instance
from routing.solver.timetable import timetable


def routes_of(instance: Instance, translation: Translation, answer: Answer) -> Routes:
    """Return the rounds of an answer as sequences; the second of two twins is the other half of a crew."""
    twins = {second: first for first, second in translation.crews.items()}
    routes = [() for _ in instance.shifts]
    for tour in answer.rounds:
        steps = (Step(request=str(twins.get(stop, stop)), kind=StepKind.VISIT) for stop in tour.stops)
        routes[tour.vehicle] = tuple(instance.node_of_step[step] for step in steps)
    return tuple(routes)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "part"), [("hhcrsp", "_25"), ("hhcrsp", "-r1"), ("vrptw_sync", "_20_"), ("vrptw", "RC1"), ("vrptw", "C20")]
)
def test_a_published_answer_costs_the_same(shared: Path, name: str, part: str) -> None:
    """Length, all tardiness and the greatest add up to what the judge counts; no rule is broken."""
    family = FAMILIES[name]
    rows = [r for r in bks.read_rows(shared / "benchmarks" / name) if part in r.instance and r.solution_file and r.cost]
    assert rows
    for row in rows:
        original = family.read(row.instance_file)
        whole = family.formulate(original, row.convention)
        translation = Translation(formulation=whole)
        assert translation.why_not() is None
        answer = read_published(name, row.solution_file, original)
        problem, matrix = translation.problem(), translation.matrix()
        instance = Instance(problem, matrix)

        plan = timetable(instance, routes_of(instance, translation, answer))

        assert plan is not None
        assert check(problem, matrix, plan) == ()
        weighed = cost(problem, matrix, plan)
        _, points = whole.decode((weighed.total - weighed.shift_used) / POINTS * whole.scale)
        assert points == pytest.approx(family.verify(original, answer, row.convention).cost, abs=1e-2)
