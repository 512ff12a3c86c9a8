"""From kept plans to a log, statements and the report by commands; whatever is wrong is a finding."""

import csv
import io
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from zipfile import ZipFile

import pytest

from routing.books.log_file import log_text
from routing.wording import LANGUAGES
from tests.api.command import answer, edit, run
from tests.books import ride, visit

NOVEMBER = ("--from", "2026-11-01", "--to", "2026-11-30")
MAP = """
target = "trips"
[columns]
"Auto" = "vehicle"
"Juht" = "worker"
"Algus" = "day+begin"
"Km" = "driven_metres"
"""


def rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file by header."""
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig")), delimiter=";"))


@pytest.fixture
def logged(planned: tuple[Path, Path], tmp_path: Path) -> tuple[Path, Path]:
    """Return the example folder and the log of its planned day, all done as planned."""
    folder, plans = planned
    result = run("log", folder, plans, "--as-planned", "--out", tmp_path / "log", "--lang", "en")
    assert result.exit_code == 0, result.output
    return folder, tmp_path / "log"


def test_a_log_of_kept_plans(logged: tuple[Path, Path], tmp_path: Path) -> None:
    """Every visit and way of a ride is a row; given back with what happened, that holds."""
    folder, log = logged
    first = rows(log / "log.csv")
    assert {row["result"] for row in first} == {"done"}
    assert rows(log / "trips.csv")
    told = tmp_path / "told.csv"
    told.write_text(log_text([visit("X1", first_day(first))], "et"))
    again = run("log", folder, "--log", log / "log.csv", "--actual", told, "--out", tmp_path / "more", "--json")
    assert answer(again)["entries"] == len(first) + 1
    assert rows(tmp_path / "more" / "log.csv")[-1]["tunnus"] == "X1"


def test_results_of_days_to_come_are_doubted(folder: Path, tmp_path: Path) -> None:
    """A log that says what came of a day still to come is a preview, and says so; one of the past does not."""
    for day, codes in ((date(2100, 1, 4), ["ledger.log-ahead"]), (date(2020, 1, 6), [])):
        told = tmp_path / "told.csv"
        told.write_text(log_text([visit("X1", day), visit("X2", day, result=None)], "et"))
        said = answer(run("log", folder, "--actual", told, "--out", tmp_path / "log", "--json"))
        assert [finding["code"] for finding in said["findings"] if finding["code"] == "ledger.log-ahead"] == codes


def first_day(found: list[dict[str, str]]) -> date:
    """Return the day of the first row."""
    return date.fromisoformat(found[0]["date"])


def test_trips_of_a_fleet_tracker(logged: tuple[Path, Path], tmp_path: Path) -> None:
    """An export is read by a map of its columns; a column that the map does not name is reported."""
    folder, log = logged
    (tmp_path / "map.toml").write_text(MAP)
    (tmp_path / "export.csv").write_text("Auto;Juht;Algus;Km;Kiirus\nA1;T1;25.11.2026 08:00;31,5;88\n")
    options = ("--tracked", tmp_path / "export.csv", "--map", tmp_path / "map.toml", "--out", tmp_path / "o", "--json")
    result = run("log", folder, "--log", log / "log.csv", *options)
    assert result.exit_code == 0
    assert "ledger.map-column-unknown" in {finding["code"] for finding in answer(result)["findings"]}
    assert [row["sõidetud km"] for row in rows(tmp_path / "o" / "trips.csv")] == ["31,5"]


def test_statements_of_a_month(logged: tuple[Path, Path], tmp_path: Path) -> None:
    """One PDF for each client, the lines add up to the overview, and what has to be asked is an error."""
    folder, log = logged
    out = tmp_path / "out"
    result = run("statements", folder, "--month", "2026-11", "--log", log / "log.csv", "--out", out, "--json")
    said = answer(result)
    assert {path.name for path in out.iterdir()} >= {"overview.pdf", "overview.csv", "lines.csv", "statements.xlsx"}
    assert (out / "statement-K1.pdf").read_bytes().startswith(b"%PDF")
    assert ZipFile(out / "statements.xlsx").testzip() is None
    lines = rows(out / "lines.csv")
    assert {row["klient"] for row in lines} == {made["client"] for made in said["statements"]}
    unsettled = [key for made in said["statements"] for key in made["unsettled"]]
    assert result.exit_code == (1 if unsettled else 0)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_report(logged: tuple[Path, Path], tmp_path: Path, lang: str) -> None:
    """HTML, PDF and the data; every link of the page leads to a place in it, and nothing in it is asked of others."""
    folder, log = logged
    out = tmp_path / "out"
    trips = log / "trips.csv"
    trips.write_text(trips.read_text("utf-8-sig").replace(";no;", ";yes;"), "utf-8-sig")
    options = ("--log", log / "log.csv", "--trips", trips, "--hour-cost", "12", "--km-cost", "0,3")
    result = run("report", folder, *NOVEMBER, *options, "--out", out, "--lang", lang)
    assert result.exit_code == 0, result.output
    page = Links()
    page.feed((out / "report.html").read_text("utf-8"))
    assert page.lang == lang
    assert page.links
    assert page.links <= page.places
    assert not page.elsewhere
    assert "Näide" not in (out / "report.html").read_text("utf-8")
    assert (out / "report.pdf").read_bytes().startswith(b"%PDF")
    figures = rows(out / "figures.csv")
    keys = {list(row.values())[-1] for row in figures}
    assert {next(iter(row.values())) for row in rows(out / "rows.csv")} <= keys
    assert any(name.startswith("cost") for name in keys)
    assert rows(out / "mileage.csv")
    assert rows(out / "own-cars.csv")


class Links(HTMLParser):
    """Collect where a page leads and the places it has."""

    def __init__(self) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.places: set[str] = set()
        self.elsewhere: set[str] = set()
        self.lang = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note links, ids, and whatever would be fetched."""
        found = {name: value or "" for name, value in attrs}
        self.lang = found.get("lang", "") if tag == "html" else self.lang
        if "id" in found:
            self.places.add(f"#{found['id']}")
        if "href" in found:
            (self.links if found["href"].startswith("#") else self.elsewhere).add(found["href"])
        if "src" in found:
            self.elsewhere.add(found["src"])


