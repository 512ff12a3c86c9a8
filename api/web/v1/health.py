"""Whether the server is well."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict
from sqlalchemy import text

from api.web.guards import public
from api.web.state import TheStore

router = APIRouter(tags=["health"])


class Health(BaseModel):
    """What a monitor wants to know."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"status": "ok", "store": "sqlite"}]})

    status: Literal["ok"]
    store: str


@router.get("/health", summary="Tell whether the server is well", dependencies=[public("says nothing about anybody")])
def health(store: TheStore) -> Health:
    """Ask the store for a sign of life."""
    with store.session() as session:
        session.execute(text("SELECT 1"))
    return Health(status="ok", store=store.engine.dialect.name)
