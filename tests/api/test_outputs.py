"""A folder of files is replaced at one stroke, by one run or many, and nobody else's files are lost."""

import errno
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from api import outputs
from api.outputs import refuse_unfit, replace_folder
from routing.errors import UsageError
from tests.api.command import REPOSITORY


def files(number: int) -> dict[str, str | bytes]:
    """Return a set of files that all name `number`; sets differ in which rounds they have."""
    names = ["plan.json", "map.html", *(f"round-{shift}.html" for shift in range(number % 7, number % 7 + 5))]
    return dict.fromkeys(names, f"{number}\n" * 5_000)


def whole(out: Path) -> int:
    """Return the number of the set in `out`; fails where the folder mixes sets or holds half of one."""
    found = {path.name: path.read_text() for path in out.iterdir()}
    number = int(found["plan.json"].partition("\n")[0])
    assert found == files(number)
    return number


def beside(out: Path) -> list[str]:
    """Return what lies around `out`."""
    return sorted(path.name for path in out.parent.iterdir() if path != out)


@pytest.fixture(params=["one step", "two steps"])
def out(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder that is not there yet, on systems with and without an exchange of folders."""
    if request.param == "two steps":
        monkeypatch.setattr(outputs, "_exchanged", lambda one, other: False)
    return tmp_path / "new" / "out"


def test_a_set_replaces_another(out: Path) -> None:
    """The folder holds the last set and nothing of the one before, and nothing is left beside it."""
    for number in (1, 2, 5):
        replace_folder(out, files(number))
        assert whole(out) == number
    assert beside(out) == []


def test_the_mode_stays(out: Path) -> None:
    """A new folder is closed to others; one whose mode the user has changed keeps it."""
    replace_folder(out, files(1))
    assert out.stat().st_mode & 0o777 == 0o750
    out.chmod(0o755)
    replace_folder(out, files(2))
    assert out.stat().st_mode & 0o777 == 0o755


def test_failed_writing_leaves_the_old_set(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error while writing or swapping leaves the old set and nothing beside it."""
    replace_folder(out, files(1))
    with pytest.raises(OSError, match="name"):
        replace_folder(out, {"plan.json": "2", "n" * 300: "2"})
    monkeypatch.setattr(outputs, "_swap", full_disk)
    with pytest.raises(OSError, match="full"):
        replace_folder(out, files(2))
    assert whole(out) == 1
    assert beside(out) == []


def full_disk(new: Path, out: Path) -> None:
    """Fail as a disk does."""
    raise OSError(errno.ENOSPC, "the disk is full")


def test_a_link_is_followed(out: Path, tmp_path: Path) -> None:
    """Where the folder is a link, what it leads to is replaced."""
    replace_folder(out, files(1))
    link = tmp_path / "link"
    link.symlink_to(out)
    replace_folder(link, files(2))
    assert link.is_symlink()
    assert whole(out) == 2


def test_forgotten_folders_are_swept(tmp_path: Path) -> None:
    """What killed runs left behind long ago goes; what another run may still write stays."""
    out = tmp_path / "out[1]"
    for name, age in ((".out[1].old.part", 100_000), (".out[1].new.part", 0), (".other.old.part", 100_000)):
        (tmp_path / name).mkdir()
        moment = (tmp_path / name).stat().st_mtime - age
        os.utime(tmp_path / name, (moment, moment))
    replace_folder(out, files(1))
    assert beside(out) == [".other.old.part", ".out[1].new.part"]


def test_foreign_files_are_not_replaced(tmp_path: Path) -> None:
    """A folder that holds anything but a day's files is refused by name, in both languages."""
    out = tmp_path / "out"
    replace_folder(out, files(1))
    for name in ("Thumbs.db", ".~lock.rounds.csv#"):
        (out / name).touch()
    refuse_unfit(out, "et")
    (out / "märkmed.txt").touch()
    for lang in ("et", "en"):
        with pytest.raises(UsageError, match=r"märkmed\.txt"):
            refuse_unfit(out, lang)


@pytest.mark.parametrize("name", [".", ".."])
def test_the_working_folder_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """The folder one stands in, or any above it, is refused."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    with pytest.raises(UsageError):
        refuse_unfit(Path(name), "et")


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    """A folder below a file is refused before anybody waits for a plan."""
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"):
        refuse_unfit(tmp_path / "file" / "out", "et")
    assert beside(tmp_path / "x") == ["file"]


LOOP = """
import sys
from pathlib import Path
from api.outputs import replace_folder
from tests.api.test_outputs import files
for number in range(int(sys.argv[2]), int(sys.argv[3]), 2):
    replace_folder(Path(sys.argv[1]), files(number))
    print(number, flush=True)
"""


def loop(out: Path, first: int, last: int) -> subprocess.Popen[str]:
    """Start a process that writes every second set from `first` to `last`."""
    command = [sys.executable, "-c", LOOP, str(out), str(first), str(last)]
    return subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True)


@pytest.mark.parametrize("seed", range(12))
def test_killed_at_any_moment(tmp_path: Path, seed: int) -> None:
    """A writer killed at a random moment leaves one whole set."""
    out, chance = tmp_path / "out", random.Random(seed)  # noqa: S311 - chance, no secret
    process = loop(out, 0, 1_000_000)
    assert process.stdout is not None
    process.stdout.readline()
    spins = chance.randrange(200_000)
    for _ in range(spins):  # a random while, shorter than two sets take
        pass
    process.send_signal(signal.SIGKILL)
    last = [line for line in process.communicate()[0].split() if line]
    assert process.returncode == -signal.SIGKILL
    assert whole(out) >= int(last[-1] if last else 0)


def test_two_writers_at_once(tmp_path: Path) -> None:
    """Two writers into one folder each get all their sets in, and the last one stays whole."""
    out = tmp_path / "out"
    processes = [loop(out, first, 60) for first in (0, 1)]
    for process in processes:
        process.communicate()
    assert [process.returncode for process in processes] == [0, 0]
    assert whole(out) in (58, 59)
    assert beside(out) == []
