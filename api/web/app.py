"""The application factory."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import Executor
from contextlib import asynccontextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path

from fastapi import APIRouter, FastAPI
from starlette.routing import BaseRoute

from api.desk.day_access import DayAccess
from api.desk.housekeeping import Tidying
from api.desk.laid_out import Days
from api.jobs.nightly import Nightly
from api.jobs.runner import Jobs, own_process
from api.security.headers import security_headers
from api.security.limits import Limits
from api.security.oidc import Provider
from api.settings import Settings
from api.store.opening import Store, open_store
from api.web import answers
from api.web.envelope import Envelope
from api.web.guards import refuse_undeclared
from api.web.openapi import RESPONSES, TAGS, describe
from api.web.routers import API, PAGES
from api.web.state import Shell
from api.web.static_files import mount_static


def create_app(
    settings: Settings,
    store: Store | None = None,
    *,
    more: Sequence[APIRouter] = (),
    executor: Callable[[], Executor] = own_process,
) -> FastAPI:
    """Return the application, served from `store` or the one that the settings name, which it then also closes.

    UsageError if any route does not declare its permission; StoreError if the store cannot be opened. `more` are
    routers beside the usual ones, for tests; `executor` makes what a solver run runs on.
    """
    opened = store or open_store(settings.database)
    opened.outside = Path(settings.maps_folder) if settings.maps_folder else None
    shell = _shell(settings, opened, executor)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        shell.jobs.recover()
        tidying = Tidying(opened, settings)
        nightly = Nightly(shell.jobs)
        tidying.start()
        nightly.start()
        yield
        nightly.stop()
        tidying.stop()
        shell.jobs.close()
        if store is None:
            opened.close()

    app = FastAPI(
        title="Hoolering",
        version=version("hoolering"),
        description=describe(),
        openapi_url=None,  # served by a route that declares itself, as all do
        openapi_tags=TAGS,
        docs_url=None,  # FastAPI's pages fetch their scripts from elsewhere
        redoc_url=None,
        lifespan=lifespan,
        max_body_size=settings.max_body,
    )
    app.state.shell = shell
    answers.install(app)
    app.router.routes.extend(_usual_routes(settings.max_body))
    for router in more:
        app.include_router(router)
    refuse_undeclared(app)
    mount_static(app)
    app.add_middleware(Envelope, headers=security_headers(settings))
    return app


@cache
def _usual_routes(max_body: int) -> Sequence[BaseRoute]:
    """Return the routes of every application: working out what each of them needs takes longer than all else here."""
    usual = APIRouter(max_body_size=max_body)
    for router in API:
        usual.include_router(router, prefix="/api/v1", responses=RESPONSES)
    for router in PAGES:
        usual.include_router(router)
    return usual.routes


def _shell(settings: Settings, store: Store, executor: Callable[[], Executor]) -> Shell:
    """Return what all requests share."""
    return Shell(
        settings=settings,
        store=store,
        limits=Limits(),
        provider=Provider(settings, store.clock) if settings.oidc_configured else None,
        days=Days(store=store),
        access=DayAccess(store=store),
        jobs=Jobs(store=store, executor=executor),
    )
