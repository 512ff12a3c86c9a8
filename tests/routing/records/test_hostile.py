"""Input made to hurt: each becomes findings, never a traceback, and the rest of the folder is read."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from routing.findings import Severity
from routing.records import csv_file
from routing.records import folder as folder_module
from routing.records.folder import folder_digest
from routing.records.read import read_folder
from tests.routing.records.folders import SOUND, Folder

Find = Callable[[str, str | bytes], list[tuple[str, int | None, str | None]]]
HEADER = "id;name;lat;lon;phone;door note\n"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("=1+1", "formula"),
        ('=HYPERLINK("http://x";"y")', "formula"),
        ("@SUM(1)", "formula"),
        ("+cmd|' /C calc'!A0", "formula"),
        ("-2+3+cmd", "formula"),
        ("＝1", None),  # a full-width sign evaluates nowhere
        ("+372 555 0001", None),
        ("- võti mati all", None),
        ("'=tekst", None),
        ("#REF!", "error-value"),
        ("#NAME?", "error-value"),
        ("a\x07b", "unprintable"),
        ("a\ufffdb", "unprintable"),
        ("a\u200bb\u00ad", None),
        ("x" * 2_001, "cell-too-long"),
        ("x" * 10_000_000, "cell-too-long"),
        ('<!ENTITY a "b">', None),
        ("../../etc/passwd", None),
    ],
)
def test_cells(sheet_finding: Find, cell: str, code: str | None) -> None:
    """Formulas, error values, unprintable and endless text are refused; what only looks odd is read."""
    quoted = '"' + cell.replace('"', '""') + '"'
    findings = sheet_finding("clients.csv", HEADER + f"K1;Üks;58;26;;{quoted}\nK2;Kaks;58;26;;\n")
    assert [(found, row) for found, row, _ in findings] == ([(code, 2)] if code else [])


@pytest.mark.parametrize(
    ("content", "findings"),
    [
        (b"", [("file-empty", None)]),
        (b"\xef\xbb\xbf\r\n\r\n", [("file-empty", None)]),
        (b";;;\n", [("file-empty", None)]),
        (b"id;name\0;lat;lon\n", [("nul-bytes", None)]),
        (b"\xff\xfe\x00", [("encoding-unknown", None)]),
        (b"\x80\x81\x82\x83", [("encoding-unknown", None)]),
        ("id;name;lat;lon\nK1;Õnne;58;26\nK2;Ülle;58;26\n".encode("cp1257"), [("encoding-legacy", None)]),
        (
            "id;name;lat;lon\nK1;Õnne;58;26\nK2;Ülle;58;26\n".encode() + b"K3;\xff;58;26\n",
            [("encoding-damaged", None), ("unprintable", 4)],
        ),
        (b"id;name;lat;lon;id\nK1;a;58;26;K9\nK2;a;58;26;\n", [("column-twice", 1)]),
        (b"id;name;lat;lon;laius\nK1;a;58;26;7\nK2;a;58;26;\n", [("column-twice", 1)]),
        (b"id;name;lat;lon;isikukood\nK1;a;58;26;1\nK2;a;58;26;\n", [("column-forbidden", 1)]),
        (b"id;name;lat;lon;\nK1;a;58;26;7\nK2;a;58;26;\n", [("column-nameless", 2)]),
        (b"id;name;lat;lon;;;\nK1;a;58;26;;;\nK2;a;58;26;;;\n", []),
        (b"id,name,lat,lon\nK1,a,58,55,26,58\nK2,a,58,26\n", [("row-long", 2)]),
        (b"id;name;lat;lon;phone\nK1;a;58;26\nK2;a;58;26;\n", [("row-short", 2)]),
        (b'id;name;lat;lon\nK1;a;58;26\nK2;"a;58;26\nK3;a;58;26\n', [("quotes-unbalanced", 3)]),
        (b'id;name;lat;lon\nK1;"a"b;58;26\nK2;a;58;26\n', [("quotes-unbalanced", 2)]),
        (b"K1;a;58;26\n", [("column-unknown", 1)] * 4 + [("column-missing", 1)] * 4),
        (b"id;name;lat\nK1;a;58\n", [("column-missing", 1)]),
        (b"id;name;lat;lon" + b";" * 197 + b"x\n", [("too-many-columns", 1)]),
    ],
)
def test_files(sheet_finding: Find, content: bytes, findings: list[tuple[str, int | None]]) -> None:
    """Empty, mis-encoded, ragged and mis-headed files are described as what they are."""
    assert [(code, row) for code, row, _ in sheet_finding("clients.csv", content)] == findings


def test_too_many_rows(monkeypatch: pytest.MonkeyPatch, sheet_finding: Find) -> None:
    """Reading stops at the limit, says so, and keeps what came before."""
    monkeypatch.setattr(csv_file, "MAX_ROWS", 3)
    content = SOUND["clients.csv"] + "K3;Kolm;58;26\nK4;Neli;58;26\n"
    assert sheet_finding("clients.csv", content) == [("too-many-rows", 4, None)]


def test_too_large_file(monkeypatch: pytest.MonkeyPatch, sheet_finding: Find) -> None:
    """A file above the limit is not read at all."""
    monkeypatch.setattr(folder_module, "MAX_FILE_BYTES", 500)
    assert sheet_finding("clients.csv", SOUND["clients.csv"] + "x" * 500) == [("file-too-large", None, None)]


def _directory(path: Path) -> None:
    path.mkdir()


def _loop(path: Path) -> None:
    path.symlink_to(path)


def _outside(path: Path) -> None:
    path.parent.parent.joinpath("secret.csv").write_text("id;name;lat;lon\nK1;Saladus;58;26\n")
    path.symlink_to("../secret.csv")


def _dangling(path: Path) -> None:
    path.symlink_to("nothing.csv")


def _pipe(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (_directory, "not-a-file"),
        (_loop, "file-unreadable"),
        (_outside, "file-outside"),
        (_dangling, "file-unreadable"),
        (_pipe, "not-a-file"),
    ],
)
def test_not_files(folder: Folder, make: Callable[[Path], None], code: str) -> None:
    """What is no ordinary file of the folder is named and never opened."""
    path = folder.path / "absences.csv"
    path.unlink()
    make(path)
    assert folder.findings() == [(code, "absences.csv", None, None)]


def test_file_names(folder: Folder) -> None:
    """Estonian names are understood; twins, unknown tables and old formats are reported; other files are nobody's."""
    folder.put("Kliendid.CSV", SOUND["clients.csv"])
    folder.put("vizits.csv", "x")
    folder.put("rides.xls", b"\xd0\xcf\x11\xe0")
    folder.put("~$clients.xlsx", b"lock")
    folder.put("README.txt", "x")
    folder.path.joinpath("absences.csv").rename(folder.path / "puudumised.csv")
    assert folder.findings() == [
        ("file-twice", "clients.csv", None, None),
        ("file-format", "rides.xls", None, None),
        ("file-unknown", "vizits.csv", None, None),
    ]
    assert "visits" in folder.read()[1][2].expected("en")


def test_missing_files(folder: Folder) -> None:
    """A day cannot be planned without workers, but without absences it can."""
    for name in ("workers.csv", "absences.csv"):
        folder.path.joinpath(name).unlink()
    found = [(finding.file, finding.severity) for finding in folder.read()[1] if finding.code == "records.file-missing"]
    assert found == [("workers.csv", Severity.ERROR), ("absences.csv", Severity.NOTE)]


@pytest.mark.parametrize("name", ["nowhere", "file.txt", "nul\0byte"])
def test_no_folder(tmp_path: Path, name: str) -> None:
    """A path that is no folder is a finding, and its digest is that of nothing."""
    tmp_path.joinpath("file.txt").write_text("x")
    records, findings = read_folder(tmp_path / name)
    assert records is None
    assert next(iter(findings)).code == "records.folder-unreadable"
    assert folder_digest(tmp_path / name) == folder_digest(tmp_path)


def test_digest_follows_contents(folder: Folder) -> None:
    """The digest changes with any record file and with nothing else."""
    before = folder_digest(folder.path)
    folder.put("notes.txt", "x")
    assert folder_digest(folder.path) == before
    folder.put("absences.csv", SOUND["absences.csv"] + "\n")
    assert folder_digest(folder.path) != before
