"""From a folder on disk to a day that can be planned, checked or explained."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from routing.day.areas import with_areas
from routing.day.build import Day, build_day
from routing.errors import RecordsError
from routing.findings import Finding, Severity
from routing.records.folder import folder_digest
from routing.records.model import Records
from routing.records.read import read_folder
from routing.roads.network import RoadNetwork
from routing.roads.opening import open_network
from routing.rules.fees.book import FeeBook
from routing.rules.fees.read import load_schedules


@dataclass(frozen=True, kw_only=True)
class Folder:
    """A municipality's folder as it was read, with its roads and what was found on the way."""

    path: Path
    records: Records
    network: RoadNetwork
    digest: str
    roads_source: str
    findings: tuple[Finding, ...]


def open_folder(path: Path, roads: Path | None = None) -> Folder:
    """Read a folder and its roads; `roads` replaces the network the settings name. RecordsError, RoadsError."""
    records, findings = open_records(path)
    source = roads or _beside(path, records.municipality.roads)
    if source is None:
        raise RecordsError([*findings, Finding(code="cli.no-roads", file="municipality.toml", field="roads")])
    network = open_network(source, cache=cache_folder())
    return Folder(
        path=path,
        records=records,
        network=network,
        digest=folder_digest(path),
        roads_source=str(source),
        findings=tuple(findings),
    )


def open_records(path: Path) -> tuple[Records, tuple[Finding, ...]]:
    """Read a folder's records, areas filled in from the boundaries the settings name. RecordsError."""
    records, findings = read_folder(path)
    if records is None:
        raise RecordsError(tuple(findings))
    source = _beside(path, records.municipality.boundaries)
    if source is None:
        return records, tuple(findings)
    from routing.rules.boundaries import load_boundaries  # noqa: PLC0415 - loads GeoPandas, a second

    boundaries, more = load_boundaries(source)
    located = records if boundaries is None else with_areas(records, boundaries)
    return located, (*findings, *more)


def open_day(folder: Folder, day: date) -> Day:
    """Build one day of a folder."""
    return build_day(folder.records, folder.network, day)


def open_fees(path: Path, records: Records) -> tuple[FeeBook, tuple[Finding, ...]]:
    """Return the fee schedules the settings name; without any, prices are unknown and a finding says so."""
    source = _beside(path, records.municipality.fees)
    if source is None:
        return FeeBook(), (
            Finding(code="cli.no-fees", severity=Severity.WARNING, file="municipality.toml", field="fees"),
        )
    book, findings = load_schedules(source)
    return book, tuple(findings)


def cache_folder() -> Path:
    """Return where imported road networks are kept."""
    return Path(click.get_app_dir("hoolering")) / "roads"


def _beside(folder: Path, name: str) -> Path | None:
    return folder / name if name else None
