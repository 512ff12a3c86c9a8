"""Schemathesis asks the routes of records, imports, documents and calls for what their descriptions promise."""

from datetime import timedelta
from typing import Final

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.security import api_tokens
from api.security.roles import Role
from tests.web import Served

CHECKS: Final = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
TAGS: Final = {"records", "imports", "documents", "calls"}
SHORT: Final = settings(
    max_examples=5,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def test_nothing_unexpected_is_answered(demo: Served):
    """Whatever is sent, the answer is one that the document describes."""
    expires = demo.clock() + timedelta(days=1)
    roles = (Role.COORDINATOR, Role.CLERK)
    token = api_tokens.issue(demo.store, name="fuzz", roles=roles, actor="test", expires=expires)
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", demo.app)
    operations = [found.ok() for found in schema.get_all_operations()]
    ours = [operation for operation in operations if TAGS & set(operation.tags or ())]

    for operation in ours:

        @SHORT
        @given(case=operation.as_strategy())
        def ask(case: schemathesis.Case) -> None:
            case.call_and_validate(headers={"Authorization": f"Bearer {token}"}, checks=CHECKS)

        ask()

    assert len(ours) > 20
