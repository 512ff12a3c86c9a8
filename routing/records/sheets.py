"""The one table of what the municipality's files hold.

Reader, writer, template and the written guide all derive from it. What is required and what a blank cell means comes
from the record classes in `model`.
"""

from __future__ import annotations

from typing import Final

from routing.records import model
from routing.records.columns import Column, Sheet
from routing.records.number_kinds import LAYOUTS, decimal, whole
from routing.records.rule_kinds import RULE
from routing.records.text_kinds import (
    ACTIVITIES,
    AIDS,
    CASE_NUMBER,
    EQUIPMENT,
    ID,
    ID_LIST,
    PHRASES,
    PLACE_ID,
    PRIORITY,
    RETURN,
    RIDE_AIDS,
    RIDE_END,
    SERVICE,
    SKILLS,
    STATE,
    TEXT,
    WAITING,
    YES_NO,
)
from routing.records.time_kinds import DATE, DATE_LIST, MINUTES, TIME, WEEKDAYS, WINDOWS

_LAT: Final = Column(field="lat", et="laiuskraad", en="lat", kind=decimal(-90, 90), aliases=("laius", "latitude"))
_LON: Final = Column(
    field="lon", et="pikkuskraad", en="lon", kind=decimal(-180, 180), aliases=("pikkus", "longitude", "lng")
)
_MUNICIPALITY: Final = Column(
    field="municipality", et="omavalitsus", en="municipality", kind=TEXT, aliases=("vald", "linn")
)
_SETTLEMENT = Column(field="settlement", et="asustusüksus", en="settlement", kind=TEXT, aliases=("küla",))
_COUNTY: Final = Column(field="county", et="maakond", en="county", kind=TEXT)
_PHONE: Final = Column(field="phone", et="telefon", en="phone", kind=TEXT)
_CLIENT: Final = Column(field="client", et="klient", en="client", kind=ID, refers="clients")
_WORKER: Final = Column(field="worker", et="töötaja", en="worker", kind=ID, refers="workers")
_SKILLS: Final = Column(field="skills", et="oskused", en="skills", kind=SKILLS)
_DAY: Final = Column(field="day", et="kuupäev", en="date", kind=DATE, aliases=("päev",))
_PRIORITY: Final = Column(field="priority", et="prioriteet", en="priority", kind=PRIORITY, aliases=("tähtsus",))
_MAX_LATENESS: Final = Column(
    field="max_lateness",
    et="hilinemine kuni (min)",
    en="max lateness (min)",
    kind=MINUTES,
    aliases=("hilinemine kuni",),
)


def _id(note: str) -> Column:
    return Column(field="id", et="tunnus", en="id", kind=ID, aliases=("kood",), note=note)


PLACES: Final = Sheet(
    name="places",
    et="kohad",
    record=model.PlaceRecord,
    required=True,
    columns=(
        Column(field="id", et="tunnus", en="id", kind=PLACE_ID, aliases=("kood",), note="place-id"),
        Column(field="name", et="nimi", en="name", kind=TEXT, note="place-name"),
        _LAT,
        _LON,
        _SETTLEMENT,
        _MUNICIPALITY,
        _COUNTY,
    ),
)

CLIENTS: Final = Sheet(
    name="clients",
    et="kliendid",
    record=model.Client,
    required=True,
    columns=(
        _id("client-id"),
        Column(field="name", et="nimi", en="name", kind=TEXT, note="person-name"),
        _LAT,
        _LON,
        Column(field="address", et="aadress", en="address", kind=TEXT),
        _SETTLEMENT,
        _MUNICIPALITY,
        _COUNTY,
        _PHONE,
        Column(field="door_note", et="ukse juures", en="door note", kind=TEXT, aliases=("uksemärkus",)),
        Column(field="state", et="olek", en="state", kind=STATE),
        Column(field="aids", et="abivahendid", en="aids", kind=AIDS, note="client-aids"),
        Column(field="regular", et="püsivad töötajad", en="regular", kind=ID_LIST, refers="workers"),
        Column(field="preferred", et="eelistatud töötajad", en="preferred", kind=ID_LIST, refers="workers"),
        Column(field="forbidden", et="keelatud töötajad", en="forbidden", kind=ID_LIST, refers="workers"),
        Column(field="apart", et="mitte koos", en="apart", kind=ID_LIST, refers="clients"),
    ),
)

