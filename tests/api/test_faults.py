"""Wrong usage and input that cannot be used are said in words, with the exit status they deserve."""

import json
from pathlib import Path

import pytest

from tests.api.command import DAY, QUICK, ROADS, answer, edit, example_folder, run, set_setting

USAGE = 2
FINDINGS = 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("fly",),
        ("plan",),
        ("plan", "vald"),
        ("plan", "vald", "--date", "homme"),
        ("plan", "vald", "--date", "31.11.2026"),
        ("plan", "vald", "--date", "2026-13-01"),
        ("plan", "vald", "--date", DAY, "--engine", "magic"),
        ("plan", "vald", "--date", DAY, "--seconds", "0"),
        ("plan", "vald", "--date", DAY, "--iterations", "0"),
        ("plan", "vald", "--date", DAY, "--seed", "x"),
        ("plan", "vald", "--date", DAY, "--lang", "de"),
        ("check", "vald"),
        ("explain",),
        ("price", "vald"),
        ("price", "vald", "--service", "taxi"),
        ("price", "vald", "--service", "social"),
        ("price", "vald", "--service", "social", "--from", "K1"),
        ("price", "vald", "--service", "social", "--from", "K1", "--to", "K2", "--km", "3"),
        ("price", "vald", "--service", "social", "--from", "K1", "--to", "KUU"),
        ("price", "vald", "--service", "social", "--km", "palju", "--zone", "county"),
        ("price", "vald", "--service", "social", "--km", "nan", "--zone", "county"),
        ("price", "vald", "--service", "social", "--km", "-3", "--zone", "county"),
        ("price", "vald", "--service", "social", "--km", "9e99", "--zone", "county"),
        ("price", "vald", "--service", "social", "--km", "3", "--zone", "moon"),
        ("price", "vald", "--service", "social", "--from", "K1", "--to", "K2", "--zone", "county"),
        ("roads",),
        ("roads", "build", "--out", "x.npz"),
        ("roads", "build", "--osm", "x.osm", "--place", "Tartu", "--out", "x.npz"),
        ("roads", "build", "--bbox", "1,2,3", "--out", "x.npz"),
        ("roads", "build", "--bbox", "nan,1,2,3", "--out", "x.npz"),
        ("roads", "build", "--bbox", "27,58,26,59", "--out", "x.npz"),
        ("records", "template", "vald"),
        ("records",),
    ],
)
def test_wrong_usage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]) -> None:
    """What was typed wrongly gets a message on the error stream and exit status 2, and nothing is written."""
    example_folder(tmp_path / "vald")
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (USAGE, "")
    assert "Kasutus: hoolering" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["vald"]


@pytest.mark.parametrize("lang", ["et", "en", "ru"])
@pytest.mark.parametrize("kind", ["missing", "file", "empty"])
@pytest.mark.parametrize(
    "command",
    [
        ("plan", "{folder}", "--date", DAY, "--out", "{out}"),
        ("check", "{folder}", "{plan}"),
        ("explain", "{folder}", "{plan}"),
        ("price", "{folder}", "--service", "social", "--km", "3", "--zone", "county"),
        ("records", "{folder}"),
    ],
)
def test_no_folder(planned: tuple[Path, Path], tmp_path: Path, command: tuple[str, ...], kind: str, lang: str) -> None:
    """A folder that is missing, empty or a file is a finding, and nothing is written."""
    folder, out = tmp_path / "vald", tmp_path / "out"
    if kind == "file":
        folder.write_text("x")
    elif kind == "empty":
        folder.mkdir()
    filled = [part.format(folder=folder, out=out, plan=planned[1] / "plan.json") for part in command]
    said = run(*filled, "--lang", lang, "--json")
    assert said.exit_code == FINDINGS
    assert all(finding["sentence"] and finding["action"] for finding in answer(said)["findings"])
    assert answer(said)["findings"]
    assert run(*filled, "--lang", lang).exit_code == FINDINGS
    assert not out.exists()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("missing.npz", None),
        ("missing.osm.pbf", None),
        ("bad.npz", b"PK\x03\x04 not an archive"),
        ("bad.osm.pbf", b"\x00\x01\x02"),
        ("bad.osm", b"<osm><node"),
        ("bad.graphml", b"<graphml/>"),
        ("roads.txt", b"hello"),
    ],
)
def test_bad_roads(folder: Path, tmp_path: Path, name: str, data: bytes | None) -> None:
    """Roads that are missing or unreadable are a finding, whoever asks for them, and nothing is written."""
    roads, out = tmp_path / name, tmp_path / "out"
    if data is not None:
        roads.write_bytes(data)
    asked = [
        ("plan", folder, "--date", DAY, "--roads", roads, "--out", out),
        ("price", folder, "--service", "social", "--from", "K1", "--to", "K2", "--roads", roads),
        ("roads", "info", roads),
    ]
    for command in asked:
        said = run(*command, "--json")
        assert said.exit_code == FINDINGS
        assert answer(said)["findings"][0]["file"] == name
    assert not out.exists()


def test_no_roads_named(folder: Path, tmp_path: Path) -> None:
    """A folder that names no roads cannot be planned without `--roads`, and the finding says so."""
    set_setting(folder, "roads", '""')
    said = run("plan", folder, "--date", DAY, "--out", tmp_path / "out", "--json")
    assert said.exit_code == FINDINGS
    assert [finding["code"] for finding in answer(said)["findings"]] == ["cli.no-roads"]


