"""What the running application has at hand, and how a route asks for it: dependencies named as nouns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from api.clock import Clock
from api.desk.day_access import DayAccess
from api.desk.laid_out import Days
from api.jobs.runner import Jobs
from api.security.limits import Limits
from api.security.oidc import Provider
from api.settings import Settings
from api.store.opening import Store


@dataclass(frozen=True, kw_only=True)
class Shell:
    """Everything that is made once, when the application starts."""

    settings: Settings
    store: Store
    limits: Limits
    provider: Provider | None
    days: Days
    access: DayAccess
    jobs: Jobs


def shell_of(request: Request) -> Shell:
    """Return what the application has at hand."""
    shell = request.app.state.shell
    if not isinstance(shell, Shell):
        raise TypeError("the application was not made by create_app")
    return shell


TheShell = Annotated[Shell, Depends(shell_of)]


def _settings(shell: TheShell) -> Settings:
    return shell.settings


def _store(shell: TheShell) -> Store:
    return shell.store


def _clock(shell: TheShell) -> Clock:
    return shell.store.clock


def _limits(shell: TheShell) -> Limits:
    return shell.limits


TheSettings = Annotated[Settings, Depends(_settings)]
TheStore = Annotated[Store, Depends(_store)]
TheClock = Annotated[Clock, Depends(_clock)]
TheLimits = Annotated[Limits, Depends(_limits)]
