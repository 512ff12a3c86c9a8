"""Whatever stands in a folder, the command line answers with 0, 1 or 2 and harmless files, never with a traceback."""

import csv
import io
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

import icalendar
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.api.command import DAY, FEES, QUICK, ROADS, answer, edit, example_folder, run, set_setting

BRIEF = ("--seconds", "0.2", "--iterations", "1")
CELLS = (
    "",
    " ",
    "0",
    "-1",
    "1e400",
    "nan",
    "inf",
    "9" * 40,
    "00:00",
    "23:59",
    "24:00",
    "47:59",
    "99:99",
    "00:00-47:59",
    "10:00-09:00",
    "30.02.2026",
    "25.11.2026",
    "29.03.2026",
    "home",
    "kodu",
    "K1",
    "K2",
    "R1",
    "R1-R",
    "client:K1",
    "BAAS",
    "=1+1",
    "'",
    '"',
    ";",
    "a;b",
    "\u202eabc",
    "\x00",
    "ä" * 5_000,
    "90",
    "0,0",
    "0; 0+0",
    "100000",
    "1440",
    "A",
    "C",
    "jah",
)


SHEETS = (
    *("places", "clients", "workers", "vehicles", "shifts", "absences", "visits", "rides", "decisions"),
    *("care_plans", "care_slots", "pauses", "ride_series"),
)


@dataclass(frozen=True)
class Change:
    """A change of one file of a folder: a cell, a line, a few raw bytes, or all from a spot on."""

    file: str
    kind: str
    row: int
    spot: int
    cell: str
    raw: bytes

    def make(self, folder: Path) -> None:
        """Change the file."""
        path = folder / self.file
        data = path.read_bytes()
        at = self.spot % (len(data) + 1)
        if self.kind == "bytes":
            path.write_bytes(data[:at] + self.raw + data[at + len(self.raw) :])
        elif self.kind == "cut":
            path.write_bytes(data[:at])
        elif lines := data.decode("utf-8-sig", "ignore").splitlines():
            path.write_text(self._rows(lines), encoding="utf-8")

    def _rows(self, lines: list[str]) -> str:
        at = self.row % len(lines)
        if self.kind == "line":
            return "\n".join([*lines, lines[at]])
        mark = ";" if ";" in lines[at] else "="
        cells = lines[at].split(mark)
        cells[self.spot % len(cells)] = self.cell
        return "\n".join([*lines[:at], mark.join(cells), *lines[at + 1 :]])


CHANGES = st.builds(
    Change,
    file=st.sampled_from([*(f"{name}.csv" for name in SHEETS), "municipality.toml"]),
    kind=st.sampled_from(["cell", "cell", "cell", "line", "bytes", "cut"]),
    row=st.integers(0, 10),
    spot=st.integers(0, 2_000),
    cell=st.sampled_from(CELLS),
    raw=st.binary(min_size=1, max_size=8),
)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return example_folder(tmp_path_factory.mktemp("original") / "vald")


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(changes=st.lists(CHANGES, min_size=1, max_size=4))
def test_records_of_any_folder(original: Path, tmp_path_factory: pytest.TempPathFactory, changes: list[Change]) -> None:
    """`records` judges any folder; with exit status 1 it says why."""
    folder = changed(original, tmp_path_factory.mktemp("any"), changes)
    said = run("records", folder, "--json")
    errors = [finding for finding in answer(said)["findings"] if finding["severity"] == "error"]
    assert said.exit_code == bool(errors)
    assert run("records", folder, "--lang", "en").exit_code == said.exit_code


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(changes=st.lists(CHANGES, min_size=1, max_size=3))
def test_plan_of_any_folder(original: Path, tmp_path_factory: pytest.TempPathFactory, changes: list[Change]) -> None:
    """`plan` plans what can be planned; what it writes passes `check`, and all of it is explained."""
    base = tmp_path_factory.mktemp("any")
    folder, out = changed(original, base, changes), base / "out"
    said = run("plan", folder, "--date", DAY, "--roads", ROADS, "--out", out, "--json", *BRIEF)
    assert said.exit_code in (0, 1)
    if not out.exists():
        assert answer(said)["findings"]
        return
    assert answer(said)["violations"] == []
    checked = run("check", folder, out / "plan.json", "--roads", ROADS, "--json")
    assert answer(checked)["violations"] == []
    assert set(answer(run("explain", folder, out / "plan.json", "--roads", ROADS, "--json"))) == set(
        answer(said)["plan"]["unassigned"]
    )


