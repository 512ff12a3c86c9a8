"""What a form has sent, for routes whose fields are not known before."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData, UploadFile


async def _form(request: Request) -> AsyncIterator[FormData]:
    form = await request.form()
    try:
        yield form
    finally:
        await form.close()


TheForm = Annotated[FormData, Depends(_form)]


def text_of(form: FormData, name: str) -> str:
    """Return the text of a field, several of them as a list in one cell; an empty string where there is none."""
    return "; ".join(text for text in form.getlist(name) if isinstance(text, str) and text.strip())


def files_of(form: FormData, name: str) -> list[tuple[str, bytes]]:
    """Return the files of a field by name and content; a field left empty has none."""
    return [
        (item.filename, item.file.read())
        for item in form.getlist(name)
        if isinstance(item, UploadFile) and item.filename
    ]
