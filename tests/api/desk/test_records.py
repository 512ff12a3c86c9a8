"""The records desk finds, adds, changes and removes one row, judged by the reader of the folder."""

from pathlib import Path

import pytest

from api.desk.demo import demo_folder, load_demo
from api.desk.municipality import open_municipality, open_municipality_fees
from api.desk.records import (
    check_record,
    create_record,
    get_record,
    list_records,
    load_records,
    persons_in,
    remove_record,
    update_record,
)
from api.errors import MissingError, RefusedError, StaleError
from api.store.opening import Store
from routing.errors import UsageError
from routing.records.read import read_folder

CLIENT = {"id": "Z1", "name": "Õie Äär", "lat": "58,4", "lon": "26,7"}


@pytest.fixture
def demo(demo_store: Store) -> Store:
    """Return a store with the demo in it."""
    return demo_store


def test_demo_is_the_folder(demo: Store) -> None:
    """What the store says of the demo is what the folder says, and a second demo is not loaded over it."""
    folder, _ = read_folder(demo_folder())
    with demo.session() as session:
        stored, findings = load_records(session)
    assert folder is not None
    assert stored is not None
    assert list(findings) == []
    assert stored.rides == folder.rides
    assert (stored.clients, stored.decisions, stored.absences) == (folder.clients, folder.decisions, folder.absences)
    assert stored.municipality.ferries == folder.municipality.ferries
    assert not load_demo(demo)


def test_opens_like_a_folder(demo: Store, tmp_path: Path) -> None:
    """Roads and fee schedules of the store open as those of a folder do, and are remembered until something changes."""
    with demo.session() as session:
        first = open_municipality(session, tmp_path)
        assert first.network.report.schematic
        assert open_municipality(session, tmp_path) is first
        book, findings = open_municipality_fees(session, tmp_path)
    assert book.schedules
    assert findings == ()
    with demo.transaction("user:1") as session:
        create_record(session, "clients", CLIENT)
    with demo.session() as session:
        second = open_municipality(session, tmp_path)
    assert second.digest != first.digest
    assert second.network is first.network


@pytest.mark.parametrize(
    ("search", "total"), [("kasemaa", 1), ("KASEMAA aino", 1), ("kõrveküla", None), ("%", None), ("no such thing", 0)]
)
def test_search(demo: Store, search: str, total: int | None) -> None:
    """Every word must be found, without regard to case and accents; signs of patterns are plain text."""
    with demo.session() as session:
        page = list_records(session, "clients", search=search, size=3)
        everything = list_records(session, "clients")
    assert page.total == (total if total is not None else page.total)
    assert 0 <= page.total <= everything.total
    assert len(page.records) == min(3, page.total)


def test_paging(demo: Store) -> None:
    """Pages follow each other in the order of the folder and hold everything once."""
    with demo.session() as session:
        whole = list_records(session, "clients", size=1000)
        pages = [list_records(session, "clients", start=start, size=7) for start in range(0, whole.total, 7)]
    assert [record.key for page in pages for record in page.records] == [record.key for record in whole.records]


def test_create_and_update(demo: Store) -> None:
    """A new row gets its id as its key; cells are kept as the folder would be written."""
    with demo.transaction("user:1") as session:
        created = create_record(session, "clients", {**CLIENT, "state": "active", "phone": " 55 "})
        assert (created.key, created.version) == ("Z1", 1)
        assert created.cells == {**CLIENT, "state": "aktiivne", "phone": "55"}
        updated = update_record(session, "clients", "Z1", {**CLIENT, "name": "Õieke"}, version=1)
        assert updated.version == 2
        assert "phone" not in updated.cells
    with demo.session() as session:
        assert list_records(session, "clients", search="OIEKE").records[0].key == "Z1"


@pytest.mark.parametrize(
    ("sheet", "cells", "expected"),
    [
        ("clients", {**CLIENT, "lat": "north"}, ("records.bad-decimal", "lat")),
        ("clients", {**CLIENT, "name": ""}, ("records.value-missing", "name")),
        ("clients", {**CLIENT, "name": "=1+1"}, ("records.formula", "name")),
        ("clients", {**CLIENT, "id": "K01"}, ("records.duplicate", "id")),
        ("decisions", {"case_number": "00000000009", "client": "nobody"}, ("records.reference-unknown", "client")),
    ],
)
def test_faults_beside_the_field(demo: Store, sheet: str, cells: dict[str, str], expected: tuple[str, str]) -> None:
    """A row with a fault is refused, each finding names the column, and nothing is written."""
    if sheet == "decisions":
        cells = {**cells, "service": "koduteenus", "valid_from": "01.01.2026"}
    with demo.session() as session:
        found = check_record(session, sheet, cells)
        before = list_records(session, sheet).total
    assert expected in [(finding.code, finding.field) for finding in found]
    with pytest.raises(RefusedError) as caught, demo.transaction("user:1") as session:
        create_record(session, sheet, cells)
    assert expected in [(finding.code, finding.field) for finding in caught.value.findings]
    with demo.session() as session:
        assert list_records(session, sheet).total == before


def test_remove_what_others_need(demo: Store) -> None:
    """A client with visits cannot be removed; the findings name the rows that need her."""
    with pytest.raises(RefusedError) as caught, demo.transaction("user:1") as session:
        remove_record(session, "clients", "K01", version=1)
    assert {finding.details["record"] for finding in caught.value.findings if finding.file == "visits.csv"} >= {"V01"}


def test_two_people_at_one_row(demo: Store) -> None:
    """The second of two who change a row is told what the first has changed; so is who changes what is gone."""
    with demo.transaction("user:1") as session:
        create_record(session, "clients", CLIENT)
        update_record(session, "clients", "Z1", {**CLIENT, "name": "Esimene"}, version=1)
    with pytest.raises(StaleError) as caught, demo.transaction("user:2") as session:
        update_record(session, "clients", "Z1", {**CLIENT, "name": "Teine"}, version=1)
    (change,) = caught.value.changes
    assert (change.actor, caught.value.found) == ("user:1", 2)
    assert change.after is not None
    assert change.after["cells"]["name"] == "Esimene"
    with demo.transaction("user:1") as session:
        remove_record(session, "clients", "Z1", version=2)
    with pytest.raises(StaleError) as gone, demo.transaction("user:2") as session:
        update_record(session, "clients", "Z1", CLIENT, version=2)
    assert gone.value.found is None
    assert [change.action for change in gone.value.changes] == ["record.remove"]


def test_what_is_not_there(demo: Store) -> None:
    """Rows, sheets and fields that do not exist are errors of ours, and an id stays what it is."""
    with demo.transaction("user:1") as session:
        with pytest.raises(MissingError):
            get_record(session, "clients", "nobody")
        with pytest.raises(MissingError):
            list_records(session, "nothing")
        with pytest.raises(UsageError, match="no field"):
            create_record(session, "clients", {**CLIENT, "diagnosis": "x"})
        with pytest.raises(RefusedError, match="id-fixed"):
            update_record(session, "clients", "K01", {**CLIENT, "id": "K99"}, version=1)


@pytest.mark.parametrize(
    ("sheet", "key", "persons"),
    [
        ("clients", "K01", ["record:clients/K01"]),
        ("visits", "V01", ["record:clients/K01"]),
        ("care_slots", "P01-1", ["record:clients/K01"]),
        ("vehicles", "AUTO1", []),
    ],
)
def test_whose_data(demo: Store, sheet: str, key: str, persons: list[str]) -> None:
    """A row tells whose data it holds, for the access log."""
    with demo.session() as session:
        assert list(persons_in(session, get_record(session, sheet, key))) == persons
