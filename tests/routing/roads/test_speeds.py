"""Speeds are those of the table, slower where surface, season or signs say so."""

from datetime import date

import numpy as np
import pytest

from routing.errors import UsageError
from routing.roads.kinds import RoadClass, Surface
from routing.roads.speeds import SPEEDS, Profile, Season, effective_speeds, profiles_on, season_of, weigh

POINTS = [(58.4, 26.7), (58.4, 26.72), (58.41, 26.72), (58.41, 26.70), (58.42, 26.72)]


@pytest.mark.parametrize(
    ("day", "season"),
    [
        (date(2026, 2, 28), Season.WINTER),
        (date(2026, 3, 1), Season.THAW),
        (date(2026, 4, 30), Season.THAW),
        (date(2026, 5, 1), Season.SUMMER),
        (date(2026, 11, 30), Season.SUMMER),
        (date(2026, 12, 1), Season.WINTER),
    ],
)
def test_seasons_turn_with_the_month(day, season):
    """The first and last day of each season."""
    assert season_of(day) is season


@pytest.mark.parametrize(
    ("road", "season", "kmh"),
    [
        ((RoadClass.SECONDARY, Surface.PAVED, 0), Season.SUMMER, 76),
        ((RoadClass.SECONDARY, Surface.PAVED, 90), Season.SUMMER, 75.6),
        ((RoadClass.SECONDARY, Surface.PAVED, 50), Season.SUMMER, 42),
        ((RoadClass.SECONDARY, Surface.PAVED, 0), Season.WINTER, 68.4),
        ((RoadClass.TERTIARY, Surface.GRAVEL, 0), Season.SUMMER, 60),
        ((RoadClass.TERTIARY, Surface.GRAVEL, 0), Season.THAW, 49.8),
        ((RoadClass.TERTIARY, Surface.GRAVEL, 0), Season.WINTER, 52.2),
        ((RoadClass.TERTIARY, Surface.GRAVEL, 90), Season.SUMMER, 60),  # 90 is legal on gravel, not driven
        ((RoadClass.TERTIARY, Surface.UNKNOWN, 0), Season.SUMMER, 66),  # between asphalt and gravel
        ((RoadClass.UNCLASSIFIED, Surface.UNKNOWN, 0), Season.SUMMER, 45),
        ((RoadClass.TRUNK, Surface.PAVED, 110), Season.SUMMER, 92.4),
        ((RoadClass.TRUNK, Surface.PAVED, 110), Season.WINTER, 68.04),  # the winter limit is 90
        ((RoadClass.SERVICE, Surface.UNKNOWN, 90), Season.SUMMER, 17),
        ((RoadClass.LIVING_STREET, Surface.PAVED, 20), Season.SUMMER, 15),
    ],
)
def test_effective_speeds(build, road, season, kmh):
    """One road of each sort is driven at the speed the table says."""
    road_class, surface, limit = road
    network = build(POINTS[:2], [{"ends": (0, 1), "road_class": road_class, "surface": surface, "limit": limit}])
    assert effective_speeds(network, season) == pytest.approx([kmh, kmh])


def test_unknown_lies_between_gravel_and_paved_below_secondary():
    """An unknown surface is never better than asphalt; on main roads it is asphalt."""
    for road_class, speeds in SPEEDS.items():
        assert speeds.unknown <= speeds.paved
        if road_class <= RoadClass.SECONDARY:
            assert speeds.unknown == speeds.paved


def test_junctions_cost_more_in_town_and_nothing_on_the_open_road(build):
    """A node with three roads slows, a bend or a drive does not."""
    roads = [
        {"ends": (0, 1), "road_class": RoadClass.RESIDENTIAL},
        {"ends": (1, 2)},
        {"ends": (1, 3)},
        {"ends": (2, 4)},
        {"ends": (2, 3), "road_class": RoadClass.SERVICE},
    ]
    network = build(POINTS, roads)
    cost = weigh(network, Profile()).junction
    into = {(int(t), int(h)): int(c) for t, h, c in zip(network.tail, network.head, cost, strict=True)}
    assert into[0, 1] == 600
    assert into[2, 1] == into[3, 1] == 300
    assert into[1, 2] == into[4, 2] == into[1, 0] == 0


def test_ice_roads_are_closed_unless_opened(archipelago):
    """The coordinator opens the ice, nobody else."""
    assert not weigh(archipelago, Profile()).usable[archipelago.ice].any()
    assert weigh(archipelago, Profile(ice_road=True)).usable.all()


@pytest.mark.parametrize("calibration", [0, -1, 0.05, 11, float("nan"), float("inf")])
def test_nonsense_calibration_is_refused(calibration):
    """A factor that no trip log can yield is a mistake."""
    with pytest.raises(UsageError, match="calibration"):
        Profile(calibration=calibration)


def test_weights_are_whole_and_positive(square):
    """Whole centiseconds make sums exact."""
    weights = weigh(square, Profile(calibration=0.1))
    assert weights.run.dtype == weights.junction.dtype == np.int64
    assert weights.run.min() >= 1


def test_profiles_of_a_day_follow_the_calendar_unless_told():
    """One profile per name; an early winter is the coordinator's to declare."""
    day = date(2026, 11, 25)
    assert profiles_on(day, ["car", "van", "car"], calibration=1.1) == (
        Profile(calibration=1.1),
        Profile(name="van", calibration=1.1),
    )
    assert profiles_on(day, season=Season.WINTER) == (Profile(season=Season.WINTER),)
