"""Describe a tile server for those who switch one on: it learns which area is looked at."""

from __future__ import annotations

import re
from dataclasses import dataclass

from routing.errors import UsageError


@dataclass(frozen=True, kw_only=True)
class Tiles:
    """A tile server: an https address with `{z}`, `{x}`, `{y}` (and `{s}` for its mirrors), and whom to name."""

    url: str
    attribution: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"https://[\w.{}-]+(:\d+)?/[\w./{}?=&%~+-]+", self.url, re.ASCII):
            raise UsageError(f"tile address {self.url!r} is not https://host/path")
        if not all(mark in self.url for mark in ("{z}", "{x}", "{y}")):
            raise UsageError(f"tile address {self.url!r} lacks {{z}}, {{x}} or {{y}}")

    @property
    def origin(self) -> str:
        """Return the source that a Content-Security-Policy may allow."""
        host = self.url.split("/", 3)[2]
        return f"https://{host.replace('{s}', '*')}"
