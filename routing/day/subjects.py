"""What each request of the problem is about: the bridge from a plan back to the records."""

from __future__ import annotations

from dataclasses import dataclass

from routing.records.model import CareVisit, Client, RideRequest, Service


@dataclass(frozen=True, kw_only=True)
class Subject:
    """One request of the problem: its record, its client, whether it is the way back, and the service of a visit."""

    request: str
    client: Client
    record: CareVisit | RideRequest
    is_return: bool = False
    care: Service = Service.HOME_CARE

    @property
    def service(self) -> Service:
        """Return the service the request belongs to."""
        return self.record.service if isinstance(self.record, RideRequest) else self.care


def return_id(ride: str) -> str:
    """Return the id of the way back of a ride request."""
    return f"{ride}-R"


def home_of(client: str) -> str:
    """Return the id of a client's home among the places of the problem."""
    return f"client:{client}"