WORKERS: Final = Sheet(
    name="workers",
    et="töötajad",
    record=model.Worker,
    required=True,
    columns=(
        _id("worker-id"),
        Column(field="name", et="nimi", en="name", kind=TEXT, note="person-name"),
        _PHONE,
        _SKILLS,
        Column(field="background_check", et="taustakontroll", en="background check", kind=DATE),
        Column(field="reserve", et="asendaja", en="reserve", kind=YES_NO, note="worker-reserve"),
    ),
)

VEHICLES: Final = Sheet(
    name="vehicles",
    et="sõidukid",
    record=model.VehicleRecord,
    required=True,
    columns=(
        _id("vehicle-id"),
        Column(field="plate", et="numbrimärk", en="plate", kind=TEXT),
        Column(field="layouts", et="paigutused", en="layouts", kind=LAYOUTS),
        Column(field="equipment", et="lisavarustus", en="equipment", kind=EQUIPMENT),
        Column(field="profile", et="profiil", en="profile", kind=TEXT),
        Column(field="goods", et="kaasa mahub", en="room for goods", kind=whole(0, 10_000), note="vehicle-goods"),
    ),
)

SHIFTS: Final = Sheet(
    name="shifts",
    et="vahetused",
    record=model.ShiftRecord,
    required=True,
    columns=(
        _id("shift-id"),
        _WORKER,
        Column(field="vehicle", et="sõiduk", en="vehicle", kind=ID, refers="vehicles"),
        Column(field="start", et="algus", en="start", kind=TIME, note="shift-start"),
        Column(field="end", et="lõpp", en="end", kind=TIME, note="shift-end"),
        Column(field="start_place", et="alguskoht", en="start place", kind=ID, refers="places"),
        Column(field="end_place", et="lõppkoht", en="end place", kind=ID, refers="places"),
        Column(field="day", et="kuupäev", en="date", kind=DATE, aliases=("päev",), note="shift-day"),
        Column(field="weekdays", et="nädalapäevad", en="weekdays", kind=WEEKDAYS),
        Column(field="overtime", et="ületunnid kuni (min)", en="overtime (min)", kind=MINUTES, aliases=("ületunnid",)),
        Column(field="break_length", et="vaheaeg (min)", en="break (min)", kind=MINUTES, aliases=("vaheaeg", "break")),
        Column(
            field="max_duration", et="kestus kuni (min)", en="max duration (min)", kind=MINUTES, note="shift-duration"
        ),
        Column(field="balance_group", et="koormusrühm", en="balance group", kind=TEXT),
    ),
)

ABSENCES: Final = Sheet(
    name="absences",
    et="puudumised",
    record=model.Absence,
    key=(),
    columns=(
        _WORKER,
        Column(field="first", et="alates", en="first", kind=DATE, aliases=("from",), note="absence-first"),
        Column(field="last", et="kuni", en="last", kind=DATE, aliases=("to", "until"), note="absence-last"),
    ),
)

PAUSES: Final = Sheet(
    name="pauses",
    et="vaheajad",
    record=model.Pause,
    key=(),
    extra=True,
    columns=(
        _CLIENT,
        Column(field="first", et="alates", en="first", kind=DATE, aliases=("from",), note="pause-first"),
        Column(field="last", et="kuni", en="last", kind=DATE, aliases=("to", "until"), note="pause-last"),
    ),
)

CARE_PLANS: Final = Sheet(
    name="care_plans",
    et="hooldusplaanid",
    record=model.CarePlan,
    extra=True,
    columns=(
        _id("plan-id"),
        _CLIENT,
        Column(field="service", et="teenus", en="service", kind=SERVICE, note="plan-service"),
        Column(field="version", et="versioon", en="version", kind=whole(1, 999), note="plan-version"),
        Column(field="valid_from", et="kehtib alates", en="valid from", kind=DATE, note="plan-from"),
        Column(field="valid_to", et="kehtib kuni", en="valid to", kind=DATE, note="plan-to"),
        Column(field="weekly", et="maht nädalas (min)", en="weekly volume (min)", kind=MINUTES, note="plan-weekly"),
        Column(field="monthly", et="maht kuus (min)", en="monthly volume (min)", kind=MINUTES, note="plan-monthly"),
        Column(
            field="regular", et="püsivad töötajad", en="regular", kind=ID_LIST, refers="workers", note="plan-regular"
        ),
        Column(field="note", et="märkus", en="note", kind=TEXT, note="plan-note"),
    ),
)

