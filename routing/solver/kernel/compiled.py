"""The decorator of compiled functions, and where their machine code is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numba

Function = TypeVar("Function", bound=Callable[..., Any])


def _cache_folder() -> Path:
    """Return a folder of this very source: numba does not notice when a function that another one calls has changed."""
    digest = hashlib.sha256(numba.__version__.encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return Path(__file__).parent / "__pycache__" / f"kernel-{digest.hexdigest()[:16]}"


def compiled(function: Function) -> Function:
    """Compile a function on its first call, once per machine and source."""
    made: Function = numba.njit(cache=True)(function)
    return made


def lean(function: Function) -> Function:
    """Compile a function that allocates nothing: it then keeps no count of references, which costs most of its time."""
    made: Function = numba.njit(cache=True, _nrt=False)(function)
    return made


numba.config.CACHE_DIR = str(_cache_folder())
