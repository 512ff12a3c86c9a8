"""Sentences in Estonian, English and Russian: `say(key, lang, **values)` from gettext catalogues.

Catalogues are `routing/wording/<lang>/<domain>.po`; the message id is the stable English key and its domain is the
part before the first dot (`records.unknown-column` lives in `records.po`). Values fill `{name}` placeholders; where an
entry has plural forms, the value called `n` chooses among them. Sentences are never glued together in code.
"""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

LANGUAGES = ("et", "en", "ru")
"""The first is the one spoken where none is asked for."""
_PLURALS = {
    "et": "n != 1",
    "en": "n != 1",
    "ru": "n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2",
}
"""Which form a number takes, as gettext's manual has it ("Plural forms")."""
_HERE = Path(__file__).parent


@cache
def _catalogue(domain: str, lang: str) -> dict[str, str | tuple[str, ...]]:
    path = _HERE / lang / f"{domain}.po"
    with path.open("rb") as file:
        catalogue = read_po(file, locale=lang)
    found: dict[str, str | tuple[str, ...]] = {}
    for message in catalogue:
        if message.id and message.string:
            key = message.id if isinstance(message.id, str) else message.id[0]
            found[key] = message.string if isinstance(message.string, str) else tuple(message.string)
    return found


@cache
def _plural_index(lang: str, n: int) -> int:
    choose = gettext.c2py(_PLURALS[lang])  # the standard library's only parser of plural rules
    return int(choose(n))


def say(key: str, lang: str, **values: object) -> str:
    """Return the sentence for `key` in `lang` with `values` filled in; KeyError where a catalogue lacks the key."""
    domain = key.partition(".")[0]
    text = _catalogue(domain, lang)[key]
    if isinstance(text, tuple):
        text = text[_plural_index(lang, int(str(values["n"])))]
    return text.format(**values)


def keys(domain: str, lang: str) -> frozenset[str]:
    """Return every key of one catalogue."""
    return frozenset(_catalogue(domain, lang))


def domains(lang: str) -> frozenset[str]:
    """Return the names of the catalogues that exist in `lang`."""
    return frozenset(path.stem for path in (_HERE / lang).glob("*.po"))
