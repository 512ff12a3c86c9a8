"""Which passwords are accepted, and how they are kept."""

import pytest

from api.security import passwords
from api.security.lockout import delay


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("lühike", "too-short"),
        ("x" * 300, "too-long"),
        ("aaaaaaaaaaaa", "too-common"),
        ("PasswordPassword", "too-common"),
        ("koordinaator2026!", "too-common"),
        ("minu mari.kask on", "too-common"),
        ("kuusk tuul rada lamp", None),
        ("ÕäÖü žiraff maja 7", None),
    ],
)
def test_new_passwords(password: str, code: str | None):
    """Length and common words count; kinds of letters do not."""
    found = [finding.code for finding in passwords.faults(password, name="mari.kask")]

    assert found == ([f"account.password-{code}"] if code else [])


def test_kept_as_argon2id():
    """The hash is argon2id with a salt of its own; no hash fits nothing."""
    one, two = (passwords.hash_password("kuusk tuul rada lamp") for _ in range(2))

    assert one.startswith("$argon2id$")
    assert one != two
    assert passwords.fits("kuusk tuul rada lamp", one)
    assert not passwords.fits("kuusk tuul rada lamP", one)
    assert not passwords.fits("", "")
    assert not passwords.fits("x", "not a hash")
    assert not passwords.is_outdated(one)


def test_random_passwords_are_accepted():
    """What the admin hands out passes the rules and never repeats."""
    found = {passwords.random_password() for _ in range(50)}

    assert len(found) == 50
    assert not any(passwords.faults(password) for password in found)


def test_the_wait_grows():
    """Nothing for four failures, then doubling up to an hour."""
    seconds = [delay(failures).total_seconds() for failures in range(13)]

    assert seconds[:8] == [0, 0, 0, 0, 0, 30, 60, 120]
    assert seconds[-1] == 3600
    assert delay(100_000).total_seconds() == 3600
