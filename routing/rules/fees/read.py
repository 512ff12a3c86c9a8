"""Read fee schedules from TOML files, with every finding collected.

A file names its `municipality` and holds any number of `[[schedules]]`; `fixtures/fees/README.md` describes the format
for the people who keep it. Numbers are read as exact decimals. A schedule with an error is left out, the others stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter

from routing.findings import Finding, Findings, Severity
from routing.rules.fees.book import FeeBook
from routing.rules.fees.flaws import flaws, overlaps
from routing.rules.fees.schedule import Schedule
from routing.rules.fees.toml import field_finding, parse_toml, validated

CASES: Final = ".cases.toml"
"""How the name of a file of worked cases ends."""

_ADAPTER = TypeAdapter(Schedule)


def load_schedules(path: Path) -> tuple[FeeBook, Findings]:
    """Read every schedule of a folder's `*.toml` files, or of one file; worked cases (`*.cases.toml`) are not read."""
    findings = Findings()
    schedules: dict[str, Schedule] = {}
    files: dict[str, str] = {}
    for file in _files(path, findings):
        for schedule in _read_file(file, findings):
            if schedule.id in schedules:
                findings.add(Finding(code="rules.fee-id-twice", file=file.name, field="id", found=schedule.id))
            else:
                schedules[schedule.id], files[schedule.id] = schedule, file.name
    findings.extend(overlaps(schedules, files))
    return FeeBook(schedules=tuple(schedules.values())), findings


def _files(path: Path, findings: Findings) -> Sequence[Path]:
    if path.is_file():
        return [path]
    files = sorted(file for file in path.glob("*.toml") if not file.name.endswith(CASES)) if path.is_dir() else []
    if not files:
        findings.add(Finding(code="rules.fee-no-files", severity=Severity.WARNING, file=path.name, found=path.name))
    return files


def _read_file(file: Path, findings: Findings) -> Iterator[Schedule]:
    data = parse_toml(file, findings)
    if data is None:
        return
    municipality = data.pop("municipality", None)
    schedules = data.pop("schedules", None)
    findings.extend(field_finding("rules.fee-field-unknown", file.name, name) for name in data)
    named = isinstance(municipality, str)
    if not named:
        findings.add(field_finding("rules.fee-field-missing", file.name, "municipality"))
    if not isinstance(schedules, list) or not all(isinstance(item, dict) for item in schedules):
        findings.add(field_finding("rules.fee-field-missing", file.name, "schedules"))
        return
    if not named:
        return
    for position, raw in enumerate(schedules, start=1):
        schedule = _validate({"municipality": municipality, **raw}, file.name, position, findings)
        if schedule is not None:
            yield schedule


def _validate(raw: Mapping[str, object], file: str, position: int, findings: Findings) -> Schedule | None:
    """Return the schedule at `position` (from 1) of a file, or None where it has an error."""
    schedule = validated(_ADAPTER, raw, file, f"schedules[{position}]", findings)
    if schedule is None:
        return None
    found = Findings(flaws(schedule, file, position))
    findings.extend(found)
    return None if found.has_errors else schedule
