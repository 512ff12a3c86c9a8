"""Machine code is kept for the very source that it was made of, where that lies."""

from pathlib import Path

from routing.solver.kernel.compiled import cache_folder


def test_code_is_kept_apart_for_every_source_and_place(tmp_path: Path):
    """A changed file and a copied folder are compiled anew; the same source in the same place is not."""
    folders = [tmp_path / "one" / "kernel", tmp_path / "two" / "kernel"]
    for folder in folders:
        folder.mkdir(parents=True)
        (folder / "loop.py").write_text("a = 1")
    before = [cache_folder(folder).name for folder in folders]
    again = cache_folder(folders[0]).name
    (folders[0] / "loop.py").write_text("a = 2")

    assert before[0] == again
    assert len({*before, cache_folder(folders[0]).name}) == 3
