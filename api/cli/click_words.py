"""What click itself says, wrong usage above all, in the language that was asked for.

Click looks its sentences up by their English text with gettext, whose catalogues would have to be compiled files on
disk; ours are not. So its modules are given functions that ask our catalogue, and sentences that it lacks stay English.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from string import Formatter
from typing import Final

import click

from routing.wording import LANGUAGES

_MODULES: Final = ("core", "decorators", "exceptions", "formatting", "parser", "types")
_KEYS: Final[Mapping[str, str]] = {
    "Usage:": "usage.usage",
    "Options": "usage.options",
    "Commands": "usage.commands",
    "Positional arguments": "usage.arguments",
    "Show this message and exit.": "usage.help",
    "Show the version and exit.": "usage.version",
    "default: {default}": "usage.default",
    "Error: {message}": "usage.error",
    "Aborted!": "usage.aborted",
    "Try '{command} {option}' for help.": "usage.try-help",
    "Missing command.": "usage.missing-command",
    "Missing argument": "usage.missing-argument",
    "Missing option": "usage.missing-option",
    "Missing parameter": "usage.missing-parameter",
    "Invalid value: {message}": "usage.invalid",
    "Invalid value for {param_hint}: {message}": "usage.invalid-for",
    "No such option {name!r}.": "usage.no-option",
    "No such command {name!r}.": "usage.no-command",
    "Did you mean {possibility}?": "usage.did-you-mean",
    "(Did you mean one of: {possibilities}?)": "usage.did-you-mean-one",
    "Got unexpected extra argument ({args})": "usage.extra-argument",
    "Got unexpected extra arguments ({args})": "usage.extra-arguments",
    "Option {name!r} does not take a value.": "usage.takes-no-value",
    "Option {name!r} requires an argument.": "usage.needs-value",
    "Choose from:\n\t{choices}": "usage.choose",
    "{value!r} is not {choice}.": "usage.not-choice",
    "{value!r} is not one of {choices}.": "usage.not-choices",
    "{value!r} does not match the format {format}.": "usage.not-format",
    "{value} is not in the range {range}.": "usage.not-in-range",
    "{value!r} is not a valid {number_type}.": "usage.not-number",
    "{name} {filename!r} is a file.": "usage.is-file",
    "{name} {filename!r} is a directory.": "usage.is-folder",
    "{name} {filename!r} is not readable.": "usage.not-readable",
    "{name} {filename!r} is not writable.": "usage.not-writable",
    "{name} {filename!r} does not exist.": "usage.no-such-path",
}
_lang: Final[ContextVar[str]] = ContextVar("lang", default=LANGUAGES[0])


def speak(arguments: Sequence[str]) -> None:
    """Let click speak the language that the last `--lang` among `arguments` names, else the first."""
    _lang.set(_asked(arguments))
    for name in _MODULES:
        module = sys.modules[f"click.{name}"]
        module._ = _said  # type: ignore[attr-defined]
        if hasattr(module, "ngettext"):
            module.ngettext = _counted  # type: ignore[attr-defined]


def words(key: str, **values: object) -> str:
    """Return a sentence of the catalogue `usage` in the language being spoken."""
    from api.wording import say  # noqa: PLC0415 - reads catalogues, which help on a command may do without

    return say(key, _lang.get(), **values)


def wrong_usage(key: str, **values: object) -> click.UsageError:
    """Return a usage error that says the sentence for `key`."""
    return click.UsageError(words(key, **values))


def _asked(arguments: Sequence[str]) -> str:
    pairs = zip(arguments, [*arguments[1:], ""], strict=True)
    named = [value if name == "--lang" else name.removeprefix("--lang=") for name, value in pairs if "--lang" in name]
    return next((name for name in reversed(named) if name in LANGUAGES), LANGUAGES[0])


def _said(text: str) -> str:
    """Return the sentence for an English one of click's, its placeholders still to be filled."""
    key = _KEYS.get(text)
    if key is None:
        return text
    return words(key, **{name: f"{{{name}}}" for _, name, _, _ in Formatter().parse(text) if name})


def _counted(one: str, many: str, number: int) -> str:
    return _said(one if number == 1 else many)
