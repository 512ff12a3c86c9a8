"""How fast one really drives: speeds by class, surface and season, junctions, and profiles as weights.

The figures are starting values, judged from Estonian limits and from how far plain length over limit falls short of
OSRM and Valhalla on the same roads (their median times are 1.3 to 1.6 times longer). They are to be calibrated against
logged trips: that is what `Profile.calibration` is for. Getting to the door is not in here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from routing.errors import UsageError
from routing.matrix import DEFAULT_PROFILE
from routing.roads.kinds import RoadClass, Surface
from routing.roads.network import RoadNetwork

CENTISECONDS = 100


class Season(StrEnum):
    """Road conditions: dry, the spring thaw that softens gravel, winter."""

    SUMMER = "summer"
    THAW = "thaw"
    WINTER = "winter"


@dataclass(frozen=True, kw_only=True)
class ClassSpeeds:
    """Effective summer speeds of one class in km/h where no lower limit is signed."""

    paved: float
    gravel: float
    unknown: float


SPEEDS: Mapping[RoadClass, ClassSpeeds] = {
    RoadClass.MOTORWAY: ClassSpeeds(paved=93, gravel=60, unknown=93),
    RoadClass.TRUNK: ClassSpeeds(paved=76, gravel=60, unknown=76),
    RoadClass.PRIMARY: ClassSpeeds(paved=76, gravel=60, unknown=76),
    RoadClass.SECONDARY: ClassSpeeds(paved=76, gravel=60, unknown=76),
    RoadClass.TERTIARY: ClassSpeeds(paved=72, gravel=60, unknown=66),
    RoadClass.UNCLASSIFIED: ClassSpeeds(paved=60, gravel=50, unknown=45),
    RoadClass.RESIDENTIAL: ClassSpeeds(paved=34, gravel=30, unknown=32),
    RoadClass.LIVING_STREET: ClassSpeeds(paved=15, gravel=15, unknown=15),
    RoadClass.SERVICE: ClassSpeeds(paved=20, gravel=17, unknown=17),
    RoadClass.TRACK: ClassSpeeds(paved=30, gravel=27, unknown=25),
}

ICE_SPEED = 30.0
"""Ice roads are signed anew each winter: up to 25 or 40 to 70 km/h."""

SEASON_FACTORS: Mapping[Season, Mapping[Surface, float]] = {
    Season.SUMMER: {Surface.PAVED: 1.0, Surface.GRAVEL: 1.0, Surface.UNKNOWN: 1.0},
    Season.THAW: {Surface.PAVED: 1.0, Surface.GRAVEL: 0.83, Surface.UNKNOWN: 0.92},
    Season.WINTER: {Surface.PAVED: 0.9, Surface.GRAVEL: 0.87, Surface.UNKNOWN: 0.88},
}

LIMIT_FACTOR = 0.84
"""A signed limit of 90 is driven at 76 on average."""

WINTER_LIMIT = 90
"""The 110 km/h of some dual carriageways hold in summer only."""

URBAN_LIMIT = 50
JUNCTION_SECONDS = {"rural": 3.0, "urban": 6.0}

ACCESS_KMH = 15.0
"""From the road to the house, along a drive whose length is taken as the crow flies."""


def season_of(day: date) -> Season:
    """Return the season of `day`: winter from December to February, thaw in March and April."""
    if day.month in (12, 1, 2):
        return Season.WINTER
    return Season.THAW if day.month in (3, 4) else Season.SUMMER


@dataclass(frozen=True, kw_only=True)
class Profile:
    """One way to weigh the roads.

    `name` is what vehicles and matrices refer to; `calibration` multiplies all times (1.1 is slower); `ice_road`
    opens the ice roads.
    """

    name: str = DEFAULT_PROFILE
    season: Season = Season.SUMMER
    calibration: float = 1.0
    ice_road: bool = False

    def __post_init__(self) -> None:
        if not 0.1 <= self.calibration <= 10:
            raise UsageError(f"calibration is {self.calibration}, expected a factor from 0.1 to 10")

    def access_centiseconds(self, metres: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return the time from the road to a house `metres` away."""
        return _centiseconds(metres / (ACCESS_KMH / 3.6) * self.calibration)


