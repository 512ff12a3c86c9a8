"""Write a folder aside and put it in place at once, so that nobody ever sees half of it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from routing.errors import UsageError
from routing.wording import say


@contextmanager
def staged_folder(path: Path, lang: str) -> Iterator[Path]:
    """Yield an empty folder that becomes `path` when the block ends well and vanishes otherwise.

    UsageError where something is at `path` already, unless it is an empty folder: records are never written over.
    """
    if path.is_symlink() or path.is_file() or (path.is_dir() and any(path.iterdir())):
        raise UsageError(say("records.folder-not-empty", lang, path=path))
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent))
    try:
        yield aside
        aside.chmod(0o750)
        aside.rename(path)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
