"""What FastAPI finds wrong with a request, as findings with our own codes and sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from routing.findings import Finding

_LONGEST = 80
_ENDINGS = {
    "missing": "missing",
    "extra_forbidden": "unknown",
    "enum": "choice",
    "literal_error": "choice",
    "json_invalid": "json",
    "string_too_short": "short",
    "string_too_long": "long",
    "string_pattern_mismatch": "pattern",
    "int_parsing": "number",
    "int_type": "number",
    "int_from_float": "number",
    "float_parsing": "number",
    "float_type": "number",
    "decimal_parsing": "number",
    "bool_parsing": "boolean",
    "bool_type": "boolean",
    "string_type": "text",
    "date_from_datetime_parsing": "date",
    "date_parsing": "date",
    "date_type": "date",
    "time_parsing": "time",
    "greater_than": "range",
    "greater_than_equal": "range",
    "less_than": "range",
    "less_than_equal": "range",
}


def misfits(faults: Iterable[Mapping[str, Any]]) -> Iterator[Finding]:
    """Yield a finding for each fault; what was sent is shown shortened, and a password never."""
    for fault in faults:
        where, *path = (str(part) for part in fault.get("loc", ("body",)))
        field = ".".join(path) or where
        kind = _ENDINGS.get(str(fault.get("type")), "misfit")
        details = {"field": field, "choices": _bounds(fault.get("ctx", {}))}
        yield Finding(code=f"request.{kind}", file=where, field=field, found=_shown(fault, field), details=details)


def _shown(fault: Mapping[str, Any], field: str) -> str:
    given = fault.get("input")
    if fault.get("type") == "missing" or "password" in field or isinstance(given, dict | list | bytes):
        return ""
    text = str(given)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _bounds(context: object) -> str:
    if not isinstance(context, dict):
        return ""
    return ", ".join(str(value) for key, value in context.items() if key not in {"error", "field_name"})
