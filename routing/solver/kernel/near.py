"""Which units lie close to each other: where the search cuts, and whom it moves together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from routing.solver.instance import Instance

MOST = 200
"""How many neighbours of a unit are known at most: a search never gets beyond them."""

_FAR = 4 * 3600
"""Seconds of travel beyond which nothing is farther still."""

_CHUNK = 2**22
"""Pairs of units that are compared at one time, so that the tables in between stay small."""


def near(instance: Instance, units: Sequence[tuple[int, ...]]) -> NDArray[np.int64]:
    """Return, per unit, the units closest to it, itself first: by travel and by how far apart their windows lie.

    Travel is from any stop of the one to any stop of the other: the shortest way and half of the mean.
    """
    if not instance.shifts or not units:
        return np.zeros((len(units), 0), np.int64)
    stops = [[node for request in members for node in instance.nodes_of_request[request]] for members in units]
    seconds = instance.ways[instance.shifts[0].profile].seconds_table
    places = _padded([[instance.nodes[node].place for node in own] for own in stops])
    opens = np.array([instance.nodes[own[0]].domain[0][0] for own in stops])
    closes = np.array([instance.nodes[own[0]].domain[-1][1] for own in stops])
    width = min(MOST, len(units))
    found = np.empty((len(units), width), np.int64)
    for begin in range(0, len(units), step := max(1, _CHUNK // len(units))):
        here = slice(begin, begin + step)
        late = np.maximum(opens[None, :] - closes[here, None], opens[here, None] - closes[None, :])
        away = _travel(seconds, places[here], places) + np.maximum(0, late) / 4
        away[np.arange(len(away)), np.arange(begin, begin + len(away))] = -1
        found[here] = _least(away, width)
    return found


def _padded(rows: Sequence[Sequence[int]]) -> NDArray[np.int64]:
    """Return ragged rows as a table, -1 behind their ends."""
    width = max(len(row) for row in rows)
    return np.array([[*row, *[-1] * (width - len(row))] for row in rows], np.int64)


def _travel(seconds: NDArray[np.int64], here: NDArray[np.int64], there: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the shortest way plus half the mean way from the places of each row to those of each other row."""
    shape = (len(here), len(there))
    least, total, count = np.full(shape, np.inf), np.zeros(shape), np.zeros(shape)
    for one in here.T:
        for other in there.T:
            ways = np.minimum(seconds[np.ix_(one, other)], _FAR)
            known = (one >= 0)[:, None] & (other >= 0)[None, :]
            np.minimum(least, ways, out=least, where=known)
            np.add(total, ways, out=total, where=known)
            count += known
    return least + total / count / 2


def _least(table: NDArray[np.float64], width: int) -> NDArray[np.int64]:
    """Return the positions of each row's least values in rising order, ties by position."""
    if width == table.shape[1]:
        return np.argsort(table, axis=1, kind="stable")
    bound = np.partition(table, width - 1, axis=1)[:, width - 1]
    rows = [np.flatnonzero(row <= most) for row, most in zip(table, bound, strict=True)]
    return np.array([own[np.argsort(row[own], kind="stable")[:width]] for row, own in zip(table, rows, strict=True)])
