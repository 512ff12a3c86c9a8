"""A remark: what a rule has to say about a case, as a code with values, said in any language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from babel.numbers import format_decimal

from routing.findings import Finding, Severity
from routing.wording import say
from routing.wording.format import day, euros, listing


@dataclass(frozen=True, kw_only=True)
class Euros:
    """Mark an amount of money, so that it is said as one."""

    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class Term:
    """Mark a word of the catalogue, so that it is said in the language of the sentence around it."""

    key: str


@dataclass(frozen=True, kw_only=True)
class Length:
    """Mark a length of time, so that it is said as one."""

    seconds: int


@dataclass(frozen=True, kw_only=True)
class Listed:
    """Mark several words, so that they are said one after the other; words of the catalogue as terms."""

    words: tuple[str | Term, ...]


Value: TypeAlias = str | int | date | Decimal | Euros | Term | Length | Listed


def spoken(value: Value, lang: str) -> str:
    """Return a value as people read it in `lang`: dates, numbers and money by their own customs."""
    match value:
        case Euros() | Term() | Length() | Listed():
            return _marked(value, lang)
        case date():
            return day(value, lang)
        case Decimal() | int():
            return str(format_decimal(value, format="0.####", locale=lang))
        case _:
            return value


def _marked(value: Euros | Term | Length | Listed, lang: str) -> str:
    match value:
        case Euros(amount=amount):
            return euros(amount, lang)
        case Length(seconds=seconds):
            return length(seconds, lang)
        case Term(key=key):
            return say(key, lang)
        case Listed(words=words):
            return listing([spoken(word, lang) for word in words], lang)


def length(seconds: int, lang: str) -> str:
    """Return a length of time as `6 h 30 min`, in Russian `6 ч 30 мин`, rounded down to the minute."""
    hour, minute = ("ч", "мин") if lang == "ru" else ("h", "min")
    hours, rest = divmod(seconds, 3600)
    return f"{hours} {hour} {rest // 60} {minute}" if rest >= 60 else f"{hours} {hour}"


@dataclass(frozen=True, kw_only=True)
class Remark:
    """One thing a rule has to say.

    `code` has three sentences, as a finding's has: what is so, what was expected, what to do. `law` names the law or
    order the rule comes from; it fills `{law}` in the sentences.
    """

    code: str
    severity: Severity = Severity.WARNING
    law: str = ""
    values: Mapping[str, Value] = field(default_factory=dict, hash=False)

    def sentence(self, lang: str) -> str:
        """Say what is so, in `lang`."""
        return self._say(self.code, lang)

    def expected(self, lang: str) -> str:
        """Say what was expected, in `lang`."""
        return self._say(f"{self.code}.expected", lang)

    def action(self, lang: str) -> str:
        """Say what to do, in `lang`."""
        return self._say(f"{self.code}.do", lang)

    def as_dict(self, lang: str) -> dict[str, str]:
        """Return the remark as plain data for `--json`, sentences in `lang`."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "law": self.law,
            "sentence": self.sentence(lang),
            "expected": self.expected(lang),
            "action": self.action(lang),
        }

    def finding(self, *, file: str = "", row: int | None = None, field: str | None = None) -> Finding:
        """Return the remark as a finding about a place in a file; it still speaks every language."""
        return RemarkFinding(code=self.code, severity=self.severity, file=file, row=row, field=field, remark=self)

    def _say(self, key: str, lang: str) -> str:
        values = {name: spoken(value, lang) for name, value in self.values.items()}
        return say(key, lang, **{"law": self.law, **values})


@dataclass(frozen=True, kw_only=True)
class RemarkFinding(Finding):
    """A finding whose sentences are a remark's."""

    remark: Remark

    def sentence(self, lang: str) -> str:
        """Say what is wrong, in `lang`."""
        return self.remark.sentence(lang)

    def expected(self, lang: str) -> str:
        """Say what was expected, in `lang`."""
        return self.remark.expected(lang)

    def action(self, lang: str) -> str:
        """Say what to do, in `lang`."""
        return self.remark.action(lang)
