"""Write the records back as the folder they came from; reading it gives the records of the store."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.desk.record_set import localized
from api.desk.records import record_set
from api.store.records import Document
from routing.records.sheets import SHEETS
from routing.records.staging import staged_folder
from routing.records.write import write_sheet

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def export_folder(session: Session, path: Path, *, lang: str) -> None:
    """Write everything as a new folder at `path`, headers and words in `lang`; it appears complete or not at all.

    UsageError where `path` holds something already.
    """
    with staged_folder(path, lang) as folder:
        _fill(session, folder, lang)


def export_zip(session: Session, *, lang: str) -> bytes:
    """Return everything as a zip of the folder; the same records give the same bytes."""
    target = io.BytesIO()
    with tempfile.TemporaryDirectory(prefix="hoolering-export-") as base:
        folder = Path(base)
        _fill(session, folder, lang)
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in sorted(path for path in folder.rglob("*") if path.is_file()):
                part = zipfile.ZipInfo(file.relative_to(folder).as_posix(), _EPOCH)
                part.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(part, file.read_bytes())
    return target.getvalue()


def write_documents(session: Session, folder: Path) -> None:
    """Write settings, fee schedules and roads into `folder`, which exists; no records."""
    for document in session.scalars(select(Document)):
        file = folder / document.name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(document.text.encode())


def _fill(session: Session, folder: Path, lang: str) -> None:
    write_documents(session, folder)
    for sheet in SHEETS:
        kept = (localized(sheet.name, row.cells, lang) for row in record_set(session).rows[sheet.name])
        rows = ([cells.get(column.field, "") for column in sheet.columns] for cells in kept)
        write_sheet(sheet, rows, folder / f"{sheet.name}.csv", lang=lang)
