"""The commands `serve` and `users`: a demo in one stroke, accounts from the terminal."""

import json
import re
import signal
import socket
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path

import httpx
import pytest
import uvicorn

from api.cli.serving import Server
from tests.api.command import run, start
from tests.board import DAY
from tests.served_board import served_board


@pytest.fixture
def database(tmp_path: Path) -> str:
    """Return the address of a store that is not there yet."""
    return f"sqlite:///{tmp_path / 'store.db'}"


def served(database: str) -> tuple[str, str, int]:
    """Start the demo, ask for its health, stop it; return what it printed, its health, and its exit status."""
    process = start("serve", "--port", "0", "--demo", "--database", database, PYTHONUNBUFFERED="1", COLUMNS="200")
    lines: list[str] = []
    assert process.stdout
    assert process.stderr
    with process.stdout, process.stderr:
        for line in process.stdout:
            lines.append(line)
            if "Ctrl+C" in line:
                break
        text = "".join(lines)
        address = re.search(r"http://\S+", text)
        assert address, process.stderr.read()
        health = httpx.get(f"{address[0]}/api/v1/health").text
        process.send_signal(signal.SIGTERM)
        return text, health, process.wait(timeout=30)


def test_the_demo_starts_and_stops(database: str):
    """The password is printed the first time only, and SIGTERM ends the server well."""
    text, health, status = served(database)

    assert re.search(r"kasutajanimi demo, parool [a-z0-9]{5}(-[a-z0-9]{5}){3}\n", text)
    assert json.loads(health) == {"status": "ok", "store": "sqlite"}
    assert status == 0
    again, _, _ = served(database)
    assert "kasutajanimi demo" not in again
    assert "hoolering users reset demo" in again


def test_production_refuses_defaults(database: str, monkeypatch: pytest.MonkeyPatch):
    """Each refusal names the variable and what to do; nothing is served."""
    monkeypatch.setenv("HOOLERING_MODE", "production")
    result = run("serve", "--database", database, "--lang", "en")

    assert result.exit_code == 2
    assert "HOOLERING_SECRET" in result.output
    assert "openssl rand" in result.output
    assert "Traceback" not in result.output


def test_accounts_from_the_terminal(database: str):
    """Add, list, shut, reset, and a sentence where there is no such account."""
    where = ("--database", database)
    added = json.loads(run("users", "add", "Tiina", "--role", "admin", "--role", "carer", "--json", *where).output)
    assert added["login"] == "tiina"
    assert len(added["password"]) > 20
    run("users", "add", "mari", "--role", "admin", *where)
    assert "juba kasutusel" in run("users", "add", "MARI", *where).output
    assert run("users", "disable", "tiina", *where).exit_code == 0
    listed = json.loads(run("users", "list", "--json", *where).output)
    assert [(row["login"], row["active"]) for row in listed] == [("mari", True), ("tiina", False)]
    assert "viimane" in run("users", "disable", "mari", *where).output
    assert json.loads(run("users", "reset", "mari", "--json", *where).output)["password"] != added["password"]
    assert run("users", "reset", "keegi", *where).exit_code == 1
    assert "Haldur" in run("users", "list", *where).output


def test_streams_end_with_the_server(tmp_path: Path):
    """A server with an open stream of events stops at once: the stream lets go, without waiting for its end."""
    with served_board(tmp_path) as found:
        found.app.state.shell.jobs.executor = Never
        client = found.signed_in()
        headers = {"If-Match": client.get(f"/api/v1/days/{DAY}").headers["etag"]}
        job = client.post(f"/api/v1/days/{DAY}/plans", json={"seconds": 60}, headers=headers).json()["id"]
        listening = socket.create_server(("127.0.0.1", 0))
        ready = threading.Event()
        config = uvicorn.Config(found.app, log_level="critical", lifespan="off", timeout_graceful_shutdown=60)
        server = Server(config, ready.set, found.app.state.shell.jobs.closing.set)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        assert ready.wait(30)
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/api/v1/jobs/{job}/events"
        with httpx.stream("GET", address, cookies=dict(client.cookies), timeout=30) as answer:
            lines = answer.iter_lines()
            assert next(lines).startswith("event: progress")
            server.should_exit = True
            assert not any(line.startswith("event: end") for line in lines)
        thread.join(30)
        assert not thread.is_alive()
        listening.close()


class Never(Executor):
    """An executor that never comes to its work."""

    def submit(self, fn: Callable[..., object], /, *args: object, **kwargs: object) -> Future[object]:
        """Return a future that stays open."""
        return Future()
