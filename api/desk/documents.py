"""The other files of the municipality's folder: what its settings point at, kept as text beside the records.

Fee schedules and hand-drawn roads are text and are kept whole. Large files, such as a road network made from a map,
stay where they are: the settings then name them by their full path, in a folder that the operator has allowed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Final

from routing.findings import Finding, Severity
from routing.records.folder import SETTINGS_FILE
from routing.records.limits import MAX_FILE_BYTES
from routing.records.model import Municipality
from routing.records.settings_columns import SETTINGS
from routing.roads.schematic import is_schematic

SETTINGS_KIND: Final = "settings"
FEES: Final = "fees"
ROADS: Final = "roads"
PATHS: Final = (FEES, ROADS, "boundaries")
"""The settings that name files, by field; each is also a kind of document."""

_LARGEST_NAME: Final = 200


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A file as it is kept: its path in the folder, its kind, its text."""

    name: str
    kind: str
    text: str


def adopt(folder: Path, settings: str, values: Mapping[str, str], *, trusted: bool) -> tuple[str, tuple[Kept, ...]]:
    """Return the settings as they are kept, and the files that they point at.

    `values` is what the settings say by field. From a `trusted` folder, one of this machine's own, files outside of it
    are taken too, and the settings are made to point at where they are kept; from others nothing outside is looked at.
    """
    kept: list[Kept] = []
    for kind in PATHS:
        value = values.get(kind, "")
        path = _reached(folder, value, trusted=trusted)
        if path is None:
            continue
        name = _name(folder, path, kind)
        found = tuple(_texts(path, name, kind))
        kept += found
        settled = name if found else str(path.resolve())
        if settled != value and (found or trusted):
            settings = with_setting(settings, kind, settled)
    return settings, tuple(kept)


def outside(
    values: Mapping[str, str], before: Mapping[str, str], allowed: Path | None, *, severity: Severity = Severity.ERROR
) -> tuple[Finding, ...]:
    """Return a finding for each path in settings that leads out of the documents.

    The server opens what settings name, so whoever may change them must not lead it to any file of its machine. What
    stood there `before` may stay, and so may files in the folder that the operator has `allowed`.
    """
    return tuple(
        Finding(code="store.path-outside", severity=severity, file=SETTINGS_FILE, field=field, found=values[field])
        for field in PATHS
        if values.get(field) not in {None, "", before.get(field)} and not _is_inside(values[field], allowed)
    )


def paths_of(municipality: Municipality | None) -> dict[str, str]:
    """Return the paths that settings name, by field."""
    return {} if municipality is None else {field: getattr(municipality, field) for field in PATHS}


def _is_inside(value: str, allowed: Path | None) -> bool:
    if "\0" in value or ".." in re.split(r"[/\\]", value):
        return False
    if not (PurePosixPath(value).is_absolute() or PureWindowsPath(value).anchor):
        return True
    return allowed is not None and Path(value).resolve().is_relative_to(allowed.resolve())


def with_setting(settings: str, field: str, value: str) -> str:
    """Return the text of settings with another value of a field at the top of the file; comments stay."""
    names = "|".join(sorted({re.escape(name) for name in SETTINGS.column_by_field[field].aliases} | {re.escape(field)}))
    line = re.compile(rf"(?im)^(\s*(?:{names})\s*=\s*)(\"(?:[^\"\\]|\\.)*\"|'[^']*')")
    return line.sub(lambda match: match[1] + json.dumps(value, ensure_ascii=False), settings, count=1)


def _reached(folder: Path, value: str, *, trusted: bool) -> Path | None:
    """Return the file or folder that a setting names, if it is there and may be looked at."""
    if not value or "\0" in value:
        return None
    path = folder / value
    try:
        inside = path.resolve().is_relative_to(folder.resolve())
        return path if path.exists() and not path.samefile(folder) and (trusted or inside) else None
    except OSError:
        return None


def _name(folder: Path, path: Path, kind: str) -> str:
    """Return the name under which a file or folder is kept: its path inside the folder, or a place for its kind."""
    real, base = path.resolve(), folder.resolve()
    if real.is_relative_to(base):
        return real.relative_to(base).as_posix()
    return kind if real.is_dir() else f"{kind}/{real.name}"


def _texts(path: Path, name: str, kind: str) -> Iterator[Kept]:
    """Yield the text files at `path`, which is known as `name`; nothing where they are no text we keep."""
    if kind == FEES and path.is_file():
        yield from _text(path, name, kind)
    elif kind == FEES or (kind == ROADS and is_schematic(path)):
        for file in sorted(path.iterdir()):
            if file.suffix in ({".toml"} if kind == FEES else {".csv", ".txt", ".md"}):
                yield from _text(file, f"{name}/{file.name}", kind)


def _text(path: Path, name: str, kind: str) -> Iterator[Kept]:
    if not path.is_file() or path.is_symlink() or path.stat().st_size > MAX_FILE_BYTES or len(name) > _LARGEST_NAME:
        return
    try:
        yield Kept(name=name, kind=kind, text=path.read_bytes().decode("utf-8"))
    except UnicodeDecodeError:
        return
