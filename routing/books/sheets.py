"""The columns of the log's files: entries and trips, in the same words as the records."""

from __future__ import annotations

from typing import Any, Final

from routing.books.entry import Entry, Trip
from routing.books.kinds import EXTRAS, KIND, KM, MOMENT, PARTY, RESULT, WAY
from routing.records.columns import Column, Sheet
from routing.records.kind import Kind
from routing.records.text_kinds import ID, ID_LIST, PHRASES, RIDE_END, SERVICE, TEXT, YES_NO
from routing.records.time_kinds import DATE, MINUTES, TIME


def _column(field: str, et: str, en: str, kind: Kind[Any], *aliases: str, refers: str = "") -> Column:
    return Column(field=field, et=et, en=en, kind=kind, aliases=aliases, refers=refers)


LOG: Final = Sheet(
    name="log",
    et="logi",
    record=Entry,
    columns=(
        _column("id", "tunnus", "id", ID),
        _column("day", "kuupäev", "date", DATE),
        _column("kind", "liik", "kind", KIND),
        _column("service", "teenus", "service", SERVICE),
        _column("client", "klient", "client", ID, refers="clients"),
        _column("request", "soov", "request", ID),
        _column("way", "suund", "way", WAY),
        _column("start", "kust", "from", RIDE_END),
        _column("end", "kuhu", "to", RIDE_END),
        _column("worker", "töötaja", "worker", ID, refers="workers"),
        _column("others", "kaasas", "others", ID_LIST, refers="workers"),
        _column("vehicle", "sõiduk", "vehicle", ID, refers="vehicles"),
        _column("shift", "vahetus", "shift", ID),
        _column("planned_begin", "kavas algus", "planned begin", TIME),
        _column("planned_end", "kavas lõpp", "planned end", TIME),
        _column("planned_metres", "kavas km", "planned km", KM),
        _column("travel", "kavas sõit (min)", "planned travel (min)", MINUTES),
        _column("actual_begin", "tegelik algus", "actual begin", TIME),
        _column("actual_end", "tegelik lõpp", "actual end", TIME),
        _column("actual_metres", "tegelik km", "actual km", KM),
        _column("result", "tulemus", "result", RESULT),
        _column("reason", "põhjus", "reason", TEXT),
        _column("cancelled_by", "tühistas", "cancelled by", PARTY),
        _column("cancelled_at", "tühistatud kell", "cancelled at", MOMENT),
        _column("waited", "ooteaeg (min)", "waited (min)", MINUTES),
        _column("activities", "toimingud", "activities", PHRASES),
        _column("extras", "kulud", "extras", EXTRAS, "parkimine ja piletid"),
    ),
)
"""One row per visit and per way of a ride."""

TRIPS: Final = Sheet(
    name="trips",
    et="sõidupäevik",
    record=Trip,
    columns=(
        _column("id", "tunnus", "id", ID),
        _column("day", "kuupäev", "date", DATE),
        _column("vehicle", "sõiduk", "vehicle", ID, refers="vehicles"),
        _column("worker", "töötaja", "worker", ID, refers="workers"),
        _column("shift", "vahetus", "shift", ID),
        _column("planned_metres", "kavas km", "planned km", KM),
        _column("begin", "algus", "begin", TIME),
        _column("end", "lõpp", "end", TIME),
        _column("start_metres", "odomeeter alguses", "odometer at start", KM),
        _column("end_metres", "odomeeter lõpus", "odometer at end", KM),
        _column("driven_metres", "sõidetud km", "driven km", KM, "km"),
        _column("own_car", "isiklik auto", "own car", YES_NO),
        _column("purpose", "otstarve", "purpose", TEXT),
    ),
)
"""One row per vehicle, shift and day."""
