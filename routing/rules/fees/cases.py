"""Worked cases beside a price list: a question, and what somebody expects who reads the list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from pathlib import Path, PurePath
from typing import Annotated, ClassVar, TypeVar

from pydantic import Field, TypeAdapter

from routing.findings import Findings
from routing.records.model import Aid, Service
from routing.rules.fees.book import FeeBook
from routing.rules.fees.conventions import STRICT, Measured
from routing.rules.fees.pricing import quote
from routing.rules.fees.question import AMOUNTS, FareQuestion, Result
from routing.rules.fees.quote import Quote
from routing.rules.fees.read import CASES
from routing.rules.fees.toml import field_finding, parse_toml, validated
from routing.rules.fees.uses import Ledger
from routing.rules.zones import Zone

MOST_CASES = 200
"""So many cases of a file are read."""


@dataclass(frozen=True, kw_only=True)
class CaseQuestion:
    """A fare question as a file writes it: `wait` and `notice` in seconds, `at` a time of day.

    `before` is what the client had used earlier on the day by pool, such as `{ rides = 3 }`.
    """

    __pydantic_config__: ClassVar = STRICT

    service: Service
    day: date
    zone: Zone | None = None
    km: Measured | None = None
    km_back: Measured | None = None
    km_beyond_border: Measured | None = None
    km_beyond_municipality: Measured | None = None
    returning: bool = False
    wait: Annotated[int, Field(ge=0, lt=1_000_000)] | None = None
    resident: bool | None = None
    aids: frozenset[Aid] = frozenset()
    taxi: bool | None = None
    at: time | None = None
    origin: str | None = None
    destination: str | None = None
    result: Result = "done"
    notice: Annotated[int, Field(ge=0, lt=1_000_000)] | None = None
    riders: Annotated[int, Field(ge=1, le=100)] = 1
    riders_km: Measured | None = None
    expenses: Mapping[str, Measured] | None = None
    before: Mapping[str, Measured] | None = None
    weekly_hours: Measured | None = None
    visits_per_week: Measured | None = None
    hours: Measured | None = None
    extra_hours: Measured | None = None
    visits: Measured | None = None
    income: Measured | None = None
    companions: Measured | None = None
    floors: Measured | None = None
    helps_inside: Measured | None = None
    cost: Measured | None = None
    age: Measured | None = None

    def of(self, municipality: str) -> FareQuestion:
        """Return the question, asked of one municipality's lists."""
        fields = {name: value for name, value in vars(self).items() if name not in {*AMOUNTS, "at", "before"}}
        known = {name: getattr(self, name) for name in AMOUNTS}
        return FareQuestion(
            municipality=municipality,
            amounts={name: value for name, value in known.items() if value is not None},
            at=None if self.at is None else self.at.hour * 3600 + self.at.minute * 60 + self.at.second,
            before=None if self.before is None else Ledger().plus(self.day, self.before),
            **fields,
        )


@dataclass(frozen=True, kw_only=True)
class CaseWords:
    """What a case is called in one language, and why it comes out so."""

    __pydantic_config__: ClassVar = STRICT

    name: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Case:
    """One worked case: its `total`, or the codes of what has to be asked and the candidates' totals.

    `known_part` is checked where it is stated. `name` and `why` are in whatever language the file is written in, `et`,
    `en` and `ru` the same in others.
    """

    __pydantic_config__: ClassVar = STRICT

    name: str
    why: str
    ask: CaseQuestion
    total: str | None = None
    unknowns: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    known_part: str | None = None
    et: CaseWords | None = None
    en: CaseWords | None = None
    ru: CaseWords | None = None

    def words(self, lang: str) -> CaseWords:
        """Return what it is called in `lang`, in the file's own language where nobody has said it in that one."""
        said: CaseWords | None = getattr(self, lang)
        return said or CaseWords(name=self.name, why=self.why)


@dataclass(frozen=True, kw_only=True)
class Tried:
    """A case and what the lists say to it."""

    case: Case
    quote: Quote

    @property
    def total(self) -> str | None:
        """Return the total as a case writes it."""
        return _text(self.quote.total)

    @property
    def candidates(self) -> tuple[str, ...]:
        """Return the candidates' totals as a case writes them."""
        return tuple(_text(candidate.total) or "unknown" for candidate in self.quote.candidates)

    @property
    def agrees(self) -> bool:
        """Tell whether the answer is the one that was expected."""
        return (
            self.total == self.case.total
            and tuple(unknown.code for unknown in self.quote.unknowns) == self.case.unknowns
            and self.candidates == self.case.candidates
            and self.case.known_part in {None, _text(self.quote.known_part)}
        )


_ADAPTER = TypeAdapter(Case)
AnyPath = TypeVar("AnyPath", bound=PurePath)


def cases_beside(schedules: AnyPath) -> AnyPath:
    """Return where the worked cases of a schedule file lie."""
    return schedules.with_name(f"{schedules.stem}{CASES}")


def load_cases(path: Path) -> tuple[tuple[Case, ...], Findings]:
    """Read the worked cases of a file; one with an error is left out and reported."""
    findings = Findings()
    data = parse_toml(path, findings)
    if data is None:
        return (), findings
    raw = data.pop("cases", None)
    findings.extend(field_finding("rules.fee-field-unknown", path.name, name) for name in data)
    if not isinstance(raw, list) or not all(isinstance(item, dict) for item in raw):
        findings.add(field_finding("rules.fee-field-missing", path.name, "cases"))
        return (), findings
    found = (
        validated(_ADAPTER, item, path.name, f"cases[{number}]", findings)
        for number, item in enumerate(raw[:MOST_CASES], start=1)
    )
    return tuple(case for case in found if case is not None), findings


def try_cases(book: FeeBook, municipality: str, cases: tuple[Case, ...]) -> tuple[Tried, ...]:
    """Price every case by the lists of a municipality."""
    return tuple(Tried(case=case, quote=quote(book, case.ask.of(municipality))) for case in cases)


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:f}"
