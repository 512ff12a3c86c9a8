"""A schematic network from two hand-written tables, for trying things out without any road extract.

`nodes.csv`: `id,name,lat,lon`. `links.csv`: `from,to,road,class,surface,limit,flags,via`, where `class` and `surface`
are names of `RoadClass` and `Surface`, `limit` is km/h or empty where the class's own holds, `flags` are `oneway` and
`ice`, and `via` are points `lat lon; lat lon` that the link runs through. Links run both ways unless `oneway`.
Lengths are the way as the crow flies times `DETOUR`. An `attribution.txt` beside them, if there is one, names the
source of the coordinates, to be shown wherever the roads are.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import numpy as np

from routing.errors import RoadsError
from routing.findings import Finding, Findings
from routing.roads.assemble import DraftEdge, assemble
from routing.roads.kinds import RoadClass, Surface
from routing.roads.network import RoadNetwork
from routing.roads.report import RoadsReport
from routing.roads.sphere import shape_metres

DETOUR = 1.25
NODES, LINKS, ATTRIBUTION = "nodes.csv", "links.csv", "attribution.txt"
NODE_COLUMNS = ("id", "name", "lat", "lon")
LINK_COLUMNS = ("from", "to", "road", "class", "surface", "limit", "flags", "via")
FLAGS = frozenset({"oneway", "ice"})

Row = tuple[int, dict[str, str]]
Kind = TypeVar("Kind", RoadClass, Surface)


def read_schematic(folder: Path) -> RoadNetwork:
    """Read the schematic network in `folder`; RoadsError with every finding."""
    findings = Findings()
    nodes = _nodes(_rows(folder / NODES, NODE_COLUMNS, findings), findings)
    drafts = [draft for row in _rows(folder / LINKS, LINK_COLUMNS, findings) for draft in _link(row, nodes, findings)]
    if not drafts and not findings.has_errors:
        findings.add(Finding(code="roads.empty-table", file=LINKS))
    if findings.has_errors:
        raise RoadsError(tuple(findings))
    lat, lon = np.array([point for _, point in nodes.values()]).T
    report = RoadsReport(source=folder.name, schematic=True, attribution=_attribution(folder / ATTRIBUTION))
    return assemble(lat, lon, drafts, report)


def _attribution(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")[:200].strip() if path.is_file() else ""


def _rows(path: Path, columns: tuple[str, ...], findings: Findings) -> Iterator[Row]:
    """Yield the row number and the stripped cells of each row of a table."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        table = list(csv.DictReader(text.splitlines(), restval="", strict=True))
    except FileNotFoundError:
        findings.add(Finding(code="roads.file-missing", file=path.name))
        return
    except (OSError, UnicodeDecodeError, csv.Error):
        findings.add(Finding(code="roads.not-a-table", file=path.name))
        return
    missing = [name for name in columns if not table or name not in table[0]]
    if missing:
        code = "roads.missing-column" if table else "roads.empty-table"
        findings.add(Finding(code=code, file=path.name, row=1, found=", ".join(missing)))
        return
    for number, cells in enumerate(table, start=2):
        yield number, {name: (cells[name] or "").strip() for name in columns}


def _nodes(rows: Iterator[Row], findings: Findings) -> dict[str, tuple[int, tuple[float, float]]]:
    """Return number and (lat, lon) of each node by id."""
    nodes: dict[str, tuple[int, tuple[float, float]]] = {}
    for row, cells in rows:
        point = _point(f"{cells['lat']} {cells['lon']}")
        if point is None:
            findings.add(_finding("roads.bad-point", NODES, row, "lat", f"{cells['lat']} {cells['lon']}"))
        elif not cells["id"] or cells["id"] in nodes:
            findings.add(_finding("roads.bad-node-id", NODES, row, "id", cells["id"]))
        else:
            nodes[cells["id"]] = (len(nodes), point)
    return nodes


def _link(row: Row, nodes: dict[str, tuple[int, tuple[float, float]]], findings: Findings) -> list[DraftEdge]:
    """Return the edges of one link: two, or one on a one-way road; none where the row has a finding."""
    number, cells = row
    before = len(findings)
    for field in ("from", "to"):
        if cells[field] not in nodes:
            findings.add(_finding("roads.unknown-node", LINKS, number, field, cells[field]))
    if cells["from"] == cells["to"]:
        findings.add(_finding("roads.link-to-itself", LINKS, number, "to", cells["to"]))
    road_class = _kind(RoadClass, cells, "class", number, findings)
    surface = _kind(Surface, cells, "surface", number, findings)
    limit = cells["limit"] or "0"
    if not (limit.isascii() and limit.isdigit() and int(limit) <= 130):
        findings.add(_finding("roads.bad-limit", LINKS, number, "limit", limit))
    flags = set(cells["flags"].split())
    if not flags <= FLAGS:
        findings.add(_finding("roads.unknown-flag", LINKS, number, "flags", cells["flags"]))
    via = [_point(text) for text in cells["via"].split(";") if text.strip()]
    if None in via:
        findings.add(_finding("roads.bad-point", LINKS, number, "via", cells["via"]))
    if len(findings) > before or road_class is None or surface is None:
        return []
    (tail, start), (head, stop) = nodes[cells["from"]], nodes[cells["to"]]
    shape = np.array([start, *(point for point in via if point), stop], dtype=np.float64)
    edge = DraftEdge(
        tail=tail,
        head=head,
        length=shape_metres(shape) * DETOUR,
        road_class=road_class,
        surface=surface,
        limit=int(limit),
        ice="ice" in flags,
        shape=shape,
    )
    return [edge] if "oneway" in flags else [edge, edge.reversed()]


def _kind(kind: type[Kind], cells: dict[str, str], field: str, number: int, findings: Findings) -> Kind | None:
    for member in kind:
        if cells[field] == member.label:
            return member
    names = ", ".join(member.label for member in kind)
    findings.add(
        Finding(
            code="roads.unknown-kind", file=LINKS, row=number, field=field, found=cells[field], details={"names": names}
        )
    )
    return None


def _point(text: str) -> tuple[float, float] | None:
    """Return (lat, lon) from `lat lon`, or None."""
    try:
        lat, lon = (float(part) for part in text.split())
    except ValueError:
        return None
    return (lat, lon) if -90 <= lat <= 90 and -180 <= lon <= 180 else None


def _finding(code: str, file: str, row: int, field: str, found: str) -> Finding:
    return Finding(code=code, file=file, row=row, field=field, found=found[:80])


def is_schematic(path: Path) -> bool:
    """Tell whether `path` is a folder meant as a schematic network."""
    return path.is_dir() and ((path / NODES).exists() or (path / LINKS).exists())
