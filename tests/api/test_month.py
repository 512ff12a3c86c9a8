"""A month in three commands, and the same by the pages: care plans, their log, what is owed and reported."""

import json
import re
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from api.security.roles import Role
from api.store.opening import open_store
from tests.api.command import answer, run
from tests.api.printing.pdf_text import read_pdf
from tests.month import CLIENTS, MONDAY, rows, small_municipality, zipped
from tests.served_window import ServedWindow, answering, free_port
from tests.web import Served

MONTH = "2026-12"
DECEMBER = "detsember 2026"
QUICK = ("--seconds", "60", "--iterations", "1")


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """Return where the three commands wrote, and what the last one said."""
    base = tmp_path_factory.mktemp("month")
    folder = small_municipality(base / "vald")
    planned = run("week", folder, "--from", MONDAY, "--weeks", "4", *QUICK, "--out", base / "week")
    assert planned.exit_code == 0, planned.output
    assert str(base / "week") in planned.output.replace("\n", "")
    logged = run("log", folder, base / "week", "--as-planned", "--out", base / "log")
    assert logged.exit_code == 0, logged.output
    assert str(base / "log") in logged.output.replace("\n", "")
    made = run("books", folder, base / "log", "--out", base / "books", "--json")
    assert made.exit_code == 0, made.output
    return base, answer(made)


def test_minutes_of_each_client_against_the_care_plan(month: tuple[Path, Any]) -> None:
    """What the log says was done is what the week has placed, and that with what is missing is what plans ask for."""
    base, _ = month
    done: defaultdict[str, int] = defaultdict(int)
    for row in rows(base / "log" / "log.csv"):
        if row["liik"] == "käik" and row["tulemus"] == "tehtud":
            begin, end = (_minutes(row[name]) for name in ("tegelik algus", "tegelik lõpp"))
            done[row["klient"]] += end - begin
    week = json.loads((base / "week" / "week.json").read_text("utf-8"))
    told = week["figures"]["clients"]
    assert done == {client: one["made_minutes"] for client, one in told.items() if one["made_minutes"]}
    lengths = {row["tunnus"]: int(row["kestus (min)"]) for row in rows(base / "vald" / "care_slots.csv")}
    lacking: defaultdict[str, int] = defaultdict(int)
    for one in week["missing"]:
        lacking[one["client"]] += one["times"] * lengths[one["care_slot"]]
    assert all(done[client] + lacking[client] == one["asked_minutes"] for client, one in told.items())
    weekly = {row["klient"]: int(row["maht nädalas (min)"]) for row in rows(base / "vald" / "care_plans.csv")[:3]}
    assert {client: told[client]["asked_minutes"] for client in weekly} == {c: 4 * n for c, n in weekly.items()}


