"""`hoolering backup` and `hoolering restore` on the command line."""

from pathlib import Path

import pytest

from api.desk.demo import load_demo
from api.desk.records import load_records
from api.store.opening import open_store
from tests.api.command import answer, run


def test_there_and_back(store_url: str, tmp_path: Path) -> None:
    """A backup restores into a fresh store, and not over one that holds something unless it is said."""
    store = open_store(store_url)
    load_demo(store)
    with store.session() as session:
        before = load_records(session)[0]
    store.close()
    file, fresh = tmp_path / "backup.zip", f"sqlite:///{tmp_path / 'fresh.db'}"
    rows = answer(run("backup", file, "--database", store_url, "--json"))["rows"]
    assert rows["record"] > 100
    result = run("restore", file, "--database", fresh)
    assert (result.exit_code, str(sum(rows.values())) in result.output) == (0, True)
    assert run("restore", file, "--database", fresh).exit_code == 1
    assert run("restore", file, "--database", fresh, "--replace").exit_code == 0
    restored = open_store(fresh)
    with restored.session() as session:
        assert load_records(session)[0] == before
    restored.close()


@pytest.mark.parametrize("lang", ["et", "en"])
def test_no_store(tmp_path: Path, lang: str) -> None:
    """A store that is not there is said, and none is made in its place."""
    result = run("backup", tmp_path / "b.zip", "--database", f"sqlite:///{tmp_path / 'no.db'}", "--lang", lang)
    assert result.exit_code == 1
    assert list(tmp_path.iterdir()) == []


def test_damaged_file(tmp_path: Path) -> None:
    """A file that is no backup is refused with a sentence."""
    (tmp_path / "b.zip").write_bytes(b"nothing")
    result = run("restore", tmp_path / "b.zip", "--database", f"sqlite:///{tmp_path / 'new.db'}", "--lang", "en")
    assert result.exit_code == 1
    assert "damaged" in result.stderr
