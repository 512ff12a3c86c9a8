"""XLSX files: real cells, formulas that are never evaluated, and archives made to explode."""

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, time, timedelta

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula

from routing.records import xlsx_file
from tests.routing.records.folders import Folder

Find = Callable[[str, bytes], list[tuple[str, int | None, str | None]]]

CLIENTS = [["id", "name", "lat", "lon"], ["K1", "Üks", 58.55, 26.58], ["K2", "Kaks", 58, "26,7"]]


def workbook(rows: Sequence[Sequence[object]], *others: str) -> bytes:
    """Return an XLSX file with `rows` on its first worksheet, then empty worksheets."""
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(list(row))
    for title in others:
        book.create_sheet(title)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def put(folder: Folder, name: str, data: bytes) -> None:
    """Put an XLSX file in place of the CSV file of the same name."""
    folder.path.joinpath(f"{name}.csv").unlink()
    folder.put(f"{name}.xlsx", data)


def test_real_cells(folder: Folder) -> None:
    """Numbers, dates, times, lengths and truth values are read as a person would have typed them."""
    header = ["id", "kuupäev", "klient", "teenus", "kust", "kuhu", "kohal", "tagasi", "tagasi kell", "kohapeal", "üksi"]
    row = [7, date(2026, 11, 25), "K1", "saatjaga", "kodu", "H", time(10, 0), "kellaajal", time(12, 30)]
    put(folder, "rides", workbook([header, [*row, timedelta(minutes=45), True], [8, "2026-11-25 00:00:00", *row[2:]]]))
    records, findings = folder.read()
    assert findings == []
    ride, other = records.rides
    assert (ride.id, ride.day, ride.return_at, ride.appointment, ride.alone) == (
        "7",
        date(2026, 11, 25),
        45_000,
        2_700,
        True,
    )
    assert ride.arrival[0].earliest == 36_000
    assert other.day == ride.day


def test_case_numbers_lose_zeros(folder: Folder) -> None:
    """A case number kept as a number has lost its leading zero, and the finding says to keep it as text."""
    row = [1234567890, "K1", "koduteenus", date(2026, 1, 1)]
    put(folder, "decisions", workbook([["case number", "client", "service", "valid from"], row]))
    assert folder.findings() == [("bad-case-number", "decisions.xlsx", 2, "case number")]


def test_formulas_are_not_evaluated(folder: Folder) -> None:
    """A formula cell is a finding with the formula itself, whatever value the program had stored for it."""
    rows = [*CLIENTS, ["=K2", "Kolm", 58, 26], ["K4", ArrayFormula("B5", "=1+1"), 58, 26], ["K5", "#REF!", 58, 26]]
    put(folder, "clients", workbook(rows))
    assert folder.findings() == [
        ("formula", "clients.xlsx", 4, "id"),
        ("formula", "clients.xlsx", 5, "name"),
        ("error-value", "clients.xlsx", 6, "name"),
    ]


def test_worksheets(folder: Folder) -> None:
    """The worksheet named like the file is read, and the others are named."""
    book = openpyxl.load_workbook(io.BytesIO(workbook([["muu"]], "Kliendid")))
    for row in CLIENTS:
        book["Kliendid"].append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    put(folder, "clients", buffer.getvalue())
    assert folder.findings() == [("other-worksheets", "clients.xlsx", None, None)]
    assert [client.lon for client in folder.read()[0].clients] == [26.58, 26.7]


def test_blank_rows_keep_numbers(folder: Folder) -> None:
    """Rows count as in the spreadsheet, blank ones too."""
    put(folder, "clients", workbook([[], *CLIENTS, [], ["K3", None, 58, 26]]))
    assert folder.findings() == [("value-missing", "clients.xlsx", 6, "name")]


def test_too_many_rows(monkeypatch: pytest.MonkeyPatch, folder: Folder) -> None:
    """Reading stops at the limit and says so."""
    monkeypatch.setattr(xlsx_file, "MAX_ROWS", 3)
    put(folder, "clients", workbook([*CLIENTS, ["K3", "Kolm", 58, 26]]))
    assert folder.findings() == [("too-many-rows", "clients.xlsx", 4, None)]


