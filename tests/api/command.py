"""The command line run inside the process or as a process of its own, and folders to run it on."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from api.cli.main import main
from routing.records.template import write_template

REPOSITORY = Path(__file__).parents[2]
ROADS = REPOSITORY / "fixtures" / "tartu_vald" / "roads"
FEES = REPOSITORY / "fixtures" / "fees" / "tartu_vald.toml"
DAY = "2026-11-25"
QUICK = ("--seconds", "5", "--iterations", "20")


def run(*args: object) -> Result:
    """Run the command line inside this process; an exception that is not an exit fails the test."""
    result = CliRunner().invoke(main, [str(arg) for arg in args], prog_name="hoolering")
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def start(*args: object, encoding: str = "utf-8", **environment: str) -> subprocess.Popen[str]:
    """Start the command line as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "api.cli", *map(str, args)],
        cwd=REPOSITORY,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding=encoding,
    )


def answer(result: Result) -> Any:
    """Return what a command said as JSON."""
    return json.loads(result.stdout)


def example_folder(path: Path) -> Path:
    """Write the example folder with schematic roads and fees at `path`."""
    write_template(path, lang="et")
    set_setting(path, "roads", f'"{ROADS}"')
    set_setting(path, "fees", f'"{FEES}"')
    set_setting(path, "name", '"Tartu vald"')
    return path


def set_setting(folder: Path, name: str, value: str) -> None:
    """Give a setting of a folder another value, as TOML."""
    edit(folder / "municipality.toml", lambda text: re.sub(rf"(?m)^{name} = .*$", f"{name} = {value}", text, count=1))


def edit(path: Path, change: Callable[[str], str]) -> None:
    """Change the text of a file; fails where the change changes nothing."""
    before = path.read_text(encoding="utf-8-sig")
    after = change(before)
    assert after != before
    path.write_text(after, encoding="utf-8-sig" if path.suffix == ".csv" else "utf-8")
