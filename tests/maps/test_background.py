"""The background shows the roads around the day, as many as a page can bear."""

from maps.background import Background, RoadClass, RoadView
from maps.geometry import Bounds, Line

BOUNDS = ((58.4, 26.6), (58.5, 26.8))


def visible_roads(roads: list[RoadView], bounds: Bounds, **more: int) -> dict[RoadClass, list[Line]]:
    return Background(roads=tuple(roads)).visible_roads(bounds, **more)


def road(road_class: RoadClass, *line: tuple[float, float]) -> RoadView:
    return RoadView(line=line, road_class=road_class)


def test_far_roads_are_left_out_and_long_ones_cut() -> None:
    """Clip to the neighbourhood of what is shown."""
    near = road(RoadClass.MAIN, (58.0, 26.7), (59.0, 26.7))
    far = road(RoadClass.MAIN, (59.0, 24.0), (59.1, 24.1))
    (line,) = visible_roads([near, far], BOUNDS)[RoadClass.MAIN]
    assert [round(lat, 3) for lat, _ in line] == [58.35, 58.55]


def test_a_road_that_leaves_and_returns_is_two() -> None:
    """Draw both pieces of a road that is cut twice."""
    out_and_back = road(RoadClass.LOCAL, (58.45, 26.7), (58.45, 27.5), (58.46, 27.5), (58.46, 26.7))
    assert len(visible_roads([out_and_back], BOUNDS)[RoadClass.LOCAL]) == 2


def test_important_roads_win_and_are_drawn_last() -> None:
    """Leave out the least important classes first where there are too many points."""
    roads = [
        road(kind, (58.45, 26.7), (58.46, 26.71)) for kind in (RoadClass.LOCAL, RoadClass.MAIN, RoadClass.SECONDARY)
    ]
    assert list(visible_roads(roads, BOUNDS)) == [RoadClass.LOCAL, RoadClass.SECONDARY, RoadClass.MAIN]
    assert list(visible_roads(roads, BOUNDS, budget=4)) == [RoadClass.SECONDARY, RoadClass.MAIN]
    assert visible_roads(roads, BOUNDS, budget=1) == {}


def test_points_on_a_straight_are_dropped() -> None:
    """Keep only the bends."""
    straight = road(RoadClass.LOCAL, *((58.42, 26.62 + step / 1000) for step in range(100)))
    (line,) = visible_roads([straight], BOUNDS)[RoadClass.LOCAL]
    assert len(line) == 2


def test_degenerate_lines_are_nothing() -> None:
    """Draw no line of one point, nor fail without any."""
    assert visible_roads([road(RoadClass.MAIN, (58.45, 26.7))], BOUNDS) == {}
    assert visible_roads([], BOUNDS) == {}
