"""Conditional requests: a row's version as `ETag`, and the version that a change has seen, from `If-Match`."""

from __future__ import annotations

import re
from typing import Annotated, Final

from fastapi import Depends, Header, Response

from api.errors import UnconditionalError

_TAG: Final = re.compile(r'(?:W/)?"(\d{1,9})"')
_NEVER: Final = -1
"""A version that no row has: of a tag that is not ours."""


def etag(version: int) -> str:
    """Return the tag of a version, `"7"`."""
    return f'"{version}"'


def tag(response: Response, version: int) -> None:
    """Say which version an answer is of."""
    response.headers["ETag"] = etag(version)


def _seen_version(
    if_match: Annotated[
        str | None,
        Header(alias="If-Match", description="The `ETag` of the day that the change was made on.", examples=['"7"']),
    ] = None,
) -> int:
    """Return the version that the caller has seen; UnconditionalError where she does not say."""
    if if_match is None or if_match.strip() in {"", "*"}:
        raise UnconditionalError("say in If-Match which version is changed")
    found = _TAG.fullmatch(if_match.strip())
    return int(found[1]) if found else _NEVER


SeenVersion = Annotated[int, Depends(_seen_version)]
"""The version that a change was made on; without it the answer is 428."""
