"""Every command answers in both languages, as text and as JSON, with the exit status it promises."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from api.cli.main import main
from tests.api.command import DAY, QUICK, ROADS, answer, edit, run, set_setting

FILES = {
    "plan.json",
    "rounds.csv",
    "prices.csv",
    "map.html",
    "map.geojson",
    *(f"round-{shift}.{kind}" for shift in ("V1", "V2") for kind in ("html", "gpx", "ics")),
}


@pytest.mark.parametrize("command", ["plan", "check", "explain", "price", "records", "roads"])
def test_help(command: str) -> None:
    """Every command is listed and explains itself."""
    assert command in run("--help").output
    result = run(command, "--help")
    assert result.exit_code == 0
    assert "Kasutus: hoolering" in result.output
    assert result.output.count("\n") > 5


def test_help_lists_what_the_commands_say_of_themselves() -> None:
    """The list of commands, kept apart so that nothing heavy is imported, knows no other names than there are."""
    context = main.make_context("hoolering", ["--help"], resilient_parsing=True)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command is not None
        assert command.name == name


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("et", ("Tartu vald, 25.11.2026", "Näide Teine", "Määramata: 0 tellimust", "Päeva näitajad", "Kaart: ")),
        ("en", ("Tartu vald, Wed 25 Nov 2026", "Näide Teine", "Unassigned: 0 requests", "Key figures", "Map: ")),
        ("ru", ("Tartu vald, 25.11.2026", "Näide Teine", "Не назначено: 0 заявок", "Показатели дня", "Карта: ")),
    ],
)
def test_plan(folder: Path, tmp_path: Path, lang: str, words: tuple[str, ...]) -> None:
    """`plan` prints the day and writes every file of it."""
    out = tmp_path / "out"
    result = run("plan", folder, "--date", "25.11.2026", "--lang", lang, "--out", out, *QUICK)
    assert result.exit_code == 0
    assert [word for word in words if word not in result.stdout] == []
    assert {path.name for path in out.iterdir()} == FILES


def test_plan_as_json(folder: Path, tmp_path: Path) -> None:
    """`plan --json` answers with the plan as it was written, and with violations and findings."""
    out = tmp_path / "out"
    result = run("plan", folder, "--date", DAY, "--json", "--out", out, *QUICK)
    said = answer(result)
    assert result.exit_code == 0
    assert said["violations"] == []
    written = json.loads((out / "plan.json").read_text())
    assert {key: said[key] for key in written} == written


def test_rounds_and_prices_are_tables(planned: tuple[Path, Path]) -> None:
    """Every stop is a row of `rounds.csv`, every line of a price a row of `prices.csv`."""
    _, out = planned
    tables = {name: _rows(out / name) for name in ("rounds.csv", "prices.csv")}
    plan = json.loads((out / "plan.json").read_text())["plan"]
    assert len(tables["rounds.csv"]) == sum(len(route["stops"]) for route in plan["routes"])
    assert {row["tellimus"] for row in tables["rounds.csv"]} == {"", "C1", "C2", "R1", "R1-R", "R2", "R2-R"}
    assert {(row["tellimus"], row["kokku, €"], row["plaanis"]) for row in tables["prices.csv"]} == {
        ("R1", "5,00", "jah"),
        ("R2", "6,00", "jah"),
    }


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")), delimiter=";"))


@pytest.mark.parametrize(
    ("lang", "word"), [("et", "leiti 0 rikkumist"), ("en", "0 violations found"), ("ru", "найдено 0 нарушений")]
)
def test_check(planned: tuple[Path, Path], lang: str, word: str) -> None:
    """`check` finds nothing wrong with the plan that was just made."""
    folder, out = planned
    result = run("check", folder, out / "plan.json", "--lang", lang)
    assert (result.exit_code, word in result.stdout) == (0, True)
    assert answer(run("check", folder, out / "plan.json", "--json")) == {"violations": [], "findings": []}


def test_check_names_what_is_broken(planned: tuple[Path, Path], tmp_path: Path) -> None:
    """`check` names every rule that a changed plan breaks, and exits with 1."""
    folder, out = planned
    plan = json.loads((out / "plan.json").read_text())
    plan["plan"]["routes"] = plan["plan"]["routes"][:1]
    changed = tmp_path / "plan.json"
    changed.write_text(json.dumps(plan))
    result = run("check", folder, changed, "--json")
    assert result.exit_code == 1
    assert {violation["code"] for violation in answer(result)["violations"]} == {"check.not-served"}
    assert "R2" in run("check", folder, changed, "--lang", "en").stdout


def test_check_warns_of_changed_records_and_roads(planned: tuple[Path, Path], folder: Path, tmp_path: Path) -> None:
    """`check` warns where records or roads are not those of the plan any more, and still judges the plan."""
    _, out = planned
    edit(folder / "clients.csv", lambda text: text.replace("Näide Teine", "Näide Uus"))
    roads = tmp_path / "roads"
    roads.mkdir()
    for path in ROADS.iterdir():
        (roads / path.name).write_bytes(path.read_bytes())
    edit(roads / "links.csv", lambda text: "\n".join(text.splitlines()[:-1]))
    result = run("check", folder, out / "plan.json", "--roads", roads, "--json")
    assert {finding["code"] for finding in answer(result)["findings"]} == {"cli.records-changed", "cli.roads-changed"}


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("et", ("Näide Teine: käik C1", "Hooldaja Näidis", "kell 09:")),
        ("en", ("Näide Teine: visit C1", "Hooldaja Näidis", "at 09:")),
    ],
)
def test_explain_where_a_request_went(planned: tuple[Path, Path], lang: str, words: tuple[str, ...]) -> None:
    """`explain` says to whom and when a request went."""
    folder, out = planned
    result = run("explain", folder, out / "plan.json", "C1", "--lang", lang)
    assert result.exit_code == 0
    assert [word for word in words if word not in result.stdout] == []
    said = answer(run("explain", folder, out / "plan.json", "C1", "--json"))
    assert said["C1"]["shifts"] == ["V1"]


def test_explain_what_was_left_out(folder: Path, tmp_path: Path) -> None:
    """`explain` without a request explains all that were left out, with what would help."""
    edit(folder / "visits.csv", lambda text: text.replace(";C1;180;", ";;;").replace("12:00-15:00;30", "04:00-06:00;0"))
    out = tmp_path / "out"
    assert run("plan", folder, "--date", DAY, "--out", out, *QUICK).exit_code == 0
    said = answer(run("explain", folder, out / "plan.json", "--json"))
    assert set(said) == {"C2"}
    assert {block["code"] for block in said["C2"]["blocked"]} == {"window"}
    text = run("explain", folder, out / "plan.json").stdout
    assert "Näide Teine: käik C2" in text
    assert all(sentence.split(";")[0][:40] in text for sentence in said["C2"]["sentences"])


@pytest.mark.parametrize(
    ("priority", "away", "day"),
    [("C", "", "2026-11-26"), ("B", "", None), ("C", "26.11.2026;27.11.2026", "2026-11-30")],
)
def test_another_day_helps_a_movable_visit(
    folder: Path, tmp_path: Path, priority: str, away: str, day: str | None
) -> None:
    """A visit that may be moved within the week is offered the next working day on which it fits."""
    edit(folder / "visits.csv", lambda text: text.replace("45;08:00-10:00;0;A", f"45;08:00-10:00;0;{priority}"))
    edit(folder / "absences.csv", lambda text: f"{text}T1;25.11.2026;25.11.2026\n" + (f"T1;{away}\n" if away else ""))
    edit(folder / "workers.csv", lambda text: text.replace("Näidis;5550012;", "Näidis;5550012;buss"))
    edit(folder / "workers.csv", lambda text: text.replace("Näidis;5550011;", "Näidis;5550011;hooldus"))
    set_setting(folder, "care_skills", '["hooldus"]')
    out = tmp_path / "out"
    assert run("plan", folder, "--date", DAY, "--out", out, *QUICK).exit_code == 0
    for said in (answer(run("explain", folder, out / "plan.json", "--json"))["C1"], _plan(out)["explanations"]["C1"]):
        days = [remedy["day"] for remedy in said["remedies"] if remedy["kind"] == "other-day"]
        assert days == ([] if day is None else [day])


def _plan(out: Path) -> dict[str, Any]:
    plan: dict[str, Any] = json.loads((out / "plan.json").read_text())
    return plan


def test_explain_has_nothing_to_say_of_a_whole_plan(planned: tuple[Path, Path]) -> None:
    """`explain` of a plan that serves everybody says so."""
    folder, out = planned
    assert "Määramata: 0" in run("explain", folder, out / "plan.json").stdout
    assert answer(run("explain", folder, out / "plan.json", "--json")) == {}


@pytest.mark.parametrize(
    ("options", "total"),
    [
        (("--service", "escorted", "--km", "80", "--zone", "county"), "5.00"),
        (("--service", "escorted", "--km", "120", "--zone", "county"), "13.00"),
        (("--service", "social", "--km", "12,5", "--zone", "county", "--return"), "10.00"),
        (("--service", "social", "--from", "K3", "--to", "BAAS"), "3.00"),
        (("--service", "social", "--from", "K3", "--to", "KLIINIKUM", "--return"), "10.00"),
        (("--service", "social", "--km", "150", "--zone", "country"), None),
    ],
)
def test_price(folder: Path, options: tuple[str, ...], total: str | None) -> None:
    """`price` quotes by stated kilometres or by places, and asks rather than guesses."""
    result = run("price", folder, "--date", DAY, *options, "--json")
    said = answer(result)
    assert result.exit_code == 0
    assert said["total"] == total
    assert bool(said["unknowns"]) == (total is None)
    for lang in ("et", "en"):
        text = run("price", folder, "--date", DAY, *options, "--lang", lang)
        assert text.exit_code == 0
        assert len(text.stdout.splitlines()) >= 3


@pytest.mark.parametrize(("lang", "word"), [("et", "kliente 3"), ("en", "3 clients"), ("ru", "клиентов 3")])
def test_records(folder: Path, lang: str, word: str) -> None:
    """`records` says what a folder holds."""
    result = run("records", folder, "--lang", lang)
    assert (result.exit_code, word in result.stdout) == (0, True)
    assert answer(run("records", folder, "--json")) == {"findings": []}


def test_records_says_every_fault(folder: Path) -> None:
    """`records` shows each finding with place, expectation and action, and exits with 1."""
    edit(folder / "clients.csv", lambda text: text.replace("58,556752", "üheksa").replace("58,415047", "95"))
    result = run("records", folder, "--json")
    found = [finding for finding in answer(result)["findings"] if finding["file"] == "clients.csv"]
    assert result.exit_code == 1
    assert {finding["row"] for finding in found} >= {2, 3}
    assert all(finding["expected"] and finding["action"] for finding in found)
    assert "clients.csv, row 2, " in run("records", folder, "--lang", "en").stdout


def test_findings_come_in_the_order_of_the_file(folder: Path) -> None:
    """Rows are in order, a word nearly right is offered the right one, and the last line counts."""
    edit(folder / "clients.csv", lambda text: text.replace("rulaator", "rolaator").replace("58,415047", "95"))
    said = run("records", folder).stdout
    rows = [int(row) for row in re.findall(r"✗ clients\.csv, rida (\d+)", said)]
    assert rows == sorted(rows)
    assert len(rows) >= 2
    assert "lähim on „rulaator“" in said
    assert re.search(r"^Vigu: [1-9]\d*, hoiatusi: \d+\.$", said, flags=re.MULTILINE)


@pytest.mark.parametrize("lang", ["et", "en", "ru"])
def test_a_folder_that_is_not_there_is_one_finding(tmp_path: Path, lang: str) -> None:
    """A missing folder is said once, without the system's own words, and not as many missing files."""
    (finding,) = answer(run("records", tmp_path / "none", "--lang", lang, "--json"))["findings"]
    assert finding["code"] == "records.folder-unreadable"
    assert "ENOENT" not in finding["sentence"]


