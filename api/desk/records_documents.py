"""Read and change the other files of the municipality's folder: settings and fee schedules, as text."""

from __future__ import annotations

import dataclasses
import tempfile
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.desk.documents import FEES, SETTINGS_KIND, outside, paths_of
from api.desk.record_set import errors_of, new_findings
from api.desk.records import record_set
from api.errors import MissingError, RefusedError
from api.store.base import subject_name
from api.store.history import expect
from api.store.opening import OUTSIDE
from api.store.records import Document
from routing.findings import Finding
from routing.rules.fees.read import load_schedules


def list_documents(session: Session, kind: str | None = None) -> tuple[Document, ...]:
    """Return the documents by name, those of one kind where it is given."""
    wanted = select(Document).order_by(Document.name)
    return tuple(session.scalars(wanted if kind is None else wanted.where(Document.kind == kind)))


def get_document(session: Session, name: str, kind: str | None = None) -> Document:
    """Return one document; MissingError where there is none, or none of this kind."""
    document = session.get(Document, name)
    if document is None or kind not in {None, document.kind}:
        raise MissingError(subject_name("document", name))
    return document


def check_document(session: Session, name: str, text: str) -> tuple[Finding, ...]:
    """Return what would be found if a document held `text`: of settings all of their own and what is new elsewhere."""
    document = get_document(session, name)
    if document.kind == SETTINGS_KIND:
        before = record_set(session)
        (known, found), (records, read) = before.read(), dataclasses.replace(before, settings=text).read()
        after = tuple(read)
        own = [finding for finding in after if finding.file == name]
        if records is not None:
            allowed = session.info.get(OUTSIDE)
            own += outside(paths_of(records.municipality), paths_of(known.municipality if known else None), allowed)
        return (*own, *(finding for finding in new_findings(found, after) if finding not in own))
    return _fee_findings(session, name, text) if document.kind == FEES else ()


def update_document(session: Session, name: str, text: str, *, version: int) -> Document:
    """Give a document another text; `version` is the one that was seen.

    RefusedError with every finding where it has an error, StaleError where it has changed meanwhile.
    """
    document = get_document(session, name)
    expect(session, document, version)
    findings = check_document(session, name, text)
    if errors_of(findings):
        raise RefusedError(findings)
    document.text = text
    session.flush()
    return document


def _fee_findings(session: Session, name: str, text: str) -> tuple[Finding, ...]:
    """Return what is found about all schedules together: one may overlap another in time."""
    with tempfile.TemporaryDirectory(prefix="hoolering-fees-") as base:
        folder = Path(base)
        for document in list_documents(session, FEES):
            content = text if document.name == name else document.text
            (folder / Path(document.name).name).write_bytes(content.encode())
        return tuple(load_schedules(folder)[1])
