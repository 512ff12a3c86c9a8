"""Whatever people type becomes something the fonts can print."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.printing.day import DayPrint
from api.printing.plain_text import plain, printable
from api.printing.typeset import typeset
from tests.api.printing.conftest import PRINTED_AT
from tests.api.printing.pdf_text import read_pdf


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Õie Šmüdt, Щукаё – „x“ 5 €", "Õie Šmüdt, Щукаё – „x“ 5 €"),
        ("two\nlines\tand   spaces ", "two lines and spaces"),
        ("a\u202eb\u200bc\u0000d", "abcd"),
        ("Mari 😀", "Mari \ufffd"),
        ("日本", "\ufffd\ufffd"),
        ("\ud800x\ue000", "\ufffdx\ufffd"),
        ("x" * 30, "x" * 12 + "\u200b" + "x" * 12 + "\u200b" + "x" * 6),
        ("שלום", "שלום"),
        ("x \u0301y", "x y"),
        ("", ""),
    ],
)
def test_plain(text: str, shown: str) -> None:
    """One line, no control letters, a mark for what no font has, and endless words may break."""
    assert plain(text) == shown


def test_printable_goes_deep() -> None:
    """Texts are found wherever they are; other values stay."""
    assert printable({"a": ["x\ny", {"b": "😀"}], "c": True, "d": 7}) == {
        "a": ["x y", {"b": "\ufffd"}],
        "c": True,
        "d": 7,
    }


@settings(max_examples=40, deadline=None)
@given(text=st.text(max_size=40))
def test_anything_is_printed(printed: DayPrint, text: str) -> None:
    """Any text at all makes a sheet."""
    data: Any = printed.wall_data()
    data["rounds"] = [{**found, "title": text, "vehicle": text, "settlements": text} for found in data["rounds"]]
    assert read_pdf(typeset("wall", data | {"heading": text}, printed_at=PRINTED_AT)).pages
