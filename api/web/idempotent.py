"""Do a write that is sent twice once: the answer is kept under its `Idempotency-Key`, with the write itself.

A route takes `TheOnce`, writes inside `once.writing()` and keeps its answer there by `once.keep`. Sent again, the route
is not reached, or given up before it writes: `Replayed` carries the answer kept. Refusals are not kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import Depends, Header
from pydantic import BaseModel
from sqlalchemy import delete
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response

from api.errors import InputError
from api.store.history import now
from api.store.opening import Store
from api.store.requests import KEPT, Idempotency
from api.web.conditional import etag
from api.web.state import TheStore
from api.web.visitor import Visitor
from routing.findings import Finding

REPLAYED: Final = "Idempotency-Replayed"


class Replayed(Exception):  # noqa: N818 - no error: the answer is there already
    """A request was answered before; `response` is that answer."""

    def __init__(self, response: Response) -> None:
        self.response = response
        super().__init__("answered before")


@dataclass(frozen=True, kw_only=True)
class Once:
    """One write: who sends it, under which key (None: none), and a SHA-256 of what it asks for."""

    store: Store
    actor: str
    key: str | None
    digest: str

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Yield a writing session; Replayed where the same request has been answered meanwhile."""
        with self.store.transaction(self.actor) as session:
            self.refuse_repeated(session)
            yield session

    def refuse_repeated(self, session: Session) -> None:
        """Raise Replayed where the key has an answer; InputError where that is the answer to another request."""
        found = session.get(Idempotency, (self.actor, self.key)) if self.key else None
        if found is None:
            return
        if found.digest != self.digest:
            raise InputError([Finding(code="request.key-reused", file="header", field="Idempotency-Key")])
        headers = {**found.headers, REPLAYED: "true"}
        raise Replayed(Response(found.body, found.status, headers, media_type="application/json"))

    def keep(self, session: Session, answer: BaseModel, *, version: int | None = None, status: int = 200) -> None:
        """Keep an answer in the transaction of its write, and let go of those that are old."""
        if self.key is None:
            return
        session.execute(delete(Idempotency).where(Idempotency.at < now(session) - KEPT))
        session.add(
            Idempotency(
                actor=self.actor,
                key=self.key,
                digest=self.digest,
                status=status,
                headers={} if version is None else {"ETag": etag(version)},
                body=answer.model_dump_json(),
                at=now(session),
            )
        )


async def _once(
    request: Request,
    store: TheStore,
    visitor: Visitor,
    key: Annotated[
        str | None,
        Header(
            alias="Idempotency-Key",
            min_length=1,
            max_length=200,
            description="A fresh random value per write: sent again with the same one, the write is done once.",
        ),
    ] = None,
) -> Once:
    digest = hashlib.sha256(b"\0".join((request.method.encode(), request.url.path.encode(), await request.body())))
    return Once(store=store, actor=visitor.actor if visitor else "", key=key, digest=digest.hexdigest())


def _fresh(once: Annotated[Once, Depends(_once)]) -> Once:
    """Return the write; Replayed at once where it was answered before."""
    if once.key:
        with once.store.session() as session:
            once.refuse_repeated(session)
    return once


TheOnce = Annotated[Once, Depends(_fresh)]
"""The write at hand, to be done once."""
