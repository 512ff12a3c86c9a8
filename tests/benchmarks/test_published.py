"""The judges against every published solution: same cost, no faults; and a fault for every spoilt one."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import bks
from benchmarks.answer import Answer
from benchmarks.families import FAMILIES
from benchmarks.published import read_published

LOOSE = 1e-3
"""Tolerance of the files that were computed with rounded lengths."""


def tolerance_of(row: bks.Row) -> dict[str, float]:
    """Return the tolerance that the collection's README names for a solution file."""
    name = "" if row.solution_file is None else row.solution_file.name
    loose = name.endswith(".dist.txt") or (row.instance_file.parent.name == "solomon_100" and "veh-dist" in name)
    return {"tolerance": LOOSE} if loose else {}


@pytest.mark.shared
@pytest.mark.parametrize("name", sorted(FAMILIES))
def test_published_solutions_are_reproduced(shared: Path, name: str) -> None:
    """Every solution file is feasible and costs what its row says."""
    family = FAMILIES[name]
    rows = [row for row in bks.read_rows(shared / "benchmarks" / name) if row.solution_file and row.cost is not None]
    assert rows or name == "darp_heterogeneous"  # of which no solution is public
    for row in rows:
        instance = family.read(row.instance_file)
        verdict = family.verify(
            instance, read_published(name, row.solution_file, instance), row.convention, **tolerance_of(row)
        )
        assert verdict.faults == (), row
        assert verdict.cost == pytest.approx(row.cost, abs=6e-3), row
        if ">" in row.convention:
            assert verdict.vehicles == row.vehicles, row


def spoilt(answer: Answer) -> Iterator[tuple[str, Answer]]:
    """Yield an answer with a stop left out, one repeated, all vehicles the same, and a round turned round."""
    rounds = list(answer.rounds)
    longest = max(range(len(rounds)), key=lambda k: len(rounds[k].stops))
    long = rounds[longest]
    changes = {
        "left out": replace(long, stops=long.stops[1:], starts=long.starts[1:]),
        "repeated": replace(long, stops=(long.stops[0], *long.stops), starts=(long.starts[:1] + long.starts)),
        "turned": replace(long, stops=long.stops[::-1], starts=long.starts[::-1]),
    }
    for what, changed in changes.items():
        yield what, Answer(rounds=tuple(changed if k == longest else old for k, old in enumerate(rounds)))
    yield "one vehicle", Answer(rounds=tuple(replace(old, vehicle=0) for old in rounds))


@pytest.mark.shared
@pytest.mark.parametrize("name", sorted(set(FAMILIES) - {"darp_heterogeneous"}))
def test_spoilt_solutions_are_refused(shared: Path, name: str) -> None:
    """A stop left out, one repeated, one vehicle for all and a round turned round are each found."""
    family = FAMILIES[name]
    rows = [row for row in bks.read_rows(shared / "benchmarks" / name) if row.solution_file][:5]
    for row in rows:
        instance = family.read(row.instance_file)
        assert row.solution_file is not None
        for what, answer in spoilt(read_published(name, row.solution_file, instance)):
            assert not family.verify(instance, answer, row.convention).feasible, (row.instance, what)
