"""Sheets are real, whole and accessible PDFs that hold whatever people are called and give nothing away."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import api.printing
from api.planned import PlannedDay
from api.printing.day import DayPrint
from api.printing.typeset import pictures, typeset
from routing.wording import LANGUAGES
from routing.wording.format import clock
from tests.api.printing.conftest import PRINTED_AT, with_clients
from tests.api.printing.pdf_text import read_pdf, squeezed

TEMPLATES = Path(api.printing.__file__).parent / "templates"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sheets_are_accessible(planned_day: PlannedDay, lang: str) -> None:
    """Every sheet is a tagged PDF/UA-1 with title and language, dated by the moment given."""
    printed = DayPrint(planned=planned_day, lang=lang, printed_at=PRINTED_AT)
    for data in (printed.rounds_pdf(), printed.overview_pdf(), printed.wall_pdf()):
        found = read_pdf(data)
        assert found.lang == lang
        assert "Tartu vald" in found.metadata
        assert "<pdfuaid:part>1</pdfuaid:part>" in found.metadata
        assert "2026-11-24T14:05:00" in found.metadata
        assert "16:05" in found.pages[0]
        assert b"/Marked true" in data


def test_a_round_in_the_order_of_the_plan(printed: DayPrint) -> None:
    """All stops stand in the plan's order with letter, number, times, and what is known at the door."""
    for round_view in printed.view.rounds:
        text = read_pdf(printed.rounds_pdf(round_view.shift)).text
        names = [f"{round_view.name(stop)}{clock(stop.start)}" for stop in round_view.stops if stop.number]
        places = [text.index(name) for name in names]
        assert places == sorted(places)
        for stop in round_view.stops:
            for told in (stop.phone, stop.door_note, stop.address, *stop.bring, *stop.notes, *stop.remarks):
                assert squeezed(told) in text


def test_whom_to_call(printed: DayPrint) -> None:
    """Every worker's sheet has the coordinator's number."""
    told = [figures for found in printed.rounds_data()["rounds"] for figures in found["figures"]]
    assert told.count("Koordinaator 5550 0100") == len(printed.shifts)


def test_all_rounds_in_one_file(printed: DayPrint) -> None:
    """Without a shift named every round is printed, each counting its own pages."""
    pages = read_pdf(printed.rounds_pdf()).pages
    assert len(pages) >= len(printed.shifts)
    assert sum("lk 1 /" in page for page in pages) == len(printed.shifts)
    with pytest.raises(KeyError):
        printed.rounds_pdf("nobody")


HOSTILE = [
    '#panic() #import "@preview/x:1.0.0" $x$ @ref <label> \\ `raw` *b* _i_ //c /*',
    "'\"„“«»”’",
    "=cmd|' /C calc'!A0",
    "Õie-Änn Šmüdt ЩукаЁж",
    "שלום עולם",
    "مرحبا",
    "X" * 200,
    "W" * 60 + " " + "Õ" * 60,
    "{{ x }} {% y %} {name} %x %y",
]


@pytest.mark.parametrize("evil", HOSTILE)
def test_hostile_texts_survive(planned_day: PlannedDay, evil: str) -> None:
    """What people wrote is printed letter by letter and never read as markup."""
    texts = {"name": "Aino Kask", "address": evil, "door_note": evil, "phone": evil, "settlement": evil}
    printed = DayPrint(planned=with_clients(planned_day, **texts), lang="et", printed_at=PRINTED_AT)
    text = read_pdf(printed.rounds_pdf()).text
    for word in evil.split():
        right_to_left = any("\u0590" <= letter <= "\u06ff" for letter in word)
        assert right_to_left or squeezed(word) in text
    assert read_pdf(printed.overview_pdf()).pages
    assert read_pdf(printed.wall_pdf()).pages


