"""`hoolering roads`: make a road network from a map file, or describe one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.cli.click_words import wrong_usage
from api.cli.console import console, shared_options, show_findings, show_json
from routing.roads.network import RoadNetwork
from routing.wording import say
from routing.wording.format import kilometres

if TYPE_CHECKING:
    from routing.roads.osm_filter import Box


@click.group()
def roads() -> None:
    """Build a road network (`roads build`) or describe one (`roads info`)."""


@roads.command()
@click.option("--osm", type=click.Path(path_type=Path), help="An .osm, .osm.gz, .osm.pbf or .graphml file.")
@click.option("--place", help="A place name, asked of OpenStreetMap's servers.")
@click.option("--bbox", help="West,south,east,north in degrees: of the file, or asked of OpenStreetMap's servers.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The .npz file to write.")
@shared_options
def build(osm: Path | None, place: str | None, bbox: str | None, out: Path, lang: str, as_json: bool) -> None:
    """Build a road network and write it to a file."""
    from routing.roads.storage import write_network  # noqa: PLC0415 - with OSMnx behind it, seconds

    network = _network(osm, place, bbox)
    out.parent.mkdir(parents=True, exist_ok=True)
    write_network(network, out)
    _describe(network, str(out), lang=lang, as_json=as_json)


@roads.command()
@click.argument("file", type=click.Path(path_type=Path))
@shared_options
def info(file: Path, lang: str, as_json: bool) -> None:
    """Describe the road network in FILE."""
    from api.loading import cache_folder  # noqa: PLC0415
    from routing.roads.opening import open_network  # noqa: PLC0415

    _describe(open_network(file, cache=cache_folder()), str(file), lang=lang, as_json=as_json)


def _network(osm: Path | None, place: str | None, bbox: str | None) -> RoadNetwork:
    from routing.roads.osm_import import import_box, import_osm, import_place  # noqa: PLC0415

    if (osm is None) == (place is None) and not (bbox and osm is None and place is None):
        raise wrong_usage("usage.roads-of-one")
    box = _box(bbox) if bbox else None
    if osm is not None:
        return import_osm(osm, box=box)
    if place is not None:
        return import_place(place)
    if box is None:
        raise wrong_usage("usage.roads-of-one")
    return import_box(box)


def _box(text: str) -> Box:
    from routing.roads.osm_filter import Box  # noqa: PLC0415

    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError as error:
        raise wrong_usage("usage.not-box", value=text) from error
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise wrong_usage("usage.not-box", value=text)
    return Box(west=west, south=south, east=east, north=north)


def _describe(network: RoadNetwork, name: str, *, lang: str, as_json: bool) -> None:
    metres = round(float(network.length[network.links].sum()))
    if as_json:
        figures = {"nodes": network.nodes, "edges": network.edges, "metres": metres, "id": network.content_id}
        show_json({"file": name, **figures, "report": network.report.as_dict()})
        return
    show_findings(network.report.findings(), lang=lang)
    shown = say(
        "cli.roads",
        lang,
        path=name,
        nodes=network.nodes,
        edges=network.edges,
        km=kilometres(metres, lang),
        id=network.content_id,
    )
    console().print(shown, markup=False)
