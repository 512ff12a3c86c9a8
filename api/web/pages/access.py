"""The log of who saw whose data, for the auditor: by person, and as a file that the person can be given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Final
from urllib.parse import quote

from fastapi import APIRouter, Form, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.desk.access_log import access_csv
from api.desk.looks import actor_names, looked_at
from api.errors import MissingError
from api.security.roles import Permission
from api.store.base import subject_name
from api.store.history import last_version, seen_by
from api.store.opening import Store
from api.web.guards import needs
from api.web.language import language_of
from api.web.redirects import see_other
from api.web.rendering import page
from api.web.state import TheStore
from api.wording import keys, say

router = APIRouter(include_in_schema=False, prefix="/access")

_SHEETS: Final = ("clients", "workers")
_SHOWN: Final = 500


@router.get("", dependencies=[needs(Permission.LOGS_READ)])
def access_page(request: Request, store: TheStore) -> Response:
    """Show whose data was looked at, the latest first."""
    return _page(request, store)


@router.post("", dependencies=[needs(Permission.LOGS_READ)])
def find(
    request: Request,
    store: TheStore,
    key: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Lead to the log of the person of this id."""
    wanted = key.strip()
    with store.session() as session:
        sheets = [sheet for sheet in _SHEETS if _known(session, sheet, wanted)]
    if not sheets:
        return _page(request, store, key=key, missing=True, status=404)
    return see_other(f"/access/{sheets[0]}/{quote(wanted, safe='')}")


@router.get("/csv/{sheet}/{key:path}", dependencies=[needs(Permission.LOGS_READ)])
def access_file(request: Request, store: TheStore, sheet: str, key: str) -> Response:
    """Hand out the log of one person."""
    with store.session() as session:
        data = access_csv(session, _person(session, sheet, key), lang=language_of(request))
    headers = {"Content-Disposition": 'attachment; filename="access.csv"'}
    return Response(data, media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/{sheet}/{key:path}", dependencies=[needs(Permission.LOGS_READ)])
def log_page(request: Request, store: TheStore, sheet: str, key: str) -> Response:
    """Show who saw the data of one person, when and what for, the latest first."""
    with store.session() as session:
        looks = seen_by(session, _person(session, sheet, key))[::-1]
        actors = actor_names(session, (look.actor for look in looks), language_of(request))
    return page(
        request,
        "access_log.html",
        sheet=sheet,
        key=key,
        total=len(looks),
        looks=looks[:_SHOWN],
        actors=actors,
        purpose=_purposes(language_of(request)),
    )


def _page(request: Request, store: Store, *, key: str = "", missing: bool = False, status: int = 200) -> Response:
    with store.session() as session:
        looked = looked_at(session)
    persons = []
    for look in looked:
        sheet, _, name = look.person.removeprefix("record:").partition("/")
        if sheet in _SHEETS:
            persons.append((sheet, name, look))
    return page(request, "access.html", status=status, persons=persons, key=key, missing=missing)


def _known(session: Session, sheet: str, key: str) -> bool:
    """Tell whether there is or was such a person, or her data was looked at."""
    subject = subject_name("record", sheet, key)
    return sheet in _SHEETS and bool(last_version(session, subject) or seen_by(session, subject))


def _person(session: Session, sheet: str, key: str) -> str:
    """Return the subject of a person; MissingError where there never was one."""
    subject = subject_name("record", sheet, key)
    if not _known(session, sheet, key):
        raise MissingError(subject)
    return subject


def _purposes(lang: str) -> Callable[[str], str]:
    """Return what says a purpose in words; one without words is said as it is."""
    known = keys("access", lang)

    def spoken(purpose: str) -> str:
        key = f"access.purpose-{purpose.replace('.', '-')}"
        return say(key, lang) if key in known else purpose

    return spoken
