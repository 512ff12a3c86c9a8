"""Forget what has had its day: ended sessions, answers kept for repeated requests, imports nobody said yes to.

Links that are over lose their tokens. When they were opened and what was tapped is kept for as long as the
municipality's settings say, for good where they say nothing.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from sqlalchemy import ColumnElement, delete, or_, select
from sqlalchemy.orm import Session

from api.desk.links import GRACE
from api.desk.records import load_records
from api.desk.records_import import KEPT as KEPT_IMPORTS
from api.repeating import Repeating
from api.security.sign_in import REMEMBERED
from api.settings import Settings
from api.store.accounts import FailedLogin, WebSession
from api.store.base import Base
from api.store.history import doing, now
from api.store.links import Link, LinkOpening, Tap
from api.store.opening import Store
from api.store.records import PreparedImport
from api.store.requests import KEPT as KEPT_ANSWERS
from api.store.requests import Idempotency

DAILY: Final = dt.timedelta(days=1)
_FORGOTTEN: Final = "over:"
"""What stands in the place of a token's hash, before the id of its link: no hash begins so."""


def tidy(store: Store, settings: Settings) -> None:
    """Forget what has had its day by the store's clock, in one transaction."""
    with store.transaction("system") as session, doing(session, "store.tidy"):
        moment = now(session)
        idle = moment - dt.timedelta(minutes=settings.session_idle_minutes)
        _forget(session, WebSession, or_(WebSession.expires <= moment, WebSession.seen_at <= idle))
        _forget(session, FailedLogin, FailedLogin.at < moment - REMEMBERED)
        _forget(session, Idempotency, Idempotency.at < moment - KEPT_ANSWERS)
        _forget(session, PreparedImport, PreparedImport.at < moment - KEPT_IMPORTS)
        _forget_tokens(session, moment - GRACE)
        _forget_by_settings(session, moment)


def _forget(session: Session, kind: type[Base], over: ColumnElement[bool]) -> None:
    session.execute(delete(kind).where(over))


def _forget_tokens(session: Session, before: dt.datetime) -> None:
    wanted = select(Link).where(Link.expires <= before, Link.token_hash.not_like(f"{_FORGOTTEN}%"))
    for link in session.scalars(wanted):
        link.token_hash = f"{_FORGOTTEN}{link.id}"


def _forget_by_settings(session: Session, moment: dt.datetime) -> None:
    records, _ = load_records(session)
    if records is None:
        return
    if days := records.municipality.keep_openings_days:
        _forget(session, LinkOpening, LinkOpening.at < moment - dt.timedelta(days=days))
    if days := records.municipality.keep_taps_days:
        for tap in session.scalars(select(Tap).where(Tap.at_received < moment - dt.timedelta(days=days))):
            session.delete(tap)


class Tidying(Repeating):
    """Tidies when the server starts and then daily."""

    def __init__(self, store: Store, settings: Settings, *, every: dt.timedelta = DAILY) -> None:
        super().__init__(every=every, at_once=True)
        self._store = store
        self._settings = settings

    def work(self) -> None:
        """Forget what has had its day."""
        tidy(self._store, self._settings)