CARE_SLOTS: Final = Sheet(
    name="care_slots",
    et="plaani käigud",
    record=model.CareSlot,
    extra=True,
    columns=(
        _id("slot-id"),
        Column(field="plan", et="hooldusplaan", en="care plan", kind=ID, refers="care_plans", note="slot-plan"),
        Column(field="times", et="kordi", en="times", kind=whole(1, 28), note="slot-times"),
        Column(field="every_weeks", et="iga mitme nädala järel", en="every weeks", kind=whole(1, 8)),
        Column(field="duration", et="kestus (min)", en="duration (min)", kind=MINUTES, aliases=("kestus",)),
        Column(field="windows", et="ajaaknad", en="windows", kind=WINDOWS, aliases=("ajaaken", "window")),
        Column(field="per_day", et="päevas kuni", en="per day", kind=whole(1, 6)),
        Column(field="weekdays", et="nädalapäevad", en="weekdays", kind=WEEKDAYS, note="slot-weekdays"),
        Column(field="preferred_days", et="eelistatud päevad", en="preferred days", kind=WEEKDAYS),
        Column(field="days_apart", et="päevi vahet", en="days apart", kind=whole(1, 7)),
        Column(field="hours_apart", et="päeva sees vahet (min)", en="hours apart (min)", kind=MINUTES),
        _MAX_LATENESS,
        _PRIORITY,
        _SKILLS,
        Column(field="crew", et="töötajaid", en="crew", kind=whole(1, 4)),
        Column(field="activities", et="toimingud", en="activities", kind=ACTIVITIES, note="slot-activities"),
    ),
)

VISITS: Final = Sheet(
    name="visits",
    et="käigud",
    record=model.CareVisit,
    columns=(
        _id("visit-id"),
        _DAY,
        _CLIENT,
        Column(field="duration", et="kestus (min)", en="duration (min)", kind=MINUTES, aliases=("kestus",)),
        Column(field="windows", et="ajaaknad", en="windows", kind=WINDOWS, aliases=("ajaaken", "window")),
        _MAX_LATENESS,
        _PRIORITY,
        _SKILLS,
        Column(field="crew", et="töötajaid", en="crew", kind=whole(1, 4)),
        Column(field="activities", et="toimingud", en="activities", kind=PHRASES),
        Column(field="after", et="pärast käiku", en="after", kind=ID, aliases=("pärast",), refers="visits"),
        Column(field="gap_minimum", et="vahe vähemalt (min)", en="gap at least (min)", kind=MINUTES),
        Column(field="gap_maximum", et="vahe kuni (min)", en="gap at most (min)", kind=MINUTES),
        Column(field="other_worker", et="teine töötaja", en="other worker", kind=YES_NO),
        Column(field="goods", et="kaasa", en="goods", kind=whole(0, 10_000), note="visit-goods"),
        Column(field="care_slot", et="plaani käik", en="care slot", kind=ID, refers="care_slots", note="visit-slot"),
        Column(
            field="planned_for",
            et="nädalaplaanis",
            en="planned for",
            kind=ID_LIST,
            refers="workers",
            note="planned-for",
        ),
    ),
)

