"""Hypothesis strategies for whole municipalities, derived from the table of columns."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from typing import Any, Final

from hypothesis import strategies as st

from routing.problem import Load, Objective, Priority, TimeWindow, Waiting
from routing.records import text_kinds, time_kinds
from routing.records.cleaning import clean, read_cell
from routing.records.columns import Column, Sheet
from routing.records.kind import CellError, Kind
from routing.records.model import (
    RIDES,
    Activity,
    Aid,
    ClientState,
    Ferry,
    Municipality,
    Records,
    Return,
    Service,
    Timetable,
)
from routing.records.number_kinds import LAYOUTS
from routing.records.rule_kinds import RULE
from routing.records.settings_columns import FERRY, HANDLING_KEYS, SETTINGS, TIMETABLE
from routing.records.sheets import SHEETS

Draw = Callable[[st.SearchStrategy[Any]], Any]

_SPECIAL: Final = st.sampled_from(
    [
        "=1+1",
        "+372 555",
        "@a",
        "-x",
        "- x",
        "'a",
        "''=",
        "'",
        '"',
        "a;b",
        "a|b",
        "a\nb",
        "õ,ä",
        "#a",
        "kodu",
        "1e5",
        "\\",
    ]
)


def _readable(text: str) -> bool:
    """Tell whether a text is one that reading can produce."""
    try:
        return read_cell(f"'{text}" if text[:1] in {"=", "@", "+", "-", "'"} else text) == text != ""
    except CellError:
        return False


def _texts(letters: st.SearchStrategy[str], size: int) -> st.SearchStrategy[str]:
    return (_SPECIAL | st.text(letters, min_size=1, max_size=size)).map(clean).filter(_readable)


TEXTS: Final = _texts(st.characters(codec="utf-8", exclude_categories=["Cc"]), 20)
IDS: Final = _texts(st.characters(codec="utf-8", exclude_categories=["Cc", "Z"], exclude_characters=";|"), 8).filter(
    lambda text: not {";", "|", "\n"} & set(text) and len(text) <= 64
)
PLACE_IDS: Final = IDS.filter(lambda text: text_kinds.RIDE_END.read(text) != text_kinds.HOME)
WORDS: Final = st.sampled_from(["süstimine", "lift", "walker", "stair_climber", "oma sõna", "=a", "b-c"])
DATES: Final = st.dates(date(1990, 1, 1), date(2100, 12, 31))
TIMES: Final = st.integers(0, time_kinds.LATEST)
LENGTHS: Final = st.integers(0, time_kinds.MAX_LENGTH)
WINDOWS: Final = st.tuples(TIMES, TIMES).map(lambda pair: TimeWindow(earliest=min(pair), latest=max(pair)))
LOADS: Final = (
    st.tuples(*[st.integers(0, 99)] * 3)
    .filter(any)
    .map(lambda load: Load(seats=load[0], wheelchairs=load[1], stretchers=load[2]))
)
WEEKDAYS: Final = st.frozensets(st.integers(1, 7), min_size=1)

_BY_KIND: Final[Mapping[int, st.SearchStrategy[Any]]] = {
    id(kind): strategy
    for kind, strategy in [
        (text_kinds.TEXT, TEXTS),
        (text_kinds.ID, IDS),
        (text_kinds.PHONE, st.from_regex(r"\A\+?[0-9]{2}([ -]?[0-9]){1,10}\Z")),
        (text_kinds.PLACE_ID, PLACE_IDS),
        (text_kinds.ID_LIST, st.frozensets(IDS, max_size=3)),
        (text_kinds.CASE_NUMBER, st.from_regex(r"[0-9]{11}", fullmatch=True)),
        (text_kinds.SKILLS, st.frozensets(WORDS.map(lambda word: word.replace("_", " ")))),
        (text_kinds.EQUIPMENT, st.frozensets(WORDS)),
        (text_kinds.PHRASES, st.lists(IDS, max_size=3).map(tuple)),
        (text_kinds.YES_NO, st.booleans()),
        (text_kinds.STATE, st.sampled_from(ClientState)),
        (text_kinds.AIDS, st.frozensets(st.sampled_from(Aid))),
        (text_kinds.RIDE_AIDS, st.frozensets(st.sampled_from(Aid))),
        (text_kinds.PRIORITY, st.sampled_from(Priority)),
        (text_kinds.SERVICE, st.sampled_from(Service)),
        (text_kinds.RETURN, st.sampled_from(Return)),
        (text_kinds.WAITING, st.sampled_from(Waiting)),
        (text_kinds.ACTIVITIES, st.frozensets(st.sampled_from(Activity))),
        (RULE, st.sampled_from(["FREQ=WEEKLY;BYDAY=MO,WE,FR", "FREQ=DAILY", "FREQ=MONTHLY;INTERVAL=2;BYDAY=1TU"])),
        (LAYOUTS, st.lists(LOADS, min_size=1, max_size=3).map(tuple)),
        (time_kinds.DATE, DATES),
        (time_kinds.DATE_LIST, st.frozensets(DATES, max_size=3)),
        (time_kinds.TIME, TIMES),
        (time_kinds.TIMES, st.lists(TIMES, max_size=3).map(tuple)),
        (time_kinds.WINDOWS, st.lists(WINDOWS, min_size=1, max_size=3).map(tuple)),
        (time_kinds.MINUTES, LENGTHS),
        (time_kinds.SECONDS, LENGTHS),
        (time_kinds.WEEKDAYS, WEEKDAYS),
    ]
}
_NUMBERS: Final[Mapping[str, st.SearchStrategy[Any]]] = {
    "lat": st.floats(-90, 90),
    "lon": st.floats(-180, 180),
    "crew": st.integers(1, 4),
    "version": st.integers(1, 999),
    "times": st.integers(1, 28),
    "every_weeks": st.integers(1, 8),
    "per_day": st.integers(1, 6),
    "days_apart": st.integers(1, 7),
    "goods": st.integers(0, 10_000),
    "companions": st.integers(0, 20),
    "max_ride_percent": st.integers(100, 1000),
    "weekly_hours": st.floats(0, 168),
    "pays": st.integers(0, 100),
    "keep_openings_days": st.integers(1, 36500),
    "keep_taps_days": st.integers(1, 36500),
    "notice_days": st.integers(0, 60),
    "background_check_days": st.integers(1, 3650),
    "calibration": st.floats(0.2, 5),
}


def _value(column: Column) -> st.SearchStrategy[Any]:
    kind: Kind[Any] = column.kind
    return _BY_KIND[id(kind)] if id(kind) in _BY_KIND else _NUMBERS[column.field]


def _row(draw: Draw, sheet: Sheet, ids: Mapping[str, list[str]]) -> dict[str, Any]:
    """Draw values for one row; references point at ids that exist, optional fields are sometimes left alone."""
    values: dict[str, Any] = {}
    for column in sheet.columns:
        if not sheet.requires(column) and draw(st.booleans()):
            continue
        if not column.refers:
            values[column.field] = draw(_value(column))
        elif column.kind is text_kinds.ID_LIST:
            values[column.field] = draw(st.frozensets(st.sampled_from(ids[column.refers]), max_size=3))
        elif column.field != "after":
            values[column.field] = draw(st.sampled_from(ids[column.refers]))
    return values


def _mend_dates(values: dict[str, Any], first: str, last: str) -> None:
    if values.get(first) and values.get(last):
        values[first], values[last] = sorted((values[first], values[last]))


def _mend_shift(draw: Draw, values: dict[str, Any]) -> None:
    values["start"], values["end"] = sorted(draw(st.lists(TIMES, min_size=2, max_size=2, unique=True)))
    values["weekdays"] = values.get("weekdays", frozenset())
    if bool(values["weekdays"]) == (values.get("day") is not None):
        values.update(day=draw(DATES), weekdays=frozenset())


def _mend_visit(draw: Draw, values: dict[str, Any]) -> None:
    values["duration"] = max(values["duration"], 1)
    if values.get("gap_maximum") is not None:
        values["gap_maximum"] = max(values["gap_maximum"], values.get("gap_minimum", 0))


def _mend_ride(draw: Draw, values: dict[str, Any]) -> None:
    values["start"] = "home"
    values["service"] = draw(st.sampled_from([Service.ESCORTED, Service.SOCIAL]))
    values.pop(draw(st.sampled_from(["pickup", "arrival"])), None)
    if not values.get("pickup") and not values.get("arrival"):
        values["arrival"] = (TimeWindow(earliest=0, latest=3_600),)
    if values["service"] is Service.SOCIAL:
        values.pop("waiting", None)
    if values.get("returning", Return.NONE) is Return.NONE:
        values.pop("return_at", None)
    else:
        values["return_at"] = time_kinds.LATEST
    _mend_dates(values, "requested_on", "day")


def _mend_series(draw: Draw, values: dict[str, Any]) -> None:
    _mend_ride(draw, values)
    _mend_dates(values, "first", "last")


def _mend_plan(draw: Draw, values: dict[str, Any]) -> None:
    _mend_dates(values, "valid_from", "valid_to")
    values["service"] = draw(st.sampled_from(sorted(set(Service) - RIDES)))
    values.pop(draw(st.sampled_from(["weekly", "monthly"])), None)


def _mend_slot(draw: Draw, values: dict[str, Any]) -> None:
    values["duration"] = max(values["duration"], 1)
    values["times"] = min(values["times"], values.get("per_day", 1))


def _mend_decision(draw: Draw, values: dict[str, Any]) -> None:
    _mend_dates(values, "valid_from", "valid_to")
    _mend_dates(values, "applied_on", "decided_on")


def _mend_client(draw: Draw, values: dict[str, Any]) -> None:
    values["apart"] = values.get("apart", frozenset()) - {values["id"]}


_MEND: Final[Mapping[str, Callable[[Draw, dict[str, Any]], None]]] = {
    "clients": _mend_client,
    "shifts": _mend_shift,
    "absences": lambda _draw, values: _mend_dates(values, "first", "last"),
    "pauses": lambda _draw, values: _mend_dates(values, "first", "last"),
    "care_plans": _mend_plan,
    "care_slots": _mend_slot,
    "ride_series": _mend_series,
    "visits": _mend_visit,
    "rides": _mend_ride,
    "decisions": _mend_decision,
    "reliefs": lambda _draw, values: _mend_dates(values, "first", "last"),
}


@st.composite
def municipalities(draw: Draw, harbours: list[str]) -> Municipality:
    """Draw settings whose ferries join two of the `harbours`."""
    ids = {"places": harbours}
    seconds = st.dictionaries(st.sampled_from(HANDLING_KEYS), LENGTHS).map(lambda given: {"none": 120, **given})
    weights = {field.name: draw(st.integers(0, 10**12)) for field in fields(Objective) if draw(st.booleans())}
    ferries = {}
    for _ in range(draw(st.integers(0, 2))):
        timetables = []
        for _ in range(draw(st.integers(0, 2))):
            timetable = _row(draw, TIMETABLE, {})
            _mend_dates(timetable, "first", "last")
            timetables.append(Timetable(**timetable))
        ferry = Ferry(**_row(draw, FERRY, ids), timetables=tuple(timetables))
        ferries[ferry.id] = ferry
    return Municipality(
        **_row(draw, SETTINGS, {}),
        boarding=draw(seconds),
        alighting=draw(seconds),
        objective=Objective(**weights),
        ferries=tuple(ferries.values()),
    )


@st.composite
def records(draw: Draw) -> Records:
    """Draw everything a folder may hold, without anything that reading would refuse."""
    ids: dict[str, list[str]] = {}
    requests = draw(st.lists(IDS, min_size=6, max_size=6, unique=True))
    rows: dict[str, tuple[Any, ...]] = {}
    for sheet in SHEETS:
        count = draw(st.integers(1, 3))
        if sheet.name in {"visits", "rides"}:
            ids[sheet.name] = [requests.pop() for _ in range(count)]
        elif "id" in sheet.column_by_field:
            kind = _value(sheet.column_by_field["id"])
            ids[sheet.name] = draw(st.lists(kind, min_size=count, max_size=count, unique=True))
        drawn = []
        for position in range(count):
            values = _row(draw, sheet, ids)
            if sheet.name in ids:
                values["id"] = ids[sheet.name][position]
            _MEND.get(sheet.name, lambda _draw, _values: None)(draw, values)
            drawn.append(sheet.record(**values))
        unique = {
            tuple(getattr(row, field) for field in sheet.key) or position: row for position, row in enumerate(drawn)
        }
        rows[sheet.name] = tuple(unique.values())
    return Records(municipality=draw(municipalities(ids["places"])), **rows)
