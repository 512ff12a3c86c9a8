"""Every answer carries the headers of safety, and errors say nothing they should not."""

import logging

import pytest
from fastapi import APIRouter
from fastapi.testclient import TestClient

from api.errors import ConflictError, MissingError, StoreError, TooManyError
from api.security.headers import content_policy
from api.settings import load_settings
from api.web.app import create_app
from api.web.guards import public
from routing.errors import UsageError
from routing.findings import Finding
from tests.web import Served

PATHS = ["/sign-in", "/accessibility", "/nope", "/api/v1/nope", "/api/v1/health", "/static/app.css", "/static/nope"]


@pytest.mark.parametrize("path", PATHS)
def test_headers(served: Served, path: str):
    """No outside origin, nothing inline, no framing, no referrer, whatever the answer."""
    headers = served.client().get(path).headers
    policy = headers["content-security-policy"]

    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert len(headers["x-request-id"]) == 16
    assert headers["cache-control"] == ("no-cache" if path == "/static/app.css" else "no-store")


def test_tiles_are_the_one_other_origin():
    """Only pictures, and only of the server that the settings name."""
    policy = content_policy(load_settings(tiles="https://{s}.tiles.example/{z}/{x}/{y}.png"))

    assert "img-src 'self' data: https://*.tiles.example;" in policy
    assert policy.count("example") == 1


def failing() -> APIRouter:
    """Return routes that fail in every way."""
    router = APIRouter(prefix="/api/v1/failing", dependencies=[public("a test")])
    errors = {
        "usage": UsageError("there is no day x"),
        "conflict": ConflictError((Finding(code="account.last-admin", field="roles"),)),
        "missing": MissingError("record:clients/K1"),
        "often": TooManyError(seconds=7),
        "busy": StoreError("store.busy"),
        "bug": RuntimeError("Aino Kask, Kooli 3"),
    }

    @router.get("/{name}")
    def fail(name: str, count: int = 0) -> None:
        raise errors[name]

    return router


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("usage", 400, "bad-request"),
        ("conflict", 409, "conflict"),
        ("missing", 404, "not-found"),
        ("often", 429, "too-many"),
        ("busy", 503, "busy"),
        ("bug", 500, "failed"),
        ("usage?count=many", 422, "input"),
    ],
)
def test_problem_details(served: Served, path: str, status: int, code: str):
    """Each error has its status and code in the one form, and a bug tells nothing but the request's number."""
    app = create_app(served.settings, served.store, more=[failing()])
    response = TestClient(app).get(f"/api/v1/failing/{path}", headers={"accept-language": "en"})
    body = response.json()

    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert (body["status"], body["code"]) == (status, code)
    assert body["request"] == response.headers["x-request-id"]
    assert "Aino" not in response.text
    if code in {"conflict", "input"}:
        assert {"code", "field", "found", "expected", "action"} <= body["findings"][0].keys()
    if code == "input":
        assert body["findings"][0]["sentence"] == '"count" is not a number: "many".'
    if code == "too-many":
        assert response.headers["retry-after"] == "7"


def test_errors_on_pages_are_pages(served: Served):
    """A browser sees a page in its language."""
    response = served.client().get("/nope", headers={"accept": "text/html", "accept-language": "ru, en;q=0.5"})

    assert response.status_code == 404
    assert response.headers["content-type"].startswith("text/html")
    assert "Такой страницы или записи нет" in response.text


def test_logs_hold_no_ids_and_no_queries(served: Served, caplog: pytest.LogCaptureFixture):
    """The access log knows the route's pattern only."""
    caplog.set_level(logging.INFO, logger="api.access")
    served.client().post("/accounts/SECRET-KEY?name=Aino")
    served.client().get("/sign-in?next=/Aino")

    lines = [record.getMessage() for record in caplog.records if record.name == "api.access"]
    assert len(lines) == 2
    assert "SECRET-KEY" not in "".join(lines)
    assert "Aino" not in "".join(lines)
    assert "/accounts/{key} 401" in lines[0]


def test_static_files(served: Served):
    """Leaflet comes from its package; a marked address may be kept for long."""
    client = served.client()

    assert "Leaflet 1.9" in client.get("/static/leaflet/leaflet.js").text
    assert "immutable" in client.get("/static/app.css?v=1").headers["cache-control"]


def test_an_undeclared_route_stops_the_start(served: Served):
    """A router without needs() or public() is refused by name."""
    router = APIRouter()

    @router.get("/open-door")
    def open_door() -> None:
        """Let anybody in."""

    with pytest.raises(UsageError, match="GET /open-door"):
        create_app(served.settings, served.store, more=[router])


def test_the_description_of_the_api(served: Served):
    """The OpenAPI document has both ways of signing in and no address elsewhere."""
    document = served.client().get("/api/v1/openapi.json").json()

    assert document["openapi"].startswith("3.1")
    assert "security" not in document["paths"]["/api/v1/health"]["get"]
    answers = document["paths"]["/api/v1/health"]["get"]["responses"]
    assert answers["422"]["content"].keys() == {"application/problem+json"}
    assert {"Problem", "ProblemFinding"} <= document["components"]["schemas"].keys()
    assert document["components"]["securitySchemes"].keys() == {"session", "token"}
    assert served.client().get("/docs").status_code == 404
