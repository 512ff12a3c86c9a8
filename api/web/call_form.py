"""The call form: what was typed becomes a `Call`, and what is shown in it again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from api.desk.calls import ARRIVE, WHENS, Call, place_meant
from api.desk.records import list_records
from api.store.records import Record
from api.web.sent import text_of
from api.wording import LANGUAGES, say
from api.wording.format import long_day
from routing.findings import Finding
from routing.records.kind import CellError
from routing.records.labels import choice_label
from routing.records.model import RIDES as RIDES_BY_SERVICE
from routing.records.model import Records
from routing.records.sheets import RIDES
from routing.records.text_kinds import HOME
from routing.records.time_kinds import DATE

_CLIENTS: Final = 8
_DAYS: Final = 14
_LATEST: Final = 2 * 86_400
_PLAIN: Final = (
    *("id", "service", "day", "at", "flexible", "aids", "companions", "returning", "return_at", "appointment"),
    *("waiting", "purpose"),
)
_SHOWN_AT: Final = {"client": "who", "pickup": "at", "arrival": "at"}
"""Where a finding of the sheet belongs in the form, if not at a field of its name."""

_FIELDS: Final = frozenset({*_PLAIN, "who", "start", "end", "when"} - {"id"})
"""The fields that people see."""


@dataclass(frozen=True, kw_only=True)
class Filled:
    """The form as it was filled in: the call, the client that is meant and those she may be, and the typed texts."""

    call: Call
    who: str = ""
    client: Record | None = None
    clients: tuple[Record, ...] = ()
    searched: bool = False
    start: str = ""
    end: str = ""

    @property
    def persons(self) -> tuple[Record, ...]:
        """Return every client that the form shows."""
        return self.clients if self.client is None else (self.client,)

    @property
    def day(self) -> dt.date | None:
        """Return the day that is asked for, None where none can be read."""
        with suppress(CellError):
            return DATE.parse(self.call.day.strip()) if self.call.day.strip() else None
        return None


def read_form(session: Session, records: Records, form: FormData, lang: str) -> Filled:
    """Return what a form says."""
    who, key = text_of(form, "who").strip()[:200], text_of(form, "client")
    clients = find_clients(session, who)
    chosen = next((record for record in clients if record.key == key), None)
    if chosen is None and key and not who:
        chosen = session.get(Record, ("clients", key))
    if chosen is None and len(clients) == 1:
        chosen = clients[0]
    homes = tuple(say("books.home", each) for each in LANGUAGES)
    ends = {name: place_meant(records, text_of(form, name).strip(), homes) for name in ("start", "end")}
    call = Call(
        client="" if chosen is None else chosen.key,
        when=_one_of(text_of(form, "when"), WHENS, ARRIVE),
        chosen=_chosen(text_of(form, "slot")),
        **ends,
        **{name: text_of(form, name).strip() for name in _PLAIN},
    )
    return Filled(
        call=call,
        who=who if chosen is None else chosen.cells.get("name", chosen.key),
        client=chosen,
        clients=clients,
        searched=bool(who),
        start=_place_words(records, call.start, lang),
        end=_place_words(records, call.end, lang),
    )


def empty_form(lang: str, *, day: str = "") -> Filled:
    """Return the form before anything is typed."""
    return Filled(call=Call(day=day), start=say("books.home", lang))


def find_clients(session: Session, text: str) -> tuple[Record, ...]:
    """Return the first clients that hold every word of `text`, nobody before two letters are typed."""
    if len(text.strip()) < 2:
        return ()
    return list_records(session, "clients", search=text, size=_CLIENTS).records


def choices(lang: str) -> Mapping[str, list[tuple[str, str]]]:
    """Return what can be chosen in the form: value and label by field."""
    columns = RIDES.column_by_field
    found = {
        name: [(word, choice_label(word, lang)) for word in columns[name].kind.options]
        for name in ("aids", "returning", "waiting")
    }
    kind = columns["service"].kind
    services = [word for word in kind.options if kind.parse(word) in RIDES_BY_SERVICE]
    found["aids"] = [(word, label if word != "none" else say("calls.no-aids", lang)) for word, label in found["aids"]]
    return {**found, "service": [(word, choice_label(word, lang)) for word in services]}


def next_days(today: dt.date, lang: str) -> list[tuple[str, str]]:
    """Return the days to come, as they are typed and as they are said."""
    days = (today + dt.timedelta(days=count) for count in range(_DAYS))
    return [(DATE.write(day, lang), long_day(day, lang)) for day in days]


def place_list(records: Records, lang: str) -> list[tuple[str, str]]:
    """Return the places to choose from: name, and where it is."""
    home = (say("books.home", lang), "")
    return [home, *((place.name, place.settlement) for place in records.places)]


def shown_findings(findings: Iterable[Finding], *, strict: bool) -> dict[str, list[Finding]]:
    """Return findings by the field of the form; what is merely not said yet is none, unless `strict`."""
    shown: dict[str, list[Finding]] = {}
    for finding in findings:
        if strict or finding.code not in {"records.value-missing", "records.ride-without-time"}:
            field = _SHOWN_AT.get(finding.field or "", finding.field or "")
            shown.setdefault(field if field in _FIELDS else "", []).append(finding)
    return shown


def lacking(findings: Iterable[Finding]) -> list[str]:
    """Return the fields of the form that are still to be filled in."""
    missing = (f.field or "" for f in findings if f.code in {"records.value-missing", "records.ride-without-time"})
    return list(dict.fromkeys(_SHOWN_AT.get(field, field) for field in missing))


def _place_words(records: Records, place: str, lang: str) -> str:
    if place == HOME:
        return say("books.home", lang)
    return next((known.name for known in records.places if known.id == place), place)


def _chosen(text: str) -> int | None:
    begin = text.rpartition("|")[2]
    return int(begin) if begin.isascii() and begin.isdigit() and len(begin) < 7 and int(begin) < _LATEST else None


def _one_of(text: str, known: Iterable[str], default: str) -> str:
    return text if text in set(known) else default