def test_a_place_far_from_roads_names_the_column_as_it_is_headed(folder: Path, tmp_path: Path) -> None:
    """A finding about a place speaks of the column of the table and of kilometres."""
    edit(folder / "clients.csv", lambda text: text.replace("58,556752", "59,3"))
    said = run("plan", folder, "--date", DAY, "--out", tmp_path / "out", *QUICK).stdout
    assert "laiuskraad: Koht" in said
    assert re.search(r"\d+,\d km kaugusel", said)


@pytest.mark.parametrize(
    ("before", "after", "word"),
    [((), (), "kliente 3"), (("en",), (), "3 clients"), ((), ("en",), "3 clients"), (("en",), ("et",), "kliente 3")],
)
def test_language_before_or_after_the_command(
    folder: Path, before: tuple[str, ...], after: tuple[str, ...], word: str
) -> None:
    """The language may be asked for on either side; the nearer one counts, and Estonian without any."""
    asked = [("--lang", *lang) if lang else () for lang in (before, after)]
    assert word in run(*asked[0], "records", folder, *asked[1]).stdout


def test_a_map_file_that_is_not_there(tmp_path: Path) -> None:
    """It is said to be missing, not to be damaged."""
    result = run("roads", "build", "--osm", tmp_path / "none.osm.pbf", "--out", tmp_path / "x.npz", "--json")
    assert [finding["code"] for finding in answer(result)["findings"]] == ["roads.file-missing"]


