"""What a folder's rows are refused, doubted and left out for, each with file, row and field."""

from collections.abc import Callable

import pytest

from routing.findings import Severity
from routing.problem import Objective, TimeWindow
from routing.records.model import Aid, Origin
from routing.records.read import read_folder
from tests.routing.records.folders import SOUND, Folder

RIDE = "id;date;client;service;from;to;pickup;arrival;return;return at;appointment;waiting;requested on\n"
VISIT = "id;date;client;duration;windows;after;gap at least;gap at most\n"


def test_sound_folder_has_no_findings(folder: Folder) -> None:
    """The folder that the other tests spoil is sound."""
    records, findings = folder.read()
    assert findings == []
    assert records.visits[0].windows == (TimeWindow(earliest=28_800, latest=36_000),)
    assert records.rides[0].origin == Origin(file="rides.csv", row=2)
    assert records.shifts[0].weekdays == {1, 2, 3, 4, 5}


@pytest.mark.parametrize(
    ("name", "content", "findings"),
    [
        ("clients.csv", "id;name;lat;lon\nK1;Üks;91;26\nK2;Kaks;58;26\n", [("number-out-of-range", 2, "lat")]),
        ("clients.csv", "id;name;lat;lon\nK1;;58;26\nK2;Kaks;58;26\n", [("value-missing", 2, "name")]),
        ("clients.csv", "id;name;lat;lon\nK1;Üks;26,7;58,4\nK2;Kaks;58;26\n", [("coordinates-swapped", 2, "lat")]),
        ("clients.csv", "id;name;lat;lon\nK1;Üks;49,4;8,7\nK2;Kaks;58;26\n", [("coordinates-abroad", 2, "lat")]),
        ("clients.csv", SOUND["clients.csv"] + "K1;Uuesti;58;26\n", [("duplicate", 4, "id")]),
        (
            "clients.csv",
            "id;name;lat;lon;regular;apart\nK1;Üks;58;26;T1|T9;K2\nK2;Kaks;58;26;;K2|K7\n",
            [("reference-ignored", 2, "regular"), ("reference-ignored", 3, "apart"), ("reference-ignored", 3, "apart")],
        ),
        (
            "clients.csv",
            "id;name;lat;lon;preferred;forbidden\nK1;Üks;58;26;T1|T2;T2\nK2;Kaks;58;26;;\n",
            [("worker-forbidden-and-wanted", 2, "preferred")],
        ),
        ("places.csv", SOUND["places.csv"] + "kodu;Kodu;58;26\n", [("reserved-id", 4, "id")]),
        ("places.csv", SOUND["places.csv"] + "M;Meri;0;0\n", [("coordinates-abroad", 4, "lat")]),
        ("vehicles.csv", "id;Lay-outs\nA;4\nP;nelja\n", [("bad-layout", 3, "Lay-outs")]),
        ("absences.csv", "worker;first;last\nT1;2.3.2026;1.3.2026\n", [("dates-reversed", 2, "last")]),
        ("absences.csv", "worker;first;last\nT3;1.3.2026;2.3.2026\n", [("reference-unknown", 2, "worker")]),
        (
            "decisions.csv",
            (
                "case number;client;service;valid from;valid to;applied on;decided on\n"
                "00000000001;K1;koduteenus;1.2.2026;1.1.2026;;\n00000000002;K1;koduteenus;1.2.2026;;2.1.2026;1.1.2026\n"
                "123;K9;;;;;\n"
            ),
            [
                ("bad-case-number", 4, "case number"),
                ("value-missing", 4, "service"),
                ("value-missing", 4, "valid from"),
                ("dates-reversed", 2, "valid to"),
                ("dates-reversed", 3, "decided on"),
            ],
        ),
        (
            "shifts.csv",
            (
                "id;worker;vehicle;start;end;start place;end place;weekdays;date\n"
                "S1;T1;A;8;16;B;B;;\nS2;T1;A;8;16;B;B;E;1.1.2026\nS3;T1;A;16;8;B;B;E;\nS4;T1;X;8;16;B;b;E;\n"
            ),
            [
                ("shift-day-or-weekdays", 2, "weekdays"),
                ("shift-day-or-weekdays", 3, "date"),
                ("shift-reversed", 4, "end"),
                ("reference-unknown", 5, "vehicle"),
                ("reference-unknown", 5, "end place"),
            ],
        ),
        (
            "visits.csv",
            VISIT + "V1;25.11.2026;K1;0;8-10;;;\nV2;25.11.2026;K1;5;10-8;;;\nV3;25.11.2026;K1;5;8-10;V4;60;30\n"
            "V4;25.11.2026;K1;5;8-10;;60;\nV5;25.11.2026;K1;5;8-10;V1;;\n",
            [
                ("window-reversed", 3, "windows"),
                ("visit-without-length", 2, "duration"),
                ("gap-reversed", 4, "gap at most"),
                ("gap-without-visit", 5, "after"),
                ("reference-ignored", 6, "after"),
            ],
        ),
        (
            "visits.csv",
            VISIT + "V1;25.11.2026;K1;5;8-10;V2;;\nV2;25.11.2026;K1;5;8-10;V1;;\nV3;25.11.2026;K1;5;8-10;V1;;\n"
            "V4;26.11.2026;K1;5;8-10;V3;;\nV5;25.11.2026;K2;5;8-10;V5;;\n",
            [
                ("after-in-circle", 2, "after"),
                ("after-in-circle", 3, "after"),
                ("after-elsewhere", 5, "after"),
                ("after-in-circle", 6, "after"),
            ],
        ),
        (
            "visits.csv",
            VISIT + "V1;29.3.2026;K1;5;03:30-05:00;;;\nV2;25.10.2026;K1;5;02:00-03:30;;;\n",
            [("time-skipped", 2, "windows"), ("time-twice", 3, "windows")],
        ),
        ("rides.csv", RIDE + "V1;25.11.2026;K1;social;B;H;8-9;;;;;;\n", [("duplicate", 2, "id")]),
        ("rides.csv", RIDE + "R1;25.11.2026;K1;social;B;B;8-9;;;;;;\n", [("ride-to-itself", 2, "to")]),
        (
            "rides.csv",
            RIDE + "R1;25.11.2026;K1;social;B;H;8-9;9-10;;;;;\n",
            [("ride-pickup-and-arrival", 2, "arrival")],
        ),
        ("rides.csv", RIDE + "R1;25.11.2026;K1;social;B;H;;;;;;;\n", [("ride-without-time", 2, "arrival")]),
        ("rides.csv", RIDE + "R1;25.11.2026;K1;koduteenus;B;H;8;;;;;;\n", [("ride-service", 2, "service")]),
        ("rides.csv", RIDE + "R1;25.11.2026;K1;social;B;H;8;;at;12;;stays;\n", [("stay-without-carer", 2, "waiting")]),
        ("rides.csv", RIDE + "R1;25.11.2026;K1;social;B;H;8;;at;;;;\n", [("return-without-time", 2, "return at")]),
        ("rides.csv", RIDE + "R1;25.11.2026;K1;social;B;H;8;;call;;;;\n", [("call-without-estimate", 2, "return at")]),
        ("rides.csv", RIDE + "R1;25.11.2026;K1;social;B;H;8;;;12;;;\n", [("return-unclear", 2, "return")]),
        (
            "rides.csv",
            RIDE + "R1;25.11.2026;K1;escorted;B;H;8;;;;;stays;\n",
            [("waiting-without-return", 2, "waiting")],
        ),
        (
            "rides.csv",
            RIDE + "R1;25.11.2026;K1;social;B;H;;9-10;at;8;;;\n",
            [("return-before-arrival", 2, "return at")],
        ),
        (
            "rides.csv",
            RIDE + "R1;25.11.2026;K1;social;B;H;;9-10;at;10;60;;\n",
            [("return-before-appointment-ends", 2, "return at")],
        ),
        (
            "rides.csv",
            RIDE + "R1;25.11.2026;K1;social;B;H;8;;;;;;26.11.2026\n",
            [("dates-reversed", 2, "requested on")],
        ),
        ("rides.csv", RIDE + "R1;25.11.2026;K1;social;B;X1;8;;;;;;\n", [("reference-unknown", 2, "to")]),
    ],
)
def test_findings(
    sheet_finding: Callable[[str, str], list[object]], name: str, content: str, findings: list[object]
) -> None:
    """Each fault is found where it is, and nothing else is."""
    assert sheet_finding(name, content) == findings


