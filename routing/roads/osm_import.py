"""Import roads through OSMnx (the only module that knows it): files, places by name, boxes.

OSMnx reads and simplifies; everything that decides a weight is put on the edges as one plain value *before*
simplification, because OSMnx would merge and average what differs. Turn restrictions are not honoured; the report
counts them. OSMnx takes seconds to load: import this module only when there is something to import.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError
from xml.sax import SAXException

import networkx as nx
import numpy as np
import osmnx as ox
import requests
from numpy.typing import NDArray
from osmium import InvalidLocationError

from routing.errors import RoadsError
from routing.findings import Finding
from routing.roads import osm_tags
from routing.roads.assemble import DraftEdge, assemble
from routing.roads.kinds import RoadClass, Surface
from routing.roads.network import RoadNetwork
from routing.roads.osm_filter import Box, Filtered, filter_drivable
from routing.roads.report import RoadsReport
from routing.roads.sphere import shape_metres

ATTRIBUTION = "© OpenStreetMap contributors, ODbL 1.0"

LONGEST = 1e6
"""Metres; no road without a junction is longer."""

Kind = tuple[int, int, int, bool]
"""Class, surface, limit, ice: what an edge must have alone to be merged with its neighbour."""


def import_osm(path: Path, *, box: Box | None = None) -> RoadNetwork:
    """Import `.osm`, `.osm.gz`, `.osm.bz2`, `.osm.pbf` or `.graphml`, only what touches `box` if one is given.

    RoadsError with `roads.file-missing`, `roads.file-unreadable` or `roads.no-drivable-roads`.
    """
    if not path.exists():
        raise RoadsError([Finding(code="roads.file-missing", file=path.name)])
    with _unreadable_is_a_finding(path.name):
        if path.name.lower().endswith(".graphml"):
            return _network(ox.load_graphml(path), RoadsReport(source=path.name, attribution=ATTRIBUTION))
        with tempfile.TemporaryDirectory() as folder, _osmnx_settings():
            small = Path(folder) / "drivable.osm"
            seen = filter_drivable(path, small, box=box)
            if not seen.ways:
                raise RoadsError([Finding(code="roads.no-drivable-roads", file=path.name)])
            graph = ox.graph_from_xml(small, simplify=False, retain_all=True)
        return _network(graph, _report(path.name, seen))


def import_place(name: str) -> RoadNetwork:
    """Download and import the roads of a place, `Tartu vald, Estonia`; RoadsError `roads.offline` without internet."""
    return _download(name, lambda: ox.graph_from_place(name, network_type="drive_service", simplify=False))


def import_box(box: Box) -> RoadNetwork:
    """Download and import the roads inside `box`; RoadsError `roads.offline` without internet."""
    sides = (box.west, box.south, box.east, box.north)
    return _download(
        f"{box.south},{box.west},{box.north},{box.east}",
        lambda: ox.graph_from_bbox(sides, network_type="drive_service", simplify=False, retain_all=True),
    )


def _download(name: str, fetch: Callable[[], nx.MultiDiGraph[int]]) -> RoadNetwork:
    try:
        with _osmnx_settings():
            graph = fetch()
    except requests.RequestException as error:
        raise RoadsError([Finding(code="roads.offline", found=name)]) from error
    except ValueError as error:
        raise RoadsError([Finding(code="roads.unknown-place", found=name)]) from error
    return _network(graph, RoadsReport(source=name, attribution=ATTRIBUTION))


@contextmanager
def _osmnx_settings() -> Iterator[None]:
    """Keep the tags that matter, and nothing on disk; OSMnx's settings are global, so put them back."""
    kept = {name: getattr(ox.settings, name) for name in ("useful_tags_way", "use_cache")}
    ox.settings.useful_tags_way = [*osm_tags.ROAD_TAGS]
    ox.settings.use_cache = False
    try:
        yield
    finally:
        for name, value in kept.items():
            setattr(ox.settings, name, value)


@contextmanager
def _unreadable_is_a_finding(name: str) -> Iterator[None]:
    try:
        yield
    except RoadsError:
        raise
    except (RuntimeError, ValueError, KeyError, TypeError, OSError, EOFError, SyntaxError) as error:
        raise RoadsError([Finding(code="roads.file-unreadable", file=name)]) from error
    except (SAXException, ParseError, nx.NetworkXException, InvalidLocationError) as error:
        raise RoadsError([Finding(code="roads.file-unreadable", file=name)]) from error


def _report(name: str, seen: Filtered) -> RoadsReport:
    return RoadsReport(
        source=name, attribution=ATTRIBUTION, ferries=seen.ferries, restrictions_ignored=seen.restrictions
    )


def _network(graph: nx.MultiDiGraph[int], report: RoadsReport) -> RoadNetwork:
    simplified = bool(graph.graph.get("simplified"))
    _keep_kinds(graph)
    if not simplified:
        graph = ox.simplify_graph(graph, edge_attrs_differ=["kind"], remove_rings=False)
    number = {node: i for i, node in enumerate(graph.nodes)}
    lat = np.array([data["y"] for _, data in graph.nodes(data=True)], dtype=np.float64)
    lon = np.array([data["x"] for _, data in graph.nodes(data=True)], dtype=np.float64)
    drafts = [_draft(number[u], number[v], data, lat, lon) for u, v, data in graph.edges(data=True)]
    if not drafts:
        raise RoadsError([Finding(code="roads.no-drivable-roads", file=report.source)])
    return assemble(lat, lon, drafts, report)


def _keep_kinds(graph: nx.MultiDiGraph[int]) -> None:
    """Give every edge its `kind` and drop all other tags, and the edges that no car may use."""
    closed = []
    for u, v, key, data in graph.edges(keys=True, data=True):
        tags = {name: _first(value) for name, value in data.items() if name not in _PLAIN}
        if not osm_tags.drivable(tags):
            closed.append((u, v, key))
            continue
        kind: Kind = (
            osm_tags.road_class(tags),
            osm_tags.surface(tags),
            osm_tags.limit(tags, backward=_first(data.get("reversed", "False")) == "True"),
            osm_tags.ice(tags),
        )
        for name in [name for name in data if name not in _KEPT]:
            del data[name]
        data["kind"] = kind
    graph.remove_edges_from(closed)


_KEPT = frozenset({"length", "geometry"})
_PLAIN = _KEPT | {"osmid", "reversed"}


def _first(value: object) -> str:
    """Return a tag as text; graphs that were simplified elsewhere hold lists of what they merged."""
    return _first(value[0]) if isinstance(value, list) and value else str(value)


def _draft(
    tail: int, head: int, data: Mapping[str, Any], lat: NDArray[np.float64], lon: NDArray[np.float64]
) -> DraftEdge:
    if "geometry" in data:
        shape = np.asarray(data["geometry"].coords, dtype=np.float64)[:, 1::-1]
    else:
        shape = np.array([[lat[tail], lon[tail]], [lat[head], lon[head]]])
    road_class, surface, limit, ice = data["kind"]
    length = data.get("length", -1)
    if not 0 <= length < LONGEST:  # a graph from elsewhere may hold anything
        length = shape_metres(shape)
    return DraftEdge(
        tail=tail,
        head=head,
        length=float(length),
        road_class=RoadClass(road_class),
        surface=Surface(surface),
        limit=limit,
        ice=ice,
        shape=shape,
    )
