"""The ablation leaves stages out one by one, on days and on published instances, and says what that costs."""

from pathlib import Path

import pytest

from benchmarks.__main__ import main
from benchmarks.ablation.tables import line
from benchmarks.ablation.variants import VARIANTS, Answer
from routing.solver.kernel.warm import warm
from tests.benchmarks.quality.test_runs import FILE, HEAD


@pytest.fixture(scope="module", autouse=True)
def _compiled():
    """Compile first: `make` has done it already."""
    warm()


def test_every_variant_plans(capsys: pytest.CaptureFixture[str]):
    """One line per variant, and all days are served."""
    main(["ablation", "--requests", "6", "--days", "1", "--seconds", "0.4"])

    rows = [row for row in capsys.readouterr().out.splitlines() if row.startswith("|")][2:]
    assert [row.split(" | ")[0].removeprefix("| ") for row in rows] == list(VARIANTS)
    assert all(row.endswith("| 0 |") for row in rows)


def test_published_instances(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """A family is read from its folder."""
    (tmp_path / "rounds.txt").write_text(FILE)
    (tmp_path / "bks.csv").write_text(f"{HEAD}rounds,2,30.0,dist:trunc1,a,rounds.txt,,best,\n")
    main(["ablation", "--family", "vrptw", "--path", str(tmp_path), "--variants", "no polish", "--seconds", "0.3"])

    assert "\n| no polish | 1 | +0.00 |  | 0 | 0 | 0 |" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("wrong", "said"),
    [(["--variants", "magic"], "magic"), (["--family", "vrptw"], "--path")],
)
def test_what_cannot_be_is_refused(wrong: list[str], said: str, capsys: pytest.CaptureFixture[str]):
    """An unknown variant, a family without its folder."""
    with pytest.raises(SystemExit):
        main(["ablation", *wrong])
    assert said in capsys.readouterr().err


def test_a_line_says_how_far_apart():
    """Means are in per cent of the full method's cost on the same day."""
    full = [Answer(points=100, unassigned=0), Answer(points=200, unassigned=1)]
    less = [Answer(points=110, unassigned=0), Answer(points=190, unassigned=2)]

    assert line("less", less, full) == "| less | 2 | +2.50 | 7.50 | 1 | 1 | 2 |"
