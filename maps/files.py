"""Name and write the files of a day: all aside first, then all renamed."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

LONGEST_STEM = 40


def file_stems(shifts: Iterable[str]) -> dict[str, str]:
    """Return a file name without suffix for each shift id, safe on every system and each one different.

    What is neither letter, digit, `-` nor `_` becomes `-`. A name that is empty, was changed or is met again (file
    systems may ignore case) gets a mark made from the id, so that the same id always has the same file.
    """
    stems: dict[str, str] = {}
    taken: set[str] = set()
    for shift in shifts:
        plain = unicodedata.normalize("NFC", shift)
        stem = re.sub(r"[^\w-]+", "-", plain)[:LONGEST_STEM]
        if not stem or stem != shift or stem.casefold() in taken:
            mark = hashlib.sha256(shift.encode("utf-8", "surrogatepass")).hexdigest()[:8]
            stem = f"{stem}-{mark}"
        taken.add(stem.casefold())
        stems[shift] = stem
    return stems


def write_files(folder: Path, contents: Mapping[str, str | bytes]) -> list[Path]:
    """Write `contents` by file name into `folder`; return the paths.

    Every file is complete on the disk beside its final place before the first one is renamed, so that a full disk or a
    killed run leaves the old files. OSError where the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    aside: list[tuple[Path, Path]] = []
    try:
        for name, content in contents.items():
            aside.append((_write_aside(folder, content), folder / name))
        for temporary, final in aside:
            temporary.replace(final)
    finally:
        for temporary, _ in aside:
            temporary.unlink(missing_ok=True)
    return [final for _, final in aside]


def _write_aside(folder: Path, content: str | bytes) -> Path:
    path = folder / f".{secrets.token_hex(8)}.part"
    try:
        with path.open("xb") as file:
            file.write(content.encode("utf-8", "replace") if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path
