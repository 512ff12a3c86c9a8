"""Kinds of cells that only the log has: kilometres, results, amounts that are passed on, moments."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final, TypeVar

from routing.books.entry import EntryKind, Extra, Party, Result, Way
from routing.records.kind import CellError, Kind, Words, choice, split

E = TypeVar("E", bound=StrEnum)

_EXPENSES: Final = Words({"parking": ("parkimine", "parking"), "ferry": ("praam", "ferry", "praamipilet")})
"""What price lists call expenses that are passed on, and what people write for it."""

_KM: Final = re.compile(r"\d{1,6}([.,]\d{1,6})?", re.ASCII)
_EXTRA: Final = re.compile(r"(?P<name>[^\d:]{1,60}?)[\s:]+(?P<amount>\d{1,6}([.,]\d{1,2})?)\s*€?", re.ASCII)
_MOMENT: Final = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)|(\d\d?)\.(\d\d?)\.(\d{4}) (\d\d?)[:.](\d\d)", re.ASCII
)


def _metres(text: str) -> int:
    if not _KM.fullmatch(text):
        raise ValueError(text)
    return int((Decimal(text.replace(",", ".")) * 1000).to_integral_value())


def _write_km(metres: int, lang: str) -> str:
    text = f"{Decimal(metres) / 1000:f}"
    return text if lang == "en" else text.replace(".", ",")


def _extra(text: str) -> Extra:
    match = _EXTRA.fullmatch(text)
    if not match:
        raise ValueError(text)
    name, amount = match["name"].strip(), Decimal(match["amount"].replace(",", "."))
    return Extra(name=_EXPENSES.lookup(name) or name.lower(), amount=amount.quantize(Decimal("0.01")))


def _write_extra(extra: Extra, lang: str) -> str:
    name = _EXPENSES.say(extra.name, lang) if extra.name in _EXPENSES.words else extra.name
    return f"{name} {extra.amount if lang == 'en' else str(extra.amount).replace('.', ',')}"


def _moment(text: str) -> datetime:
    match = _MOMENT.fullmatch(text)
    if not match:
        raise ValueError(text)
    year, month, day, hour, minute = (int(part) for part in match.groups() if part is not None)
    if not match[1]:
        year, day = day, year
    if not 1990 <= year <= 2100:
        raise CellError("records.year-out-of-range", lowest="1990", highest="2100")
    return datetime(year, month, day, hour, minute)  # noqa: DTZ001 - the municipality's own clock on the wall


def _write_moment(value: datetime, lang: str) -> str:
    return value.strftime("%Y-%m-%d %H:%M" if lang == "en" else "%d.%m.%Y %H:%M")


KM: Final = Kind[int](code="ledger.bad-km", read=_metres, write=_write_km)
MOMENT: Final = Kind[datetime](code="ledger.bad-moment", read=_moment, write=_write_moment)
EXTRAS: Final = Kind[tuple[Extra, ...]](
    code="ledger.bad-extras",
    read=lambda text: tuple(_extra(item) for item in split(text)),
    write=lambda values, lang: "; ".join(_write_extra(value, lang) for value in values),
)
KIND: Final = choice(Words({EntryKind.VISIT: ("käik", "visit"), EntryKind.RIDE: ("sõit", "ride")}))
WAY: Final = choice(Words({Way.OUT: ("sinna", "out"), Way.BACK: ("tagasi", "back")}))
PARTY: Final = choice(
    Words(
        {
            Party.CLIENT: ("klient", "client"),
            Party.OFFICE: ("vald", "office"),
            Party.CARRIER: ("vedaja", "carrier"),
        }
    )
)
RESULT: Final = choice(
    Words(
        {
            Result.DONE: ("tehtud", "done"),
            Result.REFUSED: ("keeldus", "refused"),
            Result.NOT_NEEDED: ("ei olnud vaja", "not needed"),
            Result.NOT_POSSIBLE: ("ei olnud võimalik", "not possible"),
            Result.NOT_HOME: ("ei olnud kodus", "not home"),
            Result.CANCELLED: ("tühistatud", "cancelled"),
            Result.NO_SHOW: ("ei ilmunud", "no show"),
        }
    )
)
