"""Compare names as people do: without case, accents, spaces or underscores."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache


@cache
def fold(text: str) -> str:
    """Return `text` without case, accents, spaces, dots, dashes and underscores: `Püsi töötajad` as `pusitootajad`."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if letter.isalnum())


def nearest(text: str, names: Iterable[str]) -> str:
    """Return the one of `names` most like `text`, or an empty string where none is."""
    by_fold = {fold(name): name for name in names}
    close = get_close_matches(fold(text)[:100], by_fold, n=1, cutoff=0.6)
    return by_fold[close[0]] if close else ""
