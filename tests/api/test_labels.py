"""Names in short form."""

import pytest

from api.labels import short_name


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Aino Kask", "Aino K."),
        ("Mari-Liis von Pahlen", "Mari-Liis von P."),
        ("Aino", "Aino"),
        ("  Õie   Õun ", "Õie Õ."),
        ("", ""),
    ],
)
def test_short_name(name: str, short: str) -> None:
    """The family name is one letter; a single name stays."""
    assert short_name(name) == short
