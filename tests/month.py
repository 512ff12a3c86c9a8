"""Tartu vald cut down to a few clients, so that a month of it is planned in seconds."""

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path

from tests.api.command import FEES, REPOSITORY, ROADS, set_setting

BUNDLED = REPOSITORY / "fixtures" / "tartu_vald"
CLIENTS = ("K01", "K02", "K03", "K10", "K21")
SHIFTS = ("korvekula", "tabivere", "buss")
MONDAY = "2026-12-07"


def small_municipality(path: Path) -> Path:
    """Write at `path` what the bundled folder says of a few clients, with nothing dated but absences; return it."""
    shutil.copytree(BUNDLED, path, ignore=shutil.ignore_patterns("roads"))
    set_setting(path, "roads", f'"{ROADS}"')
    set_setting(path, "fees", f'"{FEES}"')
    kept = set(CLIENTS)
    for name in ("clients", "decisions", "reliefs", "pauses", "ride_series", "care_plans"):
        _keep(path / f"{name}.csv", lambda row: (row.get("klient") or row["tunnus"]) in kept)
    plans = {row["tunnus"] for row in rows(path / "care_plans.csv")}
    _keep(path / "care_slots.csv", lambda row: row["hooldusplaan"] in plans)
    _keep(path / "shifts.csv", lambda row: row["tunnus"] in SHIFTS)
    for name in ("visits", "rides"):
        _keep(path / f"{name}.csv", lambda _: False)
    return path


def zipped(folder: Path, where: Path) -> Path:
    """Return an archive of a small municipality with price lists and roads inside."""
    copied = where / "copied"
    shutil.copytree(folder, copied)
    shutil.copytree(ROADS, copied / "roads")
    (copied / "fees").mkdir()
    shutil.copy(FEES, copied / "fees")
    set_setting(copied, "roads", '"roads"')
    set_setting(copied, "fees", f'"fees/{FEES.name}"')
    return Path(shutil.make_archive(str(where / "vald"), "zip", copied))


def rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file by header."""
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig")), delimiter=";"))


def _keep(path: Path, wanted: Callable[[dict[str, str]], bool]) -> None:
    text = path.read_text("utf-8-sig")
    header = next(csv.reader(io.StringIO(text), delimiter=";"))
    out = io.StringIO()
    writer = csv.DictWriter(out, header, delimiter=";", lineterminator="\n")
    writer.writeheader()
    writer.writerows(row for row in rows(path) if wanted(row))
    path.write_text(out.getvalue(), "utf-8-sig")
