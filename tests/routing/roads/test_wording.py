"""Every code of roads has its sentences, the same placeholders in both languages, and is used."""

import re
import string
import subprocess
import sys
from pathlib import Path

import pytest

from routing.findings import Finding
from routing.roads.ferries import NoSailing
from routing.wording import _CATALOGUES, LANGUAGES, keys, say

ROADS = Path(__file__).parents[3] / "routing" / "roads"
CODES = sorted({code for path in ROADS.glob("*.py") for code in re.findall(r'"(roads\.[a-z-]+)"', path.read_text())})


def placeholders(text):
    """Return the names a sentence wants filled in, whatever the language of their values."""
    return {re.sub(r"_(et|en|ru)$", "", name) for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_catalogue_holds_what_the_code_says_and_no_more(lang):
    """Three sentences for every finding, one for every reason why a ferry stays."""
    wanted = {code + part for code in CODES for part in ("", ".expected", ".do")}
    assert keys("roads", lang) == wanted | {f"roads.{reason}" for reason in NoSailing}


def test_placeholders_agree_between_languages():
    """A value that one language shows is not lost in the other."""
    for key in keys("roads", "en"):
        shapes = {frozenset(placeholders(_CATALOGUES._catalogue("roads", lang)[key])) for lang in LANGUAGES}
        assert len(shapes) == 1, key


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_every_sentence_can_be_said(code, lang):
    """All three parts, with every detail any of our findings carries."""
    details = dict.fromkeys(
        [
            "distance_et",
            "distance_en",
            "distance_ru",
            "limit_et",
            "limit_en",
            "limit_ru",
            "names",
            "parts",
            "km",
            "count",
            "gib",
        ],
        "7",
    )
    finding = Finding(code=code, found="x", details=details)
    for text in (finding.sentence(lang), finding.expected(lang), finding.action(lang)):
        assert text
        assert "{" not in text
        assert text[-1] in ".)"


def test_opening_a_bundled_network_loads_no_osmnx():
    """OSMnx takes seconds to load, so only an import may load it."""
    code = (
        "import sys, pathlib\n"
        "from routing.roads.opening import open_network\n"
        "from routing.roads.prepare import prepare\n"
        "import routing.roads.geometry, routing.roads.ferries\n"
        f"open_network(pathlib.Path({str(ROADS.parents[1] / 'fixtures/tartu_vald/roads')!r}))\n"
        "print(sorted({'osmnx', 'geopandas', 'pandas', 'osmium', 'networkx'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROADS.parents[1], check=True)
    assert run.stdout.strip() == "[]"


def test_say_fills_in_a_real_finding():
    """The sentence a coordinator reads."""
    values = {"found": "klient-7", "distance_et": "2,4 km", "distance_en": "2.4 km"}
    assert "2,4 km" in say("roads.place-too-far", "et", **values)