def _minutes(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def test_statements_hold_visits_and_recurring_rides_to_the_cent(month: tuple[Path, Any]) -> None:
    """Lines add up to each total; care is charged by the month, every ride of the series both ways, nobody twice."""
    base, said = month
    lines = rows(base / "books" / "statements-2026-12" / "lines.csv")
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    entries: list[str] = []
    for line in lines:
        sums[line["klient"]] += Decimal(line["summa"].replace(",", "."))
        entries += line["logi kanded"].split()
    totals = {made["client"]: Decimal(made["total"]) for made in said["statements"] if made["month"] == "2026-12"}
    assert sums == totals
    assert set(totals) == set(CLIENTS)
    rides = [line for line in lines if line["klient"] == "K21" and line["teenus"] == "sotsiaaltransport"]
    logged = rows(base / "log" / "log.csv")
    ridden = [row for row in logged if row["liik"] == "sõit" and row["kuupäev"].endswith("12.2026")]
    assert len(ridden) == 2 * len(rides) == 20
    assert {line["summa"] for line in rides} == {"10,00"}
    assert len(entries) == len(set(entries))
    assert {row["tunnus"] for row in logged if row["tulemus"] == "tehtud" and "2027" not in row["kuupäev"]} == set(
        entries
    )
    assert (base / "books" / "statements-2026-12" / "statement-K01.pdf").read_bytes().startswith(b"%PDF")


def test_the_report_links_to_its_rows(month: tuple[Path, Any]) -> None:
    """Every figure of the page leads to its rows, these to the log; care volume and carers are there, also as CSV."""
    base, said = month
    where = base / "books" / "report"
    page = (where / "report.html").read_text("utf-8")
    places = set(re.findall(r' id="([^"]+)"', page))
    links = set(re.findall(r' href="#([^"]+)"', page))
    assert links <= places
    assert {f"e-{row['tunnus']}" for row in rows(base / "log" / "log.csv")} <= places & links
    care = {(row["klient"], row["kuu"]): row for row in rows(where / "care.csv")}
    assert care["K02", "2026-12"]["osutatud, h"] == care["K02", "2026-12"]["kavandatud, h"]
    figures = said["figures"]
    assert float(figures["care-done"]) == pytest.approx(float(figures["care-planned"]))
    assert all(int(row["hooldajaid"]) == len(row["kes käis"].split()) for row in rows(where / "carers.csv"))


def test_a_log_without_entries_is_no_month(month: tuple[Path, Any], tmp_path: Path) -> None:
    """Where nothing can be read there is nothing to write, and it is said."""
    base, _ = month
    (tmp_path / "log.csv").write_text("tunnus;kuupäev;liik;teenus;klient\n")
    refused = run("books", base / "vald", tmp_path, "--out", tmp_path / "out")
    assert refused.exit_code == 2
    assert not (tmp_path / "out").exists()


@pytest.mark.browser
def test_the_same_by_the_pages(browser: Browser, month: tuple[Path, Any], tmp_path: Path) -> None:
    """In a browser: import, four weeks planned and published, the log, approved, closed, printed and reported."""
    base, said = month
    with closing(open_store(tmp_path / "store.db")) as store, free_port() as listening:
        served = Served(store, port=listening.getsockname()[1], municipality="Tartu vald")
        served.app.state.shell.jobs.executor = lambda: ThreadPoolExecutor(1)
        served.clock.now = datetime(2026, 12, 4, 8, tzinfo=UTC)
        served.add("haldur", Role.COORDINATOR, Role.CLERK, Role.AUDITOR)
        with answering(served, listening) as address:
            window = ServedWindow(browser, address, locale="et")
            window.sign_in()
            import_folder(window, zipped(base / "vald", tmp_path))
            visit, day = plan_weeks(window)
            publish_weeks(window)
            served.clock.now = datetime(2027, 1, 4, 6, tzinfo=UTC)
            window.sign_in()
            log_month(window, visit, day)
            settle_month(window)
            owed = {made["client"]: made["total"] for made in said["statements"] if made["month"] == MONTH}
            paper = statement_of(window, "K21")
            assert f"{Decimal(owed['K21']):.2f}".replace(".", ",") in paper
            report_on(window, visit, day)
            window.close()


def plan_weeks(window: ServedWindow) -> tuple[str, date]:
    """Plan four weeks from the care plans, take each over, and return the first visit of a client and its day."""
    page = window.page
    for ahead in range(4):
        page.goto(f"{window.address}/weeks/{date.fromisoformat(MONDAY) + timedelta(weeks=ahead)}")
        page.locator("#seconds option").first.evaluate("option => option.value = '2'")  # a short thought will do
        page.locator("#seconds").select_option("2")
        page.get_by_role("button", name="Plaani nädal").click()
        page.locator("#accept-all").click()
        expect(page.locator("#week-told")).to_contain_text("Pakutu on nädalas")
    page.goto(f"{window.address}/weeks/{MONDAY}")
    window.check()
    chip = page.locator('a.chip[data-visit^="P03-1"]').first
    visit, day = (chip.get_attribute(name) or "" for name in ("data-visit", "data-day"))
    return visit, date.fromisoformat(day)


def publish_weeks(window: ServedWindow) -> None:
    """Let the drivers see every day of the four weeks that has a plan: what is owed tells if one is missed."""
    page = window.page
    for ahead in range(28):
        page.goto(f"{window.address}/board/{date.fromisoformat(MONDAY) + timedelta(days=ahead)}")
        button = page.locator("#publish")
        if button.is_enabled():
            button.click()
            page.locator("#publish-dialog [data-act=publish]").click()
            expect(page.locator("#toasts")).not_to_be_empty()
            expect(button).to_be_disabled()
        page.wait_for_load_state("networkidle")  # whoever leaves, or comes a month later, leaves nothing half asked


def import_folder(window: ServedWindow, folder: Path) -> None:
    """Send the municipality's folder, see what would change, and say yes."""
    page = window.page
    page.goto(f"{window.address}/import")
    page.set_input_files("#files", folder)
    page.locator("form.card button.main").click()
    page.locator("form[action$='/apply'] button.main").click()
    page.wait_for_selector(".notice.good")


def log_month(window: ServedWindow, visit: str, day: date) -> None:
    """Take the month's published days into the log, tell what came of one visit, and mark the rest as done."""
    page = window.page
    page.goto(f"{window.address}/months")
    page.get_by_role("link", name=DECEMBER).click()
    window.check()
    page.get_by_role("button", name="Võta päevad logisse").click()
    expect(page.get_by_role("status").first).to_have_text("Päevad on logis.")
    page.get_by_role("link", name=f"{day:%d.%m.%Y}").click()
    page.locator("tr", has_text=visit).get_by_role("link").click()
    page.get_by_label("Tulemus").select_option(label="keeldus")
    page.get_by_label("Põhjus").fill("oli külas")
    page.get_by_label("Põhjus").press("Enter")
    expect(page.get_by_role("status").first).to_have_text("Kanne on salvestatud.")
    page.goto(f"{window.address}/months/{MONTH}")
    page.get_by_role("button", name="Märgi ülejäänud plaani järgi tehtuks").click()
    expect(page.get_by_role("status").first).to_have_text("Ülejäänud kanded on märgitud plaani järgi tehtuks.")


def settle_month(window: ServedWindow) -> None:
    """Approve the month and close it."""
    page = window.page
    page.get_by_role("button", name=f"Kinnita {DECEMBER}").click()
    expect(page.get_by_role("status").first).to_have_text("Kuu on kinnitatud.")
    window.check()
    page.get_by_role("button", name=f"Sulge {DECEMBER}").click()
    expect(page.get_by_role("status").first).to_have_text("Kuu on suletud.")
    expect(page.locator("h1 .tag")).to_have_text("suletud")


def statement_of(window: ServedWindow, client: str) -> str:
    """Return what the statement of a client says on paper."""
    page = window.page
    page.locator(f"a[href$='/client/{client}']").click()
    with page.expect_download() as started:
        page.get_by_role("link", name="PDF").click()
    return read_pdf(started.value.path().read_bytes()).text


def report_on(window: ServedWindow, visit: str, day: date) -> None:
    """Read the report in Estonian and English: care plans, why a visit was refused, and the row behind that."""
    page = window.page
    for lang, care in (("et", "Hooldus hooldusplaanide järgi"), ("en", "Care by care plans")):
        page.goto(f"{window.address}/report/{MONDAY}/2026-12-31")
        page.locator(f"button[name=lang][value={lang}]").click()
        expect(page.get_by_role("heading", name=care)).to_be_visible()
        expect(page.locator("html")).to_have_attribute("lang", lang)
        window.check()
        page.locator("tr", has_text="oli külas").get_by_role("link").click()
        expect(page.get_by_text(f"{day}-{visit}")).to_be_visible()
