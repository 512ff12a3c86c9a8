"""Names are compared as people do."""

import pytest

from routing.records.folding import MANY, example, fold, nearest


@pytest.mark.parametrize("text", ["Püsivad töötajad", "püsivad_töötajad", "PUSIVAD TOOTAJAD", "püsivad-töötajad "])
def test_fold(text: str) -> None:
    """Case, accents, spaces, dashes and underscores do not matter."""
    assert fold(text) == "pusivadtootajad"


def test_nearest() -> None:
    """The most similar name is offered, none where nothing is similar or there are too many to try."""
    assert nearest("vizits", ["visits", "rides"]) == "visits"
    assert nearest("zzz", ["visits", "rides"]) == ""
    assert nearest("n1", [f"n{number}" for number in range(MANY + 1)]) == ""


def test_example() -> None:
    """What is like nothing known still has an example."""
    assert example("vizits", ["visits", "rides"]) == "visits"
    assert example("zzz", ["visits", "rides"]) == "rides"
    assert example("zzz", []) == "…"
