"""Open a network from whatever the user has: an `.npz`, a schematic folder, or a file of OpenStreetMap data."""

from __future__ import annotations

import hashlib
from pathlib import Path

from routing.errors import RoadsError
from routing.findings import Finding
from routing.roads.network import RoadNetwork
from routing.roads.schematic import is_schematic, read_schematic
from routing.roads.storage import read_network, write_network

IMPORT_VERSION = 1
"""Raise it whenever an import of the same file gives another network: cached ones are then made anew."""

OSM_SUFFIXES = (".osm", ".osm.gz", ".osm.bz2", ".osm.pbf", ".pbf", ".graphml")


def open_network(path: Path, *, cache: Path | None = None) -> RoadNetwork:
    """Return the network in `path`; RoadsError with every finding where there is none.

    `.npz` is read as it is, a folder as a schematic network, anything in `OSM_SUFFIXES` is imported. Importing takes
    a minute for a county; with a `cache` folder the same file is imported only once, whatever it is called.
    """
    name = path.name.lower()
    if name.endswith(".npz"):
        return read_network(path)
    if is_schematic(path):
        return read_schematic(path)
    if not path.exists():
        raise RoadsError([Finding(code="roads.file-missing", file=path.name)])
    if path.is_dir() or not name.endswith(OSM_SUFFIXES):
        raise RoadsError([Finding(code="roads.unknown-format", file=path.name)])
    return _import_once(path, cache)


def _import_once(path: Path, cache: Path | None) -> RoadNetwork:
    from routing.roads.osm_import import import_osm  # noqa: PLC0415 - loads OSMnx, which takes seconds

    if cache is None:
        return import_osm(path)
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()[:24]
    except OSError as error:
        raise RoadsError([Finding(code="roads.file-unreadable", file=path.name)]) from error
    kept = cache / f"roads-{digest}-v{IMPORT_VERSION}.npz"
    if kept.exists():
        try:
            return read_network(kept)
        except RoadsError:
            kept.unlink()  # a damaged copy of what can be made anew is nobody's concern
    network = import_osm(path)
    write_network(network, kept)
    return network