RIDES: Final = Sheet(
    name="rides",
    et="sõidud",
    record=model.RideRequest,
    columns=(
        _id("ride-id"),
        _DAY,
        _CLIENT,
        Column(field="service", et="teenus", en="service", kind=SERVICE, note="ride-service"),
        Column(field="start", et="kust", en="from", kind=RIDE_END, refers="places", note="ride-start"),
        Column(field="end", et="kuhu", en="to", kind=RIDE_END, refers="places", note="ride-end"),
        Column(field="pickup", et="pealevõtmine", en="pickup", kind=WINDOWS, aliases=("pealevõtt",)),
        Column(field="arrival", et="kohal", en="arrival", kind=WINDOWS, aliases=("saabumine",)),
        _MAX_LATENESS,
        Column(field="requested_on", et="soov esitatud", en="requested on", kind=DATE),
        Column(field="purpose", et="eesmärk", en="purpose", kind=TEXT),
        Column(field="aids", et="abivahendid", en="aids", kind=RIDE_AIDS, note="ride-aids"),
        Column(field="companions", et="kaaslasi", en="companions", kind=whole(0, 20)),
        _PRIORITY,
        Column(field="returning", et="tagasi", en="return", kind=RETURN),
        Column(field="return_at", et="tagasi kell", en="return at", kind=TIME),
        Column(field="appointment", et="kohapeal (min)", en="appointment (min)", kind=MINUTES, aliases=("kohapeal",)),
        Column(field="waiting", et="töötaja vahepeal", en="waiting", kind=WAITING),
        Column(field="same_vehicle", et="sama sõiduk", en="same vehicle", kind=YES_NO),
        Column(field="alone", et="üksi", en="alone", kind=YES_NO),
        Column(field="max_ride", et="sõit kuni (min)", en="max ride (min)", kind=MINUTES),
        Column(field="max_ride_percent", et="sõit kuni protsenti", en="max ride percent", kind=whole(100, 1000)),
    ),
)

_NOT_OF_SERIES: Final = frozenset({"id", "day", "requested_on"})

RIDE_SERIES: Final = Sheet(
    name="ride_series",
    et="korduvad sõidud",
    record=model.RideSeries,
    extra=True,
    columns=(
        _id("series-id"),
        Column(field="rule", et="kordumine", en="rule", kind=RULE, aliases=("rrule",), note="series-rule"),
        Column(field="first", et="alates", en="first", kind=DATE, note="series-first"),
        Column(field="last", et="kuni", en="last", kind=DATE, aliases=("until",), note="series-last"),
        Column(field="exceptions", et="erandid", en="exceptions", kind=DATE_LIST, note="series-exceptions"),
        *(column for column in RIDES.columns if column.field not in _NOT_OF_SERIES),
    ),
)

DECISIONS: Final = Sheet(
    name="decisions",
    et="otsused",
    record=model.Decision,
    key=("case_number", "client", "service", "valid_from"),
    columns=(
        Column(
            field="case_number", et="menetluse number", en="case number", kind=CASE_NUMBER, aliases=("juhtumi number",)
        ),
        _CLIENT,
        Column(field="service", et="teenus", en="service", kind=SERVICE, note="decision-service"),
        Column(field="valid_from", et="kehtib alates", en="valid from", kind=DATE),
        Column(field="valid_to", et="kehtib kuni", en="valid to", kind=DATE),
        Column(field="weekly_hours", et="tunde nädalas", en="weekly hours", kind=decimal(0, 168)),
        Column(field="volume", et="maht", en="volume", kind=TEXT),
        Column(field="applied_on", et="taotlus esitatud", en="applied on", kind=DATE),
        Column(field="decided_on", et="otsustatud", en="decided on", kind=DATE),
    ),
)

RELIEFS: Final = Sheet(
    name="reliefs",
    et="soodustused",
    record=model.ReliefRecord,
    key=("act", "client", "service", "component", "first"),
    extra=True,
    columns=(
        Column(field="act", et="otsus", en="act", kind=TEXT, note="relief-act"),
        _CLIENT,
        Column(field="service", et="teenus", en="service", kind=SERVICE, note="relief-service"),
        Column(field="component", et="hinnarida", en="price line", kind=TEXT, note="relief-component"),
        Column(field="pays", et="maksab (%)", en="pays (%)", kind=whole(0, 100), note="relief-pays"),
        Column(field="first", et="alates", en="first", kind=DATE, note="relief-first"),
        Column(field="last", et="kuni", en="last", kind=DATE, aliases=("until",), note="relief-last"),
    ),
)
"""What committees decided about the prices of single clients."""

SHEETS: Final = (
    PLACES,
    WORKERS,
    VEHICLES,
    CLIENTS,
    SHIFTS,
    ABSENCES,
    PAUSES,
    CARE_PLANS,
    CARE_SLOTS,
    VISITS,
    RIDES,
    RIDE_SERIES,
    DECISIONS,
    RELIEFS,
)
"""Every sheet, in the order in which the later ones refer to the earlier."""

SHEET_BY_NAME: Final = {sheet.name: sheet for sheet in SHEETS}
