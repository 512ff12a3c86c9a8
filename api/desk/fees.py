"""Fee schedules as people read and write them: their prices, and on which line of the text a finding belongs."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Final

from api.store.records import Document
from routing.findings import Finding, Findings
from routing.rules.fees.book import FeeBook
from routing.rules.fees.cases import Case, load_cases
from routing.rules.fees.read import load_schedules
from routing.rules.fees.schedule import Schedule

_PART: Final = re.compile(r"(\w+)(?:\[(\d+)\])?")
_TABLE: Final = re.compile(r"\s*\[\[?\s*([\w.]+)\s*\]\]?")


def schedules_in(document: Document) -> tuple[Schedule, ...]:
    """Return the sound schedules of one document."""
    return schedules_of(document.name, document.text)


def schedules_of(name: str, text: str) -> tuple[Schedule, ...]:
    """Return the sound schedules of a text that is known as `name`."""
    with _laid_out(name, text) as file:
        return load_schedules(file)[0].schedules


def draft_of(text: str) -> tuple[FeeBook, Findings]:
    """Return the price lists of a draft that is kept nowhere, and what is wrong with it."""
    with _laid_out("draft.toml", text) as file:
        return load_schedules(file)


def cases_in(name: str, text: str) -> tuple[tuple[Case, ...], Findings]:
    """Return the worked cases of a text that is known as `name`, and what is wrong with it."""
    with _laid_out(name, text) as file:
        return load_cases(file)


@contextmanager
def _laid_out(name: str, text: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="hoolering-fees-") as base:
        file = Path(base) / PurePosixPath(name).name
        file.write_bytes(text.encode())
        yield file


def line_of(text: str, finding: Finding) -> int | None:
    """Return the line of the text, from 1, that a finding is about: its row, or where its field stands.

    A field such as `schedules[2].components[1].price` is looked for below the headings of those tables; where it is
    not there itself, the heading of what lacks it is named.
    """
    if finding.row is not None or not finding.field:
        return finding.row
    lines, start, table, found = text.splitlines(), 0, "", None
    for name, number in _PART.findall(finding.field):
        path = f"{table}.{name}" if table else name
        heading = _heading(lines, path, int(number or 1), start)
        if heading is not None:
            table, start, found = path, heading + 1, heading
            continue
        within = _key(lines, name, start)
        return (within if within is not None else -1 if found is None else found) + 1 or None
    return None if found is None else found + 1


def _heading(lines: list[str], path: str, number: int, start: int) -> int | None:
    """Return where the `number`-th table of this path begins, counted within the table that `start` is in."""
    above = path.rpartition(".")[0]
    for position in range(start, len(lines)):
        match = _TABLE.match(lines[position])
        if match and above and match[1] == above:
            return None
        if match and match[1] == path:
            number -= 1
            if not number:
                return position
    return None


def _key(lines: list[str], name: str, start: int) -> int | None:
    """Return where a field is set in the table that begins at `start`; inline tables count as their line."""
    for position in range(start, len(lines)):
        if _TABLE.match(lines[position]):
            return None
        if re.match(rf"\s*{re.escape(name)}\s*=", lines[position]):
            return position
    return None
