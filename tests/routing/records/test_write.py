"""What is written reads back equal, is safe to open, and appears complete or not at all."""

import csv
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from routing.errors import UsageError
from routing.findings import Severity
from routing.records import write
from routing.records.cleaning import looks_like_formula
from routing.records.folder import folder_digest
from routing.records.model import Municipality, PlaceRecord, Records
from routing.records.read import read_folder
from routing.records.template import example as template_records
from routing.records.write import write_folder
from tests.routing.records.strategies import records


@given(kept=records(), lang=st.sampled_from(["et", "en", "ru"]))
@example(kept=template_records(), lang="et")
@settings(
    max_examples=40,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    report_multiple_bugs=False,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_round_trip(kept: Records, lang: str) -> None:
    """Any records written and read again are equal, in either language, and no cell is a formula."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "vald"
        write_folder(kept, path, lang=lang)
        again, findings = read_folder(path)
        assert [finding for finding in findings if finding.severity is Severity.ERROR] == []
        assert again == kept
        for file in path.glob("*.csv"):
            with file.open(encoding="utf-8-sig", newline="") as lines:
                assert not any(looks_like_formula(cell) for row in csv.reader(lines, delimiter=";") for cell in row)


def test_excel_opens_it(tmp_path: Path) -> None:
    """Files begin with the mark by which Excel knows UTF-8, and use semicolons, decimal commas and dotted dates."""
    write_folder(template_records(), tmp_path / "vald", lang="et")
    clients = (tmp_path / "vald" / "clients.csv").read_bytes()
    assert clients.startswith(b"\xef\xbb\xbftunnus;nimi;")
    assert b";58,556752;26,583422;" in clients
    assert b";25.11.2026;" in (tmp_path / "vald" / "rides.csv").read_bytes()


def test_languages_hold_the_same(tmp_path: Path) -> None:
    """The same records in two languages read equal though their files differ."""
    for lang in ("et", "en"):
        write_folder(template_records(), tmp_path / lang, lang=lang)
    assert read_folder(tmp_path / "et")[0] == read_folder(tmp_path / "en")[0]
    assert folder_digest(tmp_path / "et") != folder_digest(tmp_path / "en")


@pytest.mark.parametrize("taken", ["file", "filled", "link"])
def test_writes_over_nothing(tmp_path: Path, taken: str) -> None:
    """Whatever is there already stays, and the error says so in the reader's language."""
    path = tmp_path / "vald"
    if taken == "filled":
        path.mkdir()
        (path / "clients.csv").write_text("x")
    elif taken == "file":
        path.write_text("x")
    else:
        path.symlink_to(tmp_path)
    with pytest.raises(UsageError, match="üle ei kirjutata"):
        write_folder(template_records(), path, lang="et")
    assert list(tmp_path.iterdir()) == [path]


def test_empty_folder_is_filled(tmp_path: Path) -> None:
    """An empty folder may be there already."""
    (tmp_path / "vald").mkdir()
    write_folder(template_records(), tmp_path / "vald", lang="et")
    assert read_folder(tmp_path / "vald")[0] == template_records()


def test_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault while writing leaves no folder behind."""

    def fail(*_: object) -> str:
        raise OSError("disk full")

    monkeypatch.setattr(write, "_cell", fail)
    with pytest.raises(OSError, match="disk full"):
        write_folder(template_records(), tmp_path / "vald", lang="et")
    assert list(tmp_path.iterdir()) == []


def test_origin_is_not_part_of_equality() -> None:
    """A record is the same wherever it was read."""
    place = PlaceRecord(id="B", name="Baas", lat=58, lon=26)
    assert place == replace(place, origin=replace(place.origin, row=7))
    assert Records(municipality=Municipality(name="a", county="b"), places=(place,)) != template_records()
