"""Turn the bytes of a CSV file into text: UTF-8 and UTF-16 with their marks, plain UTF-8, or Windows-1257."""

from __future__ import annotations

import codecs
from typing import Final

from routing.records.reporting import Report

_UTF16_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
REPLACEMENT: Final = "\ufffd"


def decode(data: bytes, report: Report) -> str | None:
    """Return the text of `data`, or None where it is no text; what had to be assumed is reported."""
    if not data.strip(b" \t\r\n\xef\xbb\xbf"):
        report.add("records.file-empty")
        return None
    if data.startswith(_UTF16_MARKS):
        return _strictly(data, "utf-16", report)
    if b"\0" in data:
        report.add("records.nul-bytes", found=f"{data.count(0)} × NUL")
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decode_legacy(data, report)


def _decode_legacy(data: bytes, report: Report) -> str | None:
    """Decode what is not UTF-8: mostly UTF-8 with damaged letters, else Windows-1257."""
    lenient = data.decode("utf-8-sig", errors="replace")
    damaged = lenient.count(REPLACEMENT)
    intact = sum(not letter.isascii() for letter in lenient) - damaged
    if intact > damaged:
        report.warn("records.encoding-damaged", found=str(damaged))
        return lenient
    text = _strictly(data, "cp1257", report)
    if text is not None:
        report.note("records.encoding-legacy", found="Windows-1257")
    return text


def _strictly(data: bytes, encoding: str, report: Report) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        report.add("records.encoding-unknown", found=f"0x{data[error.start]:02X}", position=str(error.start))
        return None
