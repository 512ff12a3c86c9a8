"""Read the text of our own PDFs back: pages of glyph numbers, and each font's table of what they mean (ToUnicode)."""

import re
import zlib
from dataclasses import dataclass

_TEXT = rb"(?:\((?:\\.|[^\\)])*\)|<[0-9A-Fa-f]*>)"
_SHOWN = re.compile(rb"/(f\d+) [\d.]+ Tf|(" + _TEXT + rb"\s*Tj|\[(?:[-\d.\s]|" + _TEXT + rb")*\]\s*TJ)", re.DOTALL)
"""A font chosen, or a text shown in it."""


@dataclass(frozen=True, kw_only=True)
class ReadPdf:
    """What a PDF says: the text of each page, its language and its own description."""

    pages: tuple[str, ...]
    lang: str
    metadata: str

    @property
    def text(self) -> str:
        """Return all text without spaces and soft break marks: where lines break is not what is asked."""
        return squeezed("".join(self.pages))


def squeezed(text: str) -> str:
    """Return text without spaces, break marks and hyphens at line ends."""
    return re.sub(r"[\s\u200b\u00ad]", "", text)


def read_pdf(data: bytes) -> ReadPdf:
    """Return what a PDF says; fails where it is none."""
    assert data.startswith(b"%PDF-")
    assert data.rstrip().endswith(b"%%EOF")
    objects = {int(m[1]): m[2] for m in re.finditer(rb"(?:^|\n)(\d+) 0 obj\s*(.*?)\s*endobj", data, re.DOTALL)}
    pages = [body for body in objects.values() if re.search(rb"/Type/Page\b(?!s)", body)]
    lang = re.search(rb"/Lang\s*\((.*?)\)", data)
    metadata = next(_stream(body) for body in objects.values() if b"/Type/Metadata" in body)
    return ReadPdf(
        pages=tuple(_page(page, objects) for page in pages),
        lang=lang[1].decode() if lang else "",
        metadata=metadata.decode(),
    )


def _page(page: bytes, objects: dict[int, bytes]) -> str:
    content = _stream(objects[_number(rb"/Contents (\d+) 0 R", page)])
    inline = re.search(rb"/Resources<<", page)
    resources = page if inline else objects[_number(rb"/Resources (\d+) 0 R", page)]
    fonts = {name: _meanings(objects, int(at)) for name, at in re.findall(rb"/(f\d+) (\d+) 0 R", resources)}
    said, font = [], {}
    for name, shown in _SHOWN.findall(content):
        if name:
            font = fonts[name]
        else:
            said.append("".join(font.get(glyph, "") for glyph in _glyphs(shown)))
    return " ".join(said)


def _glyphs(shown: bytes) -> list[int]:
    raw = b"".join(
        bytes.fromhex(part[1:-1].decode()) if part[:1] == b"<" else _literal(part[1:-1])
        for part in re.findall(_TEXT, shown, re.DOTALL)
    )
    return [int.from_bytes(raw[at : at + 2], "big") for at in range(0, len(raw), 2)]


def _literal(text: bytes) -> bytes:
    escapes = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}

    def plain(match: re.Match[bytes]) -> bytes:
        return bytes([int(match[1], 8)]) if match[1].isdigit() else escapes.get(match[1], match[1])

    return re.sub(rb"\\([0-7]{1,3}|.)", plain, text, flags=re.DOTALL)


def _meanings(objects: dict[int, bytes], font: int) -> dict[int, str]:
    """Return what each glyph of a font means."""
    table = _stream(objects[_number(rb"/ToUnicode (\d+) 0 R", objects[font])]).decode("latin-1")
    found = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for glyph, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            found[int(glyph, 16)] = bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, text in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            for step in range(int(last, 16) - int(first, 16) + 1):
                found[int(first, 16) + step] = chr(int(text, 16) + step)
    return found


def _stream(body: bytes) -> bytes:
    head = re.match(rb".*?stream\r?\n", body, re.DOTALL)
    assert head
    raw = body[head.end() :][: _number(rb"/Length (\d+)", head[0])]
    return zlib.decompress(raw) if b"FlateDecode" in head[0] else raw


def _number(pattern: bytes, body: bytes) -> int:
    found = re.search(pattern, body)
    assert found, body[:300]
    return int(found[1])
