"""Findings: what is wrong with input, where, and what to do about it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from routing.wording import say


class Severity(StrEnum):
    """How much a finding matters: an ERROR leaves the row out, a WARNING keeps it, a NOTE only informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing found in input.

    `code` is a stable English key such as `records.unknown-column`. The catalogues hold three sentences for it:
    `<code>` (what is wrong), `<code>.expected` and `<code>.do` (the way out); all may use `{found}` and the names
    in `details`. `row` counts as the spreadsheet does: the header is row 1.
    """

    code: str
    severity: Severity = Severity.ERROR
    file: str = ""
    row: int | None = None
    field: str | None = None
    found: str = ""
    details: Mapping[str, str] = dataclasses.field(default_factory=dict)

    def sentence(self, lang: str) -> str:
        """Say what is wrong, in `lang`."""
        return say(self.code, lang, found=self.found, **self.details)

    def expected(self, lang: str) -> str:
        """Say what was expected, in `lang`."""
        return say(f"{self.code}.expected", lang, found=self.found, **self.details)

    def action(self, lang: str) -> str:
        """Say what to do, in `lang`."""
        return say(f"{self.code}.do", lang, found=self.found, **self.details)

    def as_dict(self, lang: str) -> dict[str, object]:
        """Return the finding as plain data for `--json`, sentences in `lang`."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "file": self.file,
            "row": self.row,
            "field": self.field,
            "found": self.found,
            "sentence": self.sentence(lang),
            "expected": self.expected(lang),
            "action": self.action(lang),
        }


class Findings:
    """Collect findings in the order they are met."""

    def __init__(self, items: Iterable[Finding] = ()) -> None:
        self._items: list[Finding] = list(items)

    def add(self, finding: Finding) -> None:
        """Add one finding."""
        self._items.append(finding)

    def extend(self, findings: Iterable[Finding]) -> None:
        """Add several findings."""
        self._items.extend(findings)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    @property
    def has_errors(self) -> bool:
        """Tell whether any finding is an ERROR."""
        return any(finding.severity is Severity.ERROR for finding in self._items)
