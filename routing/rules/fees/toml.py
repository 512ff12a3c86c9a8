"""Read TOML files that people keep, strictly: exact decimals, and every fault with its file and field."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from routing.findings import Finding, Findings

LARGEST_FILE = 1_000_000
"""A schedule file has a few kilobytes; a larger one than this, in bytes, is not read."""

Read = TypeVar("Read")

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


def parse_toml(file: Path, findings: Findings) -> dict[str, Any] | None:
    """Return what a file holds, floats as decimals; None with a finding where it cannot be read."""
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


def validated(
    adapter: TypeAdapter[Read], raw: Mapping[str, object], file: str, table: str, findings: Findings
) -> Read | None:
    """Return the object that a `table` such as `schedules[2]` describes, or None where it has an error."""
    try:
        return adapter.validate_python(raw)
    except ValidationError as error:
        findings.extend(_distinct(_finding(detail, raw, file, table) for detail in error.errors()))
        return None


def _finding(detail: Mapping[str, Any], raw: Mapping[str, object], file: str, table: str) -> Finding:
    kind = str(detail["type"])
    code = _CODES.get(kind) or _CODES_BY_FAMILY.get(kind.partition("_")[0], "rules.fee-value-wrong")
    context = detail.get("ctx", {})
    choices = str(context.get("expected") or context.get("expected_tags") or "").replace(" or ", ", ")
    absent = {"missing": str(detail["loc"][-1]), "union_tag_not_found": "kind"}.get(kind)
    field = _path(detail["loc"], raw, table, absent)
    found = "" if absent else str(context.get("tag", detail.get("input", "")))[:80]
    return field_finding(code, file, field, found=found, choices=choices)


def field_finding(code: str, file: str, field: str, *, found: str = "", choices: str = "") -> Finding:
    """Return a finding about a field of a file."""
    details = {"field": field, "choices": choices}
    return Finding(code=code, file=file, field=field, found=found, details=details)


def _path(loc: Sequence[str | int], raw: object, table: str, absent: str | None) -> str:
    """Return a field as `schedules[1].components[2].price`: those parts of `loc` that are in the file, from 1."""
    path, here = table, raw
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
