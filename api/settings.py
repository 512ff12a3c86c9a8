"""What the server is told by its environment: every setting, its default, and what production refuses."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from pydantic import SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from api.errors import SettingsError
from routing.findings import Finding

DEFAULT_SECRET = "change-me"  # noqa: S105 - known to everybody, and refused in production
_SHORTEST_SECRET = 32
_PREFIX = "HOOLERING_"


class Mode(StrEnum):
    """How strictly the server is run: `demo` on one's own machine, `production` for real people's data."""

    DEMO = "demo"
    PRODUCTION = "production"


class Settings(BaseSettings):
    """Settings from the environment, each `HOOLERING_<NAME>`; lists are separated by commas."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, frozen=True, extra="ignore", hide_input_in_errors=True)

    mode: Mode = Mode.DEMO
    database: str = "sqlite:///hoolering.sqlite"
    secret: SecretStr = SecretStr(DEFAULT_SECRET)
    host: str = "127.0.0.1"
    port: int = 8080
    public_url: str = ""  # as people type it, behind a proxy; cookies are secure where it is https
    trusted_proxies: str = ""  # addresses whose X-Forwarded-For and -Proto are believed
    language: str = "et"
    municipality: str = ""
    maps_folder: str = ""  # folder of large road networks and boundaries that the municipality's settings may name
    tiles: str = ""  # URL template of map tiles; empty: no map but our own roads, and no request to anybody
    tiles_attribution: str = ""
    max_body: int = 20_000_000  # bytes of one request, uploads included
    session_idle_minutes: int = 60
    session_hours: int = 12

    oidc_issuer: str = ""  # e.g. https://tara.ria.ee or https://login.microsoftonline.com/<tenant>/v2.0
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr = SecretStr("")
    oidc_name: str = ""  # what the button says
    oidc_scope: str = "openid"
    oidc_acr: str = ""  # level of assurance that must be met: of TARA `low`, `substantial` or `high`
    oidc_match_claim: str = ""  # claim that finds an invited account at the first sign-in: `email`, `sub` …
    oidc_ui_locales: str = ""

    @property
    def secure_cookies(self) -> bool:
        """Tell whether cookies go over https alone: always, but for a demo on the loopback interface."""
        return self.mode is Mode.PRODUCTION or urlsplit(self.public_url).scheme == "https"

    @property
    def base_url(self) -> str:
        """Return the address people open, without a slash at its end."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return (self.public_url or f"http://{host}:{self.port}").rstrip("/")

    @property
    def oidc_configured(self) -> bool:
        """Tell whether people may sign in with another provider."""
        return bool(self.oidc_issuer and self.oidc_client_id)


def load_settings(**given: Any) -> Settings:  # noqa: ANN401 - pydantic checks each
    """Return the settings of the environment, `given` in front of them; SettingsError where they cannot be served."""
    try:
        settings = Settings(**given)
    except ValidationError as error:
        raise SettingsError(tuple(_misfits(error))) from None
    if findings := tuple(refusals(settings)):
        raise SettingsError(findings)
    return settings


def refusals(settings: Settings) -> Iterator[Finding]:
    """Yield what these settings may not be served with."""
    if settings.language not in {"et", "en", "ru"}:
        yield _refusal("settings.language", "language", settings.language)
    if settings.oidc_issuer and not _safe_issuer(settings):
        yield _refusal("settings.oidc-issuer", "oidc_issuer", settings.oidc_issuer)
    if bool(settings.oidc_issuer) != bool(settings.oidc_client_id):
        yield _refusal("settings.oidc-half", "oidc_client_id", settings.oidc_client_id)
    if settings.mode is Mode.PRODUCTION:
        yield from _production_refusals(settings)
    elif not is_loopback(settings.host):
        yield _refusal("settings.demo-open", "host", settings.host)


def is_loopback(host: str) -> bool:
    """Tell whether only this machine reaches `host`."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _production_refusals(settings: Settings) -> Iterator[Finding]:
    secret = settings.secret.get_secret_value()
    if secret == DEFAULT_SECRET:
        yield _refusal("settings.default-secret", "secret")
    elif len(secret) < _SHORTEST_SECRET or len(set(secret)) < 10:
        yield _refusal("settings.short-secret", "secret", str(len(secret)))
    if urlsplit(settings.public_url).scheme != "https":
        yield _refusal("settings.insecure-cookies", "public_url", settings.public_url)


def _safe_issuer(settings: Settings) -> bool:
    address = urlsplit(settings.oidc_issuer)
    own = settings.mode is Mode.DEMO and is_loopback(address.hostname or "")
    return address.scheme == "https" or (address.scheme == "http" and own)


def _misfits(error: ValidationError) -> Iterator[Finding]:
    for fault in error.errors(include_input=False, include_url=False):
        name = ".".join(map(str, fault["loc"]))
        yield _refusal("settings.misfit", name, "", reason=fault["msg"])


def _refusal(code: str, field: str, found: str = "", **details: str) -> Finding:
    name = _PREFIX + field.upper()
    return Finding(code=code, field=name, found=found, details={"name": name, **details})
