"""Hand out the log of one person: who saw her data, when and what for. She may ask for it at any time."""

from __future__ import annotations

import csv
import io
from typing import Final

from sqlalchemy.orm import Session

from api.store.history import seen_by
from routing.records.cleaning import guard
from routing.wording import say

_COLUMNS: Final = ("at", "actor", "purpose")


def access_csv(session: Session, person: str, *, lang: str) -> bytes:
    """Return the log of `person`, a subject such as `record:clients/K1`, as CSV for a spreadsheet; times are UTC."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(say(f"store.access-{column}", lang) for column in _COLUMNS)
    for look in seen_by(session, person):
        writer.writerow((look.at.isoformat(timespec="seconds"), guard(look.actor), guard(look.purpose)))
    return text.getvalue().encode("utf-8-sig")
