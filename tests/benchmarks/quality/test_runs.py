"""A run keeps its rows, is resumed, counts refused answers as failed, and its tables and pictures say so."""

import json
from pathlib import Path

import pytest

from benchmarks import bks
from benchmarks.__main__ import main
from benchmarks.answer import Answer, Round
from benchmarks.answer_file import read_answer
from benchmarks.formulation import Outcome
from benchmarks.quality import run as running
from benchmarks.quality.child import Run, run_engine
from benchmarks.quality.plots import against_size, over_time
from benchmarks.quality.rows import Row, Status, read_rows, write_rows
from benchmarks.quality.sample import stratified, stratum
from benchmarks.quality.tables import details, machine_line, summary

FILE = """rounds

VEHICLE
NUMBER     CAPACITY
  2          2

CUSTOMER
CUST NO.  XCOORD.   YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE   TIME

    0      0   0    0      0    100    0
    1      3   4    1      0    100   10
    2      6   8    1      0    100   10
    3     -3   4    1     50    100   10
"""
HEAD = "instance,vehicles,cost,objective_convention,source,instance_file,solution_file,status,notes\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a family's folder with one instance of two rounds, best known 30."""
    (tmp_path / "kind").mkdir()
    (tmp_path / "kind" / "rounds.txt").write_text(FILE)
    best = "rounds,2,30.0,dist:trunc1,a,kind/rounds.txt,,best,\n"
    mean = "rounds,2,29,dist:trunc1,b,kind/rounds.txt,,published mean,\n"
    (tmp_path / "bks.csv").write_text(HEAD + best + mean)
    return tmp_path


def quality(folder: Path, engine: str) -> list[Row]:
    """Return the rows after running an engine for a moment."""
    out = folder / "out" / "runs.json"
    main(["quality", "--family", "vrptw", "--path", str(folder), "--engine", engine, "--seconds", "0.2",
          "--out", str(out), "--solutions", str(folder / "answers")])  # fmt: skip
    return read_rows(out)[0]


def test_a_run_is_judged_kept_and_resumed(folder: Path, monkeypatch: pytest.MonkeyPatch):
    """The second run of the same command runs nothing."""
    (row,) = quality(folder, "ortools")

    assert (row.status, row.vehicles, row.cost, row.gap) == (Status.OK, 2, 30, 0)
    answer = read_answer(next((folder / "answers").iterdir()))
    assert sorted(stop for route in answer.rounds for stop in route.stops) == [1, 2, 3]

    monkeypatch.setattr(running, "run_engine", None)
    assert quality(folder, "ortools") == [row]


def test_a_refused_answer_is_failed(folder: Path, monkeypatch: pytest.MonkeyPatch):
    """An answer that the judge finds a fault in has no cost."""
    answer = Answer(rounds=(Round(vehicle=0, stops=(1, 2, 3)),))
    monkeypatch.setattr(running, "run_engine", lambda *_, **__: Run(outcome=Outcome(answer=answer), wall=1))

    (row,) = quality(folder, "ortools")

    assert (row.status, row.cost) == (Status.FAILED, None)
    assert "carries 3 of 2" in row.remark


def test_a_crash_is_an_outcome(folder: Path):
    """An engine that raises in its process leaves a word on why."""
    run = run_engine("no such engine", None, seconds=1, seed=1, processes=1)

    assert run.outcome.answer is None
    assert "no such engine" in run.outcome.remark


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--path", "FOLDER", "--instances", "x*"], "no instance in"),
        (["--path", "FOLDER", "--engine", "abacus"], "engine 'abacus' is not one of"),
        (["--path", "FOLDER/kind"], "has no bks.csv"),
    ],
)
def test_what_cannot_be_run_is_said(folder: Path, options, sentence, capsys: pytest.CaptureFixture[str]):
    """A mistake in the options ends the command with a sentence and leaves no file."""
    out = folder / "out.json"
    given = [option.replace("FOLDER", str(folder)) for option in options]

    with pytest.raises(SystemExit):
        main(["quality", "--family", "vrptw", "--out", str(out), *given])

    assert sentence in capsys.readouterr().err
    assert not out.exists()


