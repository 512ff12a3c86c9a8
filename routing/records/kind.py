"""One sort of value in a cell: how it is read, how it is written, and what is said when it is neither."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from routing.records.folding import fold, nearest

T = TypeVar("T")

_SEPARATORS = re.compile(r"[;|\n]")


class CellError(Exception):
    """A cell does not hold what its column expects; `code` and `details` make the finding."""

    def __init__(self, code: str, **details: str) -> None:
        self.code = code
        self.details = details
        super().__init__(code)


@dataclass(frozen=True, kw_only=True)
class Kind(Generic[T]):
    """A sort of value, read from the text of a cell and written back to it.

    `read` gets text that is cleaned and not blank. It raises ValueError where the text is not of this kind (the
    finding is then `code` with `details`) or CellError where it can say more. `write` gets a value and a language,
    and reading what it writes gives the value again. `<code>.expected` in the catalogue describes the kind. `empty` is
    what blank text means, for kinds that may hold nothing. `options` are the English words of the only values there
    are, `many` tells that a cell may list several of them; both are empty for kinds that hold anything.
    """

    code: str
    read: Callable[[str], T]
    write: Callable[[T, str], str]
    details: Mapping[str, str] = field(default_factory=dict)
    empty: T | None = None
    options: tuple[str, ...] = ()
    many: bool = False

    def parse(self, text: str) -> T:
        """Read `text`, or raise CellError; blank text is `empty`, or missing."""
        if not text:
            if self.empty is not None:
                return self.empty
            raise CellError("records.value-missing")
        try:
            return self.read(text)
        except ValueError as error:
            raise CellError(self.code, **self.details) from error


def split(text: str) -> list[str]:
    """Split a list in a cell at semicolons, bars and line breaks; blank items are dropped."""
    return [item.strip() for item in _SEPARATORS.split(text) if item.strip()]


@dataclass(frozen=True)
class Words(Generic[T]):
    """Values and the words people write for them: per value Estonian, English, then whatever else is understood.

    The value's own text is always understood. Case, accents, spaces and underscores do not matter.
    """

    words: Mapping[T, tuple[str, ...]]

    def lookup(self, text: str) -> T | None:
        """Return the value that `text` names, or None."""
        wanted = fold(text)
        for value, words in self.words.items():
            if wanted in {fold(str(value)), *map(fold, words)}:
                return value
        return None

    def say(self, value: T, lang: str) -> str:
        """Return the word for `value` in `lang`, Estonian for all who do not ask for English."""
        estonian, english, *_ = self.words[value]
        return english if lang == "en" else estonian

    def options(self) -> tuple[str, ...]:
        """Return the English word of every value."""
        return tuple(self.say(value, "en") for value in self.words)

    def choices(self) -> dict[str, str]:
        """Return every choice by language, for the finding."""
        return {f"choices_{lang}": ", ".join(self.say(value, lang) for value in self.words) for lang in ("et", "en")}

    def meant(self, text: str) -> dict[str, str]:
        """Return by language the word that was probably meant by `text`, nothing where none is like it."""
        known = {word: value for value, words in self.words.items() for word in (str(value), *words)}
        word = nearest(text, known)
        return {f"nearest_{lang}": self.say(known[word], lang) for lang in ("et", "en")} if word else {}


def choice(words: Words[T]) -> Kind[T]:
    """Return the kind of a cell that holds exactly one of `words`."""

    def read(text: str) -> T:
        value = words.lookup(text)
        if value is not None:
            return value
        if hint := words.meant(text):
            raise CellError("records.bad-choice-near", **hint, **words.choices())
        raise ValueError(text)

    return Kind(code="records.bad-choice", read=read, write=words.say, details=words.choices(), options=words.options())


def choices(words: Words[T], *, none: Words[None] | None = None) -> Kind[frozenset[T]]:
    """Return the kind of a cell that lists any of `words`; a word of `none` stands for the empty list."""
    one = choice(words)

    def read(text: str) -> frozenset[T]:
        if none is not None and fold(text) in {fold(word) for word in none.words[None]}:
            return frozenset()
        return frozenset(one.read(item) for item in split(text))

    def write(values: frozenset[T], lang: str) -> str:
        if not values and none is not None:
            return none.say(None, lang)
        return "; ".join(sorted(words.say(value, lang) for value in values))

    options = one.options if none is None else (*one.options, *none.options())
    return Kind(code="records.bad-choice", read=read, write=write, details=one.details, options=options, many=True)
