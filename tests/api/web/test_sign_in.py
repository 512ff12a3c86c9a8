"""Signing in, its cookies, its limits, sessions and their ends."""

import pytest
from sqlalchemy import select

from api.security import api_tokens
from api.security.limits import SIGN_IN
from api.security.roles import Role
from api.security.tokens import token_hash
from api.store.accounts import User, WebSession
from api.store.opening import Store
from tests.web import PASSWORD, Served, csrf_of, sign_in


def test_the_right_password_opens(served: Served):
    """The cookie is out of reach of scripts and other sites, and only its hash is kept."""
    served.add("mari", Role.ADMIN)
    client = served.client()
    response = sign_in(client, " MARI ", next="/accounts")
    cookie = response.headers.get_list("set-cookie")[0]

    assert (response.status_code, response.headers["location"]) == (303, "/accounts")
    assert all(flag in cookie for flag in ("HttpOnly", "SameSite=lax", "Path=/", "Max-Age=43200"))
    assert "Secure" not in cookie
    with served.store.session() as session:
        kept = session.scalars(select(WebSession.token_hash)).all()
    assert kept == [token_hash(client.cookies["hoolering"])]
    assert client.get("/accounts").status_code == 200


def test_production_cookies_are_secure(store: Store):
    """Over https the cookie is bound to the host and never sent in the clear."""
    served = Served(
        store, mode="production", secret="q7Zt0Xb2Lr9Ks4Vw6Ny1Mc8Pd3Hf5JgA1b2", public_url="https://ring.example"
    )
    served.add("mari", Role.ADMIN)
    client = served.client()
    cookies = sign_in(client, "mari").headers.get_list("set-cookie")

    assert cookies[0].startswith("__Host-hoolering=")
    assert all("Secure" in cookie for cookie in cookies)
    assert client.get("/accounts").headers["strict-transport-security"]


@pytest.mark.parametrize("place", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_nobody_is_sent_elsewhere(served: Served, place: str):
    """After signing in only our own pages follow."""
    served.add("mari", Role.ADMIN)

    assert sign_in(served.client(), "mari", next=place).headers["location"] == "/"


def test_a_wrong_password_says_no_more(served: Served):
    """Whether the account exists, is shut or has no password: the same words."""
    served.add("mari", Role.CARER)
    answers = {sign_in(served.client(), name, "vale parool siin").text.count("ei sobi kokku") for name in ("mari", "x")}

    assert answers == {1}


def test_an_account_shuts_and_opens_again(served: Served):
    """Five failures are free; then the right password waits too, twice as long after each failure more."""
    served.add("mari", Role.CARER)
    client = served.client()
    for _ in range(5):
        assert sign_in(client, "mari", "vale parool siin").status_code == 422
    refused = sign_in(client, "mari")
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) == 30
    served.clock.turn(seconds=31)
    assert sign_in(client, "mari", "vale parool siin").status_code == 422
    assert int(sign_in(client, "mari").headers["retry-after"]) == 60
    served.clock.turn(seconds=61)
    assert sign_in(client, "mari").status_code == 303


def test_too_many_attempts_of_one_client(served: Served):
    """Names tried one after the other are stopped by the number of attempts."""
    client = served.client()
    found = [sign_in(client, f"nimi{n}", "x").status_code for n in range(SIGN_IN.amount + 1)]

    assert found[:-1] == [422] * SIGN_IN.amount
    assert found[-1] == 429


def test_the_form_belongs_to_the_browser(served: Served):
    """A form sent without its cookie, or from another site, signs nobody in."""
    served.add("mari", Role.CARER)
    client = served.client()
    form = {"login": "mari", "password": PASSWORD, "csrf": "0" * 64}

    assert client.post("/sign-in", data=form).status_code == 403
    for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}):
        assert client.post("/sign-in", data=form, headers=headers).status_code == 403


def test_forms_without_scripts_carry_the_token(served: Served):
    """The field in the form does what the header does for scripts."""
    client = served.signed_in()
    token = client.headers.pop("X-CSRF-Token")

    assert client.post("/sign-out", data={"csrf": "wrong"}).status_code == 403
    assert client.post("/sign-out", data={"csrf": token}).status_code == 303
    assert client.get("/account").status_code == 303