def test_no_fees_named(folder: Path, tmp_path: Path) -> None:
    """A folder that names no fees is planned with unknown prices and a warning."""
    set_setting(folder, "fees", '""')
    said = run("plan", folder, "--date", DAY, "--out", tmp_path / "out", "--json", *QUICK)
    assert said.exit_code == 0
    assert "cli.no-fees" in {finding["code"] for finding in answer(said)["findings"]}
    assert {quote["total"] for quote in answer(said)["prices"].values()} == {None}


@pytest.mark.parametrize(("fees", "status"), [("missing.toml", 0), ("bad.toml", FINDINGS)])
def test_bad_fees(folder: Path, tmp_path: Path, fees: str, status: int) -> None:
    """Fees that are missing or unreadable are a warning or an error, and the day is planned all the same."""
    (folder / "bad.toml").write_text("= 3")
    set_setting(folder, "fees", f'"{fees}"')
    said = run("plan", folder, "--date", DAY, "--out", tmp_path / "out", "--json", *QUICK)
    assert said.exit_code == status
    assert any(finding["code"].startswith("rules.fee-") for finding in answer(said)["findings"])
    assert (tmp_path / "out" / "map.html").exists()


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        ("2026-11-28", {"day.no-shifts", "day.no-requests"}),
        ("28.11.2026", {"day.no-shifts", "day.no-requests"}),
        ("24.02.2026", {"day.no-shifts", "day.no-requests"}),
        ("2026-11-26", {"day.no-requests"}),
    ],
)
def test_an_empty_day(folder: Path, tmp_path: Path, day: str, codes: set[str]) -> None:
    """A day without shifts or requests is planned as empty, with a warning."""
    out = tmp_path / "out"
    said = run("plan", folder, "--date", day, "--out", out, "--json", *QUICK)
    assert said.exit_code == 0
    assert codes <= {finding["code"] for finding in answer(said)["findings"]}
    assert (out / "map.html").exists()
    assert run("check", folder, out / "plan.json").exit_code == 0
    assert run("plan", folder, "--date", day, "--out", out, *QUICK).exit_code == 0


@pytest.mark.parametrize("seconds", ["inf", "nan", "1e400"])
def test_seconds_without_end(folder: Path, tmp_path: Path, seconds: str) -> None:
    """A search without end is wrong usage."""
    assert run("plan", folder, "--date", DAY, "--out", tmp_path / "out", "--seconds", seconds).exit_code == USAGE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "\x00",
        '{"version": 1}',
        '{"version": 99}',
        "[" * 100_000,
        '{"version": 1, "version": 1}',
        '{"version": NaN}',
    ],
)
def test_a_plan_that_cannot_be_read(folder: Path, tmp_path: Path, text: str) -> None:
    """A plan file that is no plan is a finding."""
    path = tmp_path / "plan.json"
    path.write_text(text)
    for command in ("check", "explain"):
        said = run(command, folder, path, "--json")
        assert said.exit_code == FINDINGS
        assert all(finding["file"] == "plan.json" for finding in answer(said)["findings"])
        assert run(command, folder, path).exit_code == FINDINGS


@pytest.mark.parametrize("path", ["missing.json", "."])
def test_a_plan_that_is_not_there(folder: Path, tmp_path: Path, path: str) -> None:
    """A plan file that is missing or a folder is a finding."""
    assert run("check", folder, tmp_path / path).exit_code == FINDINGS
    assert run("explain", folder, tmp_path / path).exit_code == FINDINGS


def test_a_plan_of_another_folder(planned: tuple[Path, Path], folder: Path) -> None:
    """A plan whose shifts and requests the folder does not know breaks rules; it is judged, not explained."""
    _, out = planned
    for name, old, new in (("shifts.csv", "V1", "X1"), ("visits.csv", "C1", "X2"), ("rides.csv", "R1", "X3")):
        edit(folder / name, lambda text, old=old, new=new: text.replace(old, new))
    said = run("check", folder, out / "plan.json", "--json")
    assert said.exit_code == FINDINGS
    codes = {violation["code"] for violation in answer(said)["violations"]}
    assert {"check.unknown-shift", "check.not-served"} <= codes
    for request in ((), ("X2",), ("C1",)):
        explained = run("explain", folder, out / "plan.json", *request, "--json")
        assert explained.exit_code == FINDINGS
        assert {violation["code"] for violation in answer(explained)["violations"]} == codes
        assert run("explain", folder, out / "plan.json", *request).exit_code == FINDINGS


def test_a_request_that_is_not_there(planned: tuple[Path, Path]) -> None:
    """Explaining a request that the day does not have is wrong usage, and names those it has."""
    folder, out = planned
    result = run("explain", folder, out / "plan.json", "C9", "--lang", "en")
    assert result.exit_code == USAGE
    assert "C1" in result.stderr


def test_a_plan_of_another_day(planned: tuple[Path, Path], tmp_path: Path) -> None:
    """A plan that says another day than it was made for breaks rules there."""
    folder, out = planned
    document = json.loads((out / "plan.json").read_text()) | {"day": "2026-11-26"}
    (tmp_path / "plan.json").write_text(json.dumps(document))
    assert run("check", folder, tmp_path / "plan.json").exit_code == FINDINGS


def test_errors_leave_the_old_plan(planned: tuple[Path, Path], folder: Path, tmp_path: Path) -> None:
    """A run that cannot plan leaves the files of the run before as they were."""
    out = tmp_path / "out"
    assert run("plan", folder, "--date", DAY, "--out", out, *QUICK).exit_code == 0
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    (folder / "clients.csv").unlink()
    (folder / "municipality.toml").unlink()
    assert run("plan", folder, "--date", DAY, "--roads", ROADS, "--out", out, *QUICK).exit_code == FINDINGS
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