@pytest.mark.parametrize(
    "evil", ["😀 Mari", "日本", "a\u202eb\u0000c\ud800\ue000", "", " \n\t ", "👩‍👩‍👧", "e\u0301\u0323日\u0301"]
)
def test_letters_no_font_has(planned_day: PlannedDay, evil: str) -> None:
    """A letter the fonts lack is marked as missing and stops nothing."""
    changed = with_clients(planned_day, name=evil, address=evil, settlement=evil)
    assert read_pdf(DayPrint(planned=changed, lang="et", printed_at=PRINTED_AT).rounds_pdf()).pages


def _long_round(printed: DayPrint, stops: int) -> dict[str, Any]:
    data: Any = printed.rounds_data(printed.shifts[0])
    first = next(stop for stop in data["rounds"][0]["stops"] if stop["kind"] == "stop")
    name = "Maarja-Magdaleena Anne-Marie von Pahlen-Kõrkjaveere-Tõstamaa"
    rows = [{**first, "badge": f"A{number}", "name": name} for number in range(1, stops + 1)]
    data["rounds"][0]["stops"] = rows
    return dict(data)


def test_thirty_stops(printed: DayPrint) -> None:
    """A long round goes over several pages, each with the table's head, its own number, and no stop cut in two."""
    found = read_pdf(typeset("rounds", _long_round(printed, 30), printed_at=PRINTED_AT))
    count = len(found.pages)
    assert 3 <= count <= 6
    for number, page in enumerate(found.pages, start=1):
        assert f"lk {number} / {count}" in page
    assert all("Tegelik aeg" in page for page in found.pages if "A3" in page or "A2" in page)
    assert all(f"A{number}" in " ".join(found.pages) for number in range(1, 31))


def test_the_wall_names_no_client(printed: DayPrint) -> None:
    """The wall shows the staff and where they are, and nothing of whom they visit."""
    text = read_pdf(printed.wall_pdf()).text
    for round_view in printed.view.rounds:
        assert squeezed(round_view.worker) in text
    _hides_clients(printed, text, names=True)


def test_the_desk_has_no_more_than_it_needs(printed: DayPrint) -> None:
    """The overview says who and where, and no phone, door, street or aid."""
    text = read_pdf(printed.overview_pdf()).text
    for round_view in printed.view.rounds:
        assert all(round_view.name(stop) in text for stop in round_view.stops if stop.number)
    _hides_clients(printed, text, names=False)


def _hides_clients(printed: DayPrint, text: str, *, names: bool) -> None:
    for client in printed.planned.day.records.clients:
        for secret in (client.phone, client.address, client.door_note, *([client.name] if names else [])):
            assert not secret or squeezed(secret) not in text


def test_same_bytes(planned_day: PlannedDay) -> None:
    """The same plan and moment give the same bytes, another moment others."""
    once, again = (DayPrint(planned=planned_day, lang="ru", printed_at=PRINTED_AT).files() for _ in range(2))
    later = DayPrint(planned=planned_day, lang="ru", printed_at=PRINTED_AT.replace(minute=6))
    assert once == again
    assert later.overview_pdf() != once["overview.pdf"]


def test_nothing_is_fetched() -> None:
    """No template names a package or an address; the compiler would look for packages where there are none."""
    for path in TEMPLATES.glob("*.typ"):
        source = path.read_text("utf-8")
        assert "@preview" not in source
        assert "@local" not in source
        assert "http" not in source
    assert not (TEMPLATES / "packages").exists()


def test_a_day_without_rounds(planned_day: PlannedDay) -> None:
    """A day on which nobody drives still has its overview, and no sheet of rounds."""
    bare = replace(planned_day, plan=replace(planned_day.plan, routes=(), unassigned=()), explained=(), prices={})
    printed = DayPrint(planned=bare, lang="en", printed_at=PRINTED_AT)
    files = printed.files()
    assert "rounds.pdf" not in files
    assert read_pdf(printed.overview_pdf()).pages


def test_pictures(printed: DayPrint) -> None:
    """Pages can be looked at."""
    assert all(page.startswith(b"\x89PNG") for page in pictures("wall", printed.wall_data(), ppi=20))
