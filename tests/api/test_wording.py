"""Whatever a day holds has its words, and no sentence of the command line is left without use."""

import re
from pathlib import Path

import pytest

from api.labels import aid_label
from routing.plan import StopKind
from routing.problem import StepKind
from routing.records.model import Aid
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
    findings = {f"{name}{part}" for name in named for part in ("", ".expected", ".do")}
    assert {key for key in keys("cli", "et") if key not in findings and not key.startswith(begun)} == set()
