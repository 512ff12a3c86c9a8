"""Read `municipality.toml`. A setting with a fault is reported and its default holds; name and county must be there."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any, Final

from routing.problem import Objective
from routing.records.cleaning import read_text
from routing.records.columns import Sheet
from routing.records.decoding import decode
from routing.records.folding import example, fold
from routing.records.kind import CellError
from routing.records.model import Ferry, Municipality, Timetable
from routing.records.reporting import Report
from routing.records.settings_columns import FERRY, HANDLING, HANDLING_KEYS, OBJECTIVE, SETTINGS, TIMETABLE
from routing.records.time_kinds import SECONDS

_LINE: Final = re.compile(r"at line (\d+)")


def read_settings(data: bytes, report: Report) -> Municipality | None:
    """Return the settings, or None where they are unusable."""
    document = _parse(data, report)
    if document is None:
        return None
    sections = {*HANDLING, "objective", "ferries"}
    values, complete = _read_section(document, SETTINGS, "", report, beside=sections)
    for name in HANDLING:
        values[name] = _read_handling(document.get(name, {}), name, report)
    weights, _ = _read_section(
        _section(document.get("objective", {}), "objective", report), OBJECTIVE, "objective.", report
    )
    values["objective"] = Objective(**weights)
    values["ferries"] = tuple(_read_ferries(document.get("ferries", []), report))
    return Municipality(**values) if complete else None


def _parse(data: bytes, report: Report) -> Mapping[str, object] | None:
    text = decode(data, report)
    if text is None:
        return None
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        match = _LINE.search(str(error))
        row = int(match[1]) if match else None
        lines = text.splitlines()
        found = lines[row - 1] if row and row <= len(lines) else type(error).__name__
        report.add("records.toml-broken", row=row, found=found)
        return None


def _read_section(
    section: Mapping[str, object], sheet: Sheet, where: str, report: Report, *, beside: Iterable[str] = ()
) -> tuple[dict[str, Any], bool]:
    """Return the values of one section by field, and whether every required one is among them."""
    values: dict[str, Any] = {}
    for key, value in section.items():
        column = sheet.column_by_name.get(fold(key))
        if key in beside:
            continue
        if column is None:
            known = [column.field for column in sheet.columns] + list(beside)
            hint = example(key, known)
            report.warn("records.setting-unknown", field=f"{where}{key}", found=key, nearest=hint)
            continue
        try:
            text = _text(value)
            if text or sheet.requires(column):
                values[column.field] = column.kind.parse(text)
        except CellError as fault:
            report.fault(fault, field=f"{where}{key}", found=_show(value))
    missing = [column for column in sheet.columns if sheet.requires(column) and column.field not in values]
    for column in missing:
        if fold(column.field) not in map(fold, section):
            report.add("records.setting-missing", field=f"{where}{column.field}")
    return values, not missing


def _read_handling(value: object, name: str, report: Report) -> dict[str, int]:
    """Return seconds by aid; what the file does not say keeps its default."""
    seconds: dict[str, int] = dict(SETTINGS.defaults[name])
    for key, length in _section(value, name, report).items():
        if key not in HANDLING_KEYS:
            hint = example(key, HANDLING_KEYS)
            report.warn("records.setting-unknown", field=f"{name}.{key}", found=key, nearest=hint)
            continue
        try:
            seconds[key] = SECONDS.parse(_text(length))
        except CellError as fault:
            report.fault(fault, field=f"{name}.{key}", found=_show(length))
    return seconds


def _read_ferries(value: object, report: Report) -> Iterable[Ferry]:
    for number, section in enumerate(_sections(value, "ferries", report), start=1):
        where = f"ferries[{number}]."
        values, complete = _read_section(section, FERRY, where, report, beside={"timetables"})
        timetables = tuple(_read_timetables(section.get("timetables", []), where, report))
        if complete:
            yield Ferry(**values, timetables=timetables)


def _read_timetables(value: object, where: str, report: Report) -> Iterable[Timetable]:
    for number, section in enumerate(_sections(value, f"{where}timetables", report), start=1):
        here = f"{where}timetables[{number}]."
        values, complete = _read_section(section, TIMETABLE, here, report)
        if not complete:
            continue
        timetable = Timetable(**values)
        if timetable.last < timetable.first:
            found = f"{timetable.first:%d.%m.%Y} > {timetable.last:%d.%m.%Y}"
            report.add("records.dates-reversed", field=f"{here}last", found=found)
        else:
            yield timetable


def _section(value: object, where: str, report: Report) -> Mapping[str, object]:
    if isinstance(value, dict):
        return value
    report.add("records.setting-shape", field=where, found=_show(value), name=f"[{where}]")
    return {}


def _sections(value: object, where: str, report: Report) -> list[Mapping[str, object]]:
    if isinstance(value, list) and all(isinstance(item, dict) for item in value):
        return value
    report.add("records.setting-shape", field=where, found=_show(value), name=f"[[{where}]]")
    return []


def _text(value: object) -> str:
    """Return a TOML value as the text of a cell; a list becomes a list in a cell."""
    match value:
        case str():
            return read_text(value)
        case bool():
            return "yes" if value else "no"
        case list():
            return "; ".join(map(_text, value))
        case time():
            return value.replace(microsecond=0).isoformat()
        case int() | float() | date() | datetime():
            return str(value)
    raise CellError("records.setting-value")


def _show(value: object) -> str:
    """Return a TOML value as it is shown in a finding."""
    return value if isinstance(value, str) else str(value)[:200]
