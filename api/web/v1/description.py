"""The description of the API as an OpenAPI document."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse

from api.web.guards import public
from api.web.openapi import document

router = APIRouter(include_in_schema=False)


@router.get("/openapi.json", dependencies=[public("describes the API and says nothing about anybody")])
def description(request: Request) -> JSONResponse:
    """Return the document."""
    return JSONResponse(document(request.app))
