"""A small folder with roads, and the files of its planned day."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.command import DAY, QUICK, example_folder, run
from tests.browsers import browser
from tests.stores import backend, demo_store, empty_url, published_store, store, store_url, template_urls

__all__ = [
    "backend",
    "browser",
    "demo_store",
    "empty_url",
    "published_store",
    "store",
    "store_url",
    "template_urls",
]


@pytest.fixture(autouse=True, scope="session")
def caches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep imported roads away from the user's own folder."""
    path = tmp_path_factory.mktemp("config")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(path))
        yield path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the example folder with schematic roads and fees."""
    return example_folder(tmp_path / "vald")


@pytest.fixture(scope="session")
def planned(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return the example folder and the files of its planned day; to be read only."""
    base = tmp_path_factory.mktemp("planned")
    folder, out = example_folder(base / "vald"), base / "out"
    result = run("plan", folder, "--date", DAY, "--out", out, *QUICK)
    assert result.exit_code == 0, result.output
    return folder, out
