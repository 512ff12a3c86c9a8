"""Read fee schedules from TOML files, with every finding collected.

A file names its `municipality` and holds any number of `[[schedules]]`; `fixtures/fees/README.md` describes the format
for the people who keep it. Numbers are read as exact decimals. A schedule with an error is left out, the others stay.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from routing.findings import Finding, Findings, Severity
from routing.rules.fees.book import FeeBook
from routing.rules.fees.flaws import flaws, overlaps
from routing.rules.fees.schedule import Schedule

LARGEST_FILE = 1_000_000
"""A schedule file has a few kilobytes; a larger one than this, in bytes, is not read."""

_CASES = ".cases.toml"
_ADAPTER = TypeAdapter(Schedule)
_CODES = {
    "missing": "rules.fee-field-missing",
    "unexpected_keyword_argument": "rules.fee-field-unknown",
    "extra_forbidden": "rules.fee-field-unknown",
    "literal_error": "rules.fee-not-a-choice",
    "enum": "rules.fee-not-a-choice",
    "union_tag_invalid": "rules.fee-not-a-choice",
    "union_tag_not_found": "rules.fee-kind-missing",
}
_CODES_BY_FAMILY = {
    "date": "rules.fee-not-a-date",
    "decimal": "rules.fee-not-an-amount",
    "greater": "rules.fee-not-an-amount",
    "less": "rules.fee-not-an-amount",
    "finite": "rules.fee-not-an-amount",
}


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
    files = sorted(file for file in path.glob("*.toml") if not file.name.endswith(_CASES)) if path.is_dir() else []
    if not files:
        findings.add(Finding(code="rules.fee-no-files", severity=Severity.WARNING, file=path.name, found=path.name))
    return files


def _read_file(file: Path, findings: Findings) -> Iterator[Schedule]:
    data = _parse(file, findings)
    if data is None:
        return
    municipality = data.pop("municipality", None)
    schedules = data.pop("schedules", None)
    findings.extend(_field_finding("rules.fee-field-unknown", file.name, name) for name in data)
    named = isinstance(municipality, str)
    if not named:
        findings.add(_field_finding("rules.fee-field-missing", file.name, "municipality"))
    if not isinstance(schedules, list) or not all(isinstance(item, dict) for item in schedules):
        findings.add(_field_finding("rules.fee-field-missing", file.name, "schedules"))
        return
    if not named:
        return
    for position, raw in enumerate(schedules, start=1):
        schedule = _validate({"municipality": municipality, **raw}, file.name, position, findings)
        if schedule is not None:
            yield schedule


def _parse(file: Path, findings: Findings) -> dict[str, Any] | None:
    text = ""
    try:
        if file.stat().st_size > LARGEST_FILE:
            findings.add(Finding(code="rules.fee-file-large", file=file.name, found=str(file.stat().st_size)))
            return None
        text = file.read_text(encoding="utf-8-sig")
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        findings.add(_syntax_finding(file.name, text.splitlines(), str(error)))
    except (OSError, InvalidOperation, ValueError, RecursionError) as error:
        findings.add(Finding(code="rules.fee-file-unreadable", file=file.name, found=type(error).__name__))
    return None


def _syntax_finding(file: str, lines: Sequence[str], message: str) -> Finding:
    """Point at the line the message names; at the last one where it says the end of the document."""
    named = re.search(r"at line (\d+)", message)
    row = min(int(named[1]) if named else len(lines), len(lines))
    return Finding(code="rules.fee-not-toml", file=file, row=row, found=lines[row - 1].strip()[:80])


def _validate(raw: Mapping[str, object], file: str, position: int, findings: Findings) -> Schedule | None:
    """Return the schedule at `position` (from 1) of a file, or None where it has an error."""
    try:
        schedule = _ADAPTER.validate_python(raw)
    except ValidationError as error:
        findings.extend(_distinct(_finding(detail, raw, file, position) for detail in error.errors()))
        return None
    found = Findings(flaws(schedule, file, position))
    findings.extend(found)
    return None if found.has_errors else schedule


def _finding(detail: Mapping[str, Any], raw: Mapping[str, object], file: str, position: int) -> Finding:
    kind = str(detail["type"])
    code = _CODES.get(kind) or _CODES_BY_FAMILY.get(kind.partition("_")[0], "rules.fee-value-wrong")
    context = detail.get("ctx", {})
    choices = str(context.get("expected") or context.get("expected_tags") or "").replace(" or ", ", ")
    absent = {"missing": str(detail["loc"][-1]), "union_tag_not_found": "kind"}.get(kind)
    field = _path(detail["loc"], raw, position, absent)
    found = "" if absent else str(context.get("tag", detail.get("input", "")))[:80]
    return _field_finding(code, file, field, found=found, choices=choices)


def _field_finding(code: str, file: str, field: str, *, found: str = "", choices: str = "") -> Finding:
    details = {"field": field, "choices": choices}
    return Finding(code=code, file=file, field=field, found=found, details=details)


def _path(loc: Sequence[str | int], raw: object, position: int, absent: str | None) -> str:
    """Return a field as `schedules[1].components[2].price`: those parts of `loc` that are in the file, from 1."""
    path, here = f"schedules[{position}]", raw
    for part in loc:
        if isinstance(here, Mapping) and part in here:
            here, path = here[part], f"{path}.{part}"
        elif isinstance(here, list) and isinstance(part, int):
            here, path = here[part], f"{path}[{part + 1}]"
    return f"{path}.{absent}" if absent else path


def _distinct(findings: Iterable[Finding]) -> Iterable[Finding]:
    """Keep one finding per field: a value that may be of two kinds fails twice."""
    first: dict[str | None, Finding] = {}
    for finding in findings:
        first.setdefault(finding.field, finding)
    return first.values()
