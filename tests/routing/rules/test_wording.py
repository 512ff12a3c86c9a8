"""Every sentence of the rules exists in every language, complete and with the same placeholders."""

import re
from pathlib import Path
from string import Formatter

import pytest

from routing.records.model import Service
from routing.rules.background_check import CheckState
from routing.rules.decision_clock import ClockState
from routing.rules.entitlement import Cover
from routing.rules.fees import measures
from routing.rules.fees.question import AMOUNTS
from routing.rules.fees.readings import READINGS
from routing.rules.zones import Zone
from routing.wording import LANGUAGES, keys, say

SOURCE = Path(measures.__file__).parents[1]
STATED = {"returning", "wheelchair", "stretcher", "day_type", "result"}
OPEN = tuple(name for name in READINGS if name not in STATED)
WORDS = {
    *(f"rules.measure-{name}" for name in measures.MEASURES),
    *(f"rules.reading-{name}-{value}" for name in READINGS for value in READINGS[name]),
    *(f"rules.span-{span}" for span in ("charge", "month", "quarter", "year")),
    *(f"rules.service-{service}" for service in Service),
    *(f"rules.line-flat-{zone}" for zone in Zone),
    "rules.line-flat",
    "rules.line-multiplier",
    "rules.line-multiplier-resident",
    "rules.reading-km-from-municipality-border",
    *(f"rules.expense-{name}" for name in ("parking", "ferry")),
    "rules.quote-ride",
    "rules.quote-visit",
    "rules.quote-month",
}
REMARKS = {
    *(f"rules.decision-{cover}" for cover in Cover),
    *(f"rules.clock-{state}" for state in ClockState),
    *(f"rules.background-{state}" for state in CheckState),
    *(f"rules.unknown-{name}" for name in OPEN),
    *(f"rules.missing-{name}" for name in AMOUNTS),
    *(f"rules.limit-{payer}" for payer in READINGS["limit_on"]),
    *(f"rules.{name}" for name in ("break", "daily-rest", "shift-length", "shortened-day", "working-day")),
    *(f"rules.{name}" for name in ("working-week", "weekly-rest")),
}


def literal_keys():
    """Return every key that the source spells out."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py"))
    return set(re.findall(r'"(rules\.[a-z][a-z-]*[a-z])"', text))


def known():
    """Return every key the code may ask for, with the sentences that belong to remarks and findings."""
    plain = literal_keys() | {key.replace("_", "-") for key in WORDS}
    remarks = {key.replace("_", "-") for key in REMARKS}
    remarks |= {key for key in plain if not _is_word(key)}
    return plain | remarks | {f"{key}{part}" for key in remarks for part in (".expected", ".do")}


def _is_word(key):
    kinds = ("expense", "line", "measure", "reading", "service", "quote", "span")
    return key.startswith((*(f"rules.{kind}-" for kind in kinds), "rules.open-ended"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_catalogue_is_complete_and_no_larger(lang):
    """The catalogue holds exactly what the code may ask for."""
    assert keys("rules", lang) == known()


@pytest.mark.parametrize("key", sorted(keys("rules", "et")))
def test_placeholders_agree(key):
    """All languages name the same values."""
    used = [{name for _, name, _, _ in Formatter().parse(_raw(key, lang)) if name} for lang in LANGUAGES]
    assert all(names == used[0] for names in used)


def _raw(key, lang):
    return say(key, lang, **{name: f"{{{name}}}" for name in _NAMES} | {"n": 1})


_NAMES = sorted(
    set(re.findall(r"\{(\w+)\}", "".join(path.read_text() for path in SOURCE.parent.glob("wording/*/rules.po"))))
)
