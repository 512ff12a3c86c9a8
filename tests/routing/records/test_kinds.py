"""What cells are read as, and what they are refused for."""

from datetime import date

import pytest

from routing.problem import Load, Priority, TimeWindow
from routing.records import number_kinds, text_kinds, time_kinds
from routing.records.kind import CellError, Kind
from routing.records.model import Aid, ClientState, Return, Service

DAY = 86_400


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (time_kinds.DATE, "25.11.2026", date(2026, 11, 25)),
        (time_kinds.DATE, "1. 2. 2026", date(2026, 2, 1)),
        (time_kinds.DATE, "2026-11-25", date(2026, 11, 25)),
        (time_kinds.DATE, "2026-11-25 00:00:00", date(2026, 11, 25)),
        (time_kinds.TIME, "09:30", 34_200),
        (time_kinds.TIME, "9.30", 34_200),
        (time_kinds.TIME, "9", 32_400),
        (time_kinds.TIME, "24:00", DAY),
        (time_kinds.TIME, "01:30+1", DAY + 5_400),
        (time_kinds.TIME, "09:30:15", 34_215),
        (
            time_kinds.WINDOWS,
            "08:00-10:00; 16.00–18.00",
            (TimeWindow(earliest=28_800, latest=36_000), TimeWindow(earliest=57_600, latest=64_800)),
        ),
        (time_kinds.WINDOWS, "10:00", (TimeWindow(earliest=36_000, latest=36_000),)),
        (time_kinds.WINDOWS, "22-02+1", (TimeWindow(earliest=79_200, latest=DAY + 7_200),)),
        (time_kinds.MINUTES, "45", 2_700),
        (time_kinds.MINUTES, "45 min", 2_700),
        (time_kinds.MINUTES, "1 h 30 min", 5_400),
        (time_kinds.MINUTES, "2 tundi", 7_200),
        (time_kinds.MINUTES, "1:30", 5_400),
        (time_kinds.MINUTES, "0:01:35", 95),
        (time_kinds.SECONDS, "120", 120),
        (time_kinds.SECONDS, "2 min", 120),
        (time_kinds.WEEKDAYS, "E-R", frozenset({1, 2, 3, 4, 5})),
        (time_kinds.WEEKDAYS, "mon, wed; Reede", frozenset({1, 3, 5})),
        (time_kinds.WEEKDAYS, "6 7", frozenset({6, 7})),
        (number_kinds.decimal(-90, 90), "58,3776", 58.3776),
        (number_kinds.decimal(-90, 90), "-.5", -0.5),
        (number_kinds.whole(1, 4), "2", 2),
        (number_kinds.LAYOUTS, "4; 2+1|0+0+1", (Load(seats=4), Load(seats=2, wheelchairs=1), Load(stretchers=1))),
        (text_kinds.YES_NO, "Jah", True),
        (text_kinds.YES_NO, "no", False),
        (text_kinds.YES_NO, "x", True),
        (text_kinds.STATE, "Ära", ClientState.AWAY),
        (text_kinds.STATE, "ara", ClientState.AWAY),
        (text_kinds.AIDS, "rulaator; Wheel chair", frozenset({Aid.WALKER, Aid.WHEELCHAIR})),
        (text_kinds.RIDE_AIDS, "puudub", frozenset()),
        (text_kinds.PRIORITY, "a", Priority.A),
        (text_kinds.SERVICE, "saatjaga", Service.ESCORTED),
        (text_kinds.RETURN, "ei", Return.NONE),
        (text_kinds.RIDE_END, "Kodu", "home"),
        (text_kinds.EQUIPMENT, "Tõstuk; muu asi", frozenset({"lift", "muu asi"})),
        (text_kinds.CASE_NUMBER, "01234567890", "01234567890"),
    ],
)
def test_reads(kind: Kind[object], text: str, value: object) -> None:
    """A value is read in every form people write it, and reads back from both written forms."""
    assert kind.parse(text) == value
    for lang in ("et", "en"):
        assert kind.parse(kind.write(value, lang)) == value


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        (time_kinds.DATE, "31.02.2026", "bad-date"),  # no such day
        (time_kinds.DATE, "12/31/2026", "bad-date"),  # American order
        (time_kinds.DATE, "1.6.26", "bad-date"),  # which century?
        (time_kinds.DATE, "1.6.0026", "year-out-of-range"),
        (time_kinds.TIME, "9.3", "bad-time"),  # 9:03, 9:30 or 9:18?
        (time_kinds.TIME, "9:60", "bad-time"),
        (time_kinds.TIME, "48:00", "bad-time"),
        (time_kinds.TIME, "0.395833", "bad-time"),  # a time cell that lost its format
        (time_kinds.TIME, "٩:٣٠", "bad-time"),
        (time_kinds.WINDOWS, "10-8", "window-reversed"),
        (time_kinds.WINDOWS, "8-9-10", "bad-window"),
        (time_kinds.WINDOWS, "2026-10-08", "bad-window"),  # 8-10, made a date by the spreadsheet
        (time_kinds.MINUTES, "1.30", "bad-length"),  # minutes or hours?
        (time_kinds.MINUTES, "-5", "bad-length"),
        (time_kinds.MINUTES, "999999", "length-out-of-range"),
        (time_kinds.WEEKDAYS, "R-E", "bad-weekdays"),
        (time_kinds.WEEKDAYS, "E-K-R", "bad-weekdays"),
        (time_kinds.WEEKDAYS, "iga päev", "bad-weekdays"),
        (number_kinds.decimal(-90, 90), "nan", "bad-decimal"),
        (number_kinds.decimal(-90, 90), "1e999", "number-out-of-range"),
        (number_kinds.decimal(-90, 90), "6474000", "number-out-of-range"),  # L-EST97
        (number_kinds.decimal(-90, 90), "58°", "bad-decimal"),
        (number_kinds.decimal(-90, 90), "１２", "bad-decimal"),  # digits that look like ours
        (number_kinds.whole(1, 4), "２", "bad-whole-number"),
        (number_kinds.whole(1, 4), "2,0", "bad-whole-number"),
        (number_kinds.whole(1, 4), "5", "number-out-of-range"),
        (number_kinds.whole(1, 4), "9" * 5000, "bad-whole-number"),
        (number_kinds.LAYOUTS, "0", "bad-layout"),  # carries nobody
        (number_kinds.LAYOUTS, "1+1+1+1", "bad-layout"),
        (text_kinds.ID, "a;b", "bad-id"),
        (text_kinds.ID, "a\nb", "bad-id"),
        (text_kinds.ID, "x" * 65, "bad-id"),
        (text_kinds.PLACE_ID, "KODU", "reserved-id"),
        (text_kinds.YES_NO, "võib-olla", "bad-choice"),
        (text_kinds.PRIORITY, "D", "bad-choice"),
        (text_kinds.PHONE, "küsi vallast", "bad-phone"),
        (text_kinds.PHONE, "12", "bad-phone"),
        (text_kinds.PHONE, "+372 5550 0199 0000 0000", "bad-phone"),  # longer than any country's
        (text_kinds.CASE_NUMBER, "1234567890", "bad-case-number"),  # the leading zero is gone
        (text_kinds.CASE_NUMBER, "²²²²²²²²²²²", "bad-case-number"),
        (text_kinds.ID, "", "value-missing"),
    ],
)
def test_refuses(kind: Kind[object], text: str, code: str) -> None:
    """A value that could mean two things or nothing is refused with its own code."""
    with pytest.raises(CellError) as error:
        kind.parse(text)
    assert error.value.code == f"records.{code}"
