"""A tile server is described by a plain https address."""

import pytest

from maps.tiles import Tiles
from routing.errors import UsageError


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://tiles.example.ee/a/{z}/{x}/{y}.png", "https://tiles.example.ee"),
        ("https://{s}.tile.example.org/{z}/{x}/{y}.png?k=1", "https://*.tile.example.org"),
    ],
)
def test_origin(url: str, origin: str) -> None:
    """Allow pictures from that server and its mirrors only."""
    assert Tiles(url=url, attribution="x").origin == origin


@pytest.mark.parametrize(
    "url",
    [
        "http://tiles.example.ee/{z}/{x}/{y}.png",  # not encrypted
        "https://tiles.example.ee/{z}/{x}.png",  # no {y}
        "javascript:alert(1)//{z}{x}{y}",
        'https://x/{z}/{x}/{y}"; script-src *',
        "https://x; img-src */{z}/{x}/{y}",
        "",
    ],
)
def test_bad_addresses(url: str) -> None:
    """Refuse what is no tile address or would loosen the page's policy."""
    with pytest.raises(UsageError):
        Tiles(url=url, attribution="x")
