"""The search is compiled in the background where it is not compiled yet."""

import gc
import subprocess
import threading
from collections.abc import Iterator
from typing import Any, ClassVar

import pytest

from api import warming
from api.warming import warm_in_background


@pytest.fixture(autouse=True)
def _anew() -> Iterator[None]:
    """Forget what this process has started."""
    warm_in_background.cache_clear()
    yield
    warm_in_background.cache_clear()


class Noted:
    """A process that is only noted; somebody who waits for it is, too."""

    all: ClassVar[list["Noted"]]

    def __init__(self, command: list[str], **options: Any) -> None:
        self.command, self.options, self.awaited = command, options, threading.Event()
        self.all.append(self)

    def wait(self) -> int:
        """End at once."""
        self.awaited.set()
        return 0


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Noted]:
    """Note what would be started instead of starting it."""
    monkeypatch.setattr(Noted, "all", [], raising=False)
    monkeypatch.setattr(subprocess, "Popen", Noted)
    return Noted.all


def test_what_is_compiled_is_not_compiled_again(monkeypatch: pytest.MonkeyPatch, started: list[Noted]) -> None:
    """Nothing is started where the machine code is there."""
    monkeypatch.setattr(warming, "is_warm", lambda: True)
    assert warm_in_background() is None
    assert not started


def test_compiling_is_started_once(monkeypatch: pytest.MonkeyPatch, started: list[Noted]) -> None:
    """One process of its own session, silent, however often it is asked for; its end is waited for."""
    monkeypatch.setattr(warming, "is_warm", lambda: False)
    assert warm_in_background() is warm_in_background()
    (process,) = started
    options = process.options
    assert process.awaited.wait(timeout=60)
    assert process.command[1:] == ["-P", "-m", "routing.solver.kernel.warm", "--in-background"]
    assert options["start_new_session"]
    assert options["stdout"] == options["stderr"] == subprocess.DEVNULL


def test_a_compilation_under_way_is_no_leak(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever forgets about it hears no complaint, and its end is waited for."""
    begin = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", lambda _, **given: begin(["cat"], **(given | {"stdin": subprocess.PIPE})))
    monkeypatch.setattr(warming, "is_warm", lambda: False)
    before = set(threading.enumerate())
    going_on = warm_in_background().stdin
    (waiting,) = set(threading.enumerate()) - before

    warm_in_background.cache_clear()
    gc.collect()
    assert waiting.is_alive()
    going_on.close()
    waiting.join(timeout=60)
    assert not waiting.is_alive()
