"""Gettext catalogues in a folder, `<lang>/<domain>.po`, read once and asked by stable key."""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

_PLURALS = {
    "et": "n != 1",
    "en": "n != 1",
    "ru": "n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2",
}

Entry = str | tuple[str, ...]


class Catalogues:
    """All catalogues of one folder; the domain of a key is the part before its first dot."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[tuple[str, str], dict[str, Entry]] = {}

    def say(self, key: str, lang: str, **values: object) -> str:
        """Return the sentence for `key` with `values` filled in; KeyError where the catalogue lacks the key."""
        text = self._catalogue(key.partition(".")[0], lang)[key]
        if isinstance(text, tuple):
            text = text[_plural_index(lang, int(str(values["n"])))]
        return text.format(**values)

    def keys(self, domain: str, lang: str) -> frozenset[str]:
        """Return every key of one catalogue."""
        return frozenset(self._catalogue(domain, lang))

    def domains(self, lang: str) -> frozenset[str]:
        """Return the names of the catalogues that exist in `lang`."""
        return frozenset(path.stem for path in (self._folder / lang).glob("*.po"))

    def _catalogue(self, domain: str, lang: str) -> dict[str, Entry]:
        if (domain, lang) not in self._read:
            self._read[domain, lang] = _read(self._folder / lang / f"{domain}.po", lang)
        return self._read[domain, lang]


def _read(path: Path, lang: str) -> dict[str, Entry]:
    with path.open("rb") as file:
        catalogue = read_po(file, locale=lang)
    found: dict[str, Entry] = {}
    for message in catalogue:
        if message.id and message.string:
            key = message.id if isinstance(message.id, str) else message.id[0]
            found[key] = message.string if isinstance(message.string, str) else tuple(message.string)
    return found


@cache
def _plural_index(lang: str, n: int) -> int:
    choose = gettext.c2py(_PLURALS[lang])  # the standard library's only parser of plural rules
    return int(choose(n))
