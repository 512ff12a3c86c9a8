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

    With a `box` only ways with a node inside it. RuntimeError, as pyosmium raises it, where `source` cannot be read.
    """
    ways, restrictions = 0, 0
    ferries: dict[str, FerrySeen] = {}
    entities = osmium.osm.WAY | osmium.osm.RELATION | (osmium.osm.NODE if box else osmium.osm.NOTHING)
    stream = osmium.FileProcessor(str(source), entities)
    if box:
        stream = stream.with_locations()
    with osmium.BackReferenceWriter(str(target), ref_src=str(source), overwrite=True) as writer:
        for item in stream:
            tags = dict(item.tags)
            if isinstance(item, osmium.osm.Relation):
                restrictions += tags.get("type") == "restriction"
            elif not isinstance(item, osmium.osm.Way):
                continue
            elif tags.get("route") == "ferry":
                ferries.setdefault(tags.get("name", f"way/{item.id}"), _ferry(tags))
            elif drivable(tags) and (box is None or _touches(item, box)):
                writer.add_way(item)
                ways += 1
    return Filtered(ways=ways, ferries=tuple(ferries[name] for name in sorted(ferries)), restrictions=restrictions)


def _ferry(tags: dict[str, str]) -> FerrySeen:
    duration = tags.get("duration") or tags.get("duration:forward") or ""
    foot_only = tags.get("motor_vehicle", tags.get("motorcar", "yes")) == "no"
    return FerrySeen(name=tags.get("name", ""), seconds=duration_seconds(duration), cars=not foot_only)


def _touches(way: osmium.osm.Way, box: Box) -> bool:
    return any(node.location.valid() and box.holds(node.lat, node.lon) for node in way.nodes)
