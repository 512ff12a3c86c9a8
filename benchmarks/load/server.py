"""The server under load, a process of its own: `python -m benchmarks.load.server URL` prints its address."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from api.cli.serving import run
from api.settings import load_settings
from api.store.opening import open_store
from benchmarks.load.scene import BEGINS, clock_from


@contextmanager
def served(url: str, log: Path) -> Iterator[str]:
    """Yield the address of a server in a process of its own; OSError where it does not come up."""
    command = [sys.executable, "-m", "benchmarks.load.server", url]
    with (
        log.open("w") as errors,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True) as process,  # noqa: S603
    ):
        if process.stdout is None:
            raise OSError("the server has no output")
        try:
            address = process.stdout.readline().strip()
            if not address:
                raise OSError(log.read_text()[-2000:])
            yield address
        finally:
            process.terminate()


def main() -> None:
    """Serve a store until told to stop, by a clock that shows the morning of the demo's day."""
    settings = load_settings(database=sys.argv[1], port=0)
    run(
        settings, open_store(sys.argv[1], clock=clock_from(BEGINS)), on_ready=lambda address: print(address, flush=True)
    )


if __name__ == "__main__":
    main()
