"""Files get safe names and appear whole or not at all."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maps.files import file_stems, write_files


@pytest.mark.parametrize("shift", ["van-1", "kõrveküla", "hommik_2"])
def test_plain_names_stay(shift: str) -> None:
    """Keep the ids that are good file names."""
    assert file_stems([shift]) == {shift: shift}


@pytest.mark.parametrize(
    "shift", ["../../etc/passwd", "a/b", "a\\b", "C:x", "a b", "a\x00b", "õ\u0303", "x" * 500, "", "<&>"]
)
def test_bad_names_become_safe(shift: str) -> None:
    """Leave no path, drive, blank or endless name."""
    stem = file_stems([shift])[shift]
    assert not set(stem) & set('/\\:<>&\x00 "%?*.')
    assert 0 < len(stem.encode()) < 200


@given(st.lists(st.text(max_size=80), unique=True, max_size=12))
def test_names_differ_even_without_case(shifts: list[str]) -> None:
    """Give every id a file of its own on systems that ignore case."""
    stems = file_stems(shifts)
    assert list(stems) == shifts
    assert len({stem.casefold() for stem in stems.values()}) == len(shifts)


def test_files_are_written(tmp_path: Path) -> None:
    """Write texts and bytes, replace what was there, leave nothing beside."""
    (tmp_path / "map.html").write_text("old")
    paths = write_files(tmp_path, {"map.html": "uus õ", "a.ics": b"x"})
    assert [path.name for path in paths] == ["map.html", "a.ics"]
    assert (tmp_path / "map.html").read_text("utf-8") == "uus õ"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.ics", "map.html"]


def test_a_failure_leaves_the_old_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every old file where a later one cannot be written."""
    (tmp_path / "a").write_text("old")
    calls = iter([None, OSError("disk full")])

    def fail_second(_handle: int) -> None:
        if error := next(calls):
            raise error

    monkeypatch.setattr("maps.files.os.fsync", fail_second)
    with pytest.raises(OSError, match="disk full"):
        write_files(tmp_path, {"a": "new", "b": "new"})
    assert (tmp_path / "a").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
