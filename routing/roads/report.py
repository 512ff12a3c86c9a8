"""How a network came about: its source, and everything that was left out of it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from routing.findings import Finding, Findings, Severity


@dataclass(frozen=True, kw_only=True)
class CutOff:
    """A part that cannot be reached and left by road: its metres of road and one point in it."""

    metres: int
    lat: float
    lon: float


@dataclass(frozen=True, kw_only=True)
class FerrySeen:
    """A ferry line in the source. Lines are services, not roads; `seconds` is None where no duration is given."""

    name: str
    seconds: int | None
    cars: bool


@dataclass(frozen=True, kw_only=True)
class RoadsReport:
    """What a network was made of. `cut_off` holds the largest parts; `cut_parts` and `cut_metres` count them all."""

    source: str
    schematic: bool = False
    attribution: str = ""
    cut_parts: int = 0
    cut_metres: int = 0
    cut_off: tuple[CutOff, ...] = ()
    ferries: tuple[FerrySeen, ...] = ()
    restrictions_ignored: int = 0
    unknown_surface_metres: int = 0

    def as_dict(self) -> dict[str, object]:
        """Return plain data for JSON."""
        return dataclasses.asdict(self)

    def findings(self) -> Findings:
        """Return a NOTE for everything a planner should know about this network."""
        notes = [
            ("roads.schematic", self.schematic, {}),
            ("roads.cut-off", self.cut_parts, {"parts": str(self.cut_parts), "km": _km(self.cut_metres)}),
            ("roads.ferries-left-out", self.ferries, {"names": ", ".join(f.name or "?" for f in self.ferries)}),
            ("roads.restrictions-ignored", self.restrictions_ignored, {"count": str(self.restrictions_ignored)}),
            ("roads.surface-unknown", self.unknown_surface_metres, {"km": _km(self.unknown_surface_metres)}),
        ]
        return Findings(
            Finding(code=code, severity=Severity.NOTE, file=self.source, details=details)
            for code, present, details in notes
            if present
        )


def _km(metres: int) -> str:
    return str(round(metres / 1000))
