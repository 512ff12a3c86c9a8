"""Schemathesis asks every route of the API what its description allows, and what not.

`HOOLERING_EXAMPLES` says how often each, eight times unless set.
"""

import os
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks

from api.security.api_tokens import issue
from api.security.roles import Role
from api.settings import load_settings
from api.store.opening import Store
from api.web.app import create_app
from api.web.openapi import document
from tests.board import planned_on

load_all_checks()
ACCEPTED = CHECKS.get_one("positive_data_acceptance")
"""That well-formed data is accepted: not of a day long ago, nor on a version that nobody has seen."""

EXAMPLES = int(os.environ.get("HOOLERING_EXAMPLES", "8"))
ROLES = (Role.COORDINATOR, Role.CLERK, Role.AUDITOR)


class Idle(Executor):
    """An executor that does nothing of what it is given."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Return a future that is done."""
        _ = fn, args, kwargs
        future: Future[Any] = Future()
        future.set_result(None)
        return future


@pytest.fixture
def described(store: Store) -> tuple[Any, str]:
    """Return the description of an application with a planned day, and a token of somebody who may do everything."""
    planned_on(store)
    token = issue(store, name="test", roles=ROLES, actor="test")
    app = create_app(load_settings(database="sqlite:///unused.db"), store, executor=Idle)
    schema = schemathesis.openapi.from_dict(document(app))
    schema.app = app
    return schema, token


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_the_description_holds(described: tuple[Any, str], mode: GenerationMode) -> None:
    """Whatever is sent, the answer is one of those described, and never a fault of the server; misfits are refused."""
    schema, token = described
    operations = [result.ok() for result in schema.get_all_operations()]
    assert len(operations) >= 30
    for operation in operations:
        if operation.path.endswith("/events"):
            continue  # a stream, which has its own tests
        if mode is GenerationMode.NEGATIVE and not (operation.body or list(operation.iter_parameters())):
            continue  # nothing to send that does not fit

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(
            max_examples=EXAMPLES if mode is GenerationMode.POSITIVE else EXAMPLES // 4,
            deadline=None,
            derandomize=True,
            phases=(Phase.explicit, Phase.generate),
            suppress_health_check=list(HealthCheck),
        )
        def holds(case: Any) -> None:
            case.call_and_validate(headers={"Authorization": f"Bearer {token}"}, excluded_checks=[ACCEPTED])

        holds()
