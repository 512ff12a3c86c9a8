"""What settings are refused, and that each refusal says what to do in every language."""

import pytest

from api.errors import SettingsError
from api.settings import Settings, load_settings
from api.wording import LANGUAGES
from api.wording.findings import action, expected, sentence

GOOD = {"mode": "production", "secret": "q7Zt0Xb2Lr9Ks4Vw6Ny1Mc8Pd3Hf5JgA1b2", "public_url": "https://ring.example"}


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        ({}, []),
        ({"secret": "change-me"}, ["default-secret"]),
        ({"secret": "short"}, ["short-secret"]),
        ({"secret": "a" * 64}, ["short-secret"]),
        ({"public_url": "http://ring.example"}, ["insecure-cookies"]),
        ({"public_url": ""}, ["insecure-cookies"]),
        ({"mode": "demo", "host": "10.0.0.5"}, ["demo-open"]),
        ({"mode": "demo", "host": "localhost", "secret": "change-me", "public_url": ""}, []),
        ({"language": "sv"}, ["language"]),
        ({"oidc_issuer": "http://tara.example", "oidc_client_id": "x"}, ["oidc-issuer"]),
        ({"oidc_issuer": "http://127.0.0.1:9", "oidc_client_id": "x"}, ["oidc-issuer"]),
        ({"oidc_issuer": "https://tara.example"}, ["oidc-half"]),
        ({"port": "many"}, ["misfit"]),
        ({"mode": "fast", "port": "many"}, ["misfit", "misfit"]),
    ],
)
def test_refusals(given: dict[str, str], codes: list[str]):
    """Each is a finding that names its variable and the way out."""
    found = ()
    try:
        load_settings(**(GOOD | given))
    except SettingsError as error:
        found = error.findings

    assert [finding.code for finding in found] == [f"settings.{code}" for code in codes]
    for finding in found:
        assert finding.field
        assert finding.field.startswith("HOOLERING_")
        assert all(say(finding, lang) for lang in LANGUAGES for say in (sentence, expected, action))


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch):
    """Each setting is HOOLERING_<NAME>, and a secret is not shown."""
    monkeypatch.setenv("HOOLERING_PORT", "9000")
    monkeypatch.setenv("HOOLERING_SECRET", "q7Zt0Xb2Lr9Ks4Vw6Ny1Mc8Pd3Hf5JgA1b2")

    settings = load_settings()
    assert settings.base_url == "http://127.0.0.1:9000"
    assert "q7Zt" not in repr(settings)


def test_defaults_are_a_demo_on_this_machine():
    """Without any setting nobody else reaches the server."""
    assert Settings().host == "127.0.0.1"
    assert not Settings().secure_cookies
