"""Random tokens, what is kept of them, and the token that a session's forms carry."""

from __future__ import annotations

import hashlib
import hmac
import secrets

TOKEN_BYTES = 32


def new_token() -> str:
    """Return 256 random bits as text fit for a cookie, a header or an address."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_hash(token: str) -> str:
    """Return what is kept of a token: its SHA-256, enough for 256 random bits, in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()


def csrf_token(secret: str, session: str) -> str:
    """Return the token that requests of this session (a session's token, or a visitor's cookie) must carry."""
    return hmac.new(secret.encode(), b"csrf\0" + session.encode(), hashlib.sha256).hexdigest()


def same(given: str, expected: str) -> bool:
    """Compare two tokens without telling by the time taken where they differ."""
    return hmac.compare_digest(given.encode(), expected.encode())
