"""What the tags of OpenStreetMap say about a road, as plain functions of a mapping of tags.

Tag meanings: wiki.openstreetmap.org, keys highway, surface, tracktype, maxspeed, access, duration.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from routing.roads.kinds import RoadClass, Surface

Tags = Mapping[str, str]

CLASS_BY_HIGHWAY: Mapping[str, RoadClass] = {
    **{kind.label: kind for kind in RoadClass},
    **{f"{kind.label}_link": kind for kind in RoadClass if kind <= RoadClass.TERTIARY},
    "road": RoadClass.UNCLASSIFIED,
}

ROAD_TAGS = (
    "highway",
    "surface",
    "tracktype",
    "maxspeed",
    "maxspeed:forward",
    "maxspeed:backward",
    "oneway",
    "junction",
    "ice_road",
    "winter_road",
)
"""Everything an edge needs to know, so everything the importer has to keep."""

_FIRM_TRACKS = frozenset({"grade1", "grade2"})
_NO_CAR = frozenset({"no", "agricultural", "forestry", "agricultural;forestry", "military", "emergency"})
_ACCESS_KEYS = ("motorcar", "motor_vehicle", "vehicle", "access")
_NO_SERVICE = frozenset({"parking_aisle", "drive-through", "emergency_access"})
_PAVED = frozenset(
    {"paved", "asphalt", "concrete", "concrete:plates", "concrete:lanes", "paving_stones", "sett", "chipseal", "bricks"}
)
_GRAVEL = frozenset(
    {"unpaved", "gravel", "fine_gravel", "compacted", "ground", "dirt", "earth", "sand", "grass", "pebblestone", "mud"}
)
_MPH = 1.609344
_ISO_DURATION = re.compile(r"^P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$", re.ASCII)
_CLOCK_DURATION = re.compile(r"^(?:(\d+):)?(\d+)(?::(\d+))?$", re.ASCII)


def drivable(tags: Tags) -> bool:
    """Tell whether a car may use the way. Private roads count: clients live on them; tracks only firm ones."""
    highway = tags.get("highway", "")
    if highway not in CLASS_BY_HIGHWAY or tags.get("area") == "yes":
        return False
    if highway == "track" and tags.get("tracktype") not in _FIRM_TRACKS:
        return False
    if highway == "service" and tags.get("service") in _NO_SERVICE:
        return False
    access = next((tags[key] for key in _ACCESS_KEYS if key in tags), "yes")
    return access not in _NO_CAR


def road_class(tags: Tags) -> RoadClass:
    """Return the class of a drivable way; links count as the road they lead to."""
    return CLASS_BY_HIGHWAY.get(tags.get("highway", ""), RoadClass.UNCLASSIFIED)


def surface(tags: Tags) -> Surface:
    """Return the surface; the grade of a track says it where `surface` does not."""
    value = tags.get("surface", "").split(";")[0].strip()
    if value in _PAVED or (not value and tags.get("tracktype") == "grade1"):
        return Surface.PAVED
    if value in _GRAVEL or (not value and tags.get("tracktype") == "grade2"):
        return Surface.GRAVEL
    return Surface.UNKNOWN


def ice(tags: Tags) -> bool:
    """Tell whether the way exists on ice only."""
    return "yes" in (tags.get("ice_road"), tags.get("winter_road"))


def limit(tags: Tags, *, backward: bool) -> int:
    """Return the signed limit in km/h for one direction, or 0 where none is signed or it is not a number."""
    own = tags.get("maxspeed:backward" if backward else "maxspeed:forward")
    return limit_from_text(own or tags.get("maxspeed", ""))


def limit_from_text(text: str) -> int:
    """Return km/h from a `maxspeed` value; of several numbers the lowest, 0 where there is none.

    Understood: `50`, `50 km/h`, `30 mph`, `50; 40`, `walk`, `EE:urban`, `EE:rural`. Not a limit: `none`, `variable`.
    """
    known = {"walk": 7, "EE:urban": 50, "EE:rural": 90}
    found = [known[part] if part in known else _kmh(part) for part in (p.strip() for p in re.split("[;|]", text))]
    return min((value for value in found if 0 < value <= 200), default=0)


def _kmh(text: str) -> int:
    match = re.fullmatch(r"(\d{1,3})(?:\.\d+)?\s*(km/h|mph)?", text, re.ASCII)
    if not match:
        return 0
    return round(int(match[1]) * (_MPH if match[2] == "mph" else 1))


def duration_seconds(text: str) -> int | None:
    """Return the seconds in a ferry's `duration`, None where it cannot be read.

    Forms met: `PT5M`, `PT1H30M` (ISO 8601), `00:20` and `2:30` (hours and minutes), `01:00:30`, `15` (minutes).
    """
    text = text.strip()
    iso = _ISO_DURATION.match(text)
    if iso and any(iso.groups()):
        days, hours, minutes, seconds = (int(part or 0) for part in iso.groups())
        return ((days * 24 + hours) * 60 + minutes) * 60 + seconds
    clock = _CLOCK_DURATION.match(text)
    if not clock:
        return None
    hours, minutes, seconds = (int(part or 0) for part in clock.groups())
    return (hours * 60 + minutes) * 60 + seconds
