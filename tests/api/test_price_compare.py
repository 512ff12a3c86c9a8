"""`hoolering price compare`: one ride under every bundled list."""

from pathlib import Path

import pytest

from routing.wording import LANGUAGES
from tests.api.command import FEES, answer, run

RIDE = (
    *("--km", "40", "--zone", "county", "--resident", "--no-taxi", "--companions", "0"),
    *("--date", "2026-06-26", "--first"),
)


def test_every_list_has_its_price_or_its_question() -> None:
    """The cheapest stand first, what has to be asked last, and every row says why."""
    rows = answer(run("price", "compare", *RIDE, "--json"))
    totals = [float(row["total"]) for row in rows if row["total"] is not None]
    assert len(rows) >= 20
    assert totals == sorted(totals)
    assert {row["municipality"]: row["total"] for row in rows}["Otepää vald"] == "38.00"
    assert all(row["lines"] if row["total"] is not None else row["unknowns"] for row in rows)


def test_a_day_before_the_lists_is_said() -> None:
    """Where hardly a list holds on the day, every municipality has its row with why."""
    rows = answer(run("price", "compare", "--km", "40", "--date", "1995-01-02", "--json"))
    assert len(rows) >= 20
    assert all(row["unknowns"] for row in rows)


def test_more_that_is_known_answers_more() -> None:
    """What else is known of a ride answers lists that count from a border, by a table of fares or by the hour."""
    ends = ("--origin", "Viljandi", "--destination", "Suure-Jaani")
    rows = answer(run("price", "compare", *RIDE, "--km-beyond-municipality", "40", *ends, "--at", "09:30", "--json"))
    totals = {row["municipality"]: row["total"] for row in rows}
    assert totals["Paide linn"] == "12.00"
    assert totals["Põhja-Sakala vald"] == "20.00"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_table(lang: str) -> None:
    """The table has a row for each municipality, last those without a list for the service, which say so."""
    result = run("price", "compare", *RIDE, "--lang", lang)
    assert result.exit_code == 0
    assert "Põlva vald" in result.stdout
    assert "Rõuge vald" in result.stdout.rpartition("Võru")[0] + result.stdout.rpartition("Põlva")[2]
    assert "{" not in result.stdout
    otepaa = result.stdout[result.stdout.index("Otepää vald") :].splitlines()[:2]
    assert [line.count("•") for line in otepaa] == [1, 1]  # the ride and its kilometres, a line each


@pytest.mark.parametrize(("name", "begins"), [("prices.svg", b"<svg"), ("prices.PNG", b"\x89PNG")])
def test_plot(tmp_path: Path, name: str, begins: bytes) -> None:
    """The plot is a picture of the kind that its name says, the same each time."""
    made = []
    for _ in range(2):
        assert run("price", "compare", *RIDE, "--plot", tmp_path / name).exit_code == 0
        made.append((tmp_path / name).read_bytes())
    assert made[0].startswith(begins)
    assert made[0] == made[1]


@pytest.mark.parametrize(
    "options",
    [
        ("--plot", "prices.pdf"),
        ("--km", "far"),
        ("--km", "-1"),
        ("--companions", "nan"),
        ("--fees", "nowhere"),
        ("--at", "9"),
    ],
)
def test_wrong_usage(options: tuple[str, str]) -> None:
    """What cannot be meant is a usage error."""
    assert run("price", "compare", *options).exit_code == 2


def test_own_lists() -> None:
    """Another file or folder of lists may be compared."""
    rows = answer(run("price", "compare", "--fees", FEES, "--service", "escorted", "--km", "120", "--json"))
    assert [(row["municipality"], row["total"]) for row in rows] == [("Tartu vald", "13.00")]


def test_a_ride_is_what_is_meant() -> None:
    """Without a command the ride of a folder is meant, also where options come first."""
    shown = run("price", "--help").stdout
    assert "compare" in shown
    assert "ride" in shown
    assert run("price").exit_code == 2
