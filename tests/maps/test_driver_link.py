"""A link carries one stop's coordinates and nothing else."""

import re

from hypothesis import given
from hypothesis import strategies as st

from maps.driver_link import driver_link

POINT = r"-?\d{1,2}\.\d{5},-?\d{1,3}\.\d{5}"


def test_links_to_korvekula() -> None:
    """Link to a known point in both ways."""
    link = driver_link(58.427671, 26.773128)
    assert link.geo == "geo:58.42767,26.77313?q=58.42767,26.77313"
    assert link.web == "https://www.google.com/maps/dir/?api=1&destination=58.42767,26.77313"


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_links_hold_only_numbers(lat: float, lon: float) -> None:
    """Keep the form for every point of the globe."""
    link = driver_link(lat, lon)
    assert re.fullmatch(rf"geo:{POINT}\?q={POINT}", link.geo)
    assert re.fullmatch(rf"https://www\.google\.com/maps/dir/\?api=1&destination={POINT}", link.web)
