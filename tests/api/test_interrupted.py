"""Runs that are interrupted, killed or crossed leave a whole plan; the same run makes the same plan."""

import json
import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import pytest

from api.cli import plan_command
from api.planned import plan_day
from routing.solver.budget import Listener
from routing.solver.budget import Progress as SolverProgress
from tests.api.command import DAY, QUICK, REPOSITORY, run, start

ENDLESS = ("--seconds", "86400")


def interrupt(monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    """Press Ctrl-C so many times as soon as the first plan is known."""

    def planning(*args: object, on_progress: Listener, **options: object) -> object:
        def listen(progress: SolverProgress) -> None:
            on_progress(progress)
            if progress.stage == "first":
                for _ in range(times):
                    os.kill(os.getpid(), signal.SIGINT)

        return plan_day(*args, on_progress=listen, **options)

    monkeypatch.setattr(plan_command, "plan_day", planning)


def test_ctrl_c_keeps_the_best_plan(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One Ctrl-C ends an endless search; the plan found so far is written, and holds."""
    interrupt(monkeypatch, 1)
    before = signal.getsignal(signal.SIGINT)
    out = tmp_path / "out"
    assert run("plan", folder, "--date", DAY, "--out", out, *ENDLESS).exit_code == 0
    assert json.loads((out / "plan.json").read_text())["plan"]["unassigned"] == []
    assert run("check", folder, out / "plan.json").exit_code == 0
    assert signal.getsignal(signal.SIGINT) is before


def test_a_second_ctrl_c_gives_up(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second Ctrl-C ends the run at once; what was written by then is whole."""
    interrupt(monkeypatch, 2)
    out = tmp_path / "out"
    result = run("plan", folder, "--date", DAY, "--out", out, *ENDLESS)
    assert result.exit_code == 1
    assert {path.name for path in tmp_path.iterdir()} <= {"vald", "out"}
    assert not out.exists() or run("check", folder, out / "plan.json").exit_code == 0


def test_ctrl_c_in_a_terminal(folder: Path, tmp_path: Path) -> None:
    """A process that shows its progress in a terminal ends at Ctrl-C with a plan."""
    process = start("plan", folder, "--date", DAY, "--out", tmp_path / "out", *ENDLESS, FORCE_COLOR="1")
    assert process.stderr is not None
    seen = ""
    while "Parim seni" not in seen:
        letter = process.stderr.read(1)
        assert letter, seen
        seen += letter
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate()
    assert process.returncode == 0
    assert "Päeva näitajad" in said
    assert (tmp_path / "out" / "map.html").exists()


def await_plan(out: Path, process: subprocess.Popen[str], *, unlike: str = "") -> str:
    """Return the text of the plan file once it is there and is another than `unlike`."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert process.poll() is None
        with suppress(OSError):  # between two steps of an exchange
            text = (out / "plan.json").read_text()
            if text != unlike:
                return text
        time.sleep(0.05)
    raise AssertionError(out)


def test_a_run_killed_leaves_the_best_plan_so_far(tmp_path: Path) -> None:
    """A run killed in mid-search leaves all files of a sound plan, and better ones the longer it has searched."""
    folder, out = REPOSITORY / "fixtures" / "tartu_vald", tmp_path / "out"
    process = start("plan", folder, "--date", DAY, "--out", out, "--seed", "3", *ENDLESS)
    try:
        first = await_plan(out, process)
        better = await_plan(out, process, unlike=first)
    finally:
        process.kill()
        process.communicate()
    assert process.returncode == -signal.SIGKILL
    points = [sum(json.loads(text)["cost"].values()) for text in (first, better)]
    assert points[1] < points[0]
    assert (out / "map.html").exists()
    assert run("check", folder, out / "plan.json").exit_code == 0


@pytest.mark.parametrize("letters", [1, 200])
def test_a_run_killed_leaves_a_whole_folder(folder: Path, tmp_path: Path, letters: int) -> None:
    """A run killed at any moment leaves the files of the run before, or all of its own first plan."""
    out = tmp_path / "out"
    assert run("plan", folder, "--date", DAY, "--out", out, *QUICK).exit_code == 0
    before = {path.name for path in out.iterdir()}
    process = start("plan", folder, "--date", DAY, "--out", out, *ENDLESS, FORCE_COLOR="1")
    assert process.stderr is not None
    process.stderr.read(letters)  # the bar is shown: the search has begun
    process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert {path.name for path in out.iterdir() if not path.name.startswith("round-")} <= before
    assert run("check", folder, out / "plan.json").exit_code == 0


def test_two_runs_at_once(folder: Path, tmp_path: Path) -> None:
    """Two runs into one folder both end well, and the files are all of one of them."""
    out = tmp_path / "out"
    languages = {"et": "Tagasi", "en": "Back"}
    runs = [start("plan", folder, "--date", DAY, "--out", out, "--lang", lang, *QUICK) for lang in languages]
    for process in runs:
        process.communicate()
    assert [process.returncode for process in runs] == [0, 0]
    written = {lang: tmp_path / lang for lang in languages}
    for lang, alone in written.items():
        assert run("plan", folder, "--date", DAY, "--out", alone, "--lang", lang, *QUICK).exit_code == 0
    tables = ("rounds.csv", "prices.csv", "map.html")
    texts = {lang: [(alone / name).read_text() for name in tables] for lang, alone in written.items()}
    assert [(out / name).read_text() for name in tables] in texts.values()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["en", "et", "out", "vald"]


def test_the_same_run_makes_the_same_files(folder: Path, tmp_path: Path) -> None:
    """Seed and iterations decide every byte of every file, whatever the order of sets in memory."""
    contents = []
    for salt in ("1", "2"):
        out = tmp_path / salt
        process = start("plan", folder, "--date", DAY, "--out", out, "--seed", "7", *QUICK, PYTHONHASHSEED=salt)
        process.communicate()
        assert process.returncode == 0
        contents.append({path.name: path.read_bytes() for path in out.iterdir()})
    assert contents[0] == contents[1]
