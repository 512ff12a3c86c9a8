"""The headers of every answer: nothing from outside, nothing inline, nothing told to other sites."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from api.settings import Settings


def security_headers(settings: Settings) -> Mapping[str, str]:
    """Return the headers that every answer carries."""
    headers = {
        "Content-Security-Policy": content_policy(settings),
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    if settings.secure_cookies:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    return headers


def content_policy(settings: Settings) -> str:
    """Return the Content-Security-Policy; the one outside origin it may name is that of map tiles, if some are set.

    Leaflet puts an empty `data:` picture in the place of a tile that it lets go, hence `data:` with tiles alone.
    """
    images = f"'self' data: {_origin(settings.tiles)}" if settings.tiles else "'self'"
    own = ("script", "style", "connect", "font", "manifest", "worker")
    rules = ["default-src 'none'", *(f"{kind}-src 'self'" for kind in own), f"img-src {images}"]
    return "; ".join([*rules, "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'"])


def _origin(template: str) -> str:
    address = urlsplit(template)
    return f"{address.scheme}://{address.netloc.replace('{s}', '*')}" if address.netloc else ""
