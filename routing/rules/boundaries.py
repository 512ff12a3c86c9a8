"""The municipality and county a point lies in, from boundary polygons.

Reads the Land Board's division (EHAK) as GeoJSON: one feature per municipality, its name in `ONIMI`, its county's in
`MNIMI`, WGS 84. The polygons are simplified and some cross themselves, so they are repaired first.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import geopandas
from shapely import Point, STRtree

from routing.findings import Finding, Findings

_MUNICIPALITY, _COUNTY = "ONIMI", "MNIMI"


@dataclass(frozen=True, kw_only=True)
class Area:
    """A municipality and its county, by name."""

    municipality: str
    county: str


@dataclass(frozen=True, kw_only=True)
class Boundaries:
    """Municipalities with their polygons, ready to be asked for points."""

    areas: tuple[Area, ...]
    tree: STRtree

    def locate(self, lat: float, lon: float) -> Area | None:
        """Return where a point lies; None outside every polygon and on a border between two."""
        hits = {self.areas[i] for i in self.tree.query(Point(lon, lat), predicate="intersects")}
        return hits.pop() if len(hits) == 1 else None


def load_boundaries(path: Path) -> tuple[Boundaries | None, Findings]:
    """Read boundary polygons from GeoJSON; what cannot be used is a finding, and None stands for no boundaries."""
    findings = Findings()

    def refuse(code: str, found: str) -> tuple[None, Findings]:
        findings.add(Finding(code=code, file=path.name, found=found))
        return None, findings

    try:
        frame = geopandas.read_file(path, engine="pyogrio")
    except Exception as error:  # noqa: BLE001 - the readers below raise unrelated families of errors
        return refuse("rules.boundaries-unreadable", type(error).__name__)
    absent = [column for column in (_MUNICIPALITY, _COUNTY) if column not in frame.columns]
    if absent or not isinstance(frame, geopandas.GeoDataFrame):
        return refuse("rules.boundaries-columns", ", ".join(str(column) for column in frame.columns))
    if frame.crs is not None:
        frame = frame.to_crs("EPSG:4326")
    named = frame[_MUNICIPALITY].notna() & frame[_COUNTY].notna()
    frame = frame[named & frame.geom_type.isin(["Polygon", "MultiPolygon"])]
    if frame.empty:
        return refuse("rules.boundaries-empty", str(len(frame)))
    areas = tuple(
        Area(municipality=str(municipality), county=str(county))
        for municipality, county in zip(frame[_MUNICIPALITY], frame[_COUNTY], strict=True)
    )
    return Boundaries(areas=areas, tree=STRtree(frame.geometry.make_valid().to_numpy())), findings
