"""An application on a fresh store."""

import pytest

from api.store.opening import Store
from tests.web import Served


@pytest.fixture
def served(store: Store) -> Served:
    """Return an application with a clock to turn."""
    return Served(store)
