"""The log's files are read like the records: what is wrong is found, the rest is kept, and writing reads back."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given

from routing.books.entry import Entry, Extra, Party, Result, Trip
from routing.books.log_file import log_text, read_log, read_trips, trips_text
from routing.findings import Findings
from routing.records.folder import RecordFile
from routing.wording import LANGUAGES
from tests.books import HOUR, RELAXED, months, records, ride, visit

DAY = date(2026, 6, 3)
HEAD = "id;date;kind;service;client;result;planned begin;planned end;actual begin;actual end;actual km;extras\n"


def read(text: str) -> tuple[tuple[Entry, ...], Findings]:
    """Read a log written by hand."""
    return read_log(RecordFile(name="log.csv", data=text.encode()), records())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_written_reads_back(lang: str) -> None:
    """Entries with every field filled come back as they were, in each language's own words."""
    entries = (
        visit("V1", DAY, others=frozenset({"T2"}), reason="ei avanud; '=1", result=Result.NOT_HOME),
        ride(
            "S1",
            DAY,
            actual_metres=21_345,
            waited=900,
            result=Result.CANCELLED,
            cancelled_by=Party.CLIENT,
            cancelled_at=datetime(2026, 6, 2, 15, 30),  # noqa: DTZ001 - the clock on the wall
            extras=(Extra(name="parking", amount=Decimal("2.50")), Extra(name="ferry", amount=Decimal("4.00"))),
        ),
    )
    again, findings = read(log_text(entries, lang))
    assert again == entries
    assert [finding.code for finding in findings if finding.severity == "error"] == []


@RELAXED
@given(months())
def test_any_month_reads_back(entries: list[Entry]) -> None:
    """Whatever happened is kept by the file."""
    assert read(log_text(entries, "et"))[0] == tuple(entries)


def test_trips_read_back() -> None:
    """A trip log keeps its odometers."""
    trip = Trip(
        id="2026-06-03-S1",
        day=DAY,
        vehicle="AUTO1",
        worker="T1",
        begin=8 * HOUR,
        end=16 * HOUR,
        start_metres=120_000_100,
        end_metres=120_080_500,
        own_car=True,
    )
    again, _ = read_trips(RecordFile(name="trips.csv", data=trips_text([trip], "et").encode()), records())
    assert again == (trip,)
    assert again[0].metres == 80_400


@pytest.mark.parametrize(
    ("row", "code", "field"),
    [
        ("V1;2026-06-03;visit;home care;K9;done;;;;;;", "records.reference-unknown", "client"),
        ("V1;2026-06-03;visit;home care;K1;done;10:00;09:00;;;;", "ledger.times-reversed", "planned end"),
        ("V1;2026-06-03;visit;home care;K1;done;;;10:00;09:00;;", "ledger.times-reversed", "actual end"),
        ("V1;2026-06-03;visit;home care;K1;;;;09:00;10:00;;", "ledger.result-missing", "result"),
        ("V1;2026-06-03;visit;home care;K1;done;;;01:00;23:00;;", "ledger.entry-long", "actual end"),
        ("V1;2026-06-03;visit;home care;K1;done;;;;;far;", "ledger.bad-km", "actual km"),
        ("V1;2026-06-03;visit;home care;K1;done;;;;;;parking", "ledger.bad-extras", "extras"),
        ("V1;2026-06-03;visit;home care;K1;finished;;;;;;", "records.bad-choice", "result"),
        ("V1;3 June;visit;home care;K1;done;;;;;;", "records.bad-date", "date"),
    ],
)
def test_faults_are_found(row: str, code: str, field: str) -> None:
    """Each fault names its row and its column as the file heads it, in every language."""
    _, findings = read(HEAD + row)
    (found,) = findings
    assert (found.code, found.row, found.field) == (code, 2, field)
    assert all(found.sentence(lang) and found.expected(lang) and found.action(lang) for lang in LANGUAGES)


def test_the_second_of_one_id_is_left_out() -> None:
    """Nothing is charged twice because a row was pasted twice."""
    row = "V1;2026-06-03;visit;home care;K1;done;;;;;;\n"
    entries, findings = read(HEAD + row + row)
    assert len(entries) == 1
    assert [finding.code for finding in findings] == ["records.duplicate"]
