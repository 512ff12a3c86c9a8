"""The catalogues of pages are whole in three languages, and nothing in them is left over or missing."""

import re
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

import api.wording
from api.security.roles import Role
from api.wording import LANGUAGES, domains, keys, say

HERE = Path(api.wording.__file__).parent
SOURCES = HERE.parent
DOMAINS = sorted(domains("et"))
FORMS = {"et": 2, "en": 2, "ru": 3}


@cache
def entries(domain: str, lang: str) -> dict[str, tuple[str, ...]]:
    """Return the forms of each message of one file by key."""
    with (HERE / lang / f"{domain}.po").open("rb") as file:
        catalogue = read_po(file, locale=lang, abort_invalid=True)
    return {
        message.id if isinstance(message.id, str) else message.id[0]: (message.string,)
        if isinstance(message.string, str)
        else tuple(message.string)
        for message in catalogue
        if message.id
    }


def names(text: str) -> set[str]:
    """Return the names in braces."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@cache
def code() -> str:
    """Return every module and template of the application as one text."""
    paths = [*SOURCES.rglob("*.py"), *SOURCES.rglob("*.html"), *SOURCES.rglob("*.js")]
    return "\n".join(path.read_text("utf-8") for path in paths)


def test_all_languages_have_all_domains():
    """No catalogue is there in some languages only."""
    assert all(domains(lang) == set(DOMAINS) for lang in LANGUAGES)


@pytest.mark.parametrize("domain", DOMAINS)
def test_all_languages_say_everything(domain: str):
    """The same keys, each sentence there, with the same values and the language's number of plural forms."""
    for lang in LANGUAGES:
        text = (HERE / lang / f"{domain}.po").read_text("utf-8")
        ids = re.findall(r'^msgid "(.+)"$', text, flags=re.MULTILINE)
        assert len(ids) == len(set(ids))
        assert keys(domain, lang) == keys(domain, "et") == set(entries(domain, lang))
        for key, forms in entries(domain, lang).items():
            assert all(form.strip() for form in forms), (lang, key)
            assert set().union(*map(names, forms)) == set().union(*map(names, entries(domain, "et")[key])), (lang, key)
            assert len(forms) in {1, FORMS[lang]}, (lang, key)


@pytest.mark.parametrize("domain", DOMAINS)
def test_russian_is_written_in_russian(domain: str):
    """No sentence was left in another language."""
    for key, forms in entries(domain, "ru").items():
        assert all(re.search("[А-Яа-я]", form) for form in forms), key


def test_no_sentence_is_missing():
    """Every key that templates and modules name exists."""
    own = "|".join(DOMAINS)
    named = set(re.findall(rf"""["']((?:{own})\.[a-z0-9-]+(?:\.[a-z]+)?)["']""", code()))
    files = {f"{name}.{ending}" for name in DOMAINS for ending in ("html", "py", "js", "css", "json")}
    known = {key for domain in DOMAINS for key in keys(domain, "et")}
    assert {key for key in named if not key.endswith("-")} - known - files == set()


@pytest.mark.parametrize("domain", DOMAINS)
def test_no_sentence_is_left_over(domain: str):
    """Every key is named somewhere, or begins as one that is put together there."""
    begun = tuple(re.findall(rf"""["']({domain}\.[a-z0-9.-]*)(?:["'] ~|{{)""", code()))
    for key in keys(domain, "et"):
        stem = re.sub(r"\.(expected|do)$", "", key)
        assert f'"{stem}"' in code() or f"'{stem}'" in code() or key.startswith(begun or ("\0",)), key


def test_every_role_has_a_name():
    """Roles are shown in words."""
    assert all(say(f"web.role-{role}", lang) for role in Role for lang in LANGUAGES)