def test_fees_of_another_municipality(folder: Path) -> None:
    """Both names are said where the schedules are for a municipality of another name."""
    set_setting(folder, "name", '"Tartu linn"')
    said = run("price", folder, "--service", "social", "--km", "10", "--zone", "county", "--date", DAY).stdout
    assert "Tartu vald" in said
    assert "Tartu linn" in said


@pytest.mark.parametrize("lang", ["et", "en", "ru"])
def test_template(tmp_path: Path, lang: str) -> None:
    """`records template` writes a folder that reads without findings and can be planned on any roads."""
    folder = tmp_path / "new"
    assert run("records", "template", folder, "--lang", lang).exit_code == 0
    assert answer(run("records", folder, "--json")) == {"findings": []}
    result = run("plan", folder, "--date", DAY, "--roads", ROADS, "--out", tmp_path / "out", "--lang", lang, *QUICK)
    assert result.exit_code == 0


def test_template_as_json(tmp_path: Path) -> None:
    """`records template --json` names the folder it wrote."""
    assert answer(run("records", "template", tmp_path / "new", "--json")) == {"folder": str(tmp_path / "new")}


@pytest.mark.parametrize("lang", ["et", "en", "ru"])
def test_roads_info(lang: str) -> None:
    """`roads info` counts what a network holds."""
    said = answer(run("roads", "info", ROADS, "--json", "--lang", lang))
    assert said["nodes"] > 50
    text = run("roads", "info", ROADS, "--lang", lang)
    assert text.exit_code == 0
    assert said["id"] in text.stdout


def test_roads_build(tmp_path: Path) -> None:
    """`roads build` makes a network of a map file, `roads info` reads it back, and both describe the same."""
    osm = tmp_path / "küla.osm"
    osm.write_text(VILLAGE, encoding="utf-8")
    out = tmp_path / "new" / "küla.npz"
    built = run("roads", "build", "--osm", osm, "--out", out, "--json")
    assert built.exit_code == 0, built.output
    assert answer(built) == answer(run("roads", "info", out, "--json"))
    assert answer(built)["nodes"] == 2


VILLAGE = """<osm version="0.6">
  <node id="1" lat="58.40" lon="26.70"/><node id="2" lat="58.41" lon="26.71"/><node id="3" lat="58.40" lon="26.72"/>
  <way id="1"><nd ref="1"/><nd ref="2"/><nd ref="3"/><tag k="highway" v="tertiary"/></way>
</osm>
"""
