"""The decorator of compiled functions, where their machine code is kept, and whether it is there yet."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numba

Function = TypeVar("Function", bound=Callable[..., Any])

_njit: Any = numba.njit  # its types do not know that a compiled function keeps its signature


def cache_folder(beside: Path) -> Path:
    """Return a folder for this very source, where it lies `beside` what is compiled.

    Numba does not notice a change of a function that another one calls, and finds nothing again in a folder that was
    moved or copied.
    """
    digest = hashlib.sha256(f"{numba.__version__} {beside}".encode())
    for path in sorted([*beside.glob("*.py"), *beside.parent.glob("bound/pricing/*.py")]):
        digest.update(path.read_bytes())
    home = beside / "__pycache__" if os.access(beside, os.W_OK) else Path.home() / ".cache" / "hoolering"
    return home / f"kernel-{digest.hexdigest()[:16]}"


CACHE = cache_folder(Path(__file__).parent)
numba.config.CACHE_DIR = str(CACHE)  # set while numba is imported


def is_warm() -> bool:
    """Tell whether everything has been compiled on this machine, so that the search starts at once."""
    return (CACHE / "warm").exists()


def note_warm() -> None:
    """Remember that everything has been compiled."""
    CACHE.mkdir(parents=True, exist_ok=True)
    (CACHE / "warm").touch()


def compiled(function: Function) -> Function:
    """Compile a function on its first call, once per machine and source; it runs without Python's global lock."""
    made: Function = _njit(cache=True, nogil=True, error_model="numpy")(function)
    return made
