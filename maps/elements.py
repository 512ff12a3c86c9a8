"""Add to folium what our pages need: a map without foreign addresses, stop pins, thin roads, names, controls.

Each element is one Leaflet call or two; values reach the script through `tojson`, which also disarms markup.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import folium
from branca.element import MacroElement
from folium.template import Template

from maps.background import PlaceName, RoadClass
from maps.geometry import Line, Point

ROAD_LOOKS = {
    RoadClass.LOCAL: ("#dfdbcf", 1.5),
    RoadClass.SECONDARY: ("#d5cfbf", 2),
    RoadClass.MAIN: ("#c2baa6", 3.5),
}


class LocalMap(folium.Map):
    """A folium map that asks for no foreign script or style and leaves page and viewport alone."""

    default_js: list[tuple[str, str]] = []  # noqa: RUF012  folium's own name and type
    default_css: list[tuple[str, str]] = []  # noqa: RUF012
    _template = Template(
        """
        {% macro html(this, kwargs) %}<div class="folium-map" id={{ this.get_name()|tojson }}></div>{% endmacro %}
        {% macro script(this, kwargs) %}
            const {{ this.get_name() }} = L.map({{ this.get_name()|tojson }}, {
                center: {{ this.location|tojson }}, ...{{ this.options|tojavascript }}
            });
        {% endmacro %}
        """
    )


class Drawn(MacroElement):
    """Be the base of our own elements: a name for the script, and nothing else."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = type(self).__name__


class Roads(Drawn):
    """Draw all roads of one class as a single line on a canvas: tens of thousands of points stay quick."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            L.polyline({{ this.lines|tojson }}, {
                renderer: backgroundRenderer({{ this._parent.get_name() }}), interactive: false,
                color: {{ this.colour|tojson }}, weight: {{ this.weight|tojson }}
            }).addTo({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(self, lines: Sequence[Line], road_class: RoadClass) -> None:
        super().__init__()
        self.lines = [short(line) for line in lines]
        self.colour, self.weight = ROAD_LOOKS[road_class]


class Names(Drawn):
    """Write settlements' names, the first given on top where there is no room for all."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            writeNames({{ this._parent.get_name() }}, {{ this.names|tojson }});
        {% endmacro %}
        """
    )

    def __init__(self, names: Sequence[PlaceName]) -> None:
        super().__init__()
        self.names = [[place.name, round(place.lat, 5), round(place.lon, 5)] for place in names]


class Pin(Drawn):
    """Set a labelled pin that the keyboard reaches and that opens a popup.

    `label` and `popup` are HTML (escape what is not ours); `keys` name the list entries the pin stands for; `shift`
    moves it by so many pixels downwards where several rounds share a place.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            registerPin({{ this.keys|tojson }}, {{ this._parent.get_name() }}, L.marker({{ this.point|tojson }}, {
                icon: L.divIcon({{ this.icon|tojson }}), riseOnHover: true
            }).bindPopup({{ this.popup|tojson }}).addTo({{ this._parent.get_name() }}));
        {% endmacro %}
        """
    )

    def __init__(
        self, *, point: Point, label: str, css: str, width: int, popup: str, keys: Sequence[str], shift: int = 0
    ) -> None:
        super().__init__()
        self.point = [round(point[0], 6), round(point[1], 6)]
        self.popup = popup
        self.keys = list(keys)
        self.icon = {
            "html": label,
            "className": f"pin {css}",
            "iconSize": [width, 26],
            "iconAnchor": [width // 2, 13 - shift],
            "popupAnchor": [0, shift - 10],
        }


class Controls(Drawn):
    """Wake the page up: zoom buttons, scale, list and print behaviour, worded by `texts`."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            wakeUp({{ this._parent.get_name() }}, {{ this.bounds|tojson }}, {{ this.texts|tojson }});
        {% endmacro %}
        """
    )

    def __init__(self, *, bounds: Sequence[Point], texts: Mapping[str, str]) -> None:
        super().__init__()
        self.bounds = [list(corner) for corner in bounds]
        self.texts = dict(texts)


def short(line: Line) -> list[list[float]]:
    """Return a line as lists with five decimals, about a metre, which is what a screen can show."""
    return [[round(lat, 5), round(lon, 5)] for lat, lon in line]
