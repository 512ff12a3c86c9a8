"""Keep a plan as a JSON file: how it was made, what it says and what it costs.

The same document gives the same bytes. Reading trusts nothing: a file that is too large, too deep, not JSON or of
another shape is a `PlanFileError` that carries every finding. What the plan says may still be wrong for its day;
`routing.review.check` judges that.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from routing.cost import Cost
from routing.errors import PlanFileError
from routing.files import replace_file
from routing.findings import Finding
from routing.plan import Plan, Stop, StopKind

if TYPE_CHECKING:
    from pydantic import TypeAdapter
    from pydantic_core import ErrorDetails

VERSION = 1
LARGEST, MOST, DEEPEST = 8 * 1024 * 1024, 300_000, 32
"""Bytes, values and levels; the plan of a large municipality's day takes a tenth of these."""
_WIDEST = 2**53  # integers beyond this are not exact in other readers of JSON
_SHOWN = 60
_SERVING = (StopKind.VISIT, StopKind.PICKUP, StopKind.DELIVERY)
_SAILING = (StopKind.BOARD, StopKind.LAND)


@dataclass(frozen=True, kw_only=True)
class PlanDocument:
    """One plan and where it came from.

    `folder_digest` and `roads_id` name the records and the road network by content, `roads_source` in words. The
    budget is in seconds, in iterations, or both. `prices` and `explanations` are plain JSON values by request id.
    """

    version: int = VERSION
    municipality: str
    day: date
    folder_digest: str
    roads_id: str
    roads_source: str
    engine: str
    seed: int
    budget_seconds: float | None = None
    budget_iterations: int | None = None
    plan: Plan
    cost: Cost
    prices: Mapping[str, Any] = field(default_factory=dict)
    explanations: Mapping[str, Any] = field(default_factory=dict)


def write_plan(document: PlanDocument, path: Path) -> None:
    """Write `document` to `path`, whole or not at all.

    Raises OSError where it cannot be written, and ValueError or TypeError where a free-form value is no plain JSON.
    """
    replace_file(path, to_json(document))


