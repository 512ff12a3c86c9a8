"""The zone of a destination by names."""

import pytest

from routing.rules.zones import Zone, widest, zone_of


@pytest.mark.parametrize(
    ("municipality", "county", "zone"),
    [
        ("Tartu vald", "Tartu maakond", Zone.MUNICIPALITY),
        ("  tartu  VALD ", None, Zone.MUNICIPALITY),
        ("Tartu linn", "Tartumaa", Zone.COUNTY),
        ("Elva vald", "Tartu maakond", Zone.COUNTY),
        ("Jõgeva vald", "Jõgeva maakond", Zone.COUNTRY),
        (None, "Jõgevamaa", Zone.COUNTRY),
        (None, "Tartumaa", None),  # may be either
        ("Elva vald", None, None),
        (None, None, None),
        ("", "", None),
    ],
)
def test_zone_of(municipality, county, zone):
    """A zone follows from names that decide it, and from nothing else."""
    assert (
        zone_of(municipality=municipality, county=county, home_municipality="Tartu vald", home_county="Tartumaa")
        is zone
    )


@pytest.mark.parametrize(
    ("zones", "expected"),
    [
        ((Zone.MUNICIPALITY, Zone.COUNTRY, Zone.COUNTY), Zone.COUNTRY),
        ((Zone.MUNICIPALITY,), Zone.MUNICIPALITY),
        ((Zone.COUNTY, None), None),
        ((), None),
    ],
)
def test_widest(zones, expected):
    """The farthest of known zones counts; one unknown leaves it unknown."""
    assert widest(*zones) is expected