def test_sessions_end(served: Served):
    """After an idle hour, after twelve hours however busy, and when the account is shut."""
    client = served.signed_in()
    served.clock.turn(minutes=59)
    assert client.get("/account").status_code == 200
    served.clock.turn(minutes=59)
    assert client.get("/account").status_code == 200
    served.clock.turn(minutes=61)
    assert client.get("/account").status_code == 303
    sign_in(client, "mari")
    for _ in range(14):
        served.clock.turn(minutes=50)
        last = client.get("/account").status_code
    assert last == 200
    served.clock.turn(minutes=50)
    assert client.get("/account").status_code == 303


def test_signing_in_again_ends_the_session_before(served: Served):
    """The token changes at sign-in, and the old one is worth nothing."""
    client = served.signed_in()
    before = client.cookies["hoolering"]
    token = client.headers["X-CSRF-Token"]
    client.cookies.delete("hoolering")
    form = client.get("/sign-in").text.split('name="csrf" value="')[1].split('"')[0]
    client.cookies.set("hoolering", before)
    client.post("/sign-in", data={"login": "mari", "password": PASSWORD, "csrf": form})
    old = served.client()
    old.cookies.set("hoolering", before)

    assert old.get("/account").status_code == 303
    assert token


def test_a_new_password_ends_other_sessions(served: Served):
    """The one at hand stays."""
    client = served.signed_in()
    other = served.client()
    sign_in(other, "mari")
    form = {"old": PASSWORD, "new": "kask vihm põld raamat"}

    assert client.post("/account/password", data=form | {"old": "vale"}).status_code == 422
    assert client.post("/account/password", data=form | {"new": "lühike"}).status_code == 422
    assert client.post("/account/password", data=form).status_code == 303
    assert client.get("/account").status_code == 200
    assert other.get("/account").status_code == 303


def test_sign_out_everywhere(served: Served):
    """Every browser is signed out; a single session can be ended too."""
    client = served.signed_in()
    other = served.client()
    sign_in(other, "mari")
    key = token_hash(other.cookies["hoolering"])

    assert client.post("/account/sessions/end", data={"key": key}).status_code == 303
    assert other.get("/account").status_code == 303
    assert client.post("/account/sessions/end-all").status_code == 303
    assert client.get("/account").status_code == 303


def test_the_admin_makes_and_shuts_accounts(served: Served):
    """A new account's password is shown once and works; shutting it signs out; the last admin stays."""
    admin = served.signed_in("haldur", (Role.ADMIN,))
    page = admin.post("/accounts", data={"login": "tiina", "name": "Tiina", "roles": ["carer", "clerk"]}).text
    password = page.split('class="secret">')[1].split("<")[0]
    tiina = served.client()
    assert sign_in(tiina, "tiina", password).status_code == 303
    with served.store.session() as session:
        keys = {user.login: user.id for user in session.scalars(select(User))}
    assert admin.post(f"/accounts/{keys['tiina']}", data={"name": "Tiina"}).status_code == 303
    assert tiina.get("/account").status_code == 303
    assert admin.post(f"/accounts/{keys['haldur']}", data={"roles": ["carer"], "active": "true"}).status_code == 409
    assert admin.get("/accounts").status_code == 200


def test_tokens_of_other_systems(served: Served):
    """A token opens what its roles may, needs no form token, ends when revoked or over, and is never an admin's."""
    admin = served.signed_in("haldur", (Role.ADMIN,))
    page = admin.post("/tokens", data={"name": "STAR", "roles": ["coordinator", "admin"], "days": "10"}).text
    token = page.split('class="secret">')[1].split("<")[0]
    system = served.client()
    system.headers["authorization"] = f"Bearer {token}"

    assert system.get("/account").status_code == 200
    assert system.get("/accounts").status_code == 403
    served.clock.turn(days=11)
    assert system.get("/account").status_code == 303
    served.clock.turn(days=-11)
    key = api_tokens.tokens(served.store)[0].id
    api_tokens.revoke(served.store, key, actor="test")
    assert system.get("/account").status_code == 303


def test_the_language_is_kept(served: Served):
    """In the cookie and in the account; the page stays as it was looked at, without what named anybody."""
    client = served.signed_in()
    seen = client.get("/account?view=workers&hour=14,5&told=saved&name=Aino").text
    assert 'name="back" value="/account?view=workers&amp;hour=14%2C5"' in seen
    client.post("/language", data={"lang": "ru", "back": "/account"})
    assert '<html lang="ru">' in client.get("/account").text
    other = served.client()
    sign_in(other, "mari")
    assert '<html lang="ru">' in other.get("/account").text
    assert csrf_of(other) != csrf_of(client)
