"""Every router of the application, JSON below `/api/v1` and pages at the top: add a line to add one."""

from __future__ import annotations

from fastapi import APIRouter

from api.web.pages import (
    access,
    accounts,
    call,
    documents,
    driver,
    home,
    imports,
    oidc,
    own_account,
    record_forms,
    record_life,
    record_lists,
    sign_in,
    statement,
    tokens,
)
from api.web.v1 import (
    calls,
    days,
    description,
    explanations,
    exports,
    health,
    jobs,
    links,
    locks,
    matrices,
    moves,
    publishing,
    record_imports,
    records,
    scenarios,
    status,
    texts,
)

API: tuple[APIRouter, ...] = (
    description.router,
    health.router,
    days.router,
    moves.router,
    locks.router,
    jobs.router,
    scenarios.router,
    explanations.router,
    publishing.router,
    exports.router,
    matrices.router,
    links.router,
    status.router,
    records.router,
    record_imports.router,
    texts.router,
    calls.router,
)

PAGES: tuple[APIRouter, ...] = (
    home.router,
    sign_in.router,
    oidc.router,
    own_account.router,
    accounts.router,
    tokens.router,
    statement.router,
    driver.router,
    call.router,
    record_forms.router,
    record_life.router,
    record_lists.router,
    imports.router,
    documents.router,
    access.router,
)
