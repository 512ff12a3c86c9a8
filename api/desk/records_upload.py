"""Read what somebody sends to be imported into rows and documents, together with the records that are there."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from api.desk.documents import SETTINGS_KIND, Kept, adopt, outside, paths_of, with_setting
from api.desk.record_set import RecordSet, tidy
from api.desk.records_merge import Merged, merge
from routing.findings import Finding, Findings, Severity
from routing.records.columns import Sheet
from routing.records.decoding import decode
from routing.records.folder import SETTINGS_FILE, RecordFile, open_folder
from routing.records.header import match_header
from routing.records.model import Municipality
from routing.records.read import read_files, read_table
from routing.records.reporting import Report
from routing.records.settings_file import read_settings
from routing.records.sheets import SHEET_BY_NAME


@dataclass(frozen=True, kw_only=True)
class Upload:
    """What was sent: sound rows of cells by sheet, documents, and every finding.

    A sheet that was not sent is not among `sheets`. Rows with a fault are left out and reported. `usable` is False
    where nothing can be made of it.
    """

    sheets: Mapping[str, tuple[Mapping[str, str], ...]]
    documents: tuple[Kept, ...]
    findings: tuple[Finding, ...]
    usable: bool


def read_upload(
    folder: Path, base: RecordSet, *, keep_missing: bool, trusted: bool, allowed: Path | None = None
) -> Upload:
    """Read the files in `folder`; what it does not hold is taken from `base`, so that references are judged whole.

    With `keep_missing` that goes for single rows of the sheets it holds, too. From a `trusted` folder, one on this
    machine, what its settings point at outside of it is read too; in others such a path gives way to what there was,
    unless it leads to the folder that is `allowed`.
    """
    opened = Findings()
    sent = open_folder(folder, opened)
    merged = {name: merge(file, base, name, opened) for name, file in sent.items() if keep_missing}
    files = base.files() | sent | {name: file.file for name, file in merged.items()}
    records, findings = read_files(files, opened)
    found = [_placed(finding, sent, merged, base) for finding in findings]
    if records is None or not sent:
        return Upload(sheets={}, documents=(), findings=tuple(found), usable=False)
    sheets = {
        name: _sound_rows(file, SHEET_BY_NAME[name], {record.origin.row for record in getattr(records, name)})
        for name, file in sent.items()
        if name in SHEET_BY_NAME
    }
    documents = _documents(folder, sent.get("municipality"), records.municipality, trusted=trusted)
    if not trusted:
        documents, refused = _kept_inside(documents, base, allowed)
        found += refused
    return Upload(sheets=sheets, documents=documents, findings=tuple(found), usable=True)


def _placed(finding: Finding, sent: Mapping[str, RecordFile], merged: Mapping[str, Merged], base: RecordSet) -> Finding:
    """Return a finding about a row sent as it is, one about a row that was there with that row's key."""
    for name, file in sent.items():
        if file.name == finding.file:
            return merged[name].named(finding) if name in merged else finding
    return base.named(finding)


def _sound_rows(file: RecordFile, sheet: Sheet, sound: set[int]) -> tuple[Mapping[str, str], ...]:
    """Return the cells of the rows that were read without fault."""
    report = Report(file=file.name, findings=Findings())
    table = read_table(file, sheet, report)
    if table is None:
        return ()
    columns = match_header(table, sheet, report)
    return tuple(
        tidy(sheet, {column.field: row.cells[i] for i, column in columns.items() if i < len(row.cells)})
        for row in table.rows
        if row.number in sound
    )


def _documents(folder: Path, file: RecordFile | None, municipality: Municipality, *, trusted: bool) -> tuple[Kept, ...]:
    if file is None or file.data is None:
        return ()
    text = decode(file.data, Report(file=file.name, findings=Findings())) or ""
    text, kept = adopt(folder, text, paths_of(municipality), trusted=trusted)
    return (Kept(name=SETTINGS_FILE, kind=SETTINGS_KIND, text=text), *kept)


def _kept_inside(
    documents: tuple[Kept, ...], base: RecordSet, allowed: Path | None
) -> tuple[tuple[Kept, ...], tuple[Finding, ...]]:
    """Return the documents with settings that lead to nothing outside, and a warning for each path that gave way.

    Settings whose paths cannot be replaced, since they are written in an unusual way, are left out.
    """
    known = base.read()[0]
    before = paths_of(known.municipality if known else None)
    found: tuple[Finding, ...] = ()
    kept = []
    for document in documents:
        text = document.text
        if document.kind == SETTINGS_KIND:
            found = outside(_paths_in(text), before, allowed, severity=Severity.WARNING)
            for finding in found:
                text = with_setting(text, str(finding.field), before.get(str(finding.field), ""))
            if found and (not _paths_in(text) or outside(_paths_in(text), before, allowed)):
                continue
        kept.append(dataclasses.replace(document, text=text))
    return tuple(kept), found


def _paths_in(settings: str) -> Mapping[str, str]:
    return paths_of(read_settings(settings.encode(), Report(file=SETTINGS_FILE, findings=Findings())))


def upload_as_dict(upload: Upload) -> dict[str, Any]:
    """Return an upload as plain data, to be kept until it is confirmed."""
    return {
        "sheets": {name: [dict(cells) for cells in rows] for name, rows in upload.sheets.items()},
        "documents": [dataclasses.asdict(document) for document in upload.documents],
        "findings": [{**dataclasses.asdict(finding), "details": dict(finding.details)} for finding in upload.findings],
        "usable": upload.usable,
    }


def upload_from_dict(plain: Mapping[str, Any]) -> Upload:
    """Return the upload that `upload_as_dict` made `plain` of."""
    return Upload(
        sheets={name: tuple(rows) for name, rows in plain["sheets"].items()},
        documents=tuple(Kept(**document) for document in plain["documents"]),
        findings=tuple(
            Finding(**{**finding, "severity": Severity(finding["severity"])}) for finding in plain["findings"]
        ),
        usable=plain["usable"],
    )
