"""From places to travel times in one call."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from routing.findings import Findings
from routing.matrix import Matrix
from routing.problem import Place
from routing.roads.network import RoadNetwork
from routing.roads.snap import SnapLimits, Snapped, snap
from routing.roads.speeds import Profile
from routing.roads.travel import travel_matrix


def prepare(
    network: RoadNetwork,
    places: Sequence[Place],
    profiles: Iterable[Profile] = (Profile(),),
    *,
    islands: Iterable[Collection[str]] = (),
    limits: SnapLimits | None = None,
) -> tuple[Matrix, Snapped, Findings]:
    """Snap `places` to `network` and return the matrix between them, where they lie on the road, and the findings.

    `islands` as in `routing.roads.snap.snap`: for each crossing the ids of the places it serves and its island harbour.
    """
    snapped, findings = snap(network, places, islands=islands, limits=limits)
    return travel_matrix(network, snapped, profiles), snapped, findings
