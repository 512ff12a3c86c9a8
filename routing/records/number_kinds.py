"""Kinds of cells that hold numbers: whole, decimal with comma or point, seat layouts."""

from __future__ import annotations

import math
import re
from typing import Final, TypeVar

from routing.problem import Load
from routing.records.kind import CellError, Kind, split

N = TypeVar("N", int, float)

_WHOLE: Final = re.compile(r"[+-]?\d{1,15}", re.ASCII)
_DECIMAL: Final = re.compile(r"[+-]?(\d{1,15}([.,]\d{0,20})?|[.,]\d{1,20})([eE][+-]?\d{1,3})?", re.ASCII)
_LAYOUT: Final = re.compile(r"(\d{1,2})(?:\s*\+\s*(\d{1,2}))?(?:\s*\+\s*(\d{1,2}))?", re.ASCII)


def whole(lowest: int, highest: int) -> Kind[int]:
    """Return the kind of a whole number from `lowest` to `highest`."""

    def read(text: str) -> int:
        if not _WHOLE.fullmatch(text):
            raise ValueError(text)
        return _within(int(text), lowest, highest)

    return Kind(code="records.bad-whole-number", read=read, write=lambda value, _lang: str(value))


def decimal(lowest: float, highest: float) -> Kind[float]:
    """Return the kind of a number from `lowest` to `highest`, with a decimal comma or point."""

    def read(text: str) -> float:
        if not _DECIMAL.fullmatch(text):
            raise ValueError(text)
        return _within(float(text.replace(",", ".")), lowest, highest)

    return Kind(code="records.bad-decimal", read=read, write=write_decimal)


def write_decimal(value: float, lang: str) -> str:
    """Write a number so that it reads back exactly, with the decimal mark of `lang`."""
    value = float(value)
    text = str(int(value)) if value.is_integer() and abs(value) < 1e15 and math.copysign(1, value) > 0 else repr(value)
    return text if lang == "en" else text.replace(".", ",")


def _within(value: N, lowest: float, highest: float) -> N:
    if not lowest <= value <= highest:
        raise CellError("records.number-out-of-range", lowest=f"{lowest:g}", highest=f"{highest:g}")
    return value


def _layout(text: str) -> Load:
    match = _LAYOUT.fullmatch(text)
    if not match:
        raise ValueError(text)
    seats, wheelchairs, stretchers = (int(part or 0) for part in match.groups())
    layout = Load(seats=seats, wheelchairs=wheelchairs, stretchers=stretchers)
    if layout == Load():
        raise ValueError(text)
    return layout


def _layouts(text: str) -> tuple[Load, ...]:
    return tuple(_layout(item) for item in split(text))


def _write_layout(layout: Load) -> str:
    if layout.stretchers:
        return f"{layout.seats}+{layout.wheelchairs}+{layout.stretchers}"
    return f"{layout.seats}+{layout.wheelchairs}" if layout.wheelchairs else f"{layout.seats}"


LAYOUTS: Final = Kind[tuple[Load, ...]](
    code="records.bad-layout",
    read=_layouts,
    write=lambda layouts, _lang: "; ".join(map(_write_layout, layouts)),
)
