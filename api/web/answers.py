"""Errors as answers: problem details (RFC 9457) for programs, a page in the user's language for people."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import quote

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from api import errors as own
from api.desk.week_moves import WeekRulesError
from api.web.idempotent import Replayed
from api.web.language import language_of
from api.web.misfits import misfits
from api.web.rendering import page
from api.wording import say
from api.wording.findings import as_dict
from routing import errors as routing_errors
from routing.findings import Finding

STATUSES: Mapping[type[Exception], int] = {
    own.NotSignedInError: 401,
    own.NotAllowedError: 403,
    own.ForgedError: 403,
    own.MissingError: 404,
    own.ConflictError: 409,
    own.BrokenRulesError: 409,
    WeekRulesError: 409,
    own.StaleError: 412,
    own.InputError: 422,
    own.StoreError: 503,
    own.UnconditionalError: 428,
    own.TooManyError: 429,
    RequestValidationError: 422,
    routing_errors.UsageError: 400,
    routing_errors.FindingsError: 422,
    routing_errors.ProblemError: 422,
}
"""The status of each kind of error; of several that fit, the nearest ancestor counts. Anything else is a 500."""

_CODES: Mapping[type[Exception], str] = {
    own.NotSignedInError: "not-signed-in",
    own.ForgedError: "forged",
    own.BrokenRulesError: "rules",
    WeekRulesError: "rules",
}
_BY_STATUS = {
    400: "bad-request",
    401: "not-signed-in",
    403: "not-allowed",
    404: "not-found",
    405: "wrong-method",
    409: "conflict",
    412: "stale",
    413: "too-large",
    415: "wrong-type",
    422: "input",
    428: "unconditional",
    429: "too-many",
    503: "busy",
}


def install(app: FastAPI) -> None:
    """Answer all known errors of an application in this form."""

    def handle(request: Request, error: Exception) -> Response:
        return error_response(request, error)

    for kind in (routing_errors.HooleringError, RequestValidationError, HTTPException, UnicodeEncodeError):
        app.add_exception_handler(kind, handle)
    app.add_exception_handler(Replayed, _replayed)


def _replayed(_request: Request, answered: Exception) -> Response:
    """Return the answer that was given before."""
    if not isinstance(answered, Replayed):
        raise TypeError("the handler was installed for another exception")
    return answered.response


def error_response(request: Request, error: Exception) -> Response:
    """Return the answer for an error: JSON for programs, a page for people, the sign-in page for strangers."""
    error = _blamed(error)
    status = status_of(error)
    if wants_json(request):
        return _as_json(request, error, status)
    if status == HTTPStatus.UNAUTHORIZED and request.method == "GET":
        return RedirectResponse(f"/sign-in?next={quote(request.url.path)}", HTTPStatus.SEE_OTHER)
    body = problem(request, error, status)
    return page(request, "error.html", status=status, headers=_headers(error), problem=body)


def _blamed(error: Exception) -> Exception:
    """Return an error as what it comes of: only requests bring text that is no Unicode, halves of a pair in JSON."""
    if isinstance(error, UnicodeEncodeError):
        return own.InputError([Finding(code="request.text", file="body", field="body", details={"field": "body"})])
    return error


def _as_json(request: Request, error: Exception, status: int) -> Response:
    try:
        body = problem(request, error, status)
        return JSONResponse(body, status, _headers(error), media_type="application/problem+json")
    except UnicodeEncodeError as strange:  # what it was to tell of is no text
        return error_response(request, strange)


def status_of(error: Exception) -> int:
    """Return the HTTP status of an error."""
    if isinstance(error, HTTPException):
        return error.status_code
    return next((STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES), 500)


def problem(request: Request, error: Exception, status: int) -> dict[str, object]:
    """Return an error as problem details; the codes of findings are those of the command line."""
    lang = language_of(request)
    code = next((_CODES[kind] for kind in type(error).__mro__ if kind in _CODES), _BY_STATUS.get(status, "failed"))
    body: dict[str, object] = {
        "type": f"urn:hoolering:problem:{code}",
        "title": say(f"problem.{code}", lang),
        "status": status,
        "detail": say(f"problem.{code}.do", lang),
        "code": code,
        "request": getattr(request.state, "request_id", ""),
    }
    if findings := _findings(error):
        body["findings"] = [as_dict(finding, lang) for finding in findings]
    if isinstance(error, own.StaleError):
        body["version"] = error.found
        body["changes"] = [_change(change) for change in error.changes]
    if isinstance(error, own.BrokenRulesError):
        body["violations"] = [violation.as_dict(lang) for violation in error.violations]
        body["needs"] = list(error.needs)
    if isinstance(error, WeekRulesError):
        body["violations"] = [fault.as_dict(lang) for fault in error.faults]
    if isinstance(error, own.TooManyError):
        body["seconds"] = error.seconds
    if isinstance(error, own.StoreError):
        body["detail"] = say(error.code, lang, **error.details)
    if isinstance(error, routing_errors.UsageError):
        body["detail"] = str(error)
    return body


def _change(change: own.Change) -> dict[str, object]:
    """Return one change by somebody else; who it was is an account's key."""
    return {
        "at": change.at.isoformat(),
        "actor": change.actor,
        "action": change.action,
        "before": change.before,
        "after": change.after,
    }


def wants_json(request: Request) -> bool:
    """Tell whether a program asks: by the address, or because it takes JSON and no page."""
    accept = request.headers.get("accept", "")
    return request.url.path.startswith("/api/") or ("json" in accept and "html" not in accept)


def _findings(error: Exception) -> tuple[Finding, ...]:
    if isinstance(error, routing_errors.FindingsError):
        return error.findings
    if isinstance(error, RequestValidationError):
        return tuple(misfits(error.errors()))
    return ()


def _headers(error: Exception) -> dict[str, str]:
    if isinstance(error, own.TooManyError):
        return {"Retry-After": str(error.seconds)}
    if isinstance(error, own.NotSignedInError):
        return {"WWW-Authenticate": "Bearer"}
    return dict(getattr(error, "headers", None) or {})
