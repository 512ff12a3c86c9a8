"""Serve scripts and styles from packages: our own below `/static`, Leaflet below `/static/leaflet`."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from fastapi import FastAPI
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope


class Marked(StaticFiles):
    """Files that may be kept for long where their address carries the content's mark, and are asked after elsewhere."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file, and how long it may be kept."""
        response = await super().get_response(path, scope)
        marked = scope.get("query_string", b"").startswith(b"v=")
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if marked else "no-cache"
        return response


def mount_static(app: FastAPI) -> None:
    """Mount the files, Leaflet's first."""
    leaflet = Path(str(files("xstatic.pkg.leaflet") / "data"))
    own = Path(str(files("api.web") / "static"))
    app.mount("/static/leaflet", Marked(directory=leaflet), name="leaflet")
    app.mount("/static", Marked(directory=own), name="static")
