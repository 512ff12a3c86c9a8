"""What a fleet tracker exports is read by a map, and nothing of it is guessed."""

from dataclasses import replace
from typing import Any

import pytest

from routing.books.column_map import mapped, read_map
from routing.books.log_file import read_trips
from routing.books.merging import agreeing, disagreements, with_actuals, with_driven
from routing.books.sheets import TRIPS
from routing.findings import Findings
from routing.records.csv_file import read_csv
from routing.records.folder import RecordFile
from routing.records.model import Service
from routing.records.reporting import Report
from routing.wording import LANGUAGES
from tests.books import HOUR, records, visit

MAP = """
target = "trips"
ignore = ["Kütus"]
[columns]
"Objekt" = "vehicle"
"Juht" = "worker"
"Algus" = "day+begin"
"Läbisõit" = "driven_metres"
[values.vehicle]
"123 abc" = "AUTO1"
[values.worker]
"Näidis J." = "T1"
"""
EXPORT = "Objekt;Juht;Algus;Läbisõit;Kütus;Kiirus\n123 ABC;Näidis J.;2026-06-03 08:05;42,7;3;90\n"


def test_an_export_becomes_trips() -> None:
    """Words of the tracker become ours, a cell of date and time becomes two, a column nobody named is reported."""
    chosen, faults = read_map(MAP, "map.toml")
    assert chosen
    assert not faults
    findings = Findings()
    table = read_csv(EXPORT.encode(), TRIPS, Report(file="export.csv", findings=findings))
    assert table
    ours, found = mapped(table, chosen, "export.csv")
    assert [(finding.code, finding.found) for finding in found] == [("ledger.map-column-unknown", "Kiirus")]
    (trip,), more = read_trips(RecordFile(name="export.csv", data=None, table=ours), records())
    assert (trip.vehicle, trip.worker, trip.begin, trip.metres) == ("AUTO1", "T1", 8 * HOUR + 300, 42_700)
    assert trip.id == "2026-06-03-AUTO1-08:05"
    assert {finding.code for finding in more} <= {"ledger.reference-doubted"}
    assert with_driven([trip], [trip]) == (trip,)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("target = ", "ledger.map-unreadable"),
        ("target = 'log'", "ledger.map-fault"),
        ("target = 'fuel'\n[columns]", "ledger.map-fault"),
        ("target = 'log'\n[columns]\na = 'speed'", "ledger.map-field"),
        ("target = 'log'\ncolour = 1\n[columns]", "ledger.map-fault"),
        ("target = 'log'\n[columns]\na = 'day'\nb = 'day+actual_begin'", "ledger.map-field-twice"),
        ("target = 'log'\n[columns]\nAeg = 'day'\naeg = 'actual_begin'", "ledger.map-header-twice"),
    ],
)
def test_a_faulty_map_is_no_map(text: str, code: str) -> None:
    """Each fault is a finding in every language."""
    chosen, faults = read_map(text, "map.toml")
    assert chosen is None
    assert code in {fault.code for fault in faults}
    assert all(fault.sentence(lang) and fault.action(lang) for fault in faults for lang in LANGUAGES)


def test_a_missing_column_is_said() -> None:
    """A map made for another version of the export says what it misses."""
    chosen, _ = read_map(MAP, "map.toml")
    table = read_csv(b"Objekt;Juht\nx;y\n", TRIPS, Report(file="e.csv", findings=Findings()))
    assert chosen
    assert table
    _, found = mapped(table, chosen, "e.csv")
    assert [finding.found for finding in found] == ["Algus", "Läbisõit"]


def test_what_was_told_fills_what_was_planned() -> None:
    """Actual times go to the entry they are about; a visit nobody planned is added."""
    day = visit("V1", records().decisions[0].valid_from).day
    planned = visit("V1", day, actual_begin=None, actual_end=None, result=None)
    told = visit("V1", day, planned_begin=None, planned_end=None, activities=())
    extra = visit("X1", day)
    filled, added = with_actuals([planned], [told, extra])
    assert (filled.planned_begin, filled.actual_end, filled.is_done) == (9 * HOUR, 10 * HOUR, True)
    assert filled.activities == planned.activities
    assert added is extra


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"client": "K2"}, "ledger.told-otherwise"),
        ({"service": Service.SUPPORT_PERSON}, "ledger.told-otherwise"),
        ({"planned_metres": 9_000}, "ledger.told-differing"),
        ({"planned_metres": None, "actual_metres": 9_000}, None),
    ],
)
def test_an_id_stands_for_one_thing(told: dict[str, Any], code: str | None) -> None:
    """Another client under a known id is an error, other kilometres than planned are said, actual ones are welcome."""
    day = records().decisions[0].valid_from
    planned = visit("V1", day, planned_metres=7_000)
    other = replace(planned, **told)
    found = disagreements([planned], [other])
    assert [finding.code for finding in found] == ([code] if code else [])
    assert all(finding.sentence(lang) for finding in found for lang in LANGUAGES)
    assert agreeing([other], found) == (() if code == "ledger.told-otherwise" else (other,))


@pytest.mark.parametrize(
    "text", ["target = ", "x = " + "[" * 5000, "x = " + "9" * 5000, "x = " + "[" * 5000 + "]" * 5000]
)
def test_a_map_that_cannot_be_read_is_a_finding(text: str):
    """Neither what is no TOML nor numbers and brackets without end stop the reader."""
    chosen, faults = read_map(text, "map.toml")

    assert chosen is None
    assert [fault.code for fault in faults] == ["ledger.map-unreadable"]