def test_a_contractors_control_list(logged: tuple[Path, Path], tmp_path: Path) -> None:
    """Rides at the agreed price beside the invoice; an invoice that is none is a finding."""
    folder, log = logged
    day = first_day(rows(log / "log.csv"))
    (tmp_path / "rides.csv").write_text(log_text([ride("S1", day), ride("S2", day)], "et"))
    (tmp_path / "invoice.csv").write_text("kanne;summa\nS1;10,50\n")
    options = ("--log", tmp_path / "rides.csv", "--contractor", "AUTO1", "--per-ride", "2", "--per-km", "0.4")
    invoice = ("--invoice", tmp_path / "invoice.csv", "--out", tmp_path / "out")
    assert run("report", folder, *NOVEMBER, *options, *invoice).exit_code == 0
    lines = rows(tmp_path / "out" / "contractor.csv")
    assert [(row["kokku lepitud"], row["vahe"]) for row in lines] == [("10,00", "0,50"), ("10,00", "")]
    for wrong in ("S1;palju", "S1;NaN", "S1;-3", "S1;10\nS1;11"):
        (tmp_path / "invoice.csv").write_text(f"kanne;summa\n{wrong}\n")
        refused = run("report", folder, *NOVEMBER, *options, *invoice, "--json")
        assert refused.exit_code == 1
        assert [finding["code"] for finding in answer(refused)["findings"]] == ["ledger.bad-invoice-row"]


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("log",), 2),
        (("log", "--tracked", "x.csv"), 2),
        (("log", "--log", "none.csv"), 1),
        (("statements", "--month", "2026-13", "--log", "none.csv"), 2),
        (("statements", "--month", "2026-11", "--log", "none.csv"), 1),
        (("report", "--from", "2026-11-02", "--to", "2026-11-01", "--log", "none.csv"), 2),
        (("report", *NOVEMBER, "--log", "none.csv"), 1),
        (("report", *NOVEMBER, "--log", "none.csv", "--hour-cost", "much"), 2),
    ],
)
def test_wrong_usage_and_missing_files(folder: Path, tmp_path: Path, arguments: tuple[str, ...], status: int) -> None:
    """Nothing ends in a traceback, and nothing is written."""
    command, *rest = arguments
    result = run(command, folder, *rest, "--out", tmp_path / "out")
    assert result.exit_code == status
    assert not (tmp_path / "out").exists()


def test_a_log_with_faults_keeps_the_rest(logged: tuple[Path, Path], tmp_path: Path) -> None:
    """A row that cannot be read is reported and left out; the others are charged."""
    folder, log = logged
    edit(log / "log.csv", lambda text: text.replace(";K1;", ";K99;", 1))
    result = run(
        "statements", folder, "--month", "2026-11", "--log", log / "log.csv", "--out", tmp_path / "o", "--json"
    )
    assert result.exit_code == 1
    assert "records.reference-unknown" in {finding["code"] for finding in answer(result)["findings"]}
    assert rows(tmp_path / "o" / "lines.csv")


def test_what_is_given_back_is_not_lost(logged: tuple[Path, Path]) -> None:
    """A log with a faulty row is not written over, and trips that were not given back stay."""
    folder, log = logged
    trips = (log / "trips.csv").read_bytes()
    assert run("log", folder, "--log", log / "log.csv", "--out", log).exit_code == 0
    assert (log / "trips.csv").read_bytes() == trips
    edit(log / "log.csv", lambda text: text.replace(";K1;", ";K99;", 1))
    faulty = (log / "log.csv").read_bytes()
    assert run("log", folder, "--log", log / "log.csv", "--out", log).exit_code == 1
    assert (log / "log.csv").read_bytes() == faulty
