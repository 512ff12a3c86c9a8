"""The speed command measures something of everything; how much is not for tests to say."""

from pathlib import Path

import pytest

from benchmarks.__main__ import main
from benchmarks.municipal.command import ROADS
from benchmarks.speed.parts import Rate, rate
from benchmarks.speed.whole import plan_day


def test_a_rate_is_work_over_time():
    """Twice the work a second is done twice in the time of one."""
    assert rate("nothing", lambda: 1000).per_second > 0
    assert Rate(what="a", per_second=10).times(Rate(what="b", per_second=5)) == 2


def test_a_whole_day_is_planned_and_checked():
    """The last plan is not dearer than the first."""
    day = plan_day(ROADS, 6, seconds=0.2, engine="ortools", seed=1)

    assert day.requests == 6
    assert day.points <= day.first_points
    assert day.mebibytes > 0


def test_the_command_prints_all_tables(capsys: pytest.CaptureFixture[str]):
    """One line per part, and one per day in each of the times given."""
    main(["speed", "--parts", "6", "--requests", "4", "--seconds", "0.2", "0.3"])

    printed = capsys.readouterr().out
    assert "| insertions looked at |" in printed
    assert printed.count("\n| 4 |") == 2


def test_the_parts_may_be_left_out(capsys: pytest.CaptureFixture[str]):
    """Days alone are measured."""
    main(["speed", "--parts", "0", "--requests", "4", "--seconds", "0.2"])

    printed = capsys.readouterr().out
    assert "Parts" not in printed
    assert "\n| 4 |" in printed


def test_a_day_that_was_measured_is_not_measured_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """The same command prints the kept row, figure by figure."""
    command = ["speed", "--parts", "4", "--requests", "4", "--seconds", "0.2", "--out", str(tmp_path / "days.json")]
    main(command)
    first = capsys.readouterr().out.splitlines()[-2]
    main(command)

    assert first.startswith("| 4 |")
    assert capsys.readouterr().out.splitlines()[-2] == first