def changed(original: Path, base: Path, changes: list[Change]) -> Path:
    """Return a copy of a folder with changes made."""
    folder = base / "vald"
    shutil.copytree(original, folder)
    for change in changes:
        change.make(folder)
    return folder


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_check_of_any_plan(
    planned: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """`check` and `explain` judge any plan file: broken plans break rules, broken files are findings."""
    folder, out = planned
    document = json.loads((out / "plan.json").read_text())
    for _ in range(data.draw(st.integers(1, 3))):
        _spoil(document, data)
    path = tmp_path_factory.mktemp("plan") / "plan.json"
    path.write_text(json.dumps(document))
    checked = run("check", folder, path, "--json")
    assert checked.exit_code in (0, 1)
    explained = run("explain", folder, path, *data.draw(st.sampled_from([(), ("C1",), ("R1-R",)])), "--json")
    assert explained.exit_code in (0, 1)
    if checked.exit_code == 0:  # explaining does not ask what things cost
        assert explained.exit_code == 0


@pytest.mark.parametrize("field", ["cost", "prices"])
def test_check_finds_what_was_written_over(planned: tuple[Path, Path], tmp_path: Path, field: str) -> None:
    """Costs and prices that do not follow from plan and schedules are named, though the plan itself breaks no rule."""
    folder, out = planned
    document = json.loads((out / "plan.json").read_text())
    if field == "cost":
        document["cost"]["distance"] += 1
    else:
        request = next(iter(document["prices"]))
        document["prices"][request]["total"] = "0.01"
    (tmp_path / "plan.json").write_text(json.dumps(document))

    checked = run("check", folder, tmp_path / "plan.json", "--json")

    assert checked.exit_code == 1
    codes = {finding["code"] for finding in json.loads(checked.stdout)["findings"]}
    assert f"cli.{field.removesuffix('s')}-differs" in codes


def _spoil(value: object, data: st.DataObject) -> None:
    """Change one value somewhere in a tree of lists and objects."""
    while True:
        keys = list(value) if isinstance(value, dict) else list(range(len(value)))  # type: ignore[arg-type]
        if not keys:
            return
        key = data.draw(st.sampled_from(keys))
        inner = value[key]  # type: ignore[index]
        if isinstance(inner, dict | list) and inner and data.draw(st.integers(0, 9)):
            value = inner
            continue
        if isinstance(value, list) and data.draw(st.booleans()):
            del value[key]
        else:
            other = data.draw(st.sampled_from([inner, None, -1, 0, 86_399, 10**9, 1.5, "", "V2", "C1", "R2", [], {}]))
            value[key] = other  # type: ignore[index]
        return


HOSTILE = (
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    "[bold red]klient[/]",
    "]]><x>&amp;",
    "{name} {0} %s",
    "-2+3+cmd|' /C calc'!A0",
    "BEGIN:VEVENT",
    "Ä" * 1_000,
)


@pytest.fixture(scope="module", params=HOSTILE)
def hostile(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str, Path]:
    """Return a hostile name, what `plan` printed of a day where everything has it, and its files."""
    base = tmp_path_factory.mktemp("hostile")
    name, folder = str(request.param), example_folder(base / "vald")
    told = {
        "places.csv": (1,),
        "clients.csv": (1, 4, 5, 9),
        "workers.csv": (1,),
        "vehicles.csv": (1,),
        "visits.csv": (9,),
    }
    for file, columns in told.items():
        edit(folder / file, lambda text, columns=columns: _named(text, columns, name))
    set_setting(folder, "fees", f"'{FEES}'")
    result = run("plan", folder, "--date", DAY, "--out", base / "out", *QUICK)
    assert result.exit_code == 0, result.output
    return name, result.stdout, base / "out"


def _named(text: str, columns: tuple[int, ...], name: str) -> str:
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    for row in rows[1:]:
        for column in columns:
            row[column] = f"'{name}" if name.startswith("-") else name
    lines = io.StringIO()
    csv.writer(lines, delimiter=";").writerows(rows)
    return lines.getvalue()


def test_hostile_names_are_texts(hostile: tuple[str, str, Path]) -> None:
    """A hostile name is shown as it is written: in the terminal, the plan, the tables, calendars and tracks."""
    name, printed, out = hostile
    assert "".join(name.split()) in "".join(printed.split()).replace("…", "") or len(name) > 100
    for path in out.glob("*.csv"):
        for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")), delimiter=";"):
            assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in row)
    tables = (out / "rounds.csv").read_text(encoding="utf-8-sig")
    assert name.replace('"', '""') in tables
    events = [event for path in out.glob("*.ics") for event in calendar(path).walk("VEVENT")]
    assert 0 < len(events) < 20


def calendar(path: Path) -> icalendar.Calendar:
    """Return a calendar file as a calendar program reads it."""
    found = icalendar.Calendar.from_ical(path.read_bytes())
    assert isinstance(found, icalendar.Calendar)
    return found


def test_what_leaves_the_office_names_nobody(hostile: tuple[str, str, Path]) -> None:
    """Tracks and map data, made to be loaded into other programs, are sound and hold no names."""
    name, _, out = hostile
    for path in out.glob("*.gpx"):
        assert name not in "".join(ET.fromstring(path.read_bytes()).itertext())  # noqa: S314 - our own file
    json.loads((out / "map.geojson").read_bytes())


def test_hostile_names_run_nowhere(hostile: tuple[str, str, Path]) -> None:
    """No page holds a hostile name as markup."""
    name, _, out = hostile
    for path in out.glob("*.html"):
        page = path.read_text()
        assert page.count("<script") == page.count("</script>")
        if "<" in name:
            assert name not in page