def row(engine: str = "a", **changes) -> Row:
    """Return a row of ten stops, two vehicles, cost 110 against 2 and 100."""
    values = {
        "family": "f", "instance": "i", "convention": "veh>dist", "engine": engine, "seconds": 10.0, "seed": 1,
        "status": Status.OK, "size": 10, "vehicles": 2, "cost": 110.0, "best_vehicles": 2, "best_cost": 100.0,
        "trace": ((1.0, 3, 90.0), (2.0, 2, 120.0), (5.0, 2, 110.0)),
    }  # fmt: skip
    return Row(**{**values, **changes})


@pytest.mark.parametrize(
    ("changes", "gap", "more"),
    [
        ({}, 10, 0),
        ({"vehicles": 3}, None, 1),
        ({"vehicles": 3, "convention": "dist"}, 10, None),
        ({"cost": None}, None, 0),
        ({"best_cost": None}, None, 0),
    ],
)
def test_distances_of_different_fleets_are_not_compared(changes, gap, more):
    """Where vehicles come first and differ, the difference is reported instead of a gap."""
    assert (row(**changes).gap, row(**changes).more_vehicles) == (pytest.approx(gap) if gap else None, more)


def test_rows_survive_their_file(tmp_path: Path):
    """What is written is read."""
    rows = [row(), row("b", status=Status.FAILED, cost=None, trace=())]
    write_rows(tmp_path / "deep" / "rows.json", rows, {"cores": "2"})

    assert read_rows(tmp_path / "deep" / "rows.json") == (rows, {"cores": "2"})
    assert json.loads((tmp_path / "deep" / "rows.json").read_text())["machine"] == {"cores": "2"}


def test_tables_say_what_is_missing():
    """Failed and impossible runs stand beside the others."""
    rows = [
        row(wall=12.4),
        row(instance="j", vehicles=3),
        row(instance="k", status=Status.CANNOT, cost=None, vehicles=None),
        row("b", status=Status.FAILED, cost=None, vehicles=None),
        row("c", status=Status.CANNOT, remark="no pairs", cost=None),
    ]

    short, long = summary(rows), details(rows)

    assert "| a | 2 of 2, 1 cannot be expressed | 10.00 | 10.00 | 10.00 | 1 | 5 | +1 on 1 | 5.0 | 12 |" in short
    assert "| b | 0 of 1 |" in short
    assert "| c | cannot express: no pairs |" in short
    assert "| i | 2 / 100.00 | 2 / 110.00 (10.00 %) | failed | cannot express |" in long
    assert machine_line({"cores": "2"}, rows) == "cores 2; load before the runs 0.0 to 0.0\n"


def test_gaps_over_time_begin_when_every_instance_counts():
    """Before the fleet is as small as the best known there is nothing to compare."""
    lines = over_time([row()])["a"]

    assert [round(gap) for seconds, gap in lines if seconds < 2] == []
    assert {round(gap) for seconds, gap in lines if 2 <= seconds < 5} == {20}
    assert {round(gap) for seconds, gap in lines if seconds >= 5} == {10}
    assert over_time([row(trace=((1.0, 2, 300.0),))]) == {"a": []}
    assert against_size([row(), row(vehicles=3)]) == {"a": [(10.0, pytest.approx(10))]}


def test_pictures_are_drawn(tmp_path: Path):
    """Two PNG files per family and convention."""
    pytest.importorskip("matplotlib")
    write_rows(tmp_path / "rows.json", [row(), row("b")], {})

    main(["plots", str(tmp_path / "rows.json"), "--to", str(tmp_path / "plots")])

    assert sorted(path.name for path in (tmp_path / "plots").iterdir()) == [
        "f-veh-dist-size.png",
        "f-veh-dist-time.png",
    ]


def known(name: str) -> bks.Row:
    """Return a best-known value of an instance."""
    return bks.Row(
        instance=name, convention="c", vehicles=1, cost=1, instance_file=Path("set") / name, solution_file=None,
        status="best",
    )  # fmt: skip


def test_a_sample_takes_all_kinds_in_turn():
    """Six of three kinds are two of each, the same for the same seed, in their old order."""
    rows = [known(name) for name in ("R101", "R102", "R103", "R201", "R202", "R203", "C101", "C102", "C103")]

    drawn = stratified(rows, 6, seed=1)

    assert sorted(stratum(one) for one in drawn) == ["set/c1"] * 2 + ["set/r1"] * 2 + ["set/r2"] * 2
    assert drawn == stratified(rows, 6, seed=1)
    assert drawn == sorted(drawn, key=rows.index)
    assert len(stratified(rows, 99, seed=1)) == len(rows)
