"""Whatever a day holds has its words, and no sentence of the command line is left without use."""

import re
from datetime import date
from pathlib import Path

import pytest

from api.labels import aid_label
from api.wording import findings
from routing.plan import StopKind
from routing.problem import StepKind
from routing.records.model import Aid
from routing.rules.remark import Remark, Term
from routing.wording import LANGUAGES, keys, say

SOURCES = Path(__file__).parents[2] / "api"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_kind_has_a_word(lang: str) -> None:
    """Every kind of stop, every end of a way back and every aid can be named."""
    words = [say(f"cli.stop-{kind.value}", lang) for kind in StopKind]
    words += [say(f"cli.stop-return-{kind.value}", lang) for kind in (StepKind.PICKUP, StepKind.DELIVERY)]
    words += [aid_label(aid, lang) for aid in Aid]
    assert all(words)
    assert len(set(words)) == len(words)


def test_no_sentence_is_left_over() -> None:
    """Each key of the catalogue is named in the code, or begins as one does that is put together there."""
    code = "".join(path.read_text() for path in SOURCES.rglob("*.py"))
    named = set(re.findall(r'"(cli\.[a-z-]+)"', code)) | set(re.findall(r"'(cli\.[a-z-]+)'", code))
    begun = tuple(set(re.findall(r'f"(cli\.[a-z-]+){', code)))
    said = {f"{name}{part}" for name in named for part in ("", ".expected", ".do")}
    assert {key for key in keys("cli", "et") if key not in said and not key.startswith(begun)} == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_a_rule_says_keeps_its_own_values(lang: str) -> None:
    """A remark among the findings fills its sentence with a term and a date said in the reader's language."""
    values = {
        "service": Term(key="rules.service-home-care"),
        "case": "7",
        "to": date(2026, 11, 1),
        "day": date(2026, 11, 25),
    }
    remark = Remark(code="rules.decision-expired", values=values)
    assert findings.sentence(remark.finding(), lang) == remark.sentence(lang)
    assert "2026" in findings.as_dict(remark.finding(), lang)["sentence"]
