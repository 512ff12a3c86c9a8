"""Tell rounds apart by letter, dash pattern and colour, in that order of trust.

The six colours keep 4.5:1 against white (WCAG 2.2, 1.4.3) and stay apart for red- and green-blind eyes. Six colours and
five dash patterns have no common divisor, so thirty rounds pass before a pair returns, and neighbours differ in both.
"""

from __future__ import annotations

from dataclasses import dataclass

COLOURS = ("#0067a5", "#c04a00", "#1b1f5e", "#d01c6b", "#00827f", "#4d3b00")
DASHES = ("", "12 8", "1 8", "16 7 1 7", "5 8")


@dataclass(frozen=True, kw_only=True)
class LineStyle:
    """How a round looks: its letter, `#rrggbb` and SVG dash pattern (empty is a solid line)."""

    letter: str
    colour: str
    dash: str


def letter(index: int) -> str:
    """Return the letter of round `index` (from 0) as spreadsheets name columns: A to Z, then AA."""
    head, rest = divmod(index, 26)
    return (letter(head - 1) if head else "") + chr(ord("A") + rest)


def line_style(index: int) -> LineStyle:
    """Return the look of round `index` (from 0)."""
    return LineStyle(letter=letter(index), colour=COLOURS[index % len(COLOURS)], dash=DASHES[index % len(DASHES)])
