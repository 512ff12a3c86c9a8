"""What each request of the problem is about: the bridge from a plan back to the records."""

from __future__ import annotations

from dataclasses import dataclass

from routing.records.model import CareVisit, Client, RideRequest, Service

RETURN_MARK = "-R"
"""What the id of a return ride adds to the id of the ride request."""


@dataclass(frozen=True, kw_only=True)
class Subject:
    """One request of the problem: its record, its client, and whether it is the way back."""

    request: str
    client: Client
    record: CareVisit | RideRequest
    is_return: bool = False

    @property
    def service(self) -> Service:
        """Return the service the request belongs to."""
        return self.record.service if isinstance(self.record, RideRequest) else Service.HOME_CARE


def home_of(client: str) -> str:
    """Return the id of a client's home among the places of the problem."""
    return f"client:{client}"
