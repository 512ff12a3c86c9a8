"""What a driver's page sends: one tap by a form, or several by its script; and what it is answered."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Annotated

from fastapi import Depends, Request
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from starlette.datastructures import FormData
from starlette.responses import JSONResponse, Response

from api.desk.progress import TapKind
from api.desk.taps import LONGEST_NOTE, MOST, Received, Tapped

HIDDEN = {"X-Robots-Tag": "noindex, nofollow"}
"""Headers of whatever a driver opens: no search engine is to keep it."""


class SentTap(BaseModel):
    """One tap as the page's script sends it."""

    model_config = ConfigDict(extra="forbid")

    id: uuid.UUID
    stop: str = Field(max_length=200)
    kind: TapKind
    at: AwareDatetime
    note: str = Field(default="", max_length=LONGEST_NOTE)
    version: str = Field(default="", max_length=32)


class SentTaps(BaseModel):
    """Taps in the order in which they were made, and the phone's time of sending."""

    model_config = ConfigDict(extra="forbid")

    sent_at: AwareDatetime
    taps: list[SentTap] = Field(min_length=1, max_length=MOST)

    def tapped(self) -> list[Tapped]:
        """Return the taps as they are received."""
        return [
            Tapped(id=str(one.id), stop=one.stop, kind=one.kind, at=one.at, note=one.note, version=one.version)
            for one in self.taps
        ]


async def _form_of(request: Request) -> FormData:
    return await request.form()


TheForm = Annotated[FormData, Depends(_form_of)]
"""The fields of a form, whichever they are."""


def tapped_by_form(form: FormData, at: dt.datetime) -> Tapped | None:
    """Return what a form says was tapped, None where it says nothing that can be understood.

    The id of the tap follows from the page's own id and from what was tapped: a form sent again is no second tap.
    """
    kind = next((kind for kind in TapKind if isinstance(form.get(kind.value), str)), None)
    given = {name: value for name, value in form.items() if isinstance(value, str)}
    if kind is None:
        return None
    try:
        page_id = uuid.UUID(given.get("page", ""))
    except ValueError:
        return None
    stop = given[kind.value]
    note = given.get(f"note {stop}", "").strip() if kind is TapKind.PROBLEM else ""
    own_id = uuid.uuid5(page_id, f"{kind.value} {stop} {note}")
    version = given.get("version", "")[:32]
    return Tapped(id=str(own_id), stop=stop[:200], kind=kind, at=at, note=note, version=version)


def taps_answer(received: Received, at: dt.datetime) -> Response:
    """Return what the script is told of the taps that it sent: those in `kept` are safe."""
    return JSONResponse({"kept": received.kept, "refused": received.refused, "at": at.isoformat()}, headers=HIDDEN)


def version_answer(version: str, if_none_match: str | None) -> Response:
    """Return which plan is published, and nothing about anybody: what an open page asks each minute."""
    headers = {**HIDDEN, "ETag": f'"{version}"', "Cache-Control": "private, no-cache"}
    if if_none_match == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return JSONResponse({"version": version}, headers=headers)
