"""Pages carry everything inside, say in words what they show, and disarm hostile texts."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from maps.background import Background, PlaceName
from maps.day_files import day_files
from maps.day_page import day_page
from maps.day_view import DayView, StopView, UnassignedView
from maps.round_page import round_page
from maps.tiles import Tiles
from routing.plan import StopKind

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\u2028\u2029]]>`${alert(3)}'\"{{7*7}}&lt;"


class Page(HTMLParser):
    """Collect the tags, addresses and visible text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.scripts: list[str] = []
        self._inside = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag with its attributes."""
        self.tags.append((tag, dict(attrs)))
        self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        """Leave scripts and styles."""
        self._inside = ""

    def handle_data(self, data: str) -> None:
        """Sort text into scripts and what is read."""
        if self._inside == "script":
            self.scripts.append(data)
        elif self._inside != "style":
            self.text += data

    def count(self, tag: str) -> int:
        """Return how many tags of a kind there are."""
        return sum(name == tag for name, _ in self.tags)

    @property
    def addresses(self) -> list[str]:
        """Return everything a browser could fetch or go to."""
        names = ("src", "href", "action", "srcset", "data", "poster", "background")
        return [value or "" for _, attrs in self.tags for name, value in attrs.items() if name in names]


@pytest.fixture(scope="module")
def hostile(day_view: DayView) -> DayView:
    stop = StopView(
        kind=StopKind.VISIT, lat=58.4, lon=26.7, arrival=30_000, start=30_000, departure=31_000, number=1,
        label=HOSTILE, address=HOSTILE, settlement=HOSTILE, door_note=HOSTILE, bring=(HOSTILE,), notes=(HOSTILE,),
        place=HOSTILE, phone=HOSTILE + "+372 5", remarks=(HOSTILE,),
    )  # fmt: skip
    round_view = replace(day_view.rounds[0], shift=HOSTILE, worker=HOSTILE, vehicle=HOSTILE, stops=(stop,), legs=())
    missed = UnassignedView(label=HOSTILE, lat=58.5, lon=26.8, settlement=HOSTILE, reason=HOSTILE, remedy=HOSTILE)
    background = Background(place_names=(PlaceName(name=HOSTILE, lat=58.5, lon=26.8),), attribution=HOSTILE)
    return replace(day_view, title=HOSTILE, rounds=(round_view,), unassigned=(missed,), background=background)


def pages(view: DayView) -> list[Page]:
    return [Page(day_page(view)), Page(round_page(view, view.rounds[0]))]


@pytest.mark.parametrize("lang", ["et", "en", "ru"])
def test_nothing_is_fetched(day_view: DayView, lang: str) -> None:
    """Refer to nothing outside but the driver's own links, which open only when clicked."""
    for page in pages(replace(day_view, lang=lang)):
        assert page.tags[0] == ("html", {"lang": lang})
        allowed = r"data:,|#\w+|round-[\w%-]+\.html|tel:[+\d]+|geo:[\d.,?q=]+|https://www\.google\.com/maps/dir/\?api=1&destination=[\d.,]+"
        assert [address for address in page.addresses if not re.fullmatch(allowed, address)] == []
        assert "sourceMappingURL" not in "".join(page.scripts)
        policy = next(
            attrs["content"] for _, attrs in page.tags if attrs.get("http-equiv") == "Content-Security-Policy"
        )
        assert policy.startswith("default-src 'none'; script-src 'sha256-")
        assert "img-src data:;" in policy
        assert "http" not in policy


def test_hostile_texts_are_only_text(hostile: DayView) -> None:
    """Show hostile texts as they are, and let them add no tag to the page."""
    for page in pages(hostile):
        assert page.count("script") == 3
        assert page.count("img") == 0
        assert "alert(1)</script>" in page.text
        assert "{{7*7}}&lt;" in page.text
        script = page.scripts[-1]
        assert "<" not in script
        assert "\u2028" not in script
        assert not any(attr.startswith("on") for _, attrs in page.tags for attr in attrs)


