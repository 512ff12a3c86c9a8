"""The maps' sentences are complete in every language."""

import re
from pathlib import Path
from string import Formatter

import pytest

import maps
from maps.layers import TEXTS
from routing.plan import StopKind
from routing.wording import LANGUAGES, keys, say

RETURNS = {"maps.kind-return-pickup", "maps.kind-return-delivery"}
SOURCES = [path for path in Path(maps.__file__).parent.rglob("*") if path.suffix in {".py", ".j2"}]


def used() -> set[str]:
    text = "\n".join(path.read_text("utf-8") for path in SOURCES)
    literal = set(re.findall(r"""say\(\s*["'](maps\.[a-z-]+[a-z])["']""", text))
    return literal | {f"maps.{name}" for name in TEXTS} | {f"maps.kind-{kind.value}" for kind in StopKind} | RETURNS


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_key_is_missing_or_idle(lang: str) -> None:
    """Hold exactly the keys that code and templates use."""
    assert keys("maps", lang) == used()


@pytest.mark.parametrize("key", sorted(keys("maps", "et")))
def test_placeholders_agree(key: str) -> None:
    """Fill the same placeholders in every language, for one and for many."""
    values = dict.fromkeys(["title", "day", "letter", "minutes", "km", "arrival", "start", "kind", "number"], "§")
    shapes = set()
    for lang in LANGUAGES:
        for n in (1, 2, 5):
            text = say(key, lang, n=n, **{name: f"{{{name}}}" for name in values})
            names = {field for _, field, _, _ in Formatter().parse(text) if field}
            shapes.add((frozenset(names), str(n) in text))
    assert len(shapes) == 1
