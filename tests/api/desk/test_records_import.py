"""A folder goes into the store and comes out equal; before it does, one sees what would change."""

import io
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from sqlalchemy import select

from api.desk.demo import demo_folder
from api.desk.documents import outside, paths_of
from api.desk.records import create_record, list_records, load_records
from api.desk.records_export import export_folder, export_zip
from api.desk.records_import import ImportPreview, Verb, apply_import, prepare_import, preview_import
from api.desk.uploads import unpacked
from api.errors import MissingError, RefusedError, StaleError
from api.store.history import changes_of
from api.store.opening import Store, open_store
from api.store.records import PreparedImport, Record
from routing.records.model import Records
from routing.records.read import read_folder
from routing.records.write import write_folder
from tests.routing.records.strategies import records

CLIENT = {"id": "Z1", "name": "Õie Äär", "lat": "58,4", "lon": "26,7"}


def _import(store: Store, folder: Path, *, keep_missing: bool = False, despite_errors: bool = False) -> ImportPreview:
    with store.transaction("user:1") as session:
        prepared = prepare_import(session, folder, keep_missing=keep_missing)
    with store.transaction("user:1") as session:
        return apply_import(session, prepared.id, despite_errors=despite_errors)


def _loaded(store: Store) -> Records | None:
    with store.session() as session:
        return load_records(session)[0]


@given(kept=records(), lang=st.sampled_from(["et", "en"]))
@settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_round_trip(kept: Records, lang: str) -> None:
    """Any folder imported reads equal, and so does what is exported again, in either language."""
    assume(not outside(paths_of(kept.municipality), {}, None))
    with tempfile.TemporaryDirectory() as base:
        write_folder(kept, Path(base) / "in", lang=lang)
        store = open_store(Path(base) / "store.db")
        _import(store, Path(base) / "in")
        assert _loaded(store) == kept
        with store.session() as session:
            export_folder(session, Path(base) / "out", lang="en" if lang == "et" else "et")
        assert read_folder(Path(base) / "out")[0] == kept
        store.close()


def test_second_import_changes_nothing(demo_store: Store, tmp_path: Path) -> None:
    """Importing what was exported is no change, in either language."""
    for lang in ("et", "en"):
        with demo_store.session() as session:
            data = export_zip(session, lang=lang)
        with unpacked([("vald.zip", data)]) as folder, demo_store.transaction("user:1") as session:
            assert prepare_import(session, folder).is_empty


def test_preview(demo_store: Store) -> None:
    """The preview says what is added, changed and removed, and writes nothing; applying does just that."""
    before = _loaded(demo_store)
    text = "tunnus;nimi;laiuskraad;pikkuskraad\nkorvekula;Uus nimi;58,4277;26,7731\nuus;Uus;58,5;26,6\n"
    with unpacked([("kohad.csv", text.encode())]) as folder, demo_store.transaction("user:1") as session:
        prepared = prepare_import(session, folder, keep_missing=True)
    assert [(change.verb, change.key) for change in prepared.records] == [
        (Verb.CHANGE, "korvekula"),
        (Verb.ADD, "uus"),
    ]
    assert _loaded(demo_store) == before
    with demo_store.transaction("user:1") as session:
        assert preview_import(session, prepared.id) == prepared
        apply_import(session, prepared.id)
    after = _loaded(demo_store)
    assert after is not None
    assert before is not None
    assert {place.id for place in after.places} - {place.id for place in before.places} == {"uus"}
    with demo_store.session() as session:
        assert session.scalars(select(PreparedImport)).all() == []
        assert changes_of(session, "record:places/uus")[0].action == "records.import"


def test_errors_are_left_out_only_when_said(demo_store: Store) -> None:
    """Rows with a fault refuse the whole import, unless they are to be left out."""
    text = "tunnus;nimi;laiuskraad;pikkuskraad\nuus;Uus;58,5;26,6\nhalb;Halb;põhi;26,6\n"
    with unpacked([("kohad.csv", text.encode())]) as folder:
        with pytest.raises(RefusedError) as caught:
            _import(demo_store, folder, keep_missing=True)
        assert [(finding.file, finding.row) for finding in caught.value.findings] == [("kohad.csv", 3)]
        applied = _import(demo_store, folder, keep_missing=True, despite_errors=True)
    assert [change.key for change in applied.records] == ["uus"]


def test_removal_of_what_others_need(demo_store: Store) -> None:
    """A sheet without the clients that stored visits need is refused; the findings name the visits."""
    text = "tunnus;nimi;laiuskraad;pikkuskraad\nZ1;Uus;58,5;26,6\n"
    with unpacked([("kliendid.csv", text.encode())]) as folder, pytest.raises(RefusedError) as caught:
        _import(demo_store, folder)
    assert "V01" in {finding.details.get("record") for finding in caught.value.findings}


