"""Sentences of pages and of the API in Estonian, English and Russian: `say(key, lang, **values)`.

Catalogues are `api/wording/<lang>/<domain>.po`, read as those of `routing.wording`; a key whose domain is not here is
asked there, so that one function says everything a page shows.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import routing.wording
from routing.wording.catalogues import Catalogues

LANGUAGES = routing.wording.LANGUAGES
_CATALOGUES = Catalogues(Path(__file__).parent)

keys = _CATALOGUES.keys
domains = _CATALOGUES.domains


def say(key: str, lang: str, **values: object) -> str:
    """Return the sentence for `key` in `lang` with `values` filled in; KeyError where no catalogue has the key."""
    if key.partition(".")[0] in _own_domains():
        return _CATALOGUES.say(key, lang, **values)
    return routing.wording.say(key, lang, **values)


@cache
def _own_domains() -> frozenset[str]:
    return domains(LANGUAGES[0])