def profiles_on(
    day: date,
    names: Iterable[str] = (DEFAULT_PROFILE,),
    *,
    calibration: float = 1.0,
    season: Season | None = None,
    ice_road: bool = False,
) -> tuple[Profile, ...]:
    """Return one profile per vehicle profile name, once each, for `day`; `season` overrides the calendar."""
    return tuple(
        Profile(name=name, season=season or season_of(day), calibration=calibration, ice_road=ice_road)
        for name in dict.fromkeys(names)
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class Weights:
    """The weights of a profile per directed edge, in whole centiseconds (int64).

    `run` is the time along the edge, `junction` what its head costs on top, `usable` whether it is open at all.
    Whole numbers make every sum exact, whatever the order of adding.
    """

    run: NDArray[np.int64]
    junction: NDArray[np.int64]
    usable: NDArray[np.bool_]


def weigh(network: RoadNetwork, profile: Profile) -> Weights:
    """Return the weights of `network` under `profile`."""
    kmh = effective_speeds(network, profile.season)
    run = _centiseconds(network.length / (kmh / 3.6) * profile.calibration)
    seconds = np.where(_urban(network), JUNCTION_SECONDS["urban"], JUNCTION_SECONDS["rural"])
    at_junction = _junctions(network)[network.head]
    return Weights(
        run=np.maximum(run, 1),
        junction=np.where(at_junction, _centiseconds(seconds * profile.calibration), 0),
        usable=~network.ice | profile.ice_road,
    )


def effective_speeds(network: RoadNetwork, season: Season) -> NDArray[np.float64]:
    """Return the km/h really driven on each edge: the class's own speed, or less where a lower limit is signed."""
    table = np.zeros((len(RoadClass), len(Surface)))
    for road_class, speeds in SPEEDS.items():
        table[road_class, Surface.PAVED] = speeds.paved
        table[road_class, Surface.GRAVEL] = speeds.gravel
        table[road_class, Surface.UNKNOWN] = speeds.unknown
    limit = network.limit.astype(np.float64)
    if season is Season.WINTER:
        limit = np.minimum(limit, WINTER_LIMIT)
    limited = np.where(limit > 0, limit * LIMIT_FACTOR, np.inf)
    # A signed limit above the class's default (trunk 110) is driven faster only on a class built for it.
    fast = (network.road_class <= RoadClass.TRUNK) & (network.surface != Surface.GRAVEL) & (limit > 0)
    kmh = np.where(fast, limited, np.minimum(table[network.road_class, network.surface], limited))
    kmh = kmh * np.array([SEASON_FACTORS[season][surface] for surface in Surface])[network.surface]
    return np.where(network.ice, ICE_SPEED, kmh)


def _urban(network: RoadNetwork) -> NDArray[np.bool_]:
    """Tell which edges lie in a built-up area, as far as class and signs show it."""
    street = (network.road_class == RoadClass.RESIDENTIAL) | (network.road_class == RoadClass.LIVING_STREET)
    return np.asarray(street | ((network.limit > 0) & (network.limit <= URBAN_LIMIT)))


def _junctions(network: RoadNetwork) -> NDArray[np.bool_]:
    """Tell which nodes join three roads or more; drives and tracks do not slow the road they leave."""
    links = network.links[network.road_class[network.links] < RoadClass.SERVICE]
    roads = np.bincount(network.tail[links], minlength=network.nodes)
    return np.asarray(roads + np.bincount(network.head[links], minlength=network.nodes) >= 3)


def _centiseconds(seconds: NDArray[np.float64]) -> NDArray[np.int64]:
    return np.rint(seconds * CENTISECONDS).astype(np.int64)
