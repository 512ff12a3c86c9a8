"""Read the folder a municipality keeps: its settings and its lists, with every finding reported."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path

from routing.findings import Finding, Findings, Severity
from routing.records.columns import Sheet
from routing.records.csv_file import read_csv
from routing.records.folder import SETTINGS_FILE, RecordFile, open_folder
from routing.records.folding import example
from routing.records.model import Ferry, Municipality, Records
from routing.records.raw import RawTable
from routing.records.references import Kept, resolve
from routing.records.reporting import Report
from routing.records.row_checks import CHECKS
from routing.records.rows import Rows, read_rows
from routing.records.settings_file import read_settings
from routing.records.sheets import SHEETS
from routing.records.xlsx_file import read_xlsx


def read_folder(path: Path) -> tuple[Records | None, Findings]:
    """Read every record file of the folder `path`.

    Nothing stops the reading: what cannot be used is left out, and findings say which file, row and field, what was
    found, what was expected and what to do. The records are None only where the settings are unusable.
    """
    findings = Findings()
    files = open_folder(path, findings)
    if findings.has_errors and not files:
        return None, findings
    return read_files(files, findings)


def read_files(files: Mapping[str, RecordFile], findings: Findings) -> tuple[Records | None, Findings]:
    """Read record files by sheet name, settings under `municipality`, wherever they come from.

    `findings` is what was found on the way to them; it begins what is returned.
    """
    settings = _settings(files, findings)
    rows = {sheet.name: _sheet(files, sheet, findings) for sheet in SHEETS}
    kept = resolve(rows, findings)
    if settings is not None:
        settings = dataclasses.replace(settings, ferries=tuple(_with_harbours(settings.ferries, kept, files, findings)))
    records = None if settings is None else Records(municipality=settings, **kept)
    return records, Findings(_as_headed(finding, rows, files) for finding in findings)


def read_table(file: RecordFile, sheet: Sheet, report: Report) -> RawTable | None:
    """Return the cells of a file as text, or None where it cannot be read."""
    if file.table is not None or file.data is None:
        return file.table
    return (read_xlsx if file.suffix == ".xlsx" else read_csv)(file.data, sheet, report)


def _settings(files: Mapping[str, RecordFile], findings: Findings) -> Municipality | None:
    file = files.get("municipality")
    if file is None:
        Report(file=SETTINGS_FILE, findings=findings).add("records.settings-missing", name=SETTINGS_FILE)
        return None
    if file.data is None:
        return None
    return read_settings(file.data, Report(file=file.name, findings=findings))


def _sheet(files: Mapping[str, RecordFile], sheet: Sheet, findings: Findings) -> Rows:
    """Return the rows of one sheet that are sound by themselves."""
    file = files.get(sheet.name)
    if file is None:
        report = Report(file=f"{sheet.name}.csv", findings=findings)
        severity = Severity.ERROR if sheet.required else Severity.NOTE
        if not sheet.extra:
            report.add("records.file-missing", severity, name=sheet.name, other=sheet.et)
        return Rows()
    report = Report(file=file.name, findings=findings)
    table = read_table(file, sheet, report)
    rows = Rows() if table is None else read_rows(table, sheet, report)
    sound = []
    for record in rows.records:
        found = [finding for check in CHECKS.get(sheet.record, ()) for finding in check(record)]
        findings.extend(found)
        if not any(finding.severity is Severity.ERROR for finding in found):
            sound.append(record)
    return dataclasses.replace(rows, records=tuple(sound))


def _with_harbours(
    ferries: tuple[Ferry, ...], kept: Kept, files: Mapping[str, RecordFile], findings: Findings
) -> list[Ferry]:
    """Leave out ferries whose harbours are no places, and the second of one id."""
    report = Report(file=files["municipality"].name, findings=findings)
    places = {place.id for place in kept["places"]}
    sound: list[Ferry] = []
    for number, ferry in enumerate(ferries, start=1):
        harbours = {"mainland_harbour": ferry.mainland_harbour, "island_harbour": ferry.island_harbour}
        unknown = {field: harbour for field, harbour in harbours.items() if harbour not in places}
        for field, harbour in unknown.items():
            hint = example(harbour, places)
            report.add(
                "records.reference-unknown",
                field=f"ferries[{number}].{field}",
                found=harbour,
                sheet="places",
                nearest=hint,
            )
        if any(ferry.id == earlier.id for earlier in sound):
            report.add(
                "records.duplicate", field=f"ferries[{number}].id", found=ferry.id, other=report.file, other_row="–"
            )
        elif not unknown:
            sound.append(ferry)
    return sound


def _as_headed(finding: Finding, rows: Mapping[str, Rows], files: Mapping[str, RecordFile]) -> Finding:
    """Return the finding with the column named as the file's own header names it."""
    for name, file in files.items():
        if file.name == finding.file and finding.field and name in rows:
            return dataclasses.replace(finding, field=rows[name].headers.get(finding.field, finding.field))
    return finding
