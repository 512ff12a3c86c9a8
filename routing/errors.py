"""The error family of Hoolering.

HooleringError
├── UsageError          the caller asked for something that does not exist (also ValueError)
├── ProblemError        a problem contradicts itself; lists every fault (also ValueError)
├── RecordsError        a folder cannot be planned; carries every finding (also ValueError)
├── RoadsError          a road file or network cannot be used (also ValueError)
└── PlanFileError       a plan file cannot be read; carries every finding (also ValueError)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from routing.findings import Finding


class HooleringError(Exception):
    """Base of all errors that Hoolering raises on purpose."""

    exit_code = 2


class UsageError(HooleringError, ValueError):
    """The caller named something that does not exist or asked for what cannot be combined."""


class ProblemError(HooleringError, ValueError):
    """A problem contradicts itself."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(self.faults))


class FindingsError(HooleringError, ValueError):
    """Input that cannot be used, with every finding collected."""

    exit_code = 1

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(f"{f.file}:{f.row or ''}:{f.field or ''} {f.code}" for f in self.findings))


class RecordsError(FindingsError):
    """A municipality's folder cannot be planned."""


class RoadsError(FindingsError):
    """A road file cannot be read or a network cannot be used."""


class PlanFileError(FindingsError):
    """A plan file cannot be read."""
