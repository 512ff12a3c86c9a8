"""The server under load, a process of its own: `python -m benchmarks.load.server URL` prints its address."""

from __future__ import annotations

import sys

from api.cli.serving import run
from api.settings import load_settings
from api.store.opening import open_store
from benchmarks.load.scene import BEGINS, clock_from


def main() -> None:
    """Serve a store until told to stop, by a clock that shows the morning of the demo's day."""
    settings = load_settings(database=sys.argv[1], port=0)
    run(
        settings, open_store(sys.argv[1], clock=clock_from(BEGINS)), on_ready=lambda address: print(address, flush=True)
    )


if __name__ == "__main__":
    main()
