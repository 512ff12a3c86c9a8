"""Import on pages: what would change is seen first, then all of it is done or nothing; hostile uploads are refused."""

import io
import re
import zipfile

import pytest

from api.desk.demo import demo_folder
from api.desk.records import list_records
from api.store.history import seen_by
from api.store.records import PreparedImport
from tests.web import Served

ABSENCES = "töötaja;alates;kuni\r\nHT2;01.12.2026;04.12.2026\r\nHT1;07.12.2026;08.12.2026\r\n"


def zipped(**parts: bytes) -> bytes:
    """Return a zip of files by name; two underscores stand for a dot, three for a way out."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("___", "../").replace("__", "."), data)
    return target.getvalue()


def test_preview_then_apply(demo: Served):
    """A file that replaces its sheet shows what is added and removed, and does it once confirmed."""
    client = demo.signed_in()

    sent = client.post(
        "/import", data={"missing": "remove"}, files={"files": ("puudumised.csv", ABSENCES.encode(), "text/csv")}
    )

    assert sent.status_code == 303
    preview = client.get(sent.headers["location"]).text
    assert "1 lisandub" in preview
    assert "1 eemaldatakse" in preview
    with demo.store.session() as session:
        assert list_records(session, "absences").total == 2
    assert client.post(f"{sent.headers['location']}/apply").headers["location"] == "/import?told=applied"
    assert "Imporditud" in client.get("/import?told=applied").text
    with demo.store.session() as session:
        workers = [record.cells["worker"] for record in list_records(session, "absences").records]
    assert workers == ["HT2", "HT1"]
    assert client.get(sent.headers["location"]).status_code == 404


def test_the_folder_as_zip_changes_nothing_twice(served: Served):
    """A whole folder fills an empty store; what is exported then imports as no change."""
    client = served.signed_in()
    folder = {file.name: file.read_bytes() for file in demo_folder().iterdir() if file.is_file()}
    sent = client.post("/import", files=[("files", (name, data)) for name, data in folder.items()])
    assert client.post(f"{sent.headers['location']}/apply").status_code == 303

    exported = client.post("/export")

    assert exported.headers["content-type"] == "application/zip"
    again = client.post("/import", files={"files": ("kaust.zip", exported.content)})
    assert "midagi ei muutuks" in client.get(again.headers["location"]).text
    with served.store.session() as session:
        assert "records.export" in {look.purpose for look in seen_by(session, "record:clients/K01")}


def test_faulty_rows_are_left_out_only_if_asked(demo: Served):
    """Findings are shown with file and line; without the tick nothing is imported."""
    client = demo.signed_in()
    text = ABSENCES + "HT1;09.12.2026;01.12.2026\r\n"
    sent = client.post("/import", files={"files": ("absences.csv", text.encode())}).headers["location"]

    assert re.search(r"absences\.csv · rida 4", client.get(sent).text)
    assert client.post(f"{sent}/apply").status_code == 422
    assert client.post(f"{sent}/apply", data={"despite": "true"}).status_code == 303
    with demo.store.session() as session:
        assert list_records(session, "absences").total == 3


def test_records_that_changed_since_the_preview(demo: Served):
    """An import that was compared with other records is not applied."""
    client = demo.signed_in()
    sent = client.post("/import", files={"files": ("absences.csv", ABSENCES.encode())}).headers["location"]
    client.post("/records/absences/new", data={"worker": "HT3", "first": "01.12.2026", "last": "01.12.2026"})

    assert client.post(f"{sent}/apply").status_code == 412
    assert client.post(f"{sent}/drop").status_code == 303
    assert client.get(sent).status_code == 404


def test_what_waits_too_long_is_forgotten(demo: Served):
    """What was sent and never confirmed is personal data, and goes with the next import a day later."""
    client = demo.signed_in()
    client.post("/import", files={"files": ("absences.csv", ABSENCES.encode())})
    demo.clock.turn(hours=25)
    other = demo.signed_in("kati")

    other.post("/import", files={"files": ("absences.csv", ABSENCES.encode())})

    with demo.store.session() as session:
        assert session.query(PreparedImport).count() == 1


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.zip", zipped(___clients__csv=b"x"), "viib sealt"),
        ("a.zip", zipped(clients__csv=b"0" * 33_000_000), "liiga suur"),
        ("a.zip", b"PK\x03\x04 broken", "ei saa lugeda"),
        ("clients.xlsx", zipped(xl=b"not a workbook"), "xlsx"),
    ],
    ids=["out of the zip", "bomb", "broken", "no workbook"],
)
def test_hostile_uploads(demo: Served, name: str, data: bytes, says: str):
    """Each is refused with a finding on the page, and nothing is kept of it."""
    client = demo.signed_in()

    answer = client.post("/import", files={"files": (name, data)})

    page = client.get(answer.headers["location"]) if answer.status_code == 303 else answer
    assert says in page.text
    assert page.status_code in {200, 422}
    with demo.store.session() as session:
        assert list_records(session, "clients").total == 41


def test_nothing_sent_and_too_much_sent(demo: Served):
    """An empty form says what to do; more than the limit is refused before it is read."""
    client = demo.signed_in()

    assert "Valige fail" in client.post("/import", files={"files": ("", b"")}).text
    assert client.post("/import", files={"files": ("clients.csv", b"x" * 20_000_001)}).status_code == 413


def test_formulas_in_cells_are_findings(demo: Served):
    """A cell that a spreadsheet program would evaluate is left out and reported."""
    client = demo.signed_in()
    text = 'tunnus;nimi;laiuskraad;pikkuskraad\r\nZ9;=HYPERLINK("http://x");58,4;26,7\r\n'

    sent = client.post("/import", files={"files": ("clients.csv", text.encode())}).headers["location"]

    assert client.post(f"{sent}/apply").status_code == 422
    assert "valem" in client.get(sent).text.lower()
