"""Settings of the municipality, and the ferries that its islands hang on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from routing.problem import Objective


@dataclass(frozen=True, kw_only=True)
class Timetable:
    """A ferry's departures on `weekdays` from `first` to `last`, both included."""

    first: date
    last: date
    weekdays: frozenset[int]
    outward: tuple[int, ...]
    homeward: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Ferry:
    """A ferry to an island.

    `settlements` are served through it only; `cancelled` are dates without sailing (ice, storm).
    `crossing` and `boarding` are lengths. While `ice_road` is on, the road network's ice road replaces it.
    """

    id: str
    mainland_harbour: str
    island_harbour: str
    settlements: frozenset[str]
    crossing: int
    boarding: int
    timetables: tuple[Timetable, ...] = ()
    cancelled: frozenset[date] = frozenset()
    ice_road: bool = False


@dataclass(frozen=True, kw_only=True)
class Municipality:
    """Settings of the municipality that keeps the folder.

    `boarding` and `alighting` are seconds by aid, with key `none` for a rider without one; `door` is added to every
    visit (parking, walking to the door). `calibration` multiplies all travel times. `call_wait` is how long a rider who
    calls for her return may have to wait. `care_skills`, `escort_skills` and `social_skills` are what a worker must be
    able to do for any visit, escorted ride or ride. How working days of notice are counted is written down nowhere:
    `request_day_counts` and `notice_cutoff` (a time of day) say it (see `routing.rules.notice`). `fees`, `roads` and
    `boundaries` are paths from the folder; maps ask the tile server `tiles` only where one is named. Drivers call
    `coordinator_phone`, where it is known. `keep_openings_days` and `keep_taps_days` say for how long it is kept when
    drivers opened their links and what they tapped: None is for good.
    """

    name: str
    county: str
    notice_days: int = 3
    request_day_counts: bool = True
    notice_cutoff: int | None = None
    care_skills: frozenset[str] = frozenset()
    escort_skills: frozenset[str] = frozenset()
    social_skills: frozenset[str] = frozenset()
    fees: str = ""
    roads: str = ""
    boundaries: str = ""
    coordinator_phone: str = ""
    keep_openings_days: int | None = None
    keep_taps_days: int | None = None
    tiles: str = ""
    tiles_attribution: str = ""
    boarding: Mapping[str, int] = field(default_factory=lambda: {"none": 120})
    alighting: Mapping[str, int] = field(default_factory=lambda: {"none": 120})
    door: int = 120
    max_ride: int | None = None
    max_ride_percent: int | None = None
    nearby: int = 900
    return_wait: int = 1800
    call_wait: int = 5400
    calibration: float = 1.0
    background_check_days: int = 365
    objective: Objective = field(default_factory=Objective)
    ferries: tuple[Ferry, ...] = ()
