"""What pages say in which language: sentences without words, and Estonian ones where another language is asked for.

What people have typed, marked `translate="no"`, is left as it is.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

from babel.messages.pofile import read_po
from playwright.sync_api import Page

import api.wording
import routing.wording

_TEXTS = """() => {
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    if (!walker.currentNode.parentElement.closest('script, style, [translate=no]')) texts.push(walker.currentNode.data);
  }
  for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
    for (const element of document.querySelectorAll(`[${name}]`)) texts.push(element.getAttribute(name));
  }
  return [document.title, ...texts].map((text) => text.replace(/\\s+/g, ' ').trim()).filter(Boolean);
}"""


def texts_of(page: Page) -> list[str]:
    """Return every text of a page, and of the labels of its elements."""
    return list(page.evaluate(_TEXTS))


def unsaid(page: Page, lang: str) -> list[str]:
    """Return what a page says by its bare key, and what it says in Estonian although `lang` has words for it."""
    texts = texts_of(page)
    if lang == "et":
        return [text for text in texts if _KEY.search(text)]
    return [text for text in texts if _KEY.search(text) or _is_estonian(text, lang)]


_DOMAINS = sorted({*api.wording.domains("et"), *routing.wording.domains("et")})
_KEY = re.compile(rf"(?<![\w./@-])(?:{'|'.join(_DOMAINS)})\.[a-z][a-z-]+(?![\w.])")

_VALUE = re.compile(r"{\w+}")
_LETTERS = re.compile(r"[^\W\d_]")


def _is_estonian(text: str, lang: str) -> bool:
    plain, patterns = _estonian(lang)
    return text in plain or any(pattern.fullmatch(text) for pattern in patterns)


@cache
def _estonian(lang: str) -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """Return the sentences that are Estonian alone, those with values as patterns; a letter may be a round's."""
    only = set(_sentences("et")) - set(_sentences(lang))
    plain = frozenset(text for text in only if "{" not in text)
    filled = sorted({_pattern(text) for text in only - plain if len(_LETTERS.findall(_VALUE.sub("", text))) > 5})
    return frozenset(text for text in plain if len(text) > 2), tuple(re.compile(one, re.DOTALL) for one in filled)


def _pattern(text: str) -> str:
    return "".join(re.escape(words) + (".+" if name else "") for words, name, _, _ in Formatter().parse(text))


def _sentences(lang: str) -> Iterator[str]:
    for package in (api.wording, routing.wording):
        for path in sorted((Path(package.__file__).parent / lang).glob("*.po")):
            with path.open("rb") as file:
                for message in read_po(file, locale=lang, abort_invalid=True):
                    if message.id:
                        yield from (message.string,) if isinstance(message.string, str) else message.string
