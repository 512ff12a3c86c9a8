"""The search is compiled in the background where it is not compiled yet."""

import subprocess
from collections.abc import Iterator
from typing import Any

import pytest

from api import warming
from api.warming import warm_in_background


@pytest.fixture(autouse=True)
def _anew() -> Iterator[None]:
    """Forget what this process has started."""
    warm_in_background.cache_clear()
    yield
    warm_in_background.cache_clear()


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[str], dict[str, Any]]]:
    """Note what would be started instead of starting it."""
    found: list[tuple[list[str], dict[str, Any]]] = []
    monkeypatch.setattr(subprocess, "Popen", lambda command, **options: found.append((command, options)) or "process")
    return found


def test_what_is_compiled_is_not_compiled_again(monkeypatch: pytest.MonkeyPatch, started: list[Any]) -> None:
    """Nothing is started where the machine code is there."""
    monkeypatch.setattr(warming, "is_warm", lambda: True)
    assert warm_in_background() is None
    assert not started


def test_compiling_is_started_once(monkeypatch: pytest.MonkeyPatch, started: list[Any]) -> None:
    """One process of its own session, silent, however often it is asked for."""
    monkeypatch.setattr(warming, "is_warm", lambda: False)
    assert warm_in_background() is warm_in_background()
    ((command, options),) = started
    assert command[1:] == ["-P", "-m", "routing.solver.kernel.warm", "--in-background"]
    assert options["start_new_session"]
    assert options["stdout"] == options["stderr"] == subprocess.DEVNULL
