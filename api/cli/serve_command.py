"""`hoolering serve`: the pages and the API on this machine."""

from __future__ import annotations

from typing import Any

import click

from api.cli.console import console, shared_options, shown
from api.security.demo_login import DEMO_LOGIN, ensure_demo_login
from api.security.tokens import new_token
from api.settings import DEFAULT_SECRET, Mode, Settings, load_settings
from api.store.opening import Store, open_store
from api.wording import say
from api.wording.format import day


@click.command()
@click.option("--host", help="Address to listen on.  [default: 127.0.0.1, or HOOLERING_HOST]")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on.  [default: 8080, or HOOLERING_PORT]")
@click.option("--database", help="Store: sqlite:///PATH or postgresql://…  [default: HOOLERING_DATABASE]")
@click.option("--demo", is_flag=True, help="Load the bundled municipality and make a demo account.")
@shared_options
def serve(host: str | None, port: int | None, database: str | None, demo: bool, lang: str, as_json: bool) -> None:  # noqa: ARG001
    """Serve the pages and the API until stopped."""
    from api.cli.serving import run  # noqa: PLC0415 - the web server takes a second to import

    settings = _settings(host=host, port=port, database=database)
    store = open_store(settings.database)
    try:
        if demo:
            _prepare_demo(store, lang)
        run(settings, store, on_ready=lambda address: _welcome(address, lang, demo=demo))
    finally:
        store.close()


def _settings(**given: Any) -> Settings:  # noqa: ANN401 - whatever options there are
    settings = load_settings(**{name: value for name, value in given.items() if value is not None})
    if settings.mode is Mode.DEMO and settings.secret.get_secret_value() == DEFAULT_SECRET:
        return settings.model_copy(update={"secret": type(settings.secret)(new_token())})
    return settings


def _prepare_demo(store: Store, lang: str) -> None:
    from api.desk.demo import load_demo  # noqa: PLC0415 - reads records

    console().print(say("serve.demo-loading", lang))
    load_demo(store)
    password = ensure_demo_login(store)
    key = "serve.demo-login" if password else "serve.demo-known"
    console().print(shown(say(key, lang, login=DEMO_LOGIN, password=password)))


def _welcome(address: str, lang: str, *, demo: bool) -> None:
    from api.desk.demo import DEMO_DAY  # noqa: PLC0415 - reads records

    console().print(shown(say("serve.ready", lang, address=address)))
    if demo:
        board = f"{address}/board/{DEMO_DAY}"
        console().print(shown(say("serve.demo-day", lang, day=day(DEMO_DAY, lang), address=board)))
    console().print(say("serve.stop", lang))
