"""Every column and every allowed value has a name in every language."""

import pytest

from routing.records.labels import choice_label, column_label
from routing.records.sheets import SHEETS
from routing.wording import LANGUAGES, keys

COLUMNS = [column for sheet in SHEETS for column in sheet.columns]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_column_has_a_name(lang: str) -> None:
    """Columns of one sheet have different names, those of the files where the files have that language."""
    for sheet in SHEETS:
        names = [column_label(column, lang) for column in sheet.columns]
        assert len(set(names)) == len(names)
        if lang in ("et", "en"):
            assert names == [column.header(lang) for column in sheet.columns]


def test_every_choice_has_a_name() -> None:
    """What a cell may hold is called in Estonian as the file has it, and in Russian somehow."""
    for column in COLUMNS:
        words = column.kind.details
        english, estonian = (words.get(f"choices_{lang}", "").split(", ") for lang in ("en", "et"))
        for word, other in zip(english, estonian, strict=True):
            if word:
                assert choice_label(word, "et") == other
                assert choice_label(word, "ru")
                assert f"columns.choice-{word.lower().replace(' ', '-')}" in keys("columns", "ru")


def test_other_words_stay() -> None:
    """A word of the municipality's own is nobody's to translate."""
    assert choice_label("viipekeel", "ru") == "viipekeel"