def test_records_changed_since_the_preview(demo_store: Store) -> None:
    """What was not in the preview is not written over."""
    with demo_store.transaction("user:1") as session:
        prepared = prepare_import(session, demo_folder())
    with demo_store.transaction("user:2") as session:
        create_record(session, "clients", CLIENT)
    with pytest.raises(StaleError), demo_store.transaction("user:1") as session:
        apply_import(session, prepared.id)
    with demo_store.session() as session:
        assert list_records(session, "clients", search="Z1").total == 1
        with pytest.raises(MissingError):
            preview_import(session, "nothing")


def test_spreadsheet(demo_store: Store) -> None:
    """An XLSX file is read as the folder's are."""
    workbook = Workbook()
    assert workbook.active is not None
    for row in (["id", "name", "background check"], ["HT9", "Uus Hooldaja", "01.02.2026"]):
        workbook.active.append(row)
    data = io.BytesIO()
    workbook.save(data)
    with unpacked([("workers.xlsx", data.getvalue())]) as folder:
        _import(demo_store, folder, keep_missing=True)
    with demo_store.session() as session:
        assert session.get_one(Record, ("workers", "HT9")).cells["background_check"] == "01.02.2026"


def test_rows_beside_those_that_stay(demo_store: Store) -> None:
    """Where stored rows are kept, a row sent with too many cells is still reported, and references find both."""
    text = "tunnus;nimi;laiuskraad;pikkuskraad\nuus;Uus;58,5;26,6\npikk;Üks;58,5;26,6;küla;veel\n"
    with unpacked([("kohad.csv", text.encode())]) as folder, demo_store.transaction("user:1") as session:
        prepared = prepare_import(session, folder, keep_missing=True)
    assert [(finding.code, finding.row) for finding in prepared.findings] == [("records.row-long", 3)]
    assert [change.key for change in prepared.records] == ["uus"]


def _zip(**files: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"no zip at all", "store.zip-broken"),
        (_zip(**{"../clients.csv": b"x"}), "store.zip-outside"),
        (_zip(**{"/etc/clients.csv": b"x"}), "store.zip-outside"),
        (_zip(**{"clients.csv": b"0" * 33_000_000}), "store.upload-too-large"),
        (_zip(**{str(number): b"" for number in range(501)}), "store.upload-too-large"),
    ],
)
def test_hostile_zips(data: bytes, code: str) -> None:
    """A zip that is broken, leads out of itself or is far too large is a finding."""
    with pytest.raises(RefusedError) as caught, unpacked([("vald.zip", data)]):
        pass
    assert [finding.code for finding in caught.value.findings] == [code]
    for lang in ("et", "en"):
        assert caught.value.findings[0].as_dict(lang)["action"]


def test_nothing_outside_an_upload_is_read(store: Store, tmp_path: Path) -> None:
    """Settings that were sent cannot make the server read its own files."""
    (tmp_path / "secret.toml").write_text("secret = 1")
    with store.session() as session:
        assert load_records(session)[0] is None
    files = {path.name: path.read_bytes() for path in demo_folder().iterdir() if path.is_file()}
    files["municipality.toml"] = files["municipality.toml"].replace(
        b'"../fees/tartu_vald.toml"', f'"{tmp_path / "secret.toml"}"'.encode()
    )
    with unpacked([("vald.zip", _zip(**files))]) as folder, store.transaction("user:1") as session:
        prepared = prepare_import(session, folder)
    assert [document.name for document in prepared.documents] == ["municipality.toml"]


@pytest.mark.parametrize(
    "line",
    ['roads = "/etc"', 'roads = "../../secret"', 'roads = "C:/maps"', '"roads" = "/etc"', 'roads = """/etc"""'],
)
def test_settings_lead_to_nothing_outside(demo_store: Store, tmp_path: Path, line: str) -> None:
    """A folder that somebody sends leads the server to no other files: what there was stays, and a warning says so."""
    text = (demo_folder() / "municipality.toml").read_text("utf-8")
    changed = "\n".join(line if old.startswith("roads") else old for old in text.splitlines())
    (tmp_path / "municipality.toml").write_text(changed, "utf-8")
    preview = _import(demo_store, tmp_path, keep_missing=True)

    assert ("store.path-outside", "roads") in {(found.code, found.field) for found in preview.findings}
    loaded = _loaded(demo_store)
    assert loaded is not None
    assert (loaded.municipality.roads, loaded.municipality.fees) == ("roads", "fees/tartu_vald.toml")
