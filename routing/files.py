"""Write a file whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import NamedTemporaryFile


def replace_file(path: Path, data: bytes) -> None:
    """Put `data` at `path`: written aside, forced to disk, then renamed.

    Whoever is killed in between leaves the old file or the new one, never half of either. The new file is readable
    by its owner alone: what a municipality writes about its clients is nobody else's. Raises OSError where the
    folder cannot be written.
    """
    aside = None
    try:
        with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp", delete=False) as file:
            aside = Path(file.name)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
        aside = None
    finally:
        if aside is not None:
            aside.unlink(missing_ok=True)
