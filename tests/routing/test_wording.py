"""Every catalogue is whole: all languages, the same keys and placeholders, nothing twice, nothing missing in code."""

import ast
import re
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

import api.wording
import routing.wording
from routing.wording import LANGUAGES, domains, keys, say

HERE = Path(routing.wording.__file__).parent
ROOT = HERE.parents[1]
DOMAINS = sorted({path.stem for path in HERE.glob("*/*.po")})
PLURALS = {"et": 2, "en": 2, "ru": 3}
ALL = [(domain, lang) for domain in DOMAINS for lang in LANGUAGES]


@cache
def entries(domain: str, lang: str) -> dict[str, Message]:
    """Return the messages of one file by key, the header left out."""
    with (HERE / lang / f"{domain}.po").open("rb") as file:
        catalogue = read_po(file, locale=lang, abort_invalid=True)
    return {key_of(message): message for message in catalogue if message.id}


def key_of(message: Message) -> str:
    """Return the key of a message, whether or not it has plural forms."""
    return message.id if isinstance(message.id, str) else message.id[0]


def forms(message: Message) -> tuple[str, ...]:
    """Return all forms of a message: one, or one per plural."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def placeholders(text: str) -> set[str]:
    """Return the names in braces; a text whose braces do not match raises."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def said(path: Path) -> list[tuple[str, set[str | None]]]:
    """Return the (key, names of values) of each call of `say` with a literal key; `**` shows as the name None."""
    calls = (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call))
    return [
        (call.args[0].value, {keyword.arg for keyword in call.keywords})
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id == "say" and isinstance(call.args[0], ast.Constant)
    ]


def test_every_language_has_every_domain():
    """No catalogue exists in one language only."""
    assert DOMAINS
    assert all(domains(lang) == set(DOMAINS) for lang in LANGUAGES)


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_language_has_every_key(domain: str):
    """All languages hold the same keys, all in their own domain."""
    estonian = set(entries(domain, "et"))

    assert all(set(entries(domain, lang)) == estonian for lang in LANGUAGES)
    assert all(re.fullmatch(rf"{domain}(\.[a-z0-9-]+)+", key) for key in estonian)


@pytest.mark.parametrize(("domain", "lang"), ALL)
def test_no_key_is_given_twice(domain: str, lang: str):
    """The parser keeps the last of two entries in silence, so the text itself is counted."""
    text = (HERE / lang / f"{domain}.po").read_text("utf-8")
    ids = re.findall(r'^msgid "(.+)"$', text, flags=re.MULTILINE)

    assert len(ids) == len(set(ids)) == len(entries(domain, lang))


@pytest.mark.parametrize(("domain", "lang"), ALL)
def test_every_sentence_is_there(domain: str, lang: str):
    """No form of any entry is empty or marked as unsure, and plurals have every form of the language."""
    for key, message in entries(domain, lang).items():
        assert all(form.strip() == form != "" for form in forms(message)), key
        assert not message.fuzzy, key
        assert len(forms(message)) == (PLURALS[lang] if message.pluralizable else 1), key
    assert keys(domain, lang) == set(entries(domain, lang))


@pytest.mark.parametrize(("domain", "lang"), [case for case in ALL if case[1] != "et"])
def test_languages_ask_for_the_same_values(domain: str, lang: str):
    """What one language fills in the others fill in too; a word given by language may come in any."""
    for key, message in entries(domain, "et").items():
        other = entries(domain, lang)[key]
        names = [
            {re.sub(r"(^|_)(et|en|ru)$", r"\1word", name) for form in forms(item) for name in placeholders(form)}
            for item in (message, other)
        ]

        assert message.pluralizable == other.pluralizable, key
        assert names[0] == names[1], key
        assert all(name.isidentifier() for name in names[0]), key


@pytest.mark.parametrize("package", ["routing", "maps", "api"])
def test_every_key_named_in_code_exists(package: str):
    """A literal key passed to `say` is in its catalogue, and every value its sentence needs is passed along."""
    for path in (ROOT / package).rglob("*.py"):
        for key, values in said(path):
            domain = key.partition(".")[0]
            if package == "api" and domain in api.wording.domains("et"):
                assert key in api.wording.keys(domain, "et"), f"{path.name}: {key}"
                continue
            assert domain in DOMAINS, f"{path.name}: {key}"
            assert key in keys(domain, "et"), f"{path.name}: {key}"
            needed = set().union(*map(placeholders, forms(entries(domain, "et")[key])))
            assert None in values or needed <= values, f"{path.name}: {key}"


FAMILIAR = re.compile(
    r"\b(anna|asenda|ava|helista|jäta|kasuta|kirjuta|kontrolli|kustuta|küsi|laadi|lisa|lühenda|muuda|märgi|nimeta|"
    r"otsusta|pane|paranda|pikenda|salvesta|täida|vaata|vaheta|vali|vii|võta|ütle)\b",
    flags=re.IGNORECASE,
)


@pytest.mark.parametrize("domain", DOMAINS)
def test_estonian_is_polite_throughout(domain: str):
    """What to do is asked in the plural, „lisage“, never „lisa“."""
    for key, message in entries(domain, "et").items():
        if key.endswith(".do") or "remedy" in key:
            assert not any(FAMILIAR.search(form) for form in forms(message)), key


LATIN = re.compile(r"[a-zäöüõšž]{4,}", flags=re.IGNORECASE)
CYRILLIC = re.compile(r"[а-яё]", flags=re.IGNORECASE)


@pytest.mark.parametrize("domain", DOMAINS)
def test_russian_is_russian(domain: str):
    """A sentence of Estonian or English words has Cyrillic ones in Russian, but for file names and the like."""
    for key, message in entries(domain, "ru").items():
        english = forms(entries(domain, "en")[key])[0]
        if LATIN.search(re.sub(r"\{.*?\}|\.\w+|UTF-8|oneway|ice|hoolering|Windows-1257", "", english)):
            assert all(CYRILLIC.search(form) for form in forms(message)), key


@pytest.mark.parametrize(
    ("n", "text"),
    [
        (1, "1 маршрут"),
        (2, "2 маршрута"),
        (5, "5 маршрутов"),
        (11, "11 маршрутов"),
        (21, "21 маршрут"),
        (112, "112 маршрутов"),
    ],
)
def test_russian_counts_in_three_forms(n: int, text: str):
    """One, few and many."""
    assert say("maps.rounds", "ru", n=n) == text


def test_say_fills_in_and_complains():
    """Values fill their places; an unknown key is a KeyError and never an empty sentence."""
    assert say("check.unknown-shift", "en", shift="s1").startswith("The plan has a round for shift s1,")
    with pytest.raises(KeyError):
        say("check.no-such-code", "et")
