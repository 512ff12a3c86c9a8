"""Tables of people who sign in: users, their sessions, and attempts that failed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.store.base import COUNTED, SECRET, SKIPPED, Base, Identified, Versioned


class User(Identified, Versioned, Base):
    """A person who may sign in, by password (argon2id) or as the subject of an OpenID Connect issuer.

    `login` is folded to small letters; `worker` is the record of a carer who sees her own rounds only. Whoever is not
    `active` cannot sign in.
    """

    __tablename__ = "user"
    __table_args__ = (UniqueConstraint("issuer", "oidc_subject"),)

    login: Mapped[str] = mapped_column(String(200), unique=True)
    name: Mapped[str] = mapped_column(String(200), default="")
    roles: Mapped[list[str]]
    password_hash: Mapped[str | None] = mapped_column(String(300), info=dict(SECRET))
    issuer: Mapped[str | None] = mapped_column(String(300))
    oidc_subject: Mapped[str | None] = mapped_column(String(300))
    worker: Mapped[str | None] = mapped_column(String(200))
    lang: Mapped[str] = mapped_column(String(8), default="et")
    active: Mapped[bool] = mapped_column(default=True)
    at: Mapped[dt.datetime]


class WebSession(Base):
    """One browser's session. Only the SHA-256 of its cookie is kept; `user` is None before signing in.

    `data` holds what the server must remember between two pages, such as the state of a sign-in under way.
    """

    __tablename__ = "web_session"
    journaled = False

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user: Mapped[str | None] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    csrf: Mapped[str] = mapped_column(String(64), info=dict(SECRET))
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
    at: Mapped[dt.datetime]
    seen_at: Mapped[dt.datetime] = mapped_column(info=dict(SKIPPED))
    expires: Mapped[dt.datetime] = mapped_column(index=True)


class FailedLogin(Base):
    """One failed attempt to sign in, whoever exists: lock-out counts these by login and by origin."""

    __tablename__ = "failed_login"
    journaled = False

    id: Mapped[int] = mapped_column(COUNTED, primary_key=True, autoincrement=True)
    login: Mapped[str] = mapped_column(String(200), index=True)
    origin: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[dt.datetime] = mapped_column(index=True)


class ApiToken(Identified, Versioned, Base):
    """A token by which another system uses the API, bound to roles. Only its SHA-256 is kept."""

    __tablename__ = "api_token"

    name: Mapped[str] = mapped_column(String(200))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True, info=dict(SECRET))
    roles: Mapped[list[str]]
    by: Mapped[str] = mapped_column(String(200))
    at: Mapped[dt.datetime]
    expires: Mapped[dt.datetime | None]
    revoked: Mapped[dt.datetime | None]
    used_at: Mapped[dt.datetime | None] = mapped_column(info=dict(SKIPPED))
