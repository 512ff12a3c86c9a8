"""Fixtures of the record tests."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.routing.records.folders import Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Return a folder that reads without findings."""
    (tmp_path / "vald").mkdir()
    return Folder(tmp_path / "vald")


@pytest.fixture
def sheet_finding(folder: Folder) -> Callable[[str, str], list[tuple[str, int | None, str | None]]]:
    """Return a function that puts one file and gives the findings about it: code, row, field."""

    def find(name: str, content: str) -> list[tuple[str, int | None, str | None]]:
        folder.put(name, content)
        return [(code, row, field) for code, file, row, field in folder.findings() if file == name]

    return find
