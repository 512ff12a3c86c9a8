"""Sign in with another provider (TARA, GovSSO, Entra …) by OpenID Connect: code flow with PKCE, RS256 alone.

What must be known when the browser comes back (state, nonce, verifier) travels in an encrypted cookie of that browser,
so that nothing is kept for people who never come back, and no other browser can finish what this one began.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NoReturn
from urllib.parse import urlsplit

import httpx
from authlib.common.urls import add_params_to_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwe import JWERegistry
from joserfc.jwk import KeySet, OctKey

from api.clock import Clock
from api.errors import InputError
from api.security.tokens import new_token, same
from api.settings import Settings, is_loopback
from routing.findings import Finding

_KEPT = timedelta(hours=1)
_PATIENCE = timedelta(minutes=10)
_TIMEOUT = 10  # seconds for one answer
_LEEWAY = 30  # seconds that clocks may differ
_SEALED = JWERegistry(algorithms=["dir", "A256GCM"])
_LEVELS = ("low", "substantial", "high")  # of assurance, as TARA and eIDAS name them


@dataclass(frozen=True, kw_only=True)
class Departure:
    """Where to send the browser, and what it carries in a cookie meanwhile."""

    address: str
    cookie: str


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Whom the provider says somebody is."""

    issuer: str
    subject: str
    claims: Mapping[str, Any]
    next_path: str


class Provider:
    """The provider of the settings. Its description and keys are asked for when needed and kept for an hour."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._key = OctKey.import_key(hashlib.sha256(b"oidc\0" + _secret(settings).encode()).digest())
        self._read: dict[str, tuple[datetime, dict[str, Any]]] = {}

    @property
    def name(self) -> str:
        """Return what people call this provider."""
        return self._settings.oidc_name or urlsplit(self._settings.oidc_issuer).netloc

    def depart(self, redirect_uri: str, next_path: str, lang: str) -> Departure:
        """Return where to send somebody who wants to sign in there, to come back to `redirect_uri`."""
        state, nonce, verifier = new_token(), new_token(), new_token()
        asked = {
            "response_type": "code",
            "client_id": self._settings.oidc_client_id,
            "redirect_uri": redirect_uri,
            "scope": self._settings.oidc_scope,
            "state": state,
            "nonce": nonce,
            "code_challenge": create_s256_code_challenge(verifier),
            "code_challenge_method": "S256",
            "ui_locales": self._settings.oidc_ui_locales or lang,
        }
        if self._settings.oidc_acr:
            asked["acr_values"] = self._settings.oidc_acr
        over = int((self._clock() + _PATIENCE).timestamp())
        carried = {"state": state, "nonce": nonce, "verifier": verifier, "exp": over, "next": next_path}
        cookie = jwt.encode({"alg": "dir", "enc": "A256GCM"}, carried, self._key, registry=_SEALED)
        return Departure(
            address=add_params_to_uri(self._endpoint("authorization_endpoint"), asked.items()), cookie=cookie
        )

    def arrive(self, *, code: str, state: str, cookie: str, redirect_uri: str) -> Identity:
        """Return who comes back with `code`; InputError unless everything about it is as it must be."""
        carried = self._carried(cookie)
        if not state or not same(state, str(carried["state"])):
            _refuse("state")
        answer = self._exchange(code, str(carried["verifier"]), redirect_uri)
        claims = self._claims(answer, str(carried["nonce"]))
        self._check_level(claims)
        return Identity(
            issuer=str(claims["iss"]), subject=str(claims["sub"]), claims=claims, next_path=str(carried["next"])
        )

    def _carried(self, cookie: str) -> dict[str, Any]:
        try:
            carried = jwt.decode(cookie, self._key, registry=_SEALED).claims
        except (JoseError, ValueError):
            _refuse("state")
        if carried.get("exp", 0) < self._clock().timestamp():
            _refuse("late")
        return carried

    def _exchange(self, code: str, verifier: str, redirect_uri: str) -> dict[str, Any]:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect_uri,
            "code_verifier": verifier,
        }
        client = (self._settings.oidc_client_id, self._settings.oidc_client_secret.get_secret_value())
        ways = self._description().get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        basic = "client_secret_basic" in ways
        if not basic:
            form |= {"client_id": client[0], "client_secret": client[1]}
        return self._json(
            "POST", self._endpoint("token_endpoint"), "exchange", data=form, auth=client if basic else None
        )

    def _claims(self, answer: Mapping[str, Any], nonce: str) -> Mapping[str, Any]:
        """Return the claims of the ID token, its signature, issuer, audience, times and nonce checked."""
        own = self._settings.oidc_client_id
        options = {
            "iss": {"essential": True, "value": self._settings.oidc_issuer},
            "aud": {"essential": True, "value": own},
        }
        params = {"nonce": nonce, "client_id": own, "access_token": answer.get("access_token")}
        try:
            token = self._decode(str(answer.get("id_token", "")))
            checked = CodeIDToken(token.claims, token.header, options, params)
            checked.validate(now=int(self._clock().timestamp()), leeway=_LEEWAY)
        except (JoseError, ValueError, TypeError):
            _refuse("token")
        return dict(checked)

    def _decode(self, token: str) -> jwt.Token:
        try:
            return jwt.decode(token, self._keys(), algorithms=["RS256"])
        except (JoseError, ValueError):
            self._read.pop("keys", None)  # the provider may have changed its keys
            return jwt.decode(token, self._keys(), algorithms=["RS256"])

    def _keys(self) -> KeySet:
        found = self._kept("keys", lambda: self._json("GET", self._endpoint("jwks_uri"), "provider"))
        usable = [key for key in found.get("keys", []) if key.get("kty") == "RSA" and key.get("use", "sig") == "sig"]
        return KeySet.import_key_set({"keys": usable})

    def _check_level(self, claims: Mapping[str, Any]) -> None:
        wanted, given = self._settings.oidc_acr, str(claims.get("acr", ""))
        if not wanted or given == wanted:
            return
        if wanted in _LEVELS and given in _LEVELS and _LEVELS.index(given) > _LEVELS.index(wanted):
            return
        _refuse("level")

    def _endpoint(self, name: str) -> str:
        address = str(self._description().get(name, ""))
        parts = urlsplit(address)
        if parts.scheme != "https" and not is_loopback(parts.hostname or ""):
            _refuse("provider")
        return address

    def _description(self) -> dict[str, Any]:
        issuer = self._settings.oidc_issuer
        address = f"{issuer.rstrip('/')}/.well-known/openid-configuration"
        found = self._kept("description", lambda: self._json("GET", address, "provider"))
        if found.get("issuer") != issuer:
            self._read.pop("description", None)
            _refuse("provider")
        return found

    def _kept(self, what: str, read: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        at, value = self._read.get(what, (None, {}))
        if at is None or at + _KEPT < self._clock():
            value = read()
            self._read[what] = (self._clock(), value)
        return value

    def _json(self, method: str, address: str, what: str, **sent: Any) -> dict[str, Any]:  # noqa: ANN401
        try:
            response = httpx.request(method, address, headers={"Accept": "application/json"}, timeout=_TIMEOUT, **sent)
            found = response.json() if response.status_code == httpx.codes.OK else None
        except (httpx.HTTPError, ValueError):
            found = None
        if not isinstance(found, dict):
            _refuse(what)
        return found


def _secret(settings: Settings) -> str:
    return settings.secret.get_secret_value()


def _refuse(what: str) -> NoReturn:
    raise InputError((Finding(code=f"account.oidc-{what}"),))
