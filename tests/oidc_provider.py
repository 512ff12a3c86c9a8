"""A small OpenID Connect provider to sign in with, run as a process of its own; it lies where it is asked to.

`python oidc_provider.py CLIENT SECRET` prints its port, then serves. Its authorisation page asks nobody: it sends the
browser straight back. The test adds to the address what time it is (`now`), who signs in (`sub`, `email`, `acr`) and
how to `lie` in the ID token.
"""

import base64
import hashlib
import hmac
import json
import secrets
import socket
import sys
from typing import Any

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
OTHER = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
CODES: dict[str, dict[str, str]] = {}


def encoded(part: dict[str, Any]) -> str:
    """Return one part of a token as it is written."""
    return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()


def id_token(asked: dict[str, str], issuer: str) -> str:
    """Return the ID token for what was asked, true but for the one lie."""
    now, lie = int(asked["now"]), asked.get("lie", "")
    claims: dict[str, Any] = {
        "iss": "https://other.example" if lie == "issuer" else issuer,
        "sub": asked.get("sub", "EE38001085718"),
        "aud": "somebody-else" if lie == "audience" else asked["client_id"],
        "iat": now - (600 if lie == "expired" else 0),
        "exp": now + (-300 if lie == "expired" else 40),
        "nonce": "another" if lie == "nonce" else asked["nonce"],
        "acr": asked.get("acr", "high"),
        "email": asked.get("email", ""),
        "email_verified": asked.get("verified", "1") == "1",
    }
    if lie == "no-nonce":
        del claims["nonce"]
    if lie == "alg-none":
        return f"{encoded({'alg': 'none'})}.{encoded(claims)}."
    if lie == "hmac":
        unsigned = f"{encoded({'alg': 'HS256', 'kid': 'one'})}.{encoded(claims)}"
        digest = hmac.digest(KEY.as_pem(private=False), unsigned.encode(), "sha256")
        return f"{unsigned}.{base64.urlsafe_b64encode(digest).rstrip(b'=').decode()}"
    return jwt.encode({"alg": "RS256", "kid": "one"}, claims, OTHER if lie == "key" else KEY)


class Provider:
    """The provider's four addresses."""

    def __init__(self, issuer: str, client: str, secret: str) -> None:
        self.issuer = issuer
        self.credentials = base64.b64encode(f"{client}:{secret}".encode()).decode()

    async def description(self, request: Request) -> Response:
        """Describe the provider."""
        addresses = {name: f"{self.issuer}/{path}" for name, path in (
            ("authorization_endpoint", "authorize"), ("token_endpoint", "token"), ("jwks_uri", "keys"),
        )}  # fmt: skip
        return JSONResponse({"issuer": self.issuer, **addresses})

    async def keys(self, request: Request) -> Response:
        """Publish the key."""
        return JSONResponse({"keys": [KEY.as_dict(private=False)]})

    async def authorize(self, request: Request) -> Response:
        """Send the browser back with a code."""
        asked = dict(request.query_params)
        code = secrets.token_urlsafe()
        CODES[code] = asked
        return RedirectResponse(f"{asked['redirect_uri']}?code={code}&state={asked['state']}", 303)

    async def token(self, request: Request) -> Response:
        """Take a code once, from the client it was made for, with the right verifier."""
        form = await request.form()
        asked = CODES.pop(str(form.get("code")), None)
        digest = hashlib.sha256(str(form.get("code_verifier")).encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        known = request.headers.get("authorization") == f"Basic {self.credentials}"
        if not (known and asked and asked["code_challenge"] == challenge):
            return JSONResponse({"error": "invalid_grant"}, 400)
        if asked["redirect_uri"] != form.get("redirect_uri"):
            return JSONResponse({"error": "invalid_grant"}, 400)
        answer = {"access_token": "unused", "token_type": "Bearer", "id_token": id_token(asked, self.issuer)}
        return JSONResponse(answer)


def main() -> None:
    """Serve on a free port of the loopback interface."""
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    provider = Provider(f"http://127.0.0.1:{port}", *sys.argv[1:3])
    routes = [
        Route("/.well-known/openid-configuration", provider.description),
        Route("/keys", provider.keys),
        Route("/authorize", provider.authorize),
        Route("/token", provider.token, methods=["POST"]),
    ]
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    uvicorn.Server(uvicorn.Config(Starlette(routes=routes), log_level="critical")).run(sockets=[listening])


if __name__ == "__main__":
    main()
