"""Settings and fee schedules are changed as text, judged before they are kept."""

from pathlib import Path

import pytest

from api.desk.documents import FEES
from api.desk.records import load_records
from api.desk.records_documents import get_document, list_documents, update_document
from api.errors import MissingError, RefusedError, StaleError
from api.store.opening import Store

SETTINGS = "municipality.toml"
SCHEDULE = "fees/tartu_vald.toml"


@pytest.fixture
def demo(demo_store: Store) -> Store:
    """Return a store with the demo in it."""
    return demo_store


def test_settings(demo: Store) -> None:
    """A changed setting holds for the records at once."""
    with demo.transaction("user:1") as session:
        text = get_document(session, SETTINGS).text.replace("notice_days = 3", "notice_days = 5")
        assert update_document(session, SETTINGS, text, version=1).version == 2
    with demo.session() as session:
        records, _ = load_records(session)
    assert records is not None
    assert records.municipality.notice_days == 5


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (SETTINGS, "notice_days = 3", "notice_days = 'soon'"),
        (SETTINGS, "notice_days = 3", "notice_days ="),
        (SETTINGS, 'name = "Tartu vald"', ""),
        (SETTINGS, '"sadam-laaksaare"', '"nowhere"'),
        (SCHEDULE, "municipality", "["),
    ],
)
def test_faults(demo: Store, name: str, old: str, new: str) -> None:
    """A text with an error is refused with its findings, and the old one holds."""
    with demo.session() as session:
        text = get_document(session, name).text
    assert old in text
    with pytest.raises(RefusedError) as caught, demo.transaction("user:1") as session:
        update_document(session, name, text.replace(old, new, 1), version=1)
    assert all(finding.as_dict("et")["sentence"] for finding in caught.value.findings)
    with demo.session() as session:
        assert get_document(session, name).text == text


@pytest.mark.parametrize("path", ["/etc", "../roads", "a/../../b", "C:\\\\maps", "\\\\\\\\host\\\\share"])
def test_paths_that_lead_outside(demo: Store, path: str) -> None:
    """Settings name files of the municipality alone; a folder that the operator has allowed is as good."""
    with demo.session() as session:
        text = get_document(session, SETTINGS).text
    with pytest.raises(RefusedError) as caught, demo.transaction("user:1") as session:
        update_document(session, SETTINGS, text.replace('roads = "roads"', f'roads = "{path}"'), version=1)
    assert [found.code for found in caught.value.findings if found.field == "roads"] == ["store.path-outside"]


def test_a_folder_that_the_operator_allows(demo: Store, tmp_path: Path) -> None:
    """Files in it may be named, others of the machine may not."""
    demo.outside = tmp_path
    with demo.session() as session:
        text = get_document(session, SETTINGS).text
    inside = text.replace('roads = "roads"', f'roads = "{tmp_path}/roads.npz"')
    with demo.transaction("user:1") as session:
        assert update_document(session, SETTINGS, inside, version=1).version == 2
    demo.outside = None
    with demo.transaction("user:1") as session:  # what stands there may stay
        assert update_document(session, SETTINGS, inside.replace("= 3", "= 5", 1), version=2).version == 3


def test_stale_and_missing(demo: Store) -> None:
    """Another version than was seen is stale; what is not there is missing."""
    with demo.transaction("user:1") as session:
        (schedule,) = list_documents(session, FEES)
        with pytest.raises(StaleError):
            update_document(session, SCHEDULE, schedule.text, version=7)
        with pytest.raises(MissingError):
            get_document(session, "nothing")
