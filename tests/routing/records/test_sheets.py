"""The one table of columns agrees with the records and the catalogues."""

import dataclasses
import re
import string
from pathlib import Path

import pytest

from routing.records import model
from routing.records.columns import Sheet
from routing.records.settings_columns import FERRY, HANDLING, OBJECTIVE, SETTINGS, TIMETABLE
from routing.records.sheets import SHEETS
from routing.wording import _CATALOGUES, keys, say

LANGUAGES = ("et", "en")
PACKAGE = Path(model.__file__).parent
ALL_SHEETS = (*SHEETS, SETTINGS, FERRY, TIMETABLE, OBJECTIVE)
ELSEWHERE = {"Municipality": {*HANDLING, "objective", "ferries"}, "Ferry": {"timetables"}}


@pytest.mark.parametrize("sheet", ALL_SHEETS, ids=lambda sheet: sheet.name)
def test_columns_are_the_fields_of_the_record(sheet: Sheet) -> None:
    """Every field of a record has a column, and no column fills nothing."""
    fields = {field.name for field in dataclasses.fields(sheet.record)} - {"origin"}
    assert set(sheet.column_by_field) == fields - ELSEWHERE.get(sheet.record.__name__, set())


@pytest.mark.parametrize("sheet", ALL_SHEETS, ids=lambda sheet: sheet.name)
def test_headers_are_unambiguous(sheet: Sheet) -> None:
    """No two columns of a sheet are known by the same header."""
    assert len(sheet.column_by_name) == sum(len(column.names) for column in sheet.columns)


def test_sheets_are_the_rows_of_the_records() -> None:
    """Every list of `Records` has a sheet, and references only look back or at the sheet itself."""
    assert {sheet.name for sheet in SHEETS} == {field.name for field in dataclasses.fields(model.Records)} - {
        "municipality"
    }
    for position, sheet in enumerate(SHEETS):
        earlier = {other.name for other in SHEETS[: position + 1]}
        assert {column.refers for column in sheet.columns if column.refers} <= earlier


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_column_is_explained(lang: str) -> None:
    """Every column has its note, and its kind a description."""
    for sheet in ALL_SHEETS:
        for column in sheet.columns:
            assert say(column.note_key, lang)
            assert say(f"{column.kind.code}.expected", lang, found="", **column.kind.details)


def test_every_code_has_its_sentences() -> None:
    """Every code that the sources name has a sentence, what was expected and what to do, in every language."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.glob("*.py"))
    codes = set(re.findall(r'"(records\.[a-z-]+[a-z])"', source))
    codes |= {"records.time-skipped", "records.time-twice"}
    assert len(codes) > 70
    for lang in LANGUAGES:
        missing = {f"{code}{part}" for code in codes for part in ("", ".expected", ".do")} - keys("records", lang)
        assert not missing


def test_languages_agree() -> None:
    """All catalogues hold the same keys with the same placeholders."""
    assert all(keys("records", "et") == keys("records", lang) for lang in LANGUAGES)
    for key in keys("records", "et"):
        estonian, *others = (_placeholders(key, lang) for lang in LANGUAGES)
        if key.startswith("records.column-missing"):
            continue  # names the header in the reader's own language first
        assert all(names == estonian for names in others), key


def _placeholders(key: str, lang: str) -> set[str]:
    text = str(_CATALOGUES._catalogue("records", lang)[key])
    return {re.sub(r"_(et|en)$", "", name) for _, name, _, _ in string.Formatter().parse(text) if name}