def test_the_list_says_what_the_map_shows(day_view: DayView) -> None:
    """Give each pin its entry, with time, label and settlement, and each missed request its reason."""
    page = Page(day_page(day_view))
    entries = {attrs["data-pin"] for tag, attrs in page.tags if tag == "button" and "data-pin" in attrs}
    registered = set(
        re.findall(r'"([A-Z]+-\d+|unassigned-\d+)"', "".join(re.findall(r"registerPin\((\[.*?\])", page.scripts[-1])))
    )
    assert entries == registered
    for round_view in day_view.rounds:
        assert round_view.worker in page.text
        for stop in round_view.stops:
            assert stop.label in page.text
            assert stop.settlement in page.text
    assert day_view.unassigned[0].reason in page.text
    assert day_view.unassigned[0].remedy in page.text
    assert "Skemaatiline" in page.text
    assert day_view.background.attribution in page.text


def test_a_round_page_holds_only_its_round(day_view: DayView) -> None:
    """Show a driver her own stops with door note, what to bring and a link, and nobody else's."""
    page = Page(round_page(day_view, day_view.rounds[1]))
    assert "Tiina Saar" in page.text
    assert "Võti naabri käes" in page.text
    assert "vererõhuaparaat, ravimid apteegist" in page.text
    assert "12 min sõitu · 9,8 km" in page.text
    assert "Maarika" not in page.text + page.scripts[-1]
    assert "Evald" not in page.text + page.scripts[-1]
    assert sum(address.startswith("geo:") for address in page.addresses) == 11


def told(view: DayView) -> DayView:
    """Return a day whose second stop is a way back from a place, with a phone and a remark."""
    (first, *others), more = view.rounds[2].stops, view.rounds[:2]
    stop = replace(
        others[0], is_return=True, place="Tartu Kliinikum", phone="+372 5555 0101", remarks=("koos: Tiina Saar",)
    )
    return replace(view, rounds=(*more, replace(view.rounds[2], stops=(first, stop, *others[1:]))))


def test_both_pages_tell_of_the_rest_of_the_plan(day_view: DayView) -> None:
    """Returns are called returns, drop-offs name the place, and remarks are shown."""
    view = told(day_view)
    for page in (Page(day_page(view)), Page(round_page(view, view.rounds[2]))):
        assert "Tagasi: peale" in page.text
        assert "Tartu Kliinikum" in page.text
        assert "koos: Tiina Saar" in page.text


def test_a_phone_is_on_the_rounds_own_page_alone(day_view: DayView) -> None:
    """The carer may dial it; no other page or file of the day holds it."""
    view = told(day_view)
    files = day_files(view)
    assert [name for name, content in files.items() if "5555" in str(content)] == ["round-buss.html"]
    assert "tel:+37255550101" in Page(round_page(view, view.rounds[2])).addresses


@pytest.mark.parametrize(("stayed", "shown"), [(False, True), (True, False)])
def test_time_with_the_client_is_not_called_waiting(day_view: DayView, *, stayed: bool, shown: bool) -> None:
    """Who stays with the client is not told to be early."""
    round_view = day_view.rounds[2]
    stops = tuple(replace(stop, stayed=stayed) for stop in round_view.stops)
    assert ("Kohal kell" in Page(round_page(day_view, replace(round_view, stops=stops))).text) == shown


def test_titles_and_addresses_name_nobody(day_view: DayView) -> None:
    """Keep people out of titles, which browsers remember, and out of every address."""
    for round_view in day_view.rounds:
        html = round_page(day_view, round_view)
        title = re.search(r"<title>(.*?)</title>", html)
        assert title
        assert title[1] == f"Ring {round_view.style.letter}, esmaspäev, 16. märts 2026"


def test_the_same_day_gives_the_same_page(day_view: DayView) -> None:
    """Depend on nothing but the view."""
    assert day_page(day_view) == day_page(day_view)


def test_an_empty_day_is_a_page(day_view: DayView) -> None:
    """Draw a day without rounds, and a round without stops."""
    empty = replace(day_view.rounds[0], stops=(), legs=())
    assert "0 ringi" in Page(day_page(replace(day_view, rounds=(), unassigned=()))).text
    assert "Maarika" in Page(round_page(replace(day_view, rounds=(empty,), unassigned=()), empty)).text


def test_tiles_only_when_asked(day_view: DayView) -> None:
    """Allow and name the tile server where one is given."""
    tiles = Tiles(url="https://tiles.example.ee/{z}/{x}/{y}.png", attribution="Maa- ja Ruumiamet <b>")
    page = Page(day_page(day_view, tiles=tiles))
    assert "Maa- ja Ruumiamet <b>" in page.text
    assert "tiles.example.ee/{z}" in page.scripts[-1]
    assert any("img-src data: https://tiles.example.ee;" in (attrs.get("content") or "") for _, attrs in page.tags)
