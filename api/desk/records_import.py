"""Import a folder into the store: first see what would change, then do all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.desk.documents import SETTINGS_KIND
from api.desk.log_needs import LogNeeds, in_log, log_needs
from api.desk.record_set import RecordSet, Row, errors_of, natural_key, own_key
from api.desk.records import TOPICS, new_record, record_set, words_of
from api.desk.records_upload import Upload, read_upload, upload_as_dict, upload_from_dict
from api.errors import MissingError, RefusedError, StaleError
from api.store.base import new_id, subject_name
from api.store.cache import stand_of
from api.store.history import actor, doing, now, write
from api.store.opening import OUTSIDE
from api.store.records import Document, PreparedImport, Record
from routing.findings import Finding, Severity
from routing.records.sheets import SHEET_BY_NAME, SHEETS

_ACTION = "records.import"
KEPT = timedelta(days=1)
"""How long what was sent waits for a yes."""
"""How long what was sent waits for a yes: it holds personal data."""


class Verb(StrEnum):
    """What becomes of a record or a document."""

    ADD = "add"
    CHANGE = "change"
    REMOVE = "remove"


@dataclass(frozen=True, kw_only=True)
class RecordChange:
    """What an import does to one record: its cells before and after, None where there are none."""

    verb: Verb
    sheet: str
    key: str
    before: Mapping[str, str] | None
    after: Mapping[str, str] | None


@dataclass(frozen=True, kw_only=True)
class DocumentChange:
    """What an import does to one document."""

    verb: Verb
    name: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class ImportPreview:
    """What an import would do. `id` names it until it is applied; rows with errors are not among the changes."""

    id: str
    findings: tuple[Finding, ...]
    records: tuple[RecordChange, ...]
    documents: tuple[DocumentChange, ...]
    usable: bool

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Return the findings because of which a row is left out."""
        return errors_of(self.findings)

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing would change."""
        return not self.records and not self.documents


def prepare_import(
    session: Session, folder: Path, *, keep_missing: bool = False, trusted: bool = False
) -> ImportPreview:
    """Read a folder and say what importing it would do; nothing is written but what was sent.

    Sheets that the folder lacks stay as they are. Of the sheets it holds, records that are not in it are removed unless
    they are to be kept. `trusted` folders are on this machine: see `api.desk.documents.adopt`.
    """
    allowed = session.info.get(OUTSIDE)
    base = record_set(session)
    upload = read_upload(folder, base, keep_missing=keep_missing, trusted=trusted, allowed=allowed)
    content = {**upload_as_dict(upload), "keep_missing": keep_missing}
    for forgotten in session.scalars(select(PreparedImport).where(PreparedImport.at < now(session) - KEPT)):
        session.delete(forgotten)
    stand = stand_of(session, *TOPICS)
    prepared = PreparedImport(id=new_id(), stand=stand, content=content, by=actor(session), at=now(session))
    session.add(prepared)
    session.flush()
    return _preview(session, prepared)


def preview_import(session: Session, prepared_id: str) -> ImportPreview:
    """Return the preview of an import once more."""
    return _preview(session, _prepared(session, prepared_id))


def apply_import(session: Session, prepared_id: str, *, despite_errors: bool = False) -> ImportPreview:
    """Do what the preview said, all in the transaction of the session, and forget what was sent.

    RefusedError where there are errors and they are not to be left out, StaleError where the records have changed
    since the preview.
    """
    prepared = _prepared(session, prepared_id)
    found = stand_of(session, *TOPICS)
    if found != prepared.stand:
        raise StaleError(subject="records", expected=prepared.stand, found=found)
    preview = _preview(session, prepared)
    if not preview.usable or (preview.errors and not despite_errors):
        raise RefusedError(preview.findings)
    upload = upload_from_dict(prepared.content)
    with doing(session, _ACTION):
        _change_records(session, preview)
        _order_records(session, upload)
        _change_documents(session, preview, upload)
    counts = {verb.value: sum(change.verb is verb for change in preview.records) for verb in Verb}
    write(session, _ACTION, f"import:{prepared.id}", after=counts)
    session.delete(prepared)
    session.flush()
    return preview


def drop_import(session: Session, prepared_id: str) -> None:
    """Forget what was sent without doing it; MissingError where there is nothing."""
    session.delete(_prepared(session, prepared_id))
    session.flush()


def _prepared(session: Session, prepared_id: str) -> PreparedImport:
    prepared = session.get(PreparedImport, prepared_id)
    if prepared is None:
        raise MissingError(subject_name("import", prepared_id))
    return prepared


def _preview(session: Session, prepared: PreparedImport) -> ImportPreview:
    upload = upload_from_dict(prepared.content)
    base = record_set(session)
    keep = bool(prepared.content["keep_missing"])
    changes = [change for name in _sent(upload) for change in _record_changes(name, upload, base, keep=keep)]
    needed = _needed(changes, log_needs(session))
    staying = {(one.sheet, one.key) for one in needed}
    told = tuple(in_log(one.sheet, one.key, one.before or {}, severity=Severity.WARNING) for one in needed)
    return ImportPreview(
        id=prepared.id,
        findings=(*upload.findings, *told),
        records=tuple(change for change in changes if (change.sheet, change.key) not in staying),
        documents=tuple(_document_changes(session, upload)),
        usable=upload.usable,
    )


def _sent(upload: Upload) -> Iterator[str]:
    return (sheet.name for sheet in SHEETS if sheet.name in upload.sheets)


def _record_changes(name: str, upload: Upload, base: RecordSet, *, keep: bool) -> Iterator[RecordChange]:
    """Yield what becomes of the records of one sheet; those that are equal in another order are no change."""
    sheet = SHEET_BY_NAME[name]
    waiting: dict[tuple[str, ...], list[Row]] = {}
    for row in base.rows.get(name, ()):
        waiting.setdefault(natural_key(sheet, row.cells), []).append(row)
    for cells in upload.sheets[name]:
        same = waiting.get(natural_key(sheet, cells))
        if not same:
            key = own_key(sheet, cells) or ""
            yield RecordChange(verb=Verb.ADD, sheet=name, key=key, before=None, after=cells)
            continue
        row = same.pop(0)
        if dict(row.cells) != dict(cells):
            yield RecordChange(verb=Verb.CHANGE, sheet=name, key=row.key, before=row.cells, after=cells)
    for row in () if keep else (row for rows in waiting.values() for row in rows):
        yield RecordChange(verb=Verb.REMOVE, sheet=name, key=row.key, before=row.cells, after=None)


def _needed(changes: Sequence[RecordChange], needs: LogNeeds) -> tuple[RecordChange, ...]:
    """Return the removals that the log does not bear: those records stay.

    A row whose successor is sent, such as a decision that begins on another day now, may go all the same.
    """
    added = {_owner(change.after) for change in changes if change.verb is Verb.ADD and change.after}
    return tuple(
        change
        for change in changes
        if change.verb is Verb.REMOVE
        and change.before is not None
        and needs.about(change.sheet, change.key, change.before)
        and not (change.sheet in {"decisions", "reliefs"} and _owner(change.before) in added)
    )


def _owner(cells: Mapping[str, str]) -> tuple[str | None, ...]:
    """Return what two versions of one decision have in common."""
    return tuple(cells.get(field) for field in ("case_number", "act", "client", "service"))


def _document_changes(session: Session, upload: Upload) -> Iterator[DocumentChange]:
    """Yield what becomes of the documents: those of a kind that was sent make way for the ones sent."""
    there = {document.name: document for document in session.scalars(select(Document))}
    for document in upload.documents:
        old = there.get(document.name)
        if old is None:
            yield DocumentChange(verb=Verb.ADD, name=document.name, kind=document.kind)
        elif old.text != document.text:
            yield DocumentChange(verb=Verb.CHANGE, name=document.name, kind=document.kind)
    kinds = {document.kind for document in upload.documents} - {SETTINGS_KIND}
    names = {document.name for document in upload.documents}
    for old in there.values():
        if old.kind in kinds and old.name not in names:
            yield DocumentChange(verb=Verb.REMOVE, name=old.name, kind=old.kind)


def _change_records(session: Session, preview: ImportPreview) -> None:
    kept = {(record.sheet, record.key): record for record in session.scalars(select(Record))}
    for change in preview.records:
        record = kept.get((change.sheet, change.key))
        if change.after is None:
            session.delete(kept[change.sheet, change.key])
        elif change.verb is Verb.CHANGE and record is not None:
            record.cells = dict(change.after)
            record.words = words_of(change.after)
        else:
            sheet = SHEET_BY_NAME[change.sheet]
            session.add(new_record(sheet, change.key or new_id(), dict(change.after), position=0))
    session.flush()


def _order_records(session: Session, upload: Upload) -> None:
    """Give the records the order of the rows sent; those that were not sent come first, as they were."""
    for name, rows in upload.sheets.items():
        sheet = SHEET_BY_NAME[name]
        places: dict[tuple[str, ...], list[int]] = {}
        for place, cells in enumerate(rows):
            places.setdefault(natural_key(sheet, cells), []).append(place)
        records = session.scalars(select(Record).where(Record.sheet == name).order_by(Record.position)).all()
        rank = {record.key: _next(places.get(natural_key(sheet, record.cells))) for record in records}
        for position, record in enumerate(sorted(records, key=lambda record: rank[record.key]), start=1):
            record.position = position


def _next(places: list[int] | None) -> int:
    return places.pop(0) if places else -1


def _change_documents(session: Session, preview: ImportPreview, upload: Upload) -> None:
    texts = {document.name: document.text for document in upload.documents}
    for change in preview.documents:
        document = session.get(Document, change.name)
        if document is None:
            session.add(Document(name=change.name, kind=change.kind, text=texts[change.name]))
        elif change.verb is Verb.REMOVE:
            session.delete(document)
        else:
            document.text = texts[change.name]