def test_row_left_out_takes_along_what_needs_it(folder: Folder) -> None:
    """A client with a fault is left out, so are her rides and decisions, and each says why."""
    folder.put("clients.csv", "id;name;lat;lon\nK1;Üks;58,55;26,58\nK2;Kaks;põhi;26\n")
    records, _ = folder.read()
    assert folder.findings(Severity.ERROR) == [
        ("bad-decimal", "clients.csv", 3, "lat"),
        ("reference-left-out", "rides.csv", 2, "client"),
        ("reference-left-out", "decisions.csv", 2, "client"),
    ]
    assert [client.id for client in records.clients] == ["K1"]
    assert records.rides == records.decisions == ()


def test_dropped_references_leave_the_rest(folder: Folder) -> None:
    """A name that a client can do without is dropped; the client stays."""
    folder.put("clients.csv", "id;name;lat;lon;forbidden\nK1;Üks;58;26;T1|T9\nK2;Kaks;58;26;\n")
    assert folder.read()[0].clients[0].forbidden == {"T1"}


@pytest.mark.parametrize(
    "content",
    [
        "tunnus;Nimi;LAIUSKRAAD;Pikkus;Abi vahendid\nK1;Üks;58,55;26,58;rulaator\nK2;Kaks;58,42;26,72;",
        "id,name,lat,lon,aids\r\nK1,Üks,58.55,26.58,walker\r\nK2,Kaks,58.42,26.72,\r\n",
        'id,name,lat,lon,aids\nK1,Üks,"58,55","26,58",walker\nK2,Kaks,"58,42","26,72",\n',
        "\n\nlon\tlat\taids\tname\tid\n26.58\t58.55\twalker\tÜks\tK1\n\n26.72\t58.42\t\tKaks\tK2\n",
        'sep=;\n"id";"name";"lat";"lon";"aids"\n"K1";"Üks";"58,55";"26,58";"walker"\nK2;Kaks;58,42;26,72;\n',
    ],
    ids=["estonian", "english-commas", "quoted-decimals", "tabs-reordered", "excel-hint"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1257"])
def test_dialects(folder: Folder, content: str, encoding: str) -> None:
    """Headers, separators, decimal marks, order and encodings do not change what is read."""
    folder.put("clients.csv", content.encode(encoding))
    records, findings = folder.read()
    assert {finding.code for finding in findings} <= {"records.encoding-legacy"}
    first, second = records.clients
    assert (first.name, first.lat, first.lon, first.aids) == ("Üks", 58.55, 26.58, {Aid.WALKER})
    assert second.aids == frozenset()


def test_rows_count_as_in_the_spreadsheet(folder: Folder) -> None:
    """Blank rows and line breaks inside cells do not shift row numbers."""
    text = 'id;name;lat;lon;address\nK1;Üks;58;26;"Kooli 1\nTartu"\n\nK2;Kaks;sada;26;\n'
    folder.put("clients.csv", text)
    assert ("bad-decimal", "clients.csv", 4, "lat") in folder.findings()
    assert folder.read()[0].clients[0].address == "Kooli 1\nTartu"


def test_found_is_short_and_masks_personal_codes(folder: Folder) -> None:
    """What is found is shown clipped, and a personal code is never repeated."""
    folder.put("clients.csv", f"id;name;lat;lon\nK1;Mari 47101010033;58;26\nK2;Kaks;{'9' * 500};26\n")
    code, clipped = (finding for finding in folder.read()[1] if finding.file == "clients.csv")
    assert (code.code, code.found, code.severity) == ("records.personal-code", "Mari ***********", Severity.WARNING)
    assert len(clipped.found) < 70


@pytest.mark.parametrize(
    ("toml", "findings"),
    [
        ("[objective]\nkilometre = 40\nkilometer = 1\n", [("setting-unknown", "objective.kilometer")]),
        ("[boarding]\nwheelchair = '5 min'\nrollator = 3\n", [("setting-unknown", "boarding.rollator")]),
        ("notice_days = -1\n", [("number-out-of-range", "notice_days")]),
        ("notice_days = 3.5\n", [("bad-whole-number", "notice_days")]),
        ("calibration = nan\n", [("bad-decimal", "calibration")]),
        ("door = true\n", [("bad-seconds", "door")]),
        ("door = {a = 1}\n", [("setting-value", "door")]),
        ("boarding = 3\n", [("setting-shape", "boarding")]),
        ("ferries = [1]\n", [("setting-shape", "ferries")]),
        (
            (
                "[[ferries]]\nid = 'P'\nmainland_harbour = 'B'\nisland_harbour = 'X'\nsettlements = ['Piiri']\n"
                "crossing = '45 min'\nboarding = 600\n"
            ),
            [("reference-unknown", "ferries[1].island_harbour")],
        ),
        (
            (
                "[[ferries]]\nid = 'P'\nmainland_harbour = 'B'\nisland_harbour = 'H'\nsettlements = ['Piiri']\n"
                "crossing = 'kaua'\n[[ferries.timetables]]\nfirst = 2026-06-01\nlast = 2026-05-01\nweekdays = 'E-R'\n"
                "outward = ['25:61']\nhomeward = [10:00:00]\n"
            ),
            [
                ("bad-seconds", "ferries[1].crossing"),
                ("setting-missing", "ferries[1].boarding"),
                ("bad-time", "ferries[1].timetables[1].outward"),
            ],
        ),
    ],
)
def test_settings_findings(folder: Folder, toml: str, findings: list[tuple[str, str]]) -> None:
    """A setting with a fault is named by its whole path, and its default holds."""
    folder.put("municipality.toml", SOUND["municipality.toml"] + toml)
    records, _ = folder.read()
    assert [(code, field) for code, _, _, field in folder.findings()] == findings
    assert records.municipality.notice_days == 3
    assert records.municipality.ferries == ()


def test_settings_are_read(folder: Folder) -> None:
    """Weights, handling times and a ferry's timetable are read with their units."""
    folder.put(
        "municipality.toml",
        SOUND["municipality.toml"] + "max_ride = '1 h 15 min'\n[objective]\nkilometre = 40\n[boarding]\nwalker = 180\n"
        "[[ferries]]\nid = 'P'\nmainland_harbour = 'B'\nisland_harbour = 'H'\n"
        "settlements = ['Piiri küla', 'Saare küla']\n"
        "crossing = '45 min'\nboarding = 600\ncancelled = [2026-12-01]\n[[ferries.timetables]]\nfirst = 2026-05-01\n"
        "last = '30.09.2026'\nweekdays = [1, 'R']\noutward = [08:00:00, '16.30']\nhomeward = []\n",
    )
    records, findings = folder.read()
    assert findings == []
    municipality = records.municipality
    assert municipality.max_ride == 4_500
    assert municipality.objective == Objective(kilometre=40)
    assert municipality.boarding == {"none": 120, "walker": 180}
    (ferry,) = municipality.ferries
    assert (ferry.crossing, ferry.settlements) == (2_700, {"Piiri küla", "Saare küla"})
    assert ferry.timetables[0].outward == (28_800, 59_400)
    assert ferry.timetables[0].weekdays == {1, 5}


@pytest.mark.parametrize(
    ("toml", "code", "row"),
    [
        (b'name = "Tartu vald"\ncounty Tartu\n', "toml-broken", 2),
        (b'name = "a"\nname = "b"\n', "toml-broken", None),
        (b"a = " + b"[" * 5_000, "toml-broken", None),
        (b"a = " + b"9" * 5_000, "toml-broken", None),
        (b'county = "Tartu maakond"\n', "setting-missing", None),
        (b'name = ""\ncounty = "Tartu maakond"\n', "value-missing", None),
        (b"", "file-empty", None),
        (b"\0\1\2", "nul-bytes", None),
        (b"\xff\xff\x81", "encoding-unknown", None),
    ],
)
def test_unusable_settings(folder: Folder, toml: bytes, code: str, row: int | None) -> None:
    """Only unusable settings leave no records; everything else is read and reported all the same."""
    folder.put("municipality.toml", toml)
    folder.put("absences.csv", "worker;first;last\nT9;1.1.2026;2.1.2026\n")
    records, findings = read_folder(folder.path)
    assert records is None
    first, *others = findings
    assert first.code == f"records.{code}"
    if row:
        assert first.row == row
    assert [finding.code for finding in others] == ["records.reference-unknown"]
