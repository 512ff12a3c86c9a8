"""What the OpenAPI document says beside the routes."""

from __future__ import annotations

TAGS = [
    {"name": "health", "description": "Whether the server is well."},
]


def describe() -> str:
    """Return the introduction of the document."""
    return (
        "Plans a rural municipality's day of home care and social transport.\n\n"
        "Sign in with a token of another system (`Authorization: Bearer …`) or with the cookie of a session; a session "
        "sends its token in `X-CSRF-Token` with every change. Errors are problem details (RFC 9457) whose findings "
        "carry the codes of the command line; sentences follow `Accept-Language` (et, en, ru)."
    )
