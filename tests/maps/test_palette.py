"""Rounds look different: to normal and to colour-blind eyes, and without any colour."""

from itertools import combinations, pairwise

import pytest

from maps.palette import COLOURS, letter, line_style

# Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
VISION = {
    "normal": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
}


def linear(colour: str) -> list[float]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def seen(colour: str, vision: str) -> list[float]:
    rgb = linear(colour)
    return [min(1, max(0, sum(m * part for m, part in zip(row, rgb, strict=True)))) for row in VISION[vision]]


def lab(rgb: list[float]) -> tuple[float, float, float]:
    x = (0.4124 * rgb[0] + 0.3576 * rgb[1] + 0.1805 * rgb[2]) / 0.9505
    y = 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]
    z = (0.0193 * rgb[0] + 0.1192 * rgb[1] + 0.9505 * rgb[2]) / 1.089
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@pytest.mark.parametrize("colour", COLOURS)
def test_colours_keep_contrast(colour: str) -> None:
    """Keep 4.5:1 between every colour and white, and so 3:1 against the map's ground."""
    red, green, blue = linear(colour)
    assert 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) >= 4.5


@pytest.mark.parametrize("vision", VISION)
def test_colours_stay_apart(vision: str) -> None:
    """Keep every two colours visibly apart (CIE76 at least 15) for the usual kinds of colour vision."""
    for first, second in combinations(COLOURS, 2):
        a, b = lab(seen(first, vision)), lab(seen(second, vision))
        assert sum((x - y) ** 2 for x, y in zip(a, b, strict=True)) ** 0.5 >= 15, (first, second)


def test_thirty_rounds_differ() -> None:
    """Give thirty rounds thirty different looks, neighbours with neither colour nor dash in common."""
    styles = [line_style(index) for index in range(30)]
    assert len({(style.colour, style.dash) for style in styles}) == 30
    assert len({style.letter for style in styles}) == 30
    assert all(a.colour != b.colour and a.dash != b.dash for a, b in pairwise(styles))


@pytest.mark.parametrize(("index", "expected"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (702, "AAA")])
def test_letters_go_on(index: int, expected: str) -> None:
    """Name rounds beyond the alphabet as spreadsheets name columns."""
    assert letter(index) == expected
