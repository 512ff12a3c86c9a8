"""The one table of what `municipality.toml` holds; keys are English in every language.

A plain number for a length is in seconds, as everywhere in the program; `"45 min"` and `"1 h 30 min"` are read too.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, Final

from routing.problem import Objective
from routing.records.columns import Column, Sheet
from routing.records.kind import Kind
from routing.records.model import Aid, Ferry, Municipality, Timetable
from routing.records.number_kinds import decimal, whole
from routing.records.text_kinds import ID, ID_LIST, PHONE, SKILLS, TEXT, YES_NO
from routing.records.time_kinds import DATE, DATE_LIST, SECONDS, TIME, TIMES, WEEKDAYS

WITHOUT_AID: Final = "none"
"""The key of boarding and alighting times for a rider without an aid."""


def _setting(field: str, kind: Kind[Any], note: str = "", refers: str = "") -> Column:
    return Column(
        field=field, et=field, en=field, kind=kind, note=note or f"setting-{field.replace('_', '-')}", refers=refers
    )


SETTINGS: Final = Sheet(
    name="municipality",
    et="omavalitsus",
    record=Municipality,
    key=(),
    required=True,
    columns=(
        _setting("name", TEXT),
        _setting("county", TEXT),
        _setting("fees", TEXT),
        _setting("roads", TEXT),
        _setting("boundaries", TEXT),
        _setting("coordinator_phone", PHONE),
        _setting("keep_openings_days", whole(1, 36500)),
        _setting("keep_taps_days", whole(1, 36500)),
        _setting("tiles", TEXT),
        _setting("tiles_attribution", TEXT),
        _setting("notice_days", whole(0, 60)),
        _setting("request_day_counts", YES_NO),
        _setting("notice_cutoff", TIME),
        _setting("care_skills", SKILLS),
        _setting("escort_skills", SKILLS),
        _setting("social_skills", SKILLS),
        _setting("background_check_days", whole(1, 3650)),
        _setting("door", SECONDS),
        _setting("max_ride", SECONDS),
        _setting("max_ride_percent", whole(100, 1000)),
        _setting("nearby", SECONDS),
        _setting("return_wait", SECONDS),
        _setting("call_wait", SECONDS),
        _setting("calibration", decimal(0.2, 5)),
    ),
)

FERRY: Final = Sheet(
    name="ferries",
    et="praamid",
    record=Ferry,
    columns=(
        _setting("id", ID, "ferry-id"),
        _setting("mainland_harbour", ID, "ferry-harbour", refers="places"),
        _setting("island_harbour", ID, "ferry-harbour", refers="places"),
        _setting("settlements", ID_LIST, "ferry-settlements"),
        _setting("crossing", SECONDS, "ferry-crossing"),
        _setting("boarding", SECONDS, "ferry-boarding"),
        _setting("cancelled", DATE_LIST, "ferry-cancelled"),
        _setting("ice_road", YES_NO, "ferry-ice-road"),
    ),
)

TIMETABLE: Final = Sheet(
    name="timetables",
    et="sõiduplaanid",
    record=Timetable,
    key=(),
    columns=(
        _setting("first", DATE, "timetable-first"),
        _setting("last", DATE, "timetable-last"),
        _setting("weekdays", WEEKDAYS, "timetable-weekdays"),
        _setting("outward", TIMES, "timetable-outward"),
        _setting("homeward", TIMES, "timetable-homeward"),
    ),
)

OBJECTIVE: Final = Sheet(
    name="objective",
    et="kaalud",
    record=Objective,
    key=(),
    columns=tuple(
        _setting(field.name, whole(0, 10**12), "setting-objective") for field in dataclasses.fields(Objective)
    ),
)

HANDLING: Final[Mapping[str, str]] = {"boarding": "setting-boarding", "alighting": "setting-alighting"}
"""The sections of seconds by aid, with the note that explains each."""

HANDLING_KEYS: Final = (WITHOUT_AID, *(aid.value for aid in Aid))
