"""Errors of the server, members of the family in `routing.errors`.

HooleringError
├── StoreError          the store cannot be opened, is busy, or does not fit (code says which)
├── MissingError        what was asked for is not there (also LookupError)
├── RefusedError        a change has faults; carries every finding (also ValueError)
├── StaleError          a row has changed since it was read; says what changed
├── SettingsError       the settings cannot be served with; carries every finding (also ValueError)
├── InputError          a form or a request body cannot be used; carries every finding (also ValueError)
├── ConflictError       the present state does not allow it; carries every finding (also ValueError)
├── BrokenRulesError    a plan by hand would break rules; carries every one (also ValueError)
├── NotSignedInError    nobody is signed in, or the session has ended
├── NotAllowedError     the account has no role that may do this
├── ForgedError         a request of a session comes without its token, or from another site
├── UnconditionalError  a change came without saying which version it changes
└── TooManyError        tried too often; says when again
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from routing.errors import FindingsError, HooleringError
from routing.review.codes import Violation
from routing.wording import say


@dataclass(frozen=True, kw_only=True)
class Change:
    """One change of a row: who, when, what it was and what it is; None where it was not there."""

    at: datetime
    actor: str
    action: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


class StoreError(HooleringError):
    """The store cannot do what was asked; `code` is a key of the catalogue `store`."""

    def __init__(self, code: str, **details: str) -> None:
        self.code = code
        self.details = details
        super().__init__(say(code, "en", **details))

    def sentence(self, lang: str) -> str:
        """Say what is wrong, in `lang`."""
        return say(self.code, lang, **self.details)


class MissingError(HooleringError, LookupError):
    """There is no such row."""

    def __init__(self, subject: str) -> None:
        self.subject = subject
        super().__init__(f"There is no {subject}.")


class RefusedError(FindingsError):
    """A change of the records, or what was sent to be imported, has faults."""


class StaleError(HooleringError):
    """A row has changed since it was read: `expected` is the version that was seen, `found` the present one."""

    def __init__(
        self, *, subject: str, expected: int | None, found: int | None, changes: Sequence[Change] = ()
    ) -> None:
        self.subject = subject
        self.expected = expected
        self.found = found
        self.changes = tuple(changes)
        super().__init__(f"{subject or 'The row'} has changed since it was read.")


class SettingsError(FindingsError):
    """The settings cannot be served with."""

    exit_code = 2


class InputError(FindingsError):
    """A form or a request body cannot be used."""


class ConflictError(FindingsError):
    """The present state of things does not allow it."""


class BrokenRulesError(HooleringError, ValueError):
    """What was to be done to a plan by hand breaks rules; `needs` names what else would have to be accepted."""

    def __init__(self, violations: Sequence[Violation], *, needs: Sequence[str] = ()) -> None:
        self.violations = tuple(violations)
        self.needs = tuple(needs)
        super().__init__("; ".join(str(violation.code) for violation in self.violations))


class NotSignedInError(HooleringError):
    """Nobody is signed in, or the session has ended."""


class NotAllowedError(HooleringError):
    """The account has no role that may do this."""


class ForgedError(HooleringError):
    """A request that changes something comes without the session's token, or from another site."""


class UnconditionalError(HooleringError):
    """A change came without saying which version it changes (`If-Match`)."""


class TooManyError(HooleringError):
    """Tried too often; `seconds` says how long to wait."""

    def __init__(self, *, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"wait {seconds} seconds")
