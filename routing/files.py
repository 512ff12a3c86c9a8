"""Write a file whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO


def replace_file(path: Path, data: bytes) -> None:
    """Put `data` at `path`, whole or not at all; see `replacing`."""
    with replacing(path) as file:
        file.write(data)


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Open a file to write: what stands in it when the block ends well is forced to disk, then renamed to `path`.

    Whoever is killed in between leaves the old file or the new one, never half of either. The new file is readable
    by its owner alone: what a municipality writes about its clients is nobody else's. Raises OSError where the
    folder cannot be written.
    """
    aside = None
    try:
        with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp", delete=False) as file:
            aside = Path(file.name)
            yield file
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
        aside = None
    finally:
        if aside is not None:
            aside.unlink(missing_ok=True)
