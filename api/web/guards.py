"""What each route declares: the permission it needs, or why everybody may use it.

`dependencies=[needs(Permission.PLAN_EDIT)]`, or `who: Annotated[Principal, needs(Permission.PLAN_EDIT)]` where the
route wants to know who asks; `dependencies=[public("the sign-in page")]`. `undeclared` finds routes that say nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import Depends, FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import RouteContext, iter_route_contexts
from starlette.requests import Request
from starlette.routing import Mount

from api.errors import NotAllowedError, NotSignedInError
from api.security.principal import Principal
from api.security.roles import Permission
from api.web.visitor import FormToken, Visitor, check_form_token
from routing.errors import UsageError


@dataclass(frozen=True)
class Guard:
    """Let those pass who are signed in, may do it, and come from our own pages."""

    permission: Permission

    def __call__(self, request: Request, visitor: Visitor, form_token: FormToken) -> Principal:
        """Return who asks; NotSignedInError, NotAllowedError or ForgedError if not to be served."""
        if visitor is None:
            raise NotSignedInError("sign in first")
        check_form_token(request, visitor, form_token)
        if not visitor.may(self.permission):
            raise NotAllowedError(f"this needs the permission {self.permission}")
        return visitor


@dataclass(frozen=True)
class Open:
    """Let everybody pass, for a reason that is written down."""

    reason: str

    def __call__(self, visitor: Visitor) -> Principal | None:
        """Return who asks, if it is somebody we know."""
        return visitor


def needs(permission: Permission) -> Any:  # noqa: ANN401 - as FastAPI's own Depends
    """Declare the permission that a route needs."""
    return Depends(Guard(permission))


def public(reason: str) -> Any:  # noqa: ANN401 - as FastAPI's own Depends
    """Declare that a route is open to everybody, and why."""
    return Depends(Open(reason))


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """What one route declares; `guard` is None where it declares nothing."""

    path: str
    methods: frozenset[str]
    guard: Guard | Open | None
    name: str


def declarations(app: FastAPI) -> Iterator[Declaration]:
    """Yield what each route of the application declares, mounted files left out."""
    for context in iter_route_contexts(app.routes):
        if not isinstance(context.original_route, Mount):
            yield Declaration(
                path=context.path or "",
                methods=frozenset(context.methods or ()) - {"HEAD"},
                guard=_guard(context),
                name=context.name or "",
            )


def refuse_undeclared(app: FastAPI) -> None:
    """Raise UsageError if any route does not declare who may use it."""
    silent = [f"{','.join(sorted(d.methods))} {d.path}" for d in declarations(app) if d.guard is None]
    if silent:
        raise UsageError(f"routes without a declared permission: {'; '.join(silent)}; add needs(...) or public(...)")


def _guard(context: RouteContext) -> Guard | Open | None:
    dependant: Dependant | None = getattr(context, "dependant", None)
    found = list(_guards(dependant)) if dependant else []
    return next((guard for guard in found if isinstance(guard, Guard)), found[0] if found else None)


def _guards(dependant: Dependant) -> Iterator[Guard | Open]:
    for dependency in dependant.dependencies:
        if isinstance(dependency.call, Guard | Open):
            yield dependency.call
        yield from _guards(dependency)
