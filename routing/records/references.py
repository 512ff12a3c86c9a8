"""Rules between rows: no id twice, every name that is used exists, visits of one client follow each other.

A row that needs what does not exist is left out; a name that can be done without is dropped with a warning.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from routing.findings import Findings
from routing.records.care_checks import slot_doubts, volume_doubts
from routing.records.columns import Sheet
from routing.records.folding import example
from routing.records.model import Row
from routing.records.reporting import about, doubt
from routing.records.rows import Rows
from routing.records.sheets import SHEETS
from routing.records.text_kinds import HOME
from routing.records.visit_chains import mend_chains

Kept: TypeAlias = dict[str, tuple[Any, ...]]
Known: TypeAlias = dict[str, frozenset[str]]


def resolve(rows: Mapping[str, Rows], findings: Findings) -> Kept:
    """Return the records of each sheet that are sound together; everything else is reported."""
    kept: Kept = {}
    known: Known = {}
    request_ids: dict[Any, Any] = {}  # visits and rides share one namespace: both become requests
    for sheet in SHEETS:
        first = request_ids if sheet.name in {"visits", "rides"} else {}
        unique = [record for record in rows[sheet.name].records if _is_first(record, sheet, first, findings)]
        sound = [record for record in unique if _has_needed(record, sheet, known, rows, findings)]
        known[sheet.name] = frozenset(record.id for record in sound if "id" in sheet.column_by_field)
        kept[sheet.name] = tuple(_without_unknown(record, sheet, known, findings) for record in sound)
    kept["visits"] = mend_chains(kept["visits"], findings)
    findings.extend(volume_doubts(kept["care_plans"], kept["care_slots"]))
    findings.extend(slot_doubts(kept["visits"], kept["care_slots"], kept["care_plans"]))
    return kept


def _is_first(record: Row, sheet: Sheet, first: dict[Any, Any], findings: Findings) -> bool:
    """Tell whether no earlier record has the same key."""
    key = tuple(getattr(record, field) for field in sheet.key)
    earlier = first.setdefault(key, record) if key else record
    if earlier is not record:
        where = {"other": earlier.origin.file, "other_row": str(earlier.origin.row)}
        findings.add(about(record, "records.duplicate", sheet.key[0], str(key[0]), **where))
    return earlier is record


def _has_needed(record: Row, sheet: Sheet, known: Known, rows: Mapping[str, Rows], findings: Findings) -> bool:
    """Tell whether everything exists that `record` cannot do without."""
    sound = True
    for column in sheet.columns:
        value = getattr(record, column.field)
        if not column.refers or not sheet.requires(column) or value in known[column.refers] or value == HOME:
            continue
        sound = False
        if value in rows[column.refers].named:
            findings.add(about(record, "records.reference-left-out", column.field, value, sheet=column.refers))
        else:
            hint = example(value, known[column.refers])
            finding = about(record, "records.reference-unknown", column.field, value, sheet=column.refers, nearest=hint)
            findings.add(finding)
    return sound


def _without_unknown(record: Row, sheet: Sheet, known: Known, findings: Findings) -> Row:
    """Drop from `record` the names it can do without and that do not exist."""
    changes: dict[str, Any] = {}
    for column in sheet.columns:
        if not column.refers or sheet.requires(column):
            continue
        value = getattr(record, column.field)
        names = value if isinstance(value, frozenset) else frozenset({value} - {None})
        known_others = known[column.refers]
        if isinstance(value, frozenset) and column.refers == sheet.name:
            known_others -= {getattr(record, "id", "")}
        unknown = names - known_others
        for name in sorted(unknown):
            findings.add(doubt(record, "records.reference-ignored", column.field, name, sheet=column.refers))
        if unknown:
            changes[column.field] = names - unknown if isinstance(value, frozenset) else None
    return replace(record, **changes) if changes else record
