"""Records are ordered by what they mean, found by who names them, and looked at by somebody."""

from api.desk.looks import log_choices, log_looks, looked_at
from api.desk.records import get_record, list_records, sheet_named, update_record
from api.desk.records_around import history_of, references_to
from api.desk.records_order import find_records
from api.desk.records_words import cell_words, names_of, title_of
from api.store.history import seen_by
from api.store.opening import Store
from api.wording.spelling import spelling


def test_spelling() -> None:
    """Numbers count by their size, letters by the Estonian alphabet."""
    texts = ["K10", "K2", "Õie", "Zoja", "Šveta", "Tiina", "Žanna", "Äli", "Olev", "Üllar", "Sirje"]

    assert sorted(texts, key=spelling) == (
        ["K2", "K10", "Olev", "Sirje", "Šveta", "Zoja", "Žanna", "Tiina", "Õie", "Äli", "Üllar"]
    )


def test_order_and_blanks(demo_store: Store) -> None:
    """Times go by the clock, dates by the calendar, and blank cells come last both ways."""
    with demo_store.session() as session:
        for sort in ("pickup", "-pickup", "arrival", "day", "-returning"):
            field = sort.removeprefix("-")
            found = find_records(session, "rides", sort=sort).records
            filled = [bool(record.cells.get(field)) for record in found]
            assert filled == sorted(filled, reverse=True)
            assert len(found) == list_records(session, "rides").total
        starts = [record.cells["start"] for record in find_records(session, "shifts", sort="start").records]
    assert starts == sorted(starts)


def test_what_stands_around_a_record(demo_store: Store) -> None:
    """References say whether they can be lost; the history tells cells apart, the newest change first."""
    with demo_store.transaction("user:1") as session:
        record = get_record(session, "clients", "K01")
        update_record(session, "clients", "K01", {**record.cells, "phone": "1"}, version=1)

    with demo_store.session() as session:
        clients = references_to(session, "clients", "K01")
        workers = references_to(session, "workers", "HT1")
        newest, first = history_of(session, "clients", "K01")

    assert {(other.sheet, other.needed) for other in clients} == {
        (sheet, True) for sheet in ("visits", "decisions", "care_plans")
    }
    assert ("clients", False) in {(other.sheet, other.needed) for other in workers}
    assert [(change.field, change.after) for change in newest.changes] == [("phone", "1")]
    assert first.action == "records.import"


def test_words_in_three_languages(demo_store: Store) -> None:
    """Ids are said as names, choices in the reader's language, faults as they were typed."""
    with demo_store.session() as session:
        names, ride = names_of(session), get_record(session, "rides", "S01")
    column = sheet_named("rides").column_by_field["start"]

    assert [cell_words(column, ride.cells["start"], names, lang) for lang in ("et", "en", "ru")] == [
        "kodu",
        "home",
        "дом",
    ]
    assert title_of("rides", "S01", ride.cells, names, "en").startswith("S01 · 2026-11-25 · ")
    assert cell_words(sheet_named("rides").column_by_field["day"], "31.02.2026", names, "et") == "31.02.2026"


def test_looks_are_logged(demo_store: Store) -> None:
    """Each person of a list once; names in a form once per quarter of an hour."""
    with demo_store.session() as session:
        records, names = list_records(session, "visits").records, names_of(session)

    log_looks(demo_store, "user:1", records, purpose="records.list")
    for _ in range(2):
        log_choices(demo_store, "user:1", sheet_named("visits"), names)
    log_choices(demo_store, "user:1", sheet_named("places"), names)

    with demo_store.session() as session:
        purposes = [look.purpose for look in seen_by(session, "record:clients/K01")]
        assert purposes == ["records.list", "records.choose"]
        assert len(looked_at(session)) >= 41
