"""What the application refuses, beside the errors of `routing.errors`.

HooleringError
├── SettingsError        the settings cannot be served with; carries every finding (also ValueError)
├── InputError           a form or a request body cannot be used; carries every finding (also ValueError)
├── NotSignedInError     nobody is signed in, or the session has ended
├── NotAllowedError      the account has no role that may do this
├── ForgedError          a request of a session comes without its token or from another site
├── NotFoundError        there is no such thing (any more)
├── ConflictError        the present state does not allow it; carries findings
├── StaleError           somebody else has changed it meanwhile; says what
├── UnconditionalError   a change came without saying which version it changes
└── TooManyError         tried too often; says when again
"""

from __future__ import annotations

from collections.abc import Sequence

from routing.errors import FindingsError, HooleringError


class SettingsError(FindingsError):
    """The settings cannot be served with."""

    exit_code = 2


class InputError(FindingsError):
    """A form or a request body cannot be used."""


class NotSignedInError(HooleringError):
    """Nobody is signed in, or the session has ended."""


class NotAllowedError(HooleringError):
    """The account has no role that may do this."""


class ForgedError(HooleringError):
    """A request that changes something comes without the session's token or from another site."""


class NotFoundError(HooleringError, LookupError):
    """There is no such thing, or not any more."""


class ConflictError(FindingsError):
    """The present state of things does not allow it."""


class StaleError(HooleringError):
    """Somebody else has changed it meanwhile; `changes` names the fields, with the value there is now."""

    def __init__(self, *, version: int, changes: Sequence[tuple[str, str]] = ()) -> None:
        self.version = version
        self.changes = tuple(changes)
        super().__init__(f"the present version is {version}")


class UnconditionalError(HooleringError):
    """A change came without saying which version it changes (`If-Match`)."""


class TooManyError(HooleringError):
    """Tried too often; `seconds` says how long to wait."""

    def __init__(self, *, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"wait {seconds} seconds")
