"""A file is replaced whole or not at all."""

from pathlib import Path

import pytest

from routing.files import replace_file


def test_the_new_replaces_the_old(tmp_path: Path):
    """The new bytes are there, and nothing is left lying about."""
    path = tmp_path / "file"
    replace_file(path, b"old")
    replace_file(path, b"new")

    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failed_rename_leaves_the_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Where the rename fails the old file stays, and what was written aside is gone."""
    path = tmp_path / "file"
    replace_file(path, b"old")

    def refuse(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OSError, match="disk full"):
        replace_file(path, b"new")

    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_folder_is_an_error(tmp_path: Path):
    """Nothing is created where there is no folder."""
    with pytest.raises(FileNotFoundError):
        replace_file(tmp_path / "nowhere" / "file", b"data")
