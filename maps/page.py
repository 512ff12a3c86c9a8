"""Make a folium figure one self-contained page: own scripts and styles inside, everything foreign forbidden.

The Content-Security-Policy (CSP 3) names the page's scripts by their hashes; nothing may be fetched, but for the
pictures of a tile server where one was asked for.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from datetime import date
from functools import cache, partial
from typing import Any, cast

import folium
from babel.dates import format_date
from branca.element import Element, Figure
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from maps.assets import leaflet_script, leaflet_style, own
from maps.driver_link import driver_link
from maps.pins import stop_key
from maps.tiles import Tiles
from routing.wording import say
from routing.wording.format import clock, kilometres, minutes


def page(template: str, lang: str, *, map_: folium.Map, tiles: Tiles | None = None, **values: object) -> str:
    """Return the HTML of the page `template` around a folium map."""
    figure = cast(Figure, map_.get_root())
    map_.render()
    scripts = [leaflet_script(), own("map.js"), figure.script.render()]
    return fragment(
        template,
        lang,
        policy=_policy(scripts, tiles),
        # Files of ours, a div of folium's, and scripts whose values went through `tojson`.
        styles=[Markup(text) for text in (leaflet_style(), own("page.css"))],  # noqa: S704
        scripts=[Markup(text) for text in scripts],  # noqa: S704
        map=Markup(figure.html.render()),  # noqa: S704
        tiles=tiles,
        **values,
    )


def fragment(template: str, lang: str, **values: object) -> str:
    """Return the HTML of one template in `lang`, with every value escaped."""
    return _environment().get_template(template).render(lang=lang, say=partial(say, lang=lang), **values)


def long_day(day: date, lang: str) -> str:
    """Return a date in words with its weekday, as a heading."""
    return str(format_date(day, format="full", locale={"en": "en_GB"}.get(lang, lang)))


def dialled(phone: str) -> str:
    """Return a phone number as a `tel:` link dials it (RFC 3966): digits, and the plus sign of a country."""
    return re.sub(r"[^0-9+]", "", phone)


def number_elements(root: Element) -> None:
    """Name the elements by their position instead of by chance, so that the same day gives the same page."""
    for position, element in enumerate(_walk(root)):
        element._id = str(position)  # noqa: SLF001  branca offers no other way to choose it


def _walk(element: Element) -> Iterator[Element]:
    yield element
    for child in element._children.values():  # noqa: SLF001  branca offers no accessor
        yield from _walk(child)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("maps"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    helpers: tuple[Any, ...] = (driver_link, stop_key, long_day, dialled)
    environment.globals.update({helper.__name__: helper for helper in helpers})
    environment.filters.update(clock=clock, kilometres=kilometres, minutes=minutes)
    return environment


def _policy(scripts: list[str], tiles: Tiles | None) -> str:
    hashes = " ".join(_hash(script) for script in scripts)
    pictures = f"data: {tiles.origin}" if tiles else "data:"
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src {pictures}; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(script: str) -> str:
    text = re.sub(r"\r\n?", "\n", script)  # as the parser does before the browser hashes
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
