"""Workbook, tables and calendars read back as what was written."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from api.planned import PlannedDay
from api.printing.day import DayPrint
from maps.files import write_files
from tests.api.command import answer, run
from tests.api.printing.conftest import PRINTED_AT, with_clients


def _sheets(data: bytes) -> dict[str, list[list[object]]]:
    book = load_workbook(io.BytesIO(data))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.rows] for sheet in book}


def test_workbook_reads_back_as_the_tables(printed: DayPrint) -> None:
    """The workbook holds what the CSV files hold, numbers as numbers."""
    sheets = _sheets(printed.xlsx())
    assert list(sheets) == ["Ringid", "Määramata", "Hinnad", "Näitajad"]
    for name, table in (("Ringid", printed.rounds_csv()), ("Hinnad", printed.prices_csv())):
        assert table.startswith("\ufeff")
        lines = [line.split(";") for line in table[1:].split("\r\n") if line]
        assert len(lines) == len(sheets[name])
        assert lines[0] == sheets[name][0]
    metres = sheets["Ringid"][0].index("sõit, m") if "sõit, m" in sheets["Ringid"][0] else 10
    assert all(isinstance(row[metres], int) for row in sheets["Ringid"][1:])


@pytest.mark.parametrize("evil", ["=1+1", "+372 5550", "-x", "@SUM(A1)", "=cmd|' /C calc'!A0", "\x00\x0b a", "'quoted"])
def test_no_text_is_a_formula(planned_day: PlannedDay, evil: str) -> None:
    """Whatever a name begins with, the workbook holds it as text and the table behind an apostrophe."""
    printed = DayPrint(planned=with_clients(planned_day, name=evil), lang="et", printed_at=PRINTED_AT)
    book = load_workbook(io.BytesIO(printed.xlsx()))
    cells = [cell for sheet in book for row in sheet.rows for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    if evil.isprintable():
        assert evil in {cell.value for cell in cells}
        assert f";{evil};" not in printed.rounds_csv() or evil[0] not in "=+-@"


def test_endless_text_fits_a_cell(planned_day: PlannedDay) -> None:
    """A cell holds no more than spreadsheet programs read."""
    printed = DayPrint(planned=with_clients(planned_day, name="x" * 40_000), lang="et", printed_at=PRINTED_AT)
    longest = max(len(str(cell)) for rows in _sheets(printed.xlsx()).values() for row in rows for cell in row)
    assert longest == 32_767


def test_calendar_of_a_changed_plan(printed: DayPrint) -> None:
    """Events keep their identifiers and count the changes; they say kind, number and settlement and no more."""
    shift = printed.shifts[0]
    first, second = (Calendar.from_ical(printed.ics(shift, sequence=sequence)).walk("VEVENT") for sequence in (0, 3))
    assert [event["uid"] for event in first] == [event["uid"] for event in second]
    assert {int(event["sequence"]) for event in first} == {0}
    assert {int(event["sequence"]) for event in second} == {3}
    for event in first:
        assert set(event) <= {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "LOCATION", "CLASS", "SEQUENCE"}


def test_files_are_those_promised(printed: DayPrint, empty_folder: Path) -> None:
    """One call gives every file, ready to be written."""
    files = printed.files(sequence=1)
    rounds = {f"round-{shift}.{kind}" for shift in printed.shifts for kind in ("pdf", "ics")}
    common = {"overview.pdf", "wall.pdf", "rounds.pdf", "day.xlsx", "rounds.csv", "prices.csv"}
    assert {path.name for path in write_files(empty_folder, files)} == set(files)
    assert len(files) == len(rounds | common)
    assert common <= set(files)


@pytest.mark.parametrize("lang", ["et", "en", "ru"])
def test_the_command(planned: tuple[Path, Path], empty_folder: Path, lang: str) -> None:
    """`print` reads a plan and writes its files beside what is there."""
    folder, out = planned
    empty_folder.mkdir()
    (empty_folder / "mine.txt").write_text("mine")
    result = run("print", folder, out / "plan.json", "--out", empty_folder, "--lang", lang)
    assert result.exit_code == 0
    assert str(empty_folder.name) in result.stdout.replace("\n", "")
    assert (empty_folder / "mine.txt").read_text() == "mine"
    assert (empty_folder / "rounds.pdf").read_bytes().startswith(b"%PDF-")


def test_the_command_as_json(planned: tuple[Path, Path], empty_folder: Path) -> None:
    """`print --json` names the files."""
    folder, out = planned
    said = answer(run("print", folder, out / "plan.json", "--out", empty_folder, "--json"))
    assert {Path(name).name for name in said["files"]} == {path.name for path in empty_folder.iterdir()}
    assert said["findings"] == []


def test_workbook_does_not_know_the_time(planned_day: PlannedDay) -> None:
    """The workbook is dated by the moment given."""
    made = DayPrint(planned=planned_day, lang="et", printed_at=PRINTED_AT)
    later = replace(made, printed_at=PRINTED_AT.replace(minute=30))
    assert made.xlsx() == replace(made).xlsx()
    assert load_workbook(io.BytesIO(later.xlsx())).properties.modified.minute == 30
