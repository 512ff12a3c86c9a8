"""`hoolering week` and `hoolering absent` on the bundled folder of Alutaguse, from care plans to repaired days."""

import json
import shutil
from pathlib import Path

import pytest

from routing.records.read import read_folder
from tests.api.command import REPOSITORY, answer, run

FOLDER = REPOSITORY / "fixtures" / "alutaguse"
QUICK = ("--seconds", "60", "--iterations", "1")


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the files of a planned week."""
    out = tmp_path_factory.mktemp("week") / "out"
    said = run("week", FOLDER, "--from", "2026-12-07", *QUICK, "--out", out, "--lang", "en")
    assert said.exit_code == 0, said.output
    assert "Granted care that is made" in said.output
    return out


def test_files_of_a_week(week: Path) -> None:
    """Each day has the files of a day, and the week its visits and its data."""
    names = {path.name for path in week.iterdir()}
    assert names == {"week.json", "visits.csv", *(f"2026-12-{day:02d}" for day in range(7, 12))}
    assert (week / "2026-12-07" / "plan.json").exists()
    data = json.loads((week / "week.json").read_text("utf-8"))
    assert data["figures"]["met"] > 0.9
    assert {missing["why"] for missing in data["missing"]} <= {"away", "full"}


def test_visits_go_back_into_the_folder(week: Path, tmp_path: Path) -> None:
    """With the week's list of visits the folder reads without findings, and each day's plan is sound there."""
    shutil.copytree(FOLDER, tmp_path / "vald")
    shutil.copy(week / "visits.csv", tmp_path / "vald" / "visits.csv")
    shutil.copytree(FOLDER.parent / "fees", tmp_path / "fees")
    assert list(read_folder(tmp_path / "vald")[1]) == []
    said = run("check", tmp_path / "vald", week / "2026-12-08" / "plan.json", "--json")
    assert said.exit_code == 0, said.output
    assert answer(said) == {"violations": [], "findings": []}


def test_same_week_again(tmp_path: Path) -> None:
    """Counted in work the same records give the same days, here what is left of a week on its Friday, as data too."""
    options = ("week", FOLDER, "--from", "2026-12-11", *QUICK, "--json")
    one, other = (run(*options, "--out", tmp_path / name) for name in ("one", "other"))
    assert one.exit_code == 0
    assert answer(one) == answer(other)
    assert answer(one)["faults"] == []


def test_absent(week: Path, tmp_path: Path) -> None:
    """The repair names covers and changed promises, and writes lists that keep it."""
    options = ("--worker", "HT2", "--from", "2026-12-08", "--to", "2026-12-09", "--week", week, "--iterations", "2")
    said = run("absent", FOLDER, *options, "--out", tmp_path / "out", "--lang", "en")
    assert said.exit_code == 0, said.output
    assert "the others on duty" in said.output
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"absence.json", "visits.csv", "shifts.csv", "absences.csv", "2026-12-08"} <= names
    data = json.loads((tmp_path / "out" / "absence.json").read_text("utf-8"))
    assert set(data["days"]) == {"2026-12-08", "2026-12-09"}
    changed = [change for made in data["days"].values() for change in made["changes"]]
    assert changed
    assert not any(change["request"] in said.output for change in changed)  # people are told names and times
    again = run("absent", FOLDER, *options, "--out", tmp_path / "out", "--json")
    assert answer(again)["worker"] == "HT2"


def test_what_hangs_on_whom(week: Path) -> None:
    """Without a worker, each of that day is thought away in turn, and nothing is written."""
    said = run("absent", FOLDER, "--from", "2026-12-08", "--week", week, "--json")
    assert {one["worker"] for one in answer(said)["workers"]} == {"HT1", "HT2"}
    assert run("absent", FOLDER, "--from", "2026-12-08", "--week", week, "--lang", "ru").exit_code == 0


@pytest.mark.parametrize(
    "options",
    [
        ("absent", "--worker", "HT9", "--from", "2026-12-08"),
        ("absent", "--worker", "HT1", "--from", "2026-12-09", "--to", "2026-12-08"),
        ("absent", "--worker", "HT1", "--from", "2030-12-08", "--to", "2030-12-09"),
        ("absent", "--from", "2026-12-13"),
    ],
)
def test_wrong_usage(week: Path, tmp_path: Path, options: tuple[str, ...]) -> None:
    """What cannot be asked is wrong usage, said in a sentence."""
    command, *rest = options
    said = run(command, FOLDER, *rest, "--week", week, *(("--out", tmp_path / "o") if "--worker" in rest else ()))
    assert said.exit_code == 2
    assert "Traceback" not in said.output


def test_folders_of_others_are_left_alone(tmp_path: Path) -> None:
    """A folder that holds anything else is refused before anything is planned."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "letter.txt").write_text("mine")
    said = run("week", FOLDER, "--from", "2026-12-07", "--out", tmp_path / "out")
    assert said.exit_code == 2
    assert (tmp_path / "out" / "letter.txt").read_text() == "mine"
    assert run("absent", FOLDER, "--from", "2026-12-07", "--week", tmp_path / "out").exit_code == 2


def test_a_week_is_not_replaced_by_its_repair(week: Path) -> None:
    """The folder of the week cannot be the one of the repair."""
    before = sorted(path.name for path in week.iterdir())
    said = run("absent", FOLDER, "--worker", "HT2", "--from", "2026-12-08", "--week", week, "--out", week)
    assert said.exit_code == 2
    assert sorted(path.name for path in week.iterdir()) == before


def test_a_list_that_cannot_be_read_is_said(week: Path, tmp_path: Path) -> None:
    """Faults of the lists beside the days are findings, and nothing is repaired on top of them."""
    copied = tmp_path / "week"
    shutil.copytree(week, copied)
    (copied / "visits.csv").write_bytes(b"\x00junk\nmore junk\n")
    options = ("--worker", "HT2", "--from", "2026-12-08", "--to", "2026-12-08", "--iterations", "1")
    said = run("absent", FOLDER, *options, "--week", copied, "--out", tmp_path / "out")
    assert said.exit_code == 1
    assert "visits.csv" in said.output
    assert not (tmp_path / "out").exists()
