"""Find and read the record files in a folder, whatever else lies there."""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from routing.findings import Findings
from routing.records.folding import example, fold
from routing.records.limits import MAX_FILE_BYTES
from routing.records.raw import RawTable
from routing.records.reporting import Report
from routing.records.sheets import SHEETS

SETTINGS_FILE: Final = "municipality.toml"
SHEET_SUFFIXES: Final = (".csv", ".xlsx")
_TABLE_SUFFIXES: Final = (*SHEET_SUFFIXES, ".xls", ".xlsm", ".ods", ".tsv")
_STEMS: Final = {fold(stem): sheet.name for sheet in SHEETS for stem in (sheet.name, sheet.et)}


@dataclass(frozen=True, kw_only=True)
class RecordFile:
    """One file of the folder: its name there and its bytes, None where they cannot be read.

    `table` is what the bytes would say, where somebody has it as rows already.
    """

    name: str
    data: bytes | None
    table: RawTable | None = None

    @property
    def suffix(self) -> str:
        """Return the ending in small letters, `.csv`."""
        return Path(self.name).suffix.lower()


def open_folder(path: Path, findings: Findings) -> dict[str, RecordFile]:
    """Return the record files of a folder by sheet name, settings under `municipality`.

    Names are compared without case and accents, in Estonian or English. What cannot be opened, what is there twice and
    tables that no sheet claims are reported.
    """
    found: dict[str, RecordFile] = {}
    for entry in _entries(path, findings):
        report = Report(file=entry.name, findings=findings)
        name = _claim(entry, report)
        if name is None:
            continue
        if name in found:
            report.add("records.file-twice", found=entry.name, other=found[name].name)
            continue
        found[name] = RecordFile(name=entry.name, data=_read(entry, path, report))
    return found


def folder_digest(path: Path, instead: Mapping[str, bytes] | None = None) -> str:
    """Return a SHA-256 of the record files of a folder, names and contents, as hexadecimal digits.

    `instead` are CSV files by sheet name as they would be in place of those that are there.
    """
    files = open_folder(path, Findings())
    for name, data in (instead or {}).items():
        files[name] = RecordFile(name=f"{name}.csv", data=data)
    digest = hashlib.sha256()
    for name in sorted(files):
        content = hashlib.sha256(files[name].data or b"").hexdigest()
        digest.update(f"{name}{files[name].suffix} {content}\n".encode())
    return digest.hexdigest()


def _entries(path: Path, findings: Findings) -> Iterator[Path]:
    """Yield the entries of a folder by name, CSV before XLSX; hidden and lock files are passed over."""
    try:
        entries = sorted(path.iterdir(), key=lambda entry: entry.name)
    except (OSError, ValueError):
        Report(file=path.name, findings=findings).add("records.folder-unreadable", found=path.name)
        return
    yield from (entry for entry in entries if not entry.name.startswith((".", "~$")))


def _claim(entry: Path, report: Report) -> str | None:
    """Return the name under which a file is read, or None where it is none of ours."""
    suffix = entry.suffix.lower()
    if entry.name.lower() == SETTINGS_FILE:
        return "municipality"
    name = _STEMS.get(fold(entry.stem))
    if suffix in SHEET_SUFFIXES and name:
        return name
    if suffix in _TABLE_SUFFIXES:
        if name:
            report.add("records.file-format", found=entry.suffix)
        else:
            known = [stem for sheet in SHEETS for stem in (sheet.name, sheet.et)]
            report.warn("records.file-unknown", found=entry.name, nearest=example(entry.stem, known))
    return None


def _read(entry: Path, folder: Path, report: Report) -> bytes | None:
    """Return the bytes of an ordinary file inside `folder`, or None where it is anything else."""
    try:
        if not entry.resolve(strict=True).is_relative_to(folder.resolve()):
            report.add("records.file-outside", found=entry.name)
            return None
        if not entry.is_file():
            report.add("records.not-a-file", found=entry.name)
            return None
        with entry.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except (OSError, RuntimeError, ValueError) as error:
        report.add("records.file-unreadable", found=_reason(error))
        return None
    if len(data) > MAX_FILE_BYTES:
        report.add("records.file-too-large", limit=f"{MAX_FILE_BYTES // 1_000_000} MB")
        return None
    return data


def _reason(error: Exception) -> str:
    """Return the system's own name of an error, `ENOENT`; Python reports a loop of links as RuntimeError."""
    if isinstance(error, OSError) and error.errno:
        return errno.errorcode.get(error.errno, str(error.errno))
    return "ELOOP" if isinstance(error, RuntimeError) else type(error).__name__
