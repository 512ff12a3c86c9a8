"""Name the shapes that maps are made of: (lat, lon) in WGS 84 degrees."""

from __future__ import annotations

from typing import TypeAlias

Point: TypeAlias = tuple[float, float]
Line: TypeAlias = tuple[Point, ...]
Bounds: TypeAlias = tuple[Point, Point]
"""South-west and north-east corners."""
