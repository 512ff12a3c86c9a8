"""Whatever bytes a folder holds, reading it ends in records and findings that can be said aloud."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from routing.records.columns import Sheet
from routing.records.model import Records
from routing.records.read import read_folder
from routing.records.sheets import SHEETS
from tests.routing.records.folders import SOUND
from tests.routing.records.test_xlsx import CLIENTS, with_part, workbook

NAMES = [*SOUND, *(f"{sheet.name}.xlsx" for sheet in SHEETS)]
FILES = {**{name: text.encode() for name, text in SOUND.items()}, "clients.xlsx": workbook(CLIENTS)}
PIECES = [
    b";",
    b'"',
    b"\n",
    b"\0",
    b"=",
    b"\xff",
    b"\xef\xbb\xbf",
    b"25.10.2026",
    b"24:00",
    b"1e400",
    b"[",
    b"]]",
    b"'",
]


def _check(files: dict[str, bytes]) -> Records | None:
    """Read a folder of `files`; every finding must be complete in both languages."""
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files.items():
            Path(folder, name).write_bytes(data)
        records, findings = read_folder(Path(folder))
    for finding in findings:
        assert finding.file
        for lang in ("et", "en"):
            assert finding.sentence(lang)
            assert finding.expected(lang)
            assert finding.action(lang)
    return records


@given(files=st.dictionaries(st.sampled_from(NAMES), st.binary(max_size=300)))
@settings(max_examples=150, deadline=None)
def test_arbitrary_bytes(files: dict[str, bytes]) -> None:
    """Bytes that mean nothing end in findings."""
    _check(files)


@st.composite
def mutations(draw: st.DrawFn) -> dict[str, bytes]:
    """Draw the sound folder with a few of its bytes replaced, cut out or repeated."""
    files = dict(FILES)
    for name in draw(st.lists(st.sampled_from(sorted(files)), min_size=1, max_size=3)):
        data = files[name]
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 40)))
        piece = draw(st.sampled_from(PIECES) | st.binary(max_size=8) | st.just(data[start:end] * 2))
        files[name] = data[:start] + piece + data[end:]
    if draw(st.booleans()):
        del files["clients.xlsx"]
    else:
        del files["clients.csv"]
    return files


@given(files=mutations())
@settings(max_examples=250, deadline=None)
def test_mutated_folders(files: dict[str, bytes]) -> None:
    """A sound folder with damage is read as far as it goes, and what is kept hangs together."""
    records = _check(files)
    if records is None:
        return
    clients = {client.id for client in records.clients}
    workers = {worker.id for worker in records.workers}
    assert {ride.client for ride in records.rides} | {visit.client for visit in records.visits} <= clients
    assert {shift.worker for shift in records.shifts} <= workers


@given(
    part=st.sampled_from(["[Content_Types].xml", "xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"]),
    where=st.floats(0, 1),
    length=st.integers(0, 12),
    piece=st.sampled_from([b"", b"<", b"/>", b"&", b"9", b"-1", b"n", b"\xff", b"e", b"d", b"s", b'"', b"1E999"]),
)
@settings(max_examples=150, deadline=None)
def test_mutated_workbooks(part: str, where: float, length: int, piece: bytes) -> None:
    """A workbook damaged below its compression is read as far as it goes."""

    def damage(data: bytes) -> bytes:
        start = int(where * len(data))
        return data[:start] + piece + data[start + length :]

    files = {name: data for name, data in FILES.items() if name != "clients.csv"}
    _check({**files, "clients.xlsx": with_part(part, damage)})


@given(
    cells=st.lists(
        st.lists(
            st.sampled_from(["", "K1", "=1", "58,4", "8-10", "x" * 70, "é", "#REF!", "\u202e", "home"]), max_size=9
        ),
        max_size=6,
    ),
    sheet=st.sampled_from(SHEETS),
    delimiter=st.sampled_from(";,\t"),
)
@settings(max_examples=150, deadline=None)
def test_nonsense_below_a_sound_header(cells: list[list[str]], sheet: Sheet, delimiter: str) -> None:
    """Rows of nonsense below a sound header are left out one by one."""
    columns = sheet.columns
    rows = [[column.en for column in columns], *cells]
    text = "\n".join(delimiter.join(row) for row in rows)
    _check({**FILES, f"{sheet.name}.csv": text.encode()})
