"""The example folder is sound and explains itself."""

from pathlib import Path

import pytest

from routing.records.guide import GUIDE_NAME
from routing.records.read import read_folder
from routing.records.settings_columns import FERRY, SETTINGS
from routing.records.sheets import SHEETS
from routing.records.template import example, write_template


@pytest.mark.parametrize("lang", ["et", "en", "ru"])
def test_template_reads_without_findings(tmp_path: Path, lang: str) -> None:
    """What a newcomer starts from has nothing to correct."""
    write_template(tmp_path / "vald", lang=lang)
    records, findings = read_folder(tmp_path / "vald")
    assert list(findings) == []
    assert records == example()


@pytest.mark.parametrize("lang", ["et", "en", "ru"])
def test_guide_names_every_column(tmp_path: Path, lang: str) -> None:
    """The guide explains every file, column and setting by the name that is written."""
    write_template(tmp_path / "vald", lang=lang)
    guide = (tmp_path / "vald" / GUIDE_NAME[lang]).read_text(encoding="utf-8-sig")
    lines = {line.removeprefix("* ").partition(".")[0].partition(" (")[0] for line in guide.splitlines()}
    for sheet in SHEETS:
        assert {column.header(lang).partition(" (")[0] for column in sheet.columns} <= lines
        assert f" {sheet.name} (" in guide
    assert {column.field for sheet in (SETTINGS, FERRY) for column in sheet.columns} <= lines
