"""Every finding about a day has its three sentences in both languages, with the same placeholders."""

import re
from pathlib import Path

import pytest

from routing.findings import Finding
from routing.wording import LANGUAGES, keys, say

SOURCES = Path(__file__).parents[3] / "routing" / "day"
CODES = sorted(
    {code for path in SOURCES.glob("*.py") for code in re.findall(r'"(day\.[a-z-]+)"', path.read_text())}
    | {"day.client-away", "day.client-ended"}
)


def test_the_codes_are_those_of_the_catalogues() -> None:
    """Code and catalogues name the same findings."""
    expected = {f"{code}{part}" for code in CODES for part in ("", ".expected", ".do")}
    assert {lang: keys("day", lang) for lang in LANGUAGES} == dict.fromkeys(LANGUAGES, expected)


@pytest.mark.parametrize("code", CODES)
def test_sentences(code: str) -> None:
    """A finding can be said in both languages, and says what was found."""
    finding = Finding(code=code, found="LEID", details={"client": "K", "worker": "T"})
    for lang in LANGUAGES:
        assert "LEID" in finding.sentence(lang)
        assert finding.expected(lang).endswith(".")
        assert finding.action(lang).endswith(".")
    raw = {lang: say(code, lang, found="{found}", client="{client}", worker="{worker}") for lang in LANGUAGES}
    fields = [sorted(re.findall(r"{\w+}", text)) for text in raw.values()]
    assert fields[0] == fields[1]
