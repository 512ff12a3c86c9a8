"""Tags are read as mappers write them."""

import pytest

from routing.roads.kinds import RoadClass, Surface
from routing.roads.osm_tags import drivable, duration_seconds, ice, limit, limit_from_text, road_class, surface


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("PT5M", 300),
        ("PT1H30M", 5400),
        ("P1DT2H", 93_600),
        ("PT45S", 45),
        ("00:20", 1200),
        ("2:30", 9000),
        ("01:00:30", 3630),
        ("15", 900),
        (" 15 ", 900),
        ("", None),
        ("P", None),
        ("PT", None),
        ("ca 20 min", None),
        ("1:2:3:4", None),
        ("²", None),
    ],
)
def test_ferry_durations(text, seconds):
    """All forms met in Helsinki, and what is not a duration."""
    assert duration_seconds(text) == seconds


@pytest.mark.parametrize(
    ("text", "kmh"),
    [
        ("50", 50),
        ("50 km/h", 50),
        ("30 mph", 48),
        ("50; 40", 40),
        ("walk", 7),
        ("EE:urban", 50),
        ("none", 0),
        ("variable", 0),
        ("", 0),
        ("9999", 0),
        ("-50", 0),
        ("٥٠", 0),
    ],
)
def test_limits(text, kmh):
    """Numbers, units, words, lists; what is no limit is 0."""
    assert limit_from_text(text) == kmh


def test_limits_by_direction():
    """A limit of one direction does not hold in the other."""
    tags = {"maxspeed": "90", "maxspeed:backward": "70"}
    assert limit(tags, backward=False) == 90
    assert limit(tags, backward=True) == 70


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"highway": "residential"}, True),
        ({"highway": "motorway_link"}, True),
        ({"highway": "footway"}, False),
        ({"highway": "construction"}, False),
        ({"building": "yes"}, False),
        ({"highway": "track"}, False),
        ({"highway": "track", "tracktype": "grade2"}, True),
        ({"highway": "track", "tracktype": "grade4"}, False),
        ({"highway": "service", "service": "driveway"}, True),
        ({"highway": "service", "service": "parking_aisle"}, False),
        ({"highway": "service", "access": "private"}, True),  # clients live on private roads
        ({"highway": "service", "access": "no"}, False),
        ({"highway": "service", "access": "no", "motor_vehicle": "yes"}, True),  # the nearer key decides
        ({"highway": "unclassified", "motor_vehicle": "agricultural"}, False),
        ({"highway": "pedestrian", "area": "yes"}, False),
        ({"highway": "service", "area": "yes"}, False),
    ],
)
def test_drivable_ways(tags, expected):
    """What a car may use, and what it may not."""
    assert drivable(tags) is expected


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"surface": "asphalt"}, Surface.PAVED),
        ({"surface": "compacted"}, Surface.GRAVEL),
        ({"surface": "asphalt;gravel"}, Surface.PAVED),
        ({"surface": "lava"}, Surface.UNKNOWN),
        ({"tracktype": "grade1"}, Surface.PAVED),
        ({"tracktype": "grade2"}, Surface.GRAVEL),
        ({"surface": "gravel", "tracktype": "grade1"}, Surface.GRAVEL),
        ({}, Surface.UNKNOWN),
    ],
)
def test_surfaces(tags, expected):
    """What is tagged counts before what the grade implies."""
    assert surface(tags) is expected


def test_classes_and_ice():
    """Links count as their road, `road` as a local one; ice roads are told by either tag."""
    assert road_class({"highway": "trunk_link"}) is RoadClass.TRUNK
    assert road_class({"highway": "road"}) is RoadClass.UNCLASSIFIED
    assert ice({"ice_road": "yes"})
    assert ice({"winter_road": "yes"})
    assert not ice({"highway": "track"})
