"""A small sound folder, changed one file at a time."""

from collections.abc import Mapping
from pathlib import Path

from routing.findings import Finding, Severity
from routing.records.model import Records
from routing.records.read import read_folder

SOUND: Mapping[str, str] = {
    "municipality.toml": 'name = "Tartu vald"\ncounty = "Tartu maakond"\n',
    "places.csv": "id;name;lat;lon\nB;Baas;58,43;26,77\nH;Haigla;58,37;26,70\n",
    "clients.csv": "id;name;lat;lon\nK1;Üks;58,55;26,58\nK2;Kaks;58,42;26,72\n",
    "workers.csv": "id;name\nT1;Hooldaja\nT2;Juht\n",
    "vehicles.csv": "id;layouts\nA;4\nP;2+1\n",
    "shifts.csv": "id;worker;vehicle;start;end;start place;end place;weekdays\nS1;T1;A;8.00;16.00;B;B;E-R\n",
    "absences.csv": "worker;first;last\n",
    "visits.csv": "id;date;client;duration;windows\nV1;25.11.2026;K1;45;8-10\n",
    "rides.csv": "id;date;client;service;from;to;arrival\nR1;25.11.2026;K2;escorted;home;H;10.00-11.00\n",
    "decisions.csv": "case number;client;service;valid from\n01234567890;K2;escorted;1.1.2026\n",
}


class Folder:
    """A folder of records under test."""

    def __init__(self, path: Path) -> None:
        self.path = path
        for name, text in SOUND.items():
            self.put(name, text)

    def put(self, name: str, content: str | bytes) -> None:
        """Write one file."""
        self.path.joinpath(name).write_bytes(content.encode() if isinstance(content, str) else content)

    def read(self) -> tuple[Records, list[Finding]]:
        """Read the folder, whose settings must be usable; every finding must have its sentences."""
        records, findings = read_folder(self.path)
        assert records is not None
        for finding in findings:
            for lang in ("et", "en"):
                said = finding.as_dict(lang)
                assert said["sentence"]
                assert said["expected"]
                assert said["action"]
        return records, list(findings)

    def findings(self, *severities: Severity) -> list[tuple[str, str, int | None, str | None]]:
        """Return code, file, row and field of every finding, of the given severities only where any is given."""
        return [
            (finding.code.removeprefix("records."), finding.file, finding.row, finding.field)
            for finding in self.read()[1]
            if not severities or finding.severity in severities
        ]
