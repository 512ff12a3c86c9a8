"""Put the files of a day into their folder at one stroke.

The new files are written into a hidden folder beside the old one, and then the two folders change places in a single
step of the system (`renameat2` with `RENAME_EXCHANGE`, Linux man page rename(2)). Whoever is killed at any moment
leaves the whole old folder or the whole new one, and of two runs that finish at once the later one stays. Where the
system cannot exchange folders the old one is moved aside first: a run killed between the two renames then leaves the
old files in the hidden folder beside.
"""

from __future__ import annotations

import ctypes
import errno
import glob
import os
import re
import shutil
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from maps.files import write_files
from routing.errors import UsageError
from routing.wording import say

_OWN = re.compile(
    r"plan\.json|(rounds|prices)\.csv|map\.(html|geojson)|round-.*\.(html|gpx|ics|pdf)"
    r"|(rounds|overview|wall)\.pdf|day\.xlsx"
)
_OWN_OF_WEEKS = re.compile(r"(week|absence)\.json|(visits|shifts|absences)\.csv")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DEBRIS = re.compile(r"\.DS_Store|Thumbs\.db|desktop\.ini|\.~lock\..*#")
"""What file managers and spreadsheet programs leave in any folder."""
_FORGOTTEN = 3600
"""Seconds after which a hidden folder beside the output belongs to a run that was killed."""
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


def refuse_unfit(out: Path, lang: str) -> None:
    """Raise UsageError where `out` is no folder for a day's files alone, OSError where it cannot be written.

    Asked before the search, so that nobody waits for a plan that cannot be kept. A folder that holds anything else is
    refused, because it is replaced as a whole; so is the working folder, which would vanish from under the user.
    """
    out = out.resolve()
    if Path.cwd().is_relative_to(out):
        raise UsageError(say("cli.out-is-here", lang, path=out))
    names = sorted(path.name for path in out.iterdir()) if out.exists() else []
    foreign = next((name for name in names if not (_OWN.fullmatch(name) or _DEBRIS.fullmatch(name))), None)
    if foreign is not None:
        raise UsageError(say("cli.out-not-own", lang, path=out, name=foreign))
    _aside(out).rmdir()


def refuse_unfit_for_weeks(out: Path, lang: str) -> None:
    """Raise what `refuse_unfit` raises, where `out` is no folder for weeks and their days alone."""
    out = out.resolve()
    if Path.cwd().is_relative_to(out):
        raise UsageError(say("cli.out-is-here", lang, path=out))
    for path in sorted(out.iterdir()) if out.exists() else ():
        is_day = path.is_dir() and not path.is_symlink() and _DAY.fullmatch(path.name)
        inside = [entry.name for entry in path.iterdir()] if is_day else []
        own = is_day or _OWN_OF_WEEKS.fullmatch(path.name) or _DEBRIS.fullmatch(path.name)
        foreign = next((name for name in inside if not (_OWN.fullmatch(name) or _DEBRIS.fullmatch(name))), None)
        if not own or foreign is not None:
            raise UsageError(say("cli.out-not-own", lang, path=out, name=foreign or path.name))
    _aside(out).rmdir()


def replace_folder(out: Path, contents: Mapping[str, str | bytes]) -> None:
    """Make `contents`, by file name, all that `out` holds; OSError where that cannot be done, and `out` stays.

    A name may begin with that of a folder, `2026-11-30/plan.json`.
    """
    out = out.resolve()
    _sweep(out)
    aside = _aside(out)
    try:
        for folder in sorted({name.rpartition("/")[0] for name in contents} | {""}):
            inside = {name.rpartition("/")[2]: c for name, c in contents.items() if name.rpartition("/")[0] == folder}
            write_files(aside / folder, inside)
        aside.chmod(out.stat().st_mode if out.exists() else 0o750)
        _swap(aside, out)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _aside(out: Path) -> Path:
    out.parent.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix=f".{out.name}.", suffix=".part", dir=out.parent))


def _sweep(out: Path) -> None:
    """Take away what killed runs have left beside `out`."""
    for left in out.parent.glob(f".{glob.escape(out.name)}.*.part"):
        if time.time() - left.stat().st_mtime > _FORGOTTEN:
            shutil.rmtree(left, ignore_errors=True)


def _swap(new: Path, out: Path) -> None:
    """Let `new` and `out` change places, or move `new` to where nothing is yet."""
    if not out.exists():
        try:
            new.rename(out)
        except OSError as error:
            if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                raise  # else another run was quicker
        else:
            return
    if not _exchanged(new, out):
        _change_in_two_steps(new, out)


def _change_in_two_steps(new: Path, out: Path) -> None:
    old = _aside(out)
    old.rmdir()
    out.rename(old)
    try:
        new.rename(out)
    except OSError:
        old.rename(out)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders at once; False where the system or the file system has no such step."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None) if os.name == "posix" else None
    if rename is None:
        return False
    if rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP):
        return False
    raise OSError(number, os.strerror(number), str(other))
