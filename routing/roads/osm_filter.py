"""Cut a file of OpenStreetMap data down to its drivable ways: small enough for OSMnx, and in the XML it reads."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import osmium

from routing.roads.osm_tags import drivable, duration_seconds
from routing.roads.report import FerrySeen


@dataclass(frozen=True, kw_only=True)
class Box:
    """A part of the globe in degrees, borders included."""

    south: float
    west: float
    north: float
    east: float

    def holds(self, lat: float, lon: float) -> bool:
        """Tell whether a point lies inside."""
        return self.south <= lat <= self.north and self.west <= lon <= self.east


@dataclass(frozen=True, kw_only=True)
class Filtered:
    """What one pass over the file saw: drivable ways kept, ferry lines, turn restrictions."""

    ways: int
    ferries: tuple[FerrySeen, ...]
    restrictions: int


def filter_drivable(source: Path, target: Path, *, box: Box | None = None) -> Filtered:
    """Write the drivable ways of `source` (.osm, .osm.gz, .osm.bz2, .osm.pbf) and their nodes to `target`.

    With a `box` only ways with a node inside it. RuntimeError or
    osmium.InvalidLocationError where `source` cannot be read.
    """
    seen = _Seen(box=box)
    stream = osmium.FileProcessor(str(source)).with_locations()
    writer = osmium.BackReferenceWriter(str(target), ref_src=str(source), overwrite=True)
    try:
        with writer:
            for item in stream:
                if isinstance(item, osmium.osm.Relation):
                    seen.relation(item)
                elif isinstance(item, osmium.osm.Way) and (nodes := seen.way(item)):
                    writer.add_way(item.replace(nodes=nodes))
    finally:
        writer.tmpdir.cleanup()  # pyosmium leaves it behind where reading fails
    ferries = tuple(seen.ferries[name] for name in sorted(seen.ferries))
    return Filtered(ways=seen.ways, ferries=ferries, restrictions=seen.restrictions)


class _Seen:
    """What has passed by so far."""

    def __init__(self, *, box: Box | None) -> None:
        self.box = box
        self.ways, self.restrictions = 0, 0
        self.ferries: dict[str, FerrySeen] = {}

    def relation(self, relation: osmium.osm.Relation) -> None:
        """Count a turn restriction."""
        self.restrictions += relation.tags.get("type") == "restriction"

    def way(self, way: osmium.osm.Way) -> list[int]:
        """Note a ferry line, and return the nodes of a way that is to be kept as a road."""
        tags = dict(way.tags)
        if tags.get("route") == "ferry":
            self.ferries.setdefault(tags.get("name", f"way/{way.id}"), _ferry(tags))
            return []
        if not drivable(tags):
            return []
        nodes = _longest_known(way)
        if len(nodes) < 2 or not (self.box is None or any(self.box.holds(n.lat, n.lon) for n in nodes)):
            return []
        self.ways += 1
        return [node.ref for node in nodes]


def _ferry(tags: dict[str, str]) -> FerrySeen:
    duration = tags.get("duration") or tags.get("duration:forward") or ""
    foot_only = tags.get("motor_vehicle", tags.get("motorcar", "yes")) == "no"
    return FerrySeen(name=tags.get("name", ""), seconds=duration_seconds(duration), cars=not foot_only)


def _longest_known(way: osmium.osm.Way) -> list[osmium.osm.NodeRef]:
    """Return the longest run of nodes that the file holds: extracts cut through ways at their edge."""
    runs: list[list[osmium.osm.NodeRef]] = [[]]
    for node in way.nodes:
        if node.location.valid():
            runs[-1].append(node)
        elif runs[-1]:
            runs.append([])
    return max(runs, key=len)
