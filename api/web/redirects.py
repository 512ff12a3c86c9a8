"""Where to go after a form: always one of our own pages."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.responses import RedirectResponse


def see_other(path: str) -> RedirectResponse:
    """Send the browser on to a page after a form."""
    return RedirectResponse(own_path(path), 303)


def own_path(path: str) -> str:
    """Return `path` if it is a page of ours, else the first page: nobody is sent elsewhere by a link she was given."""
    parts = urlsplit(path)
    safe = path.startswith("/") and not path.startswith("//") and "\\" not in path and path.isprintable()
    return path if safe and not parts.scheme and not parts.netloc else "/"
