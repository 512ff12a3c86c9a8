"""Signing in with another provider, a process of its own, that is honest or lies."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from api.security.roles import Role
from api.store.accounts import User
from api.store.opening import Store
from tests.web import Served

PROVIDER = Path(__file__).parents[2] / "oidc_provider.py"


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """Return the address of a running provider."""
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", PROVIDER, "hoolering", "secret of ours"], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    with process.stdout:
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        process.terminate()
        process.wait()


def with_provider(store: Store, issuer: str, **settings: str) -> Served:
    """Return an application that signs in with the provider."""
    given = {"oidc_client_id": "hoolering", "oidc_client_secret": "secret of ours", "oidc_name": "TARA"}
    return Served(store, **(given | {"oidc_issuer": issuer, "oidc_match_claim": "email"} | settings))


@pytest.fixture
def served(store: Store, issuer: str) -> Served:
    """Return an application with an account that is invited by e-mail."""
    served = with_provider(store, issuer)
    served.add("mari@vald.example", Role.COORDINATOR, password="")
    return served


def way_back(client: TestClient, served: Served, **says: str) -> str:
    """Go to the provider, and return the address it sends the browser back to."""
    departure = client.get("/sign-in/provider?next=/account").headers["location"]
    now = str(int(served.clock.now.timestamp()))
    address = httpx.URL(departure).copy_merge_params({"now": now, "email": "mari@vald.example"} | says)
    return httpx.get(address).headers["location"].removeprefix(served.settings.base_url)


def test_an_invited_account_is_bound_and_opens(served: Served):
    """The first sign-in binds issuer and subject; later ones need no e-mail."""
    client = served.client()
    assert "TARA" in client.get("/sign-in").text
    response = client.get(way_back(client, served))

    assert (response.status_code, response.headers["location"]) == (303, "/account")
    assert client.get("/account").status_code == 200
    with served.store.session() as session:
        user = session.scalars(select(User)).one()
    assert user.oidc_subject == "EE38001085718"
    again = served.client()
    again.get(way_back(again, served, email="renamed@vald.example"))
    assert again.get("/account").status_code == 200


@pytest.mark.parametrize("lie", ["nonce", "no-nonce", "audience", "issuer", "expired", "alg-none", "hmac", "key"])
def test_a_lying_provider_is_refused(served: Served, lie: str):
    """A token that is not for us, not of this sign-in, old, unsigned or signed by another opens nothing."""
    client = served.client()
    response = client.get(way_back(client, served, lie=lie))

    assert response.status_code == 403
    assert "ei saa uskuda" in response.text
    assert client.get("/account").status_code == 303


def test_a_code_works_once(served: Served):
    """Whoever replays the way back, even with its cookie, is refused."""
    client = served.client()
    back = way_back(client, served)
    carried = client.cookies["departure"]
    assert client.get(back).status_code == 303
    thief = served.client()
    assert thief.get(back).status_code == 403
    thief.cookies.set("departure", carried)
    assert thief.get(back).status_code == 403


def test_the_way_back_belongs_to_the_browser(served: Served):
    """Another browser's state, a forged cookie and a stale one are refused."""
    one, two = served.client(), served.client()
    back, _ = way_back(one, served), way_back(two, served)
    assert two.get(back).status_code == 403
    one.cookies.set("departure", "forged")
    assert one.get(back).status_code == 403
    late = served.client()
    back = way_back(late, served)
    served.clock.turn(minutes=11)
    assert "liiga kaua" in late.get(back).text
    assert late.get("/sign-in/return?error=access_denied&state=x").status_code == 403


@pytest.mark.parametrize(
    ("says", "settings"),
    [
        ({"email": "keegi@vald.example"}, {}),
        ({"verified": "0"}, {}),
        ({}, {"oidc_match_claim": ""}),
        ({"acr": "low"}, {"oidc_acr": "substantial"}),
        ({"acr": ""}, {"oidc_acr": "high"}),
    ],
)
def test_nobody_gets_an_account_by_herself(store: Store, issuer: str, says: dict[str, str], settings: dict[str, str]):
    """Unknown people, unproven addresses and weak sign-ins are refused."""
    served = with_provider(store, issuer, **settings)
    served.add("mari@vald.example", Role.COORDINATOR, password="")
    client = served.client()

    assert client.get(way_back(client, served, **says)).status_code == 403


def test_an_account_with_a_password_is_not_taken_over(served: Served):
    """Only an invited account is bound; one in use stays its owner's."""
    served.add("tiina@vald.example", Role.ADMIN)
    client = served.client()

    assert client.get(way_back(client, served, email="tiina@vald.example")).status_code == 403


def test_a_stronger_level_is_enough(store: Store, issuer: str):
    """Of the named levels of assurance a higher one serves."""
    served = with_provider(store, issuer, oidc_acr="substantial")
    served.add("mari@vald.example", Role.COORDINATOR, password="")
    client = served.client()

    assert client.get(way_back(client, served, acr="high")).status_code == 303


def test_an_absent_provider_is_said_so(store: Store):
    """Where nobody answers, the form comes back with a sentence."""
    served = with_provider(store, "http://127.0.0.1:9")
    response = served.client().get("/sign-in/provider")

    assert response.status_code == 502
    assert 'role="alert"' in response.text