def read_plan(path: Path) -> PlanDocument:
    """Return the document in the file at `path`; raises PlanFileError with every finding where there is none."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise PlanFileError([_finding("planfile.unreadable", path.name, error.strerror or "")]) from error
    return from_json(data, path.name)


def to_json(document: PlanDocument) -> bytes:
    """Return the document as UTF-8 JSON with sorted keys."""
    plain = asdict(document) | {"day": document.day.isoformat()}
    return (json.dumps(plain, ensure_ascii=False, allow_nan=False, indent=1, sort_keys=True) + "\n").encode()


def from_json(data: bytes, name: str) -> PlanDocument:
    """Return the document that `data` holds; `name` is the file that findings point at."""
    raw = _parse(data, name)
    version = raw.get("version") if isinstance(raw, dict) else None
    if version is True or version != VERSION:
        raise PlanFileError([_finding("planfile.version", name, _shown(version), bound=str(VERSION))])
    _refuse_if(_out_of_bounds(raw, name))
    document = _validated(data, name)
    _refuse_if(_unknown_fields(raw, json.loads(to_json(document)), name))
    _refuse_if(_misshapen_routes(document.plan, name))
    return document


@cache
def _adapter() -> TypeAdapter[PlanDocument]:
    from pydantic import TypeAdapter  # noqa: PLC0415 - heavy, and most commands read no plan

    return TypeAdapter(PlanDocument)


def _parse(data: bytes, name: str) -> object:
    """Return plain values; NaN, repeated keys, bytes that are not UTF-8 and nests that are too deep are refused."""
    if len(data) > LARGEST:
        raise PlanFileError([_finding("planfile.too-large", name, f"> {LARGEST}", bound=str(LARGEST))])
    try:
        return json.loads(data.decode("utf-8"), parse_constant=_no_constant, object_pairs_hook=_no_repeats)
    except (ValueError, RecursionError) as error:
        raise PlanFileError([_finding("planfile.not-json", name, _shown(str(error)))]) from error


def _no_constant(text: str) -> object:
    raise ValueError(text)


def _no_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError(Counter(name for name, _ in pairs).most_common(1)[0][0])
    return found


def _out_of_bounds(raw: object, name: str) -> Iterator[Finding]:
    """Find numbers beyond what JSON readers agree on, text that is no Unicode, and nests that are too deep or wide."""
    for count, (where, depth, value) in enumerate(_walk(raw, "", 0)):
        if count > MOST:
            yield _finding("planfile.too-large", name, f"> {MOST}", bound=str(MOST))
            return
        wide = isinstance(value, int | float) and not -_WIDEST <= value <= _WIDEST
        broken = isinstance(value, str) and any("\ud800" <= letter <= "\udfff" for letter in value)
        if wide or broken or depth > DEEPEST:
            yield _finding("planfile.out-of-bounds", name, _shown(value), where=where)


def _walk(value: object, where: str, depth: int) -> Iterator[tuple[str, int, object]]:
    """Yield (path, depth, value) of a value, its keys and its parts, down to just below the deepest allowed level."""
    yield where, depth, value
    if depth > DEEPEST:
        return
    if isinstance(value, dict):
        for key, item in value.items():
            yield where, depth, key
            yield from _walk(item, f"{where}.{_shown(key)}", depth + 1)
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield from _walk(item, f"{where}.{position}", depth + 1)


def _validated(data: bytes, name: str) -> PlanDocument:
    from pydantic import ValidationError  # noqa: PLC0415 - heavy, and most commands read no plan

    try:
        return _adapter().validate_json(data, strict=True)
    except ValidationError as error:
        raise PlanFileError([_of_error(item, name) for item in error.errors(include_url=False)]) from error


def _of_error(error: ErrorDetails, name: str) -> Finding:
    where = ".".join(map(_shown, error["loc"]))
    if error["type"] == "missing":
        return _finding("planfile.missing-field", name, "", where=where)
    return _finding("planfile.wrong-value", name, _shown(error["input"]), where=where)


def _unknown_fields(raw: object, known: object, name: str, where: str = "") -> Iterator[Finding]:
    """Find what the file holds and the document does not."""
    if isinstance(raw, dict) and isinstance(known, dict):
        for key, value in raw.items():
            if key in known:
                yield from _unknown_fields(value, known[key], name, f"{where}.{key}")
            else:
                yield _finding("planfile.unknown-field", name, _shown(value), where=f"{where}.{key}")
    elif isinstance(raw, list) and isinstance(known, list):
        for position, (value, twin) in enumerate(zip(raw, known, strict=False)):
            yield from _unknown_fields(value, twin, name, f"{where}.{position}")


def _misshapen_routes(plan: Plan, name: str) -> Iterator[Finding]:
    """Find routes and stops whose own properties could not be asked for."""
    for route in plan.routes:
        kinds = [stop.kind for stop in route.stops]
        if len(kinds) < 2 or kinds[0] is not StopKind.START or kinds[-1] is not StopKind.END:
            yield _finding("planfile.route-ends", name, _shown(route.shift), where="plan.routes")
        for position, stop in enumerate(route.stops):
            if not _names_its_own(stop):
                where = f"plan.routes.{_shown(route.shift)}.stops.{position}"
                yield _finding("planfile.stop-names", name, stop.kind.value, where=where)


def _names_its_own(stop: Stop) -> bool:
    serves, sails = stop.kind in _SERVING, stop.kind in _SAILING
    return (stop.request is not None) == serves and (stop.crossing is not None) == sails


def _finding(code: str, file: str, found: str, *, where: str = "", bound: str = "") -> Finding:
    where = where.strip(".")
    return Finding(
        code=code, file=file, field=where or None, found=found, details={"where": where or "–", "bound": bound or "–"}
    )


def _refuse_if(findings: Iterator[Finding]) -> None:
    found = list(findings)
    if found:
        raise PlanFileError(found)


def _shown(value: object) -> str:
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else "[…]"
    text = value if isinstance(value, str) else json.dumps(value, default=str)
    printable = text.encode("utf-8", "replace").decode()
    return printable if len(printable) <= _SHOWN else printable[: _SHOWN - 1] + "…"
