"""All routes are walked with every role, whoever adds routes later."""

import re

import pytest
from fastapi.testclient import TestClient

from api.security.roles import PERMISSIONS, Permission, Role
from api.web.guards import Declaration, Guard, declarations
from tests.web import Served

OWN = ("/account", "/sign-out")
REACH = {
    Role.CARER: ("/own-round", *OWN),
    Role.CLERK: (
        "/fees",
        "/api/v1/fees",
        "/api/v1/quotes",
        "/api/v1/notices",
        "/months",
        "/api/v1/months",
        "/reliefs",
        *OWN,
    ),
    Role.AUDITOR: ("/access", "/report", "/api/v1/report", *OWN),
    Role.ADMIN: ("/accounts", "/tokens", *OWN),
}
"""Where each role but the coordinator gets in: nowhere near people's needs, plans or others' rounds."""


def asked(client: TestClient, route: Declaration, method: str, **headers: str) -> int:
    """Return the status of a request to a route, its parameters filled with nonsense."""
    path = re.sub(r"{[^}]*}", "1", route.path)
    return client.request(method, path, headers={"accept": "application/json", **headers}).status_code


def guarded(served: Served) -> list[tuple[Declaration, str, Permission]]:
    """Return every guarded route and method with what it needs, signing out last of all."""
    found = [
        (route, method, route.guard.permission)
        for route in declarations(served.app)
        if isinstance(route.guard, Guard)
        for method in sorted(route.methods)
    ]
    return sorted(found, key=lambda item: "sessions" in item[0].path or item[0].path == "/sign-out")


def test_every_route_declares_itself(served: Served):
    """No route is silent, and a public one gives a reason."""
    routes = list(declarations(served.app))

    assert len(routes) > 10
    assert all(route.guard is not None for route in routes)
    assert all(len(getattr(route.guard, "reason", "a reason")) > 5 for route in routes)


def test_every_permission_is_somebodys():
    """Each permission belongs to a role, and every role may at least manage its own account."""
    assert frozenset().union(*PERMISSIONS.values()) == set(Permission)
    assert all(Permission.OWN_ACCOUNT in PERMISSIONS[role] for role in Role)


def test_strangers_get_in_nowhere(served: Served):
    """Without a session every guarded route answers 401, and so do wrong cookies and tokens."""
    client = served.client()
    wrong = served.client()
    wrong.cookies.set("hoolering", "guessed")
    for route, method, _ in guarded(served):
        assert asked(client, route, method) == 401, route
        assert asked(wrong, route, method) == 401, route
        assert asked(client, route, method, authorization="Bearer guessed") == 401, route


@pytest.mark.parametrize("role", Role)
def test_a_role_gets_in_where_it_may(served: Served, role: Role):
    """Where the table says no the answer is 403; where it says yes it is anything else."""
    client = served.signed_in(roles=(role,))
    for route, method, permission in guarded(served):
        if "end-all" in route.path or route.path == "/sign-out":
            continue
        status = asked(client, route, method)
        assert (status == 403) == (permission not in PERMISSIONS[role]), (route, status)
        assert status != 401, route
        assert status < 500, route


@pytest.mark.parametrize("role", Role)
def test_changes_need_the_sessions_token(served: Served, role: Role):
    """Without it, and with another session's, no route that changes anything lets even the right role in."""
    client = served.signed_in(roles=(role,))
    other = served.signed_in("teine", roles=(role,)).headers["X-CSRF-Token"]
    client.headers.pop("X-CSRF-Token")
    for route, method, _ in guarded(served):
        if method != "GET":
            assert asked(client, route, method) == 403, route
            assert asked(client, route, method, **{"X-CSRF-Token": other}) == 403, route


@pytest.mark.parametrize("role", REACH)
def test_a_role_reaches_its_own_work_alone(served: Served, role: Role):
    """By path, whatever a route declares: health data, rounds and records are the coordinator's."""
    open_to = {route.path for route, _, permission in guarded(served) if permission in PERMISSIONS[role]}

    assert open_to
    for path in open_to:
        assert any(path == own or path.startswith(f"{own}/") for own in REACH[role]), path
