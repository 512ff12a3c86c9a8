"""What people call the things of a problem."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Labels:
    """Names by id, one mapping per kind of thing, because a shift, a vehicle and a request may share an id.

    What has no name is called by its id.
    """

    requests: Mapping[str, str] = field(default_factory=dict)
    shifts: Mapping[str, str] = field(default_factory=dict)
    vehicles: Mapping[str, str] = field(default_factory=dict)
    skills: Mapping[str, str] = field(default_factory=dict)

    def request(self, name: str) -> str:
        """Return what a visit or ride is called."""
        return self.requests.get(name, name)

    def shift(self, name: str) -> str:
        """Return what a shift is called."""
        return self.shifts.get(name, name)

    def vehicle(self, name: str) -> str:
        """Return what a vehicle is called."""
        return self.vehicles.get(name, name)

    def skill(self, name: str) -> str:
        """Return what a skill or piece of equipment is called."""
        return self.skills.get(name, name)
