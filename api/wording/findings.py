"""Say findings whose sentences may live in the catalogues of `api` or of `routing`."""

from __future__ import annotations

from api.wording import is_own, say
from routing.findings import Finding


def sentence(finding: Finding, lang: str) -> str:
    """Say what is wrong."""
    return _part(finding, "", lang) if is_own(finding.code) else finding.sentence(lang)


def expected(finding: Finding, lang: str) -> str:
    """Say what was expected."""
    return _part(finding, ".expected", lang) if is_own(finding.code) else finding.expected(lang)


def action(finding: Finding, lang: str) -> str:
    """Say what to do."""
    return _part(finding, ".do", lang) if is_own(finding.code) else finding.action(lang)


def as_dict(finding: Finding, lang: str) -> dict[str, object]:
    """Return a finding as plain data: where it is, and its three sentences in `lang`."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "file": finding.file,
        "row": finding.row,
        "field": finding.field,
        "found": finding.found,
        "sentence": sentence(finding, lang),
        "expected": expected(finding, lang),
        "action": action(finding, lang),
    }


def _part(finding: Finding, part: str, lang: str) -> str:
    return say(finding.code + part, lang, found=finding.found, **finding.details)
