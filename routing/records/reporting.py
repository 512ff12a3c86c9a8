"""Report findings of one file into a collection."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from routing.findings import Finding, Findings, Severity
from routing.records.kind import CellError
from routing.records.model import Row
from routing.records.personal_code import mask

MAX_FOUND: Final = 60


def clip(text: str) -> str:
    """Return `text` on one line, short enough for a finding and without personal codes."""
    line = mask(" ".join(text[: 4 * MAX_FOUND].split()))
    return line if len(line) <= MAX_FOUND else f"{line[:MAX_FOUND]}…"


@dataclass(frozen=True, kw_only=True)
class Report:
    """Add findings about one `file`."""

    file: str
    findings: Findings

    def add(
        self,
        code: str,
        severity: Severity = Severity.ERROR,
        *,
        row: int | None = None,
        field: str | None = None,
        found: str = "",
        **details: str,
    ) -> None:
        """Add one finding; `found` is shortened."""
        self.findings.add(
            Finding(
                code=code,
                severity=severity,
                file=self.file,
                row=row,
                field=field,
                found=clip(found),
                details=details,
            )
        )

    def warn(
        self, code: str, *, row: int | None = None, field: str | None = None, found: str = "", **details: str
    ) -> None:
        """Add one warning."""
        self.add(code, Severity.WARNING, row=row, field=field, found=found, **details)

    def note(self, code: str, *, found: str = "", **details: str) -> None:
        """Add one note about the whole file."""
        self.add(code, Severity.NOTE, row=None, found=found, **details)

    def fault(self, fault: CellError, *, row: int | None = None, field: str, found: str) -> None:
        """Add what is wrong with one cell."""
        finding = Finding(
            code=fault.code, file=self.file, row=row, field=field, found=clip(found), details=fault.details
        )
        self.findings.add(finding)


def about(record: Row, code: str, field: str | None, found: str = "", **details: str) -> Finding:
    """Return an ERROR about `record`, pointing at the row it was read from."""
    origin = record.origin
    return Finding(code=code, file=origin.file, row=origin.row, field=field, found=clip(found), details=details)


def doubt(record: Row, code: str, field: str | None, found: str = "", **details: str) -> Finding:
    """Return a WARNING about `record`, pointing at the row it was read from."""
    origin = record.origin
    return Finding(
        code=code,
        severity=Severity.WARNING,
        file=origin.file,
        row=origin.row,
        field=field,
        found=clip(found),
        details=details,
    )
