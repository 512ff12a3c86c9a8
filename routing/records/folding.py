"""Compare names as people do: without case, accents, spaces or underscores."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from difflib import get_close_matches
from functools import lru_cache
from typing import Final

MANY: Final = 300


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return `text` without case, accents, spaces, dots, dashes and underscores: `Püsi töötajad` as `pusitootajad`."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if letter.isalnum())


def example(text: str, names: Collection[str]) -> str:
    """Return the name that was probably meant by `text`, else the first of `names`, `…` where there is none."""
    return nearest(text, names) or min(names, default="…")


def nearest(text: str, names: Collection[str]) -> str:
    """Return the one of `names` most like `text`, or an empty string where none is or the names are too many."""
    if len(names) > MANY:
        return ""
    by_fold = {fold(name): name for name in sorted(names)}
    close = get_close_matches(fold(text[:100]), by_fold, n=1, cutoff=0.6)
    return by_fold[close[0]] if close else ""
