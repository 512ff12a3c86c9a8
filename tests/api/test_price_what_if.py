"""`hoolering price what-if`: a month of the log under a draft."""

from datetime import date
from pathlib import Path

import pytest

from routing.books.entry import Way
from routing.books.log_file import log_text
from routing.records.model import Service
from routing.wording import LANGUAGES
from tests.api.command import answer, run
from tests.books import ride

DRAFT = """
municipality = "Muu vald"
[[schedules]]
id = "draft"
service = "social"
valid_from = 2027-01-01
legal_basis = "a draft"
source = "a draft"
rounding = { step = 0.01, mode = "half_up" }
conventions = { charged_per = "direction" }
components = [{ kind = "flat", name = "ride", amount = 4 }]
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, ...]:
    """Return the options that name a log of rides in June and July, and a draft."""
    entries = [ride("R1", date(2026, 6, 9)), ride("R2", date(2026, 6, 16), "K2"), ride("R3", date(2026, 7, 7))]
    log, draft = tmp_path / "log.csv", tmp_path / "draft.toml"
    log.write_text(log_text(entries, "et"), encoding="utf-8")
    draft.write_text(DRAFT, encoding="utf-8")
    return "--log", str(log), "--schedule", str(draft)


def test_what_would_change(folder: Path, files: tuple[str, ...]) -> None:
    """Each client has the sums by the lists in force and by the draft, as if it had held then."""
    result = run("price", "what-if", folder, *files, "--json")
    said = answer(result)
    assert [(one["client"], one["before"], one["after"], one["difference"]) for one in said["clients"]] == [
        ("K1", "10.00", "8.00", "-2.00"),
        ("K2", "5.00", "4.00", "-1.00"),
    ]
    assert (said["before"], said["after"], said["difference"]) == ("15.00", "12.00", "-3.00")


def test_what_is_known_stands_beside_what_has_to_be_asked(folder: Path, files: tuple[str, ...]) -> None:
    """A ride whose price the list leaves open keeps nobody from seeing what all the others come to."""
    far = {"service": Service.ESCORTED, "planned_metres": 60_000}
    unknown = [ride("R4", date(2026, 6, 20), "K3", way=way, **far) for way in (Way.OUT, Way.BACK)]
    entries = [ride("R1", date(2026, 6, 9)), *unknown]
    Path(files[1]).write_text(log_text(entries, "et"), encoding="utf-8")
    said = answer(run("price", "what-if", folder, *files, "--json"))
    assert (said["before"], said["to_ask"]) == (None, {"before": 1, "after": 1})
    assert said["known"] == {"before": "5.00", "after": "4.00", "difference": "-1.00"}
    assert "teada 5,00" in run("price", "what-if", folder, *files).stdout.replace("\xa0", " ")


def test_who_pays_the_same_is_counted(folder: Path, files: tuple[str, ...]) -> None:
    """Clients whom the draft leaves as they are share one line; as data each of them is told of."""
    Path(files[3]).write_text(DRAFT.replace("amount = 4", "amount = 5"), encoding="utf-8")
    told = run("price", "what-if", folder, *files).stdout
    assert "2 klienti maksab sama palju" in told
    assert "K1" not in told
    assert [one["client"] for one in answer(run("price", "what-if", folder, *files, "--json"))["clients"]] == [
        "K1",
        "K2",
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_month(folder: Path, files: tuple[str, ...], lang: str) -> None:
    """A month alone is shown where it is asked for, in every language."""
    assert answer(run("price", "what-if", folder, *files, "--month", "2026-07", "--json"))["difference"] == "-1.00"
    assert "K1" in run("price", "what-if", folder, *files, "--month", "2026-07", "--lang", lang).stdout


def test_wrong_usage(folder: Path, files: tuple[str, ...]) -> None:
    """A draft that is not there or a month that is none is wrong usage; a faulty draft is data with an error."""
    assert run("price", "what-if", folder, *files[:2], "--schedule", "nowhere.toml").exit_code == 2
    assert run("price", "what-if", folder, *files, "--month", "June").exit_code == 2
    Path(files[3]).write_text(DRAFT.replace("amount = 4", "amount = x"), encoding="utf-8")
    assert run("price", "what-if", folder, *files).exit_code == 1
