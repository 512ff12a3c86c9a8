"""Shared fixtures of the suite."""

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("HOOLERING_SHARED", Path(__file__).parents[2] / "shared"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip, and say so, what needs road extracts that are not here."""
    no_extracts = pytest.mark.skip(reason=f"the road extracts are not at {SHARED}")
    for item in items:
        if item.get_closest_marker("shared") and not (SHARED / "geo").is_dir():
            item.add_marker(no_extracts)


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of road extracts and published instances beside the repository."""
    return SHARED
