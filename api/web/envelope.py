"""What is around every request: an id, the headers of safety, the check of its origin, a line in the log."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import ForgedError, MissingError
from api.web.answers import error_response
from api.web.visitor import SAFE_METHODS

_ACCESS = logging.getLogger("api.access")
_ERRORS = logging.getLogger("api.errors")


class Envelope:
    """Wrap the application. Logs know the route's pattern only: no ids, no query, no names, no bodies."""

    def __init__(self, app: ASGIApp, *, headers: Mapping[str, str]) -> None:
        self._app = app
        self._headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; whatever nobody caught becomes an answer without a traceback, and a log entry with it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = secrets.token_hex(8)
        scope.setdefault("state", {})["request_id"] = request_id
        began = time.perf_counter()
        status = 0

        async def dressed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                self._dress(MutableHeaders(scope=message), request_id)
            await send(message)

        try:
            await self._serve(scope, receive, dressed)
        except Exception as error:  # noqa: BLE001 - the last net under every route
            _ERRORS.exception("request %s failed", request_id, exc_info=_without_values(error))
            if not status:
                await error_response(Request(scope), error)(scope, receive, dressed)
        finally:
            milliseconds = (time.perf_counter() - began) * 1000
            _ACCESS.info("%s %s %s %d %.0f ms", request_id, scope["method"], _pattern(scope), status, milliseconds)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] not in SAFE_METHODS and _from_elsewhere(Headers(scope=scope), scope):
            error = ForgedError("the request comes from another site")
            await error_response(Request(scope), error)(scope, receive, send)
        elif "\0" in scope["path"]:  # no key has it, and PostgreSQL refuses to look
            await error_response(Request(scope), MissingError("page"))(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _dress(self, headers: MutableHeaders, request_id: str) -> None:
        for name, value in self._headers.items():
            headers.setdefault(name, value)
        headers.setdefault("Cache-Control", "no-store")
        headers["X-Request-Id"] = request_id


def _from_elsewhere(headers: Headers, scope: Scope) -> bool:
    """Tell whether a browser says that the request comes from another site; other systems say nothing.

    Since no page tells where it was opened from, forms come with the origin `null`. Browsers then say by themselves
    whether it is ours; of the few that are too old for that, the form's token alone tells.
    """
    if site := headers.get("sec-fetch-site"):
        return site not in {"same-origin", "none"}
    origin = headers.get("origin")
    if origin is None or origin == "null":
        return False
    own = urlsplit(scope["app"].state.shell.settings.public_url).netloc or headers.get("host", "")
    return urlsplit(origin).netloc != own


def _pattern(scope: Scope) -> str:
    return getattr(scope.get("route"), "path_format", "") or "-"


def _without_values(error: BaseException) -> BaseException:
    """Return the error as it is logged: statements of the database carry what was to be written, so they are cut."""
    if hasattr(error, "hide_parameters"):
        error.hide_parameters = True
    return error
