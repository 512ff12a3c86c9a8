"""What the OpenAPI document says beside the routes: its introduction, its tags, and errors in the one form."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict

from api.web.guards import Open, declarations

TAGS = [
    {"name": "health", "description": "Whether the server is well."},
    {"name": "days", "description": "A day's plan: what the board shows, moves, locks, publishing."},
    {"name": "jobs", "description": "Solver runs: asked for, followed, stopped."},
    {"name": "scenarios", "description": "What a solver run offers beside the current plan."},
    {"name": "weeks", "description": "A week of care plans: planned, repaired, accepted, moved, locked."},
    {"name": "records", "description": "People, vehicles, shifts, requests: a row of a sheet each, cells as text."},
    {"name": "imports", "description": "The folder in, seen before it is applied, and out again."},
    {"name": "documents", "description": "Settings and price lists as text."},
    {"name": "calls", "description": "A ride asked for on the phone: notice, decision, price, times that fit."},
    {"name": "matrices", "description": "Minutes and kilometres between places, as plans are made with."},
    {"name": "log", "description": "What was planned and what came of it: entries, days taken in, files."},
    {
        "name": "months",
        "description": "What clients owe: statements, decisions on lines, closing, corrections.",
    },
    {"name": "report", "description": "The supervision report as data; nobody is named in it."},
    {"name": "links", "description": "The drivers' links to their rounds, and what was tapped on them."},
]

_ERRORS = {
    400: "The request cannot be understood.",
    401: "Nobody is signed in.",
    403: "The account may not do this, or the session's token is missing.",
    404: "There is no such thing.",
    409: "The present state does not allow it; the findings say why.",
    412: "Somebody else has changed it meanwhile; `changes` says what.",
    413: "What was sent is too large.",
    422: "Something is wrong with the data; the findings say what.",
    428: "`If-Match` is missing.",
    429: "Tried too often; `Retry-After` says when again.",
    503: "The store is busy.",
}


class ProblemFinding(BaseModel):
    """One thing that is wrong: its code is that of the command line, its sentences follow `Accept-Language`."""

    code: str
    severity: str
    file: str
    row: int | None
    field: str | None
    found: str
    sentence: str
    expected: str
    action: str


class Problem(BaseModel):
    """An error as problem details (RFC 9457)."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    code: str
    request: str
    findings: list[ProblemFinding] = []


RESPONSES: dict[int | str, dict[str, Any]] = {
    status: {
        "description": text,
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    for status, text in _ERRORS.items()
}
"""The errors of every JSON route."""


def describe() -> str:
    """Return the introduction of the document."""
    return (
        "Plans a rural municipality's day of home care and social transport.\n\n"
        "Sign in with a token of another system (`Authorization: Bearer …`) or with the cookie of a session; a session "
        "sends its token in `X-CSRF-Token` with every change. Errors are problem details (RFC 9457) whose findings "
        "carry the codes of the command line; sentences follow `Accept-Language` (et, en, ru)."
    )


def document(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI document: the form of errors among its schemas, and no sign-in where a route is public."""
    found: dict[str, Any] = app.openapi()
    schemas = found.setdefault("components", {}).setdefault("schemas", {})
    schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(schema.pop("$defs", {}), Problem=schema)
    for route in declarations(app):
        if isinstance(route.guard, Open):
            for method in route.methods:
                found["paths"].get(route.path, {}).get(method.lower(), {}).pop("security", None)
    return found
