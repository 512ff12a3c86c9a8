"""The accessibility statement."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.web.guards import public
from api.web.rendering import page

router = APIRouter(include_in_schema=False)


@router.get("/accessibility", dependencies=[public("the law wants everybody to be able to read it")])
def statement(request: Request) -> Response:
    """Say how accessible the pages are, and whom to tell where they are not."""
    return page(request, "accessibility.html")
