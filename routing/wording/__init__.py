"""Sentences in Estonian, English and Russian: `say(key, lang, **values)` from gettext catalogues.

Catalogues are `routing/wording/<lang>/<domain>.po`; the message id is the stable English key and its domain is the
part before the first dot (`records.unknown-column` lives in `records.po`). Values fill `{name}` placeholders; where an
entry has plural forms, the value called `n` chooses among them. Sentences are never glued together in code.
"""

from __future__ import annotations

from pathlib import Path

from routing.wording.catalogues import Catalogues

LANGUAGES = ("et", "en", "ru")
"""The first is the one spoken where none is asked for."""
_CATALOGUES = Catalogues(Path(__file__).parent)

say = _CATALOGUES.say
keys = _CATALOGUES.keys
domains = _CATALOGUES.domains
