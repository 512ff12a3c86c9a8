"""What is printed suits any terminal: narrow alphabets, closed pipes, and nothing that would drive the terminal."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from api.cli.console import shown
from tests.api.command import REPOSITORY, edit, run, start


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Õie Kägu", "Õie Kägu"),
        ("[red]x[/]", "\\[red]x\\[/]"),
        ("\x1b[2Jx", "\ufffd[2Jx"),
        ("a\nb\tc", "a b c"),
        ("\u202eabc\u200b", "\ufffdabc\ufffd"),
        ("5,00\xa0€", "5,00 €"),
    ],
)
def test_shown(text: str, expected: str) -> None:
    """Markup is shown as it is written, control and direction letters as a mark."""
    assert shown(text) == expected


@pytest.mark.parametrize("encoding", ["ascii", "cp1257", "utf-8"])
@pytest.mark.parametrize("options", [(), ("--json",)])
def test_any_alphabet(folder: Path, encoding: str, options: tuple[str, ...]) -> None:
    """A terminal with another alphabet sees question marks, never a traceback; JSON stays whole."""
    edit(folder / "clients.csv", lambda text: text.replace("58,556752", "läänes"))
    process = start("records", folder, *options, encoding=encoding, PYTHONIOENCODING=encoding)
    said, complaints = process.communicate()
    assert (process.returncode, complaints) == (1, "")
    if options:
        assert "läänes" in {finding["found"] for finding in json.loads(said)["findings"]}
    else:
        assert ("läänes" if encoding != "ascii" else "l??nes") in said


def test_a_closed_pipe(planned: tuple[Path, Path]) -> None:
    """Whoever stops reading the answer causes no complaint."""
    folder, out = planned
    process = start("explain", folder, out / "plan.json", "C1")
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == ""
    process.stderr.close()
    process.wait()


def test_a_plan_does_not_drive_the_terminal(planned: tuple[Path, Path], tmp_path: Path) -> None:
    """Control letters in a plan file are shown, not obeyed."""
    folder, out = planned
    plan = json.loads((out / "plan.json").read_text())
    plan["plan"]["routes"][0]["shift"] = "\x1b[2J\x07V"
    (tmp_path / "plan.json").write_text(json.dumps(plan))
    result = run("check", folder, tmp_path / "plan.json")
    assert result.exit_code == 1
    assert "V" in result.stdout
    assert not {"\x1b", "\x07"} & set(result.stdout)


def test_records_do_not_drive_the_terminal(folder: Path) -> None:
    """Control letters in a cell are a finding that shows them harmlessly."""
    edit(folder / "clients.csv", lambda text: text.replace("Näide Teine", "Näide \x1b[2J"))
    result = run("records", folder)
    assert result.exit_code == 1
    assert "\x1b" not in result.stdout


def test_nothing_heavy_for_help() -> None:
    """Help imports neither solver nor roads nor maps."""
    code = "import sys; from api.cli.main import main; main(['--help'], standalone_mode=False); print(*sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    heavy = {"numpy", "scipy", "ortools", "osmnx", "folium", "rich", "routing.problem"}
    assert heavy & set(said.stdout.split()) == set()
