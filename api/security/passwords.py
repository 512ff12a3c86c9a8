"""Passwords: argon2id at rest, and which new ones are accepted."""

from __future__ import annotations

import secrets
from functools import cache
from importlib.resources import files

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from routing.findings import Finding

SHORTEST = 12
LONGEST = 256
_HASHER = PasswordHasher()  # argon2id; the parameters of RFC 9106 for little memory
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that are mistaken for another when read aloud


def hash_password(password: str) -> str:
    """Return what is kept of a password, its salt and its parameters within."""
    return _HASHER.hash(password)


def fits(password: str, hashed: str) -> bool:
    """Tell whether `password` is the one kept as `hashed`; an empty hash takes as long, so the clock tells nothing."""
    known = bool(hashed)
    try:
        _HASHER.verify(hashed or _nobodys(), password[:LONGEST])
    except (Argon2Error, InvalidHashError):
        return False
    return known


def is_outdated(hashed: str) -> bool:
    """Tell whether a hash was made with weaker parameters than today's."""
    return _HASHER.check_needs_rehash(hashed)


def faults(password: str, *, name: str = "") -> tuple[Finding, ...]:
    """Return what keeps a new password from being accepted; length and common words count, not kinds of letters."""
    plain = password.casefold()
    if len(password) < SHORTEST:
        return (_fault("too-short", str(len(password))),)
    if len(password) > LONGEST:
        return (_fault("too-long", str(len(password))),)
    if len(set(plain)) < 5 or _without_digits(plain) in _common() or (name and name.casefold() in plain):
        return (_fault("too-common", ""),)
    return ()


def random_password() -> str:
    """Return a random password of four groups, some 98 bits, that can be read aloud and typed."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(4))


def _fault(what: str, found: str) -> Finding:
    return Finding(code=f"account.password-{what}", field="password", found=found)


def _without_digits(text: str) -> str:
    """Return the letters alone: common words with a year or an exclamation mark behind are common still."""
    letters = "".join(letter for letter in text if letter.isalpha())
    half = letters[: len(letters) // 2]
    return half if half and half * 2 == letters else letters


@cache
def _common() -> frozenset[str]:
    text = (files("api.security") / "common_words.txt").read_text("utf-8")
    return frozenset(text.split())


@cache
def _nobodys() -> str:
    return _HASHER.hash(secrets.token_urlsafe())
