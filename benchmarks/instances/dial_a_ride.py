"""What a node of any dial-a-ride family says."""

from __future__ import annotations

from typing import Protocol


class Call(Protocol):
    """A node; times are minutes and a unit of distance takes a minute."""

    @property
    def x(self) -> float:
        """Return the first coordinate."""

    @property
    def y(self) -> float:
        """Return the second coordinate."""

    @property
    def service(self) -> float:
        """Return how long boarding or alighting takes."""

    @property
    def earliest(self) -> float:
        """Return when service may begin first."""

    @property
    def latest(self) -> float:
        """Return when service may begin last."""
