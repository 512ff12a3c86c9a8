"""Statements and the report on paper, as workbook and as a page: the same each time, and readable by everybody."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from api.printing.report_print import ReportPrint
from api.printing.statement_print import StatementPrint
from routing.books.charging import Pricing
from routing.books.contractor import ControlLine
from routing.books.delivered import delivered_by_week
from routing.books.entry import Result, Way
from routing.books.learned import learned_services
from routing.books.months import Month
from routing.books.report import report
from routing.books.statement import statements
from routing.wording import LANGUAGES, say
from routing.wording.format import euros
from tests.api.printing.conftest import PRINTED_AT
from tests.api.printing.pdf_text import read_pdf, squeezed
from tests.books import book, records, ride, visit
from tests.browsers import LOOKS, Window

JUNE = Month(2026, 6)
ENTRIES = (
    *(visit(f"V{day}", date(2026, 6, day)) for day in range(1, 8)),
    ride("S1", date(2026, 6, 3), "K2"),
    ride("S1", date(2026, 6, 3), "K2", way=Way.BACK),
    visit("V9", date(2026, 6, 9), "K2", result=Result.NOT_POSSIBLE, reason="<b>keegi</b> ei saanud"),
)


def month(lang: str) -> StatementPrint:
    """Return the statements of June about to be printed."""
    made = statements(Pricing(records=records(), book=book()), ENTRIES, JUNE)
    return StatementPrint(statements=made, month=JUNE, records=records(), lang=lang, printed_at=PRINTED_AT)


def reported(lang: str) -> ReportPrint:
    """Return the report of June about to be written."""
    return ReportPrint(
        report=report(records(), ENTRIES, JUNE.first, JUNE.last),
        records=records(),
        lang=lang,
        printed_at=PRINTED_AT,
        delivered=delivered_by_week(ENTRIES, records().decisions, JUNE.first, JUNE.last),
        services=learned_services(ENTRIES),
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_same_files_each_time(lang: str) -> None:
    """Nothing in them depends on the clock or on chance."""
    assert month(lang).files() == month(lang).files()
    assert reported(lang).files() == reported(lang).files()


def test_statements_are_in_the_order_of_names() -> None:
    """A clerk looks a client up by her name: K2 before K1 where that is what the names say."""
    named = {"K1": "Õie Õun", "K2": "Zoja Žukova"}
    clients = tuple(replace(one, name=named.get(one.id, one.name)) for one in records().clients)
    made = replace(month("et"), records=replace(records(), clients=clients))
    assert [row[1] for row in made.overview.rows] == ["K2", "K1"]
    overview = made.overview_data()
    assert [row[1] for row in overview["rows"]] == ["K2", "K1"]
    assert euros(sum(one.known for one in made.statements), "et") in overview["total"]


def test_reasons_of_ours_are_said_in_the_readers_language() -> None:
    """What a plan gave as a reason is translated, in the figures and in the list; what people wrote stays."""
    why = replace(ENTRIES[-1], id="V10", reason=say("ledger.why-ferry", "et"))
    page = replace(reported("en"), report=report(records(), (*ENTRIES, why), JUNE.first, JUNE.last)).html()
    assert page.count(say("ledger.why-ferry", "en")) == 3
    assert why.reason not in page
    assert "&lt;b&gt;keegi&lt;/b&gt; ei saanud" in page


def test_tables_of_the_page_are_written_as_people_read_them() -> None:
    """Dates and decimals of the page are those of its language; files keep dates that sort."""
    made = reported("et")
    page = made.html()
    assert "<td>01.06.2026</td><td>07.06.2026</td>" in page
    assert not re.search(r"<td>\d+\.\d+</td>|<td>2026-..-", page)
    assert "2026-06-01" in made.tables["delivered"].csv("et")


def test_a_statement_says_who_and_what() -> None:
    """Name, lines, the entries behind them and the sum are on the paper."""
    printed = month("et")
    text = read_pdf(printed.pdf(printed.statements[1])).text
    for part in ("Näide Teine", "juuni 2026", "S1, S1-R", "19,32", say("rules.service-social", "et")):
        assert squeezed(part) in text
    draft = replace(printed, mark="mustand")
    assert "mustand" in read_pdf(draft.pdf(draft.statements[1])).text


def test_a_contractor_is_summed_up() -> None:
    """The list of his rides ends in what was agreed and what he asks for, on paper and on the page."""
    line = ControlLine(
        entry="S1",
        day=JUNE.first,
        vehicle="BUSS",
        planned_metres=1000,
        actual_metres=None,
        agreed=Decimal("12.50"),
        asked=Decimal("13.00"),
    )
    made = replace(reported("et"), control=(line,))
    for text in (read_pdf(made.pdf()).text, squeezed(made.html())):
        for part in ("12,50", "13,00"):
            assert part in text


@pytest.mark.browser
@pytest.mark.parametrize(("lang", "width", "scheme"), LOOKS)
def test_the_page_of_the_report(browser: Browser, tmp_path: Path, lang: str, width: int, scheme: str) -> None:
    """It passes axe, fits its window, asks nobody for anything, and shows what people wrote as text."""
    path = tmp_path / "report.html"
    path.write_text(reported(lang).html(), "utf-8")
    options = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme, "bypass_csp": True}
    window = Window(browser, "file://", **options)
    window.page.goto(path.as_uri())
    window.check()
    assert "<b>keegi</b>" in window.page.locator("#e-V9").inner_text()
    assert window.page.locator("svg.map circle").count() == 2
    window.close()