def _archive(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def with_part(name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return the clients' workbook with one of its parts changed."""
    with zipfile.ZipFile(io.BytesIO(workbook(CLIENTS))) as archive:
        return _archive({part: archive.read(part) for part in archive.namelist()} | {name: change(archive.read(name))})


def _with_shared_text(text: bytes, doctype: bytes = b"") -> bytes:
    """Return the clients' workbook with one name kept apart from the worksheet, as Excel keeps all texts."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'.encode()
    with zipfile.ZipFile(io.BytesIO(workbook(CLIENTS))) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", override)
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(
        b'<c r="B3" t="inlineStr"><is><t>Kaks</t></is></c>', b'<c r="B3" t="s"><v>0</v></c>'
    )
    namespace = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/sharedStrings.xml"] = doctype + b'<sst xmlns="' + namespace + b'"><si><t>' + text + b"</t></si></sst>"
    return _archive(parts)


def _doctype() -> bytes:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE x [<!ENTITY e0 "lol">{levels}]>'.encode()


def _entities(part: bytes) -> bytes:
    declaration, _, rest = part.partition(b"?>") if part.startswith(b"<?xml") else (b"", b"", part)
    return (declaration + b"?>" if declaration else b"") + _doctype() + rest.replace(b"Kaks", b"&e9;")


def _lying(data: bytes) -> bytes:
    """Return an archive whose directory declares one byte for every part."""
    start = 0
    lying = bytearray(data)
    while (start := data.find(b"PK\x01\x02", start)) >= 0:
        lying[start + 24 : start + 28] = (1).to_bytes(4, "little")
        start += 4
    return bytes(lying)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file-empty"),
        (b"PK\x03\x04", "xlsx-broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 64, "xlsx-broken"),  # encrypted, or an old .xls
        (b"id;name;lat;lon\n", "xlsx-broken"),  # a CSV file in disguise
        (workbook(CLIENTS)[:-200], "xlsx-broken"),
        (_archive({"a.txt": b"x"}), "xlsx-broken"),
        (_archive({"zeros": bytes(33_000_000)}), "xlsx-too-large"),
        (_archive({f"{n}": b"" for n in range(501)}), "xlsx-too-large"),
        (_lying(_archive({"zeros": bytes(33_000_000)})), "xlsx-broken"),
        (with_part("xl/worksheets/sheet1.xml", _entities), "xlsx-broken"),
        (_with_shared_text(b"&e9;", _doctype()), "xlsx-broken"),
        (with_part("xl/workbook.xml", _entities), "xlsx-broken"),
        (with_part("xl/worksheets/sheet1.xml", lambda part: part[:300]), "xlsx-broken"),
        (with_part("xl/worksheets/sheet1.xml", lambda part: part.replace(b'r="A2"', b'r="2A"')), "xlsx-broken"),
    ],
)
def test_broken_archives(folder: Folder, data: bytes, code: str) -> None:
    """Bombs, disguises and damaged archives are refused before or while they are parsed."""
    put(folder, "absences", data)
    assert folder.findings() == [(code, "absences.xlsx", None, None)]


def test_rows_far_away(folder: Folder) -> None:
    """A row that claims to be the billionth does not make the reader count to it."""
    put(
        folder,
        "clients",
        with_part("xl/worksheets/sheet1.xml", lambda part: part.replace(b'r="3"', b'r="999999999"')),
    )
    records, findings = folder.read()
    assert [client.id for client in records.clients] == ["K1"]
    assert ("records.too-many-rows", "clients.xlsx") in [(finding.code, finding.file) for finding in findings]


def test_shared_text(folder: Folder) -> None:
    """Texts kept apart are found; one of ten million characters is a finding of its row."""
    put(folder, "clients", _with_shared_text(b"Kaks"))
    assert [client.name for client in folder.read()[0].clients] == ["Üks", "Kaks"]
    folder.put("clients.xlsx", _with_shared_text(b"x" * 10_000_000))
    assert ("cell-too-long", "clients.xlsx", 3, "name") in folder.findings()
