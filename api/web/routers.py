"""Every router of the application, JSON below `/api/v1` and pages at the top: add a line to add one."""

from __future__ import annotations

from fastapi import APIRouter

from api.web.pages import accounts, board, board_files, board_map, home, oidc, own_account, sign_in, statement, tokens
from api.web.v1 import days, description, health, jobs, locks, moves, scenarios

API: tuple[APIRouter, ...] = (
    description.router,
    health.router,
    days.router,
    moves.router,
    locks.router,
    jobs.router,
    scenarios.router,
)

PAGES: tuple[APIRouter, ...] = (
    home.router,
    board.router,
    board_map.router,
    board_files.router,
    sign_in.router,
    oidc.router,
    own_account.router,
    accounts.router,
    tokens.router,
    statement.router,
)
