"""Show a document as text with what is found beside its lines, and keep what somebody has made of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import Request
from starlette.responses import Response

from api.desk.fees import line_of
from api.desk.records_documents import get_document, update_document
from api.errors import RefusedError, StaleError
from api.security.principal import Principal
from api.store.opening import Store
from api.store.records import Document
from routing.findings import Finding


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A text as it is shown: `other` is what somebody else has written meanwhile, `seen` the version it began from."""

    document: Document
    text: str
    findings: tuple[Finding, ...] = ()
    seen: int | None = None
    other: str = ""
    told: bool = False
    may_edit: bool = True
    status: int = 200

    @property
    def version(self) -> int:
        """Return the version that a form is to carry."""
        return self.document.version if self.seen is None else self.seen

    @property
    def placed(self) -> list[tuple[int | None, str, Finding]]:
        """Return the findings, each with its line and what stands there."""
        lines = self.text.splitlines()
        placed = [(line_of(self.text, finding), finding) for finding in self.findings]
        return [(n, lines[n - 1].strip() if n and n <= len(lines) else "", finding) for n, finding in placed]


def as_sent(text: str) -> str:
    """Return a text with the line ends that documents have: forms send others."""
    return text.replace("\r\n", "\n")


def change_text(
    request: Request,
    store: Store,
    who: Principal,
    name: str,
    kind: str,
    text: str,
    seen: int,
    *,
    show: Callable[[Request, Shown], Response],
) -> Response | None:
    """Keep a text as it was seen before; return the page that says why not, None where it is kept."""
    text = as_sent(text)
    try:
        with store.transaction(who.actor) as session:
            get_document(session, name, kind)
            update_document(session, name, text, version=seen)
    except RefusedError as error:
        with store.session() as session:
            document = get_document(session, name)
        return show(request, Shown(document=document, text=text, findings=error.findings, seen=seen, status=422))
    except StaleError:
        with store.session() as session:
            document = get_document(session, name)
        return show(request, Shown(document=document, text=text, other=document.text, status=412))
    return None
