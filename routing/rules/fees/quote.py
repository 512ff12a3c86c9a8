"""The answer to a fare question: every line, the total, and what is unknown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from routing.rules.fees.line import Line, known_part
from routing.rules.fees.question import FareQuestion
from routing.rules.remark import Remark
from routing.wording import say
from routing.wording.format import euros


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One way to read something that is unknown."""

    name: str
    value: str

    def sentence(self, lang: str) -> str:
        """Say the reading in `lang`, as a condition."""
        return say(f"rules.reading-{self.name}-{self.value}".replace("_", "-"), lang)


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """What the price would be if the unknown were to be read so; `total` None where even then something is unknown."""

    readings: tuple[Reading, ...]
    lines: tuple[Line, ...]
    total: Decimal | None

    @property
    def known_part(self) -> Decimal:
        """Return the sum of the lines that are known under these readings."""
        return known_part(self.lines)

    def as_dict(self, lang: str) -> dict[str, object]:
        """Return the candidate as plain data for `--json`."""
        return {
            "readings": [
                {"name": reading.name, "value": reading.value, "sentence": reading.sentence(lang)}
                for reading in self.readings
            ],
            "total": None if self.total is None else f"{self.total:f}",
            "known_part": f"{self.known_part:f}",
            "lines": [line.as_dict(lang) for line in self.lines],
        }


@dataclass(frozen=True, kw_only=True)
class Quote:
    """A price with the lines that made it, in euros.

    `total` is None where something unknown decides it; `unknowns` then say what to ask, `candidates` what the price is
    under each admissible reading, and `lines` are those that hold under all of them. `uses` is what it takes of the
    client's allowances and quotas, None where that is not known. The fee is advice until it is approved, and never a
    reason to refuse the service.
    """

    question: FareQuestion
    schedule: str | None = None
    period: str = "ride"
    legal_basis: str = ""
    source: str = ""
    lines: tuple[Line, ...] = ()
    total: Decimal | None = None
    unknowns: tuple[Remark, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    uses: Mapping[str, Decimal | None] = field(default_factory=dict)

    @property
    def warnings(self) -> tuple[Remark, ...]:
        """Return what the lines have to say beyond their amounts: a quota that is used up, a cap that is reached."""
        return tuple(dict.fromkeys(line.warning for line in self.lines if line.warning is not None))

    @property
    def known_part(self) -> Decimal:
        """Return the sum of the lines that are known whatever the unknown turns out to be; not a price."""
        return known_part(self.lines)

    @property
    def bounds(self) -> tuple[Decimal, Decimal] | None:
        """Return the lowest and the highest price that the candidates allow; None where one of them has none."""
        totals = [candidate.total for candidate in self.candidates if candidate.total is not None]
        return (min(totals), max(totals)) if totals and len(totals) == len(self.candidates) else None

    def sentence(self, lang: str) -> str:
        """Say the outcome in `lang`: the price, or that it has to be asked."""
        if self.total is not None:
            return say(f"rules.quote-{self.period}", lang, total=euros(self.total, lang))
        if self.bounds is None:
            return say("rules.quote-unknown", lang)
        least, most = self.bounds
        return say("rules.quote-between", lang, least=euros(least, lang), most=euros(most, lang))

    def as_dict(self, lang: str) -> dict[str, object]:
        """Return the quote as plain data for `--json`; decimals as text, so that they stay exact."""
        return {
            "schedule": self.schedule,
            "service": self.question.service.value,
            "day": self.question.day.isoformat(),
            "period": self.period,
            "total": None if self.total is None else f"{self.total:f}",
            "known_part": f"{self.known_part:f}",
            "sentence": self.sentence(lang),
            "legal_basis": self.legal_basis,
            "source": self.source,
            "lines": [line.as_dict(lang) for line in self.lines],
            "unknowns": [unknown.as_dict(lang) for unknown in self.unknowns],
            "warnings": [warning.as_dict(lang) for warning in self.warnings],
            "candidates": [candidate.as_dict(lang) for candidate in self.candidates],
        }
