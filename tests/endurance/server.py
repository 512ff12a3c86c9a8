"""Servers of one store, one after the other, each a process of its own that may be killed at any moment.

Run as a module it waits for a line, then serves the store at the URL it was given, from a fork: everything is imported
once, however often a server dies. It prints number and address of each server that listens.
"""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Self

from tests.api.command import REPOSITORY

SECRET = "kuusk-tuul-rada-lamp-0123456789-endurance"


class Servers:
    """Servers on one store; what they log is in `log`."""

    def __init__(self, url: str, log: Path) -> None:
        self.log = log
        self.address = ""
        self._number = 0
        with log.open("w") as file:
            self._parent = subprocess.Popen(
                [sys.executable, "-m", "tests.endurance.server", url],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=file,
                text=True,
                cwd=REPOSITORY,
                env={**os.environ, "HOOLERING_SECRET": SECRET},
            )

    @property
    def runs(self) -> bool:
        """Tell whether a server has been started and not been killed."""
        return self._number != 0

    def start(self) -> None:
        """Start a server and wait until it listens."""
        assert self._parent.stdin
        assert self._parent.stdout
        self._parent.stdin.write("\n")
        self._parent.stdin.flush()
        line = self._parent.stdout.readline()
        assert line, self.log.read_text()[-3000:]
        number, self.address = line.split()
        self._number = int(number)

    def kill(self) -> None:
        """Kill the server without a word."""
        if self._number:
            os.kill(self._number, signal.SIGKILL)
            self._number = 0

    def failures(self) -> list[str]:
        """Return the lines of the log that tell of a request or a job that nobody had thought of."""
        return [line for line in self.log.read_text().splitlines() if " ERROR " in line]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        self._parent.communicate()


def main() -> None:
    """Serve one store again and again, until nobody is there any more to ask for it."""
    from api.cli.serving import run  # noqa: PLC0415 - not where a solver's process imports this module again
    from api.settings import load_settings  # noqa: PLC0415
    from api.store.opening import open_store  # noqa: PLC0415

    url = sys.argv[1]
    for _ in sys.stdin:
        child = os.fork()
        if not child:
            threading.Thread(target=_end_with_the_tests, daemon=True).start()
            settings = load_settings(database=url, port=0)
            run(settings, open_store(url), on_ready=_say)
            os._exit(0)
        os.waitpid(child, 0)


def _say(address: str) -> None:
    sys.stdout.write(f"{os.getpid()} {address}\n")
    sys.stdout.flush()


def _end_with_the_tests() -> None:
    if not os.read(0, 1):
        os._exit(0)


if __name__ == "__main__":
    main()
