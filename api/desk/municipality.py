"""The municipality of the store, opened as a folder is: records, roads and fee schedules, ready to plan days with."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import shutil
import tempfile
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.desk.records import TOPICS, load_records, record_set
from api.desk.records_export import write_documents
from api.loading import Folder, cache_folder, open_fees
from api.store.cache import remembered
from api.store.records import Document
from routing.day.areas import with_areas
from routing.errors import RecordsError
from routing.findings import Finding
from routing.records.model import Records
from routing.roads.network import RoadNetwork
from routing.roads.opening import open_network
from routing.rules.fees.book import FeeBook


def open_municipality(session: Session, cache: Path | None = None) -> Folder:
    """Return what `api.loading.open_folder` returns of a folder, of the store. RecordsError, RoadsError.

    `cache` is where documents and imported roads are laid out, by content; no records are. The answer is remembered
    until a record or a document changes.
    """
    where = cache or cache_folder()

    def make() -> Folder:
        records, findings = load_records(session)
        if records is None:
            raise RecordsError(tuple(findings))
        folder = _laid_out(session, where)
        name = records.municipality.roads
        if not name:
            raise RecordsError([*findings, Finding(code="cli.no-roads", file="municipality.toml", field="roads")])
        located, more = _with_areas(records, folder)
        return Folder(
            path=folder,
            records=located,
            network=_network(session, folder / name, where),
            digest=_digest(session),
            roads_source=name,
            findings=(*findings, *more),
        )

    return remembered(session, f"municipality {where}", *TOPICS, make=make)


def open_municipality_fees(session: Session, cache: Path | None = None) -> tuple[FeeBook, tuple[Finding, ...]]:
    """Return the fee schedules of the store; without any, prices are unknown and a finding says so."""
    where = cache or cache_folder()

    def make() -> tuple[FeeBook, tuple[Finding, ...]]:
        records, findings = load_records(session)
        if records is None:
            raise RecordsError(tuple(findings))
        return open_fees(_laid_out(session, where), records)

    return remembered(session, f"fees {where}", *TOPICS, make=make)


def _with_areas(records: Records, folder: Path) -> tuple[Records, tuple[Finding, ...]]:
    """Return the records with areas filled in from the boundaries the settings name."""
    if not records.municipality.boundaries:
        return records, ()
    from routing.rules.boundaries import load_boundaries  # noqa: PLC0415 - loads GeoPandas, a second

    boundaries, findings = load_boundaries(folder / records.municipality.boundaries)
    return (records if boundaries is None else with_areas(records, boundaries)), tuple(findings)


def _network(session: Session, path: Path, cache: Path) -> RoadNetwork:
    """Return the road network, read again only where a document changes: records change all day, roads do not."""
    return remembered(session, f"network {path}", "document", make=lambda: open_network(path, cache=cache))


def _laid_out(session: Session, cache: Path) -> Path:
    """Return a folder that holds the documents of the store, written once for the same content."""
    texts = session.execute(select(Document.name, Document.text).order_by(Document.name)).all()
    digest = hashlib.sha256(json.dumps([tuple(row) for row in texts]).encode()).hexdigest()
    folder = cache / f"documents-{digest[:32]}"
    if not folder.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=".documents-", dir=cache))
        write_documents(session, aside)
        try:
            aside.rename(folder)
        except OSError:  # somebody else was first; the content is the same
            shutil.rmtree(aside)
    return folder


def _digest(session: Session) -> str:
    """Return a SHA-256 of the records and settings by content, as hexadecimal digits."""
    plain = json.dumps(dataclasses.asdict(record_set(session)), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()
