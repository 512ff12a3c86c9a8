"""What a page carries inside is what folium writes scripts for, and points nowhere."""

import re

import folium

from maps.assets import leaflet_script, leaflet_style


def test_leaflet_is_the_release_folium_expects() -> None:
    """Carry the release that the installed folium would load from outside, with its copyright notice."""
    wanted = re.search(r"leaflet@([\d.]+)/", dict(folium.Map.default_js)["leaflet"])
    assert wanted
    assert f"Leaflet {wanted[1]}," in leaflet_script()[:200]
    assert "(c) 2010" in leaflet_script()[:200]


def test_styles_bring_their_pictures() -> None:
    """Leave no address in the style sheet but data and the page's own."""
    addresses = re.findall(r"url\(([^)]*)\)", leaflet_style())
    assert len(addresses) == 4
    assert [found for found in addresses if not found.startswith(("data:image/png;base64,", "#"))] == []


def test_the_script_points_at_no_source_map() -> None:
    """Give developer tools nothing to fetch."""
    assert "sourceMappingURL" not in leaflet_script()
