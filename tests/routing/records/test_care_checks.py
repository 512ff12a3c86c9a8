"""Care plans, their visits and the dated visits agree, or a finding says how not."""

from pathlib import Path

import pytest

from routing.findings import Severity
from tests.routing.records.folders import Folder

PLANS = "id;client;service;valid from;valid to;weekly;monthly\n"
SLOTS = "id;plan;times;duration;windows;weekdays;per day;days apart;preferred days\n"
SERIES = "id;client;service;from;to;arrival;rule;first;last\n"
SOUND_PLAN = "P1;K1;home care;1.11.2026;;60;\n"
SOUND_SLOT = "H1;P1;2;30;8-10;E-R;;;\n"


@pytest.mark.parametrize(
    ("files", "code", "severity"),
    [
        ({"care_plans.csv": PLANS + "P1;K1;social;1.11.2026;;60;\n"}, "plan-service", Severity.ERROR),
        ({"care_plans.csv": PLANS + "P1;K1;home care;1.11.2026;;60;90\n"}, "plan-volume-twice", Severity.ERROR),
        ({"care_plans.csv": PLANS + "P1;K1;home care;2.11.2026;1.11.2026;60;\n"}, "dates-reversed", Severity.ERROR),
        ({"care_plans.csv": PLANS + "P1;K1;home care;1.11.2026;;90;\n"}, "plan-volume-differs", Severity.WARNING),
        ({"care_plans.csv": PLANS + "P1;K1;support person;1.11.2026;;;90\n"}, "plan-month-too-small", Severity.WARNING),
        ({"care_slots.csv": SLOTS}, "plan-without-visits", Severity.WARNING),
        (
            {
                "care_plans.csv": PLANS + SOUND_PLAN + "P2;K1;home care;1.12.2026;;30;\n",
                "care_slots.csv": SLOTS + SOUND_SLOT + "H2;P2;1;30;8-10;;;;\n",
            },
            "plans-overlap",
            Severity.WARNING,
        ),
        ({"care_slots.csv": SLOTS + "H1;P1;3;30;8-10;E-R;;3;\n"}, "slot-too-often", Severity.ERROR),
        ({"care_slots.csv": SLOTS + "H1;P1;2;30;8-10;E-R;;;L\n"}, "slot-preferred-elsewhere", Severity.WARNING),
        ({"care_slots.csv": SLOTS + "H1;P1;2;0;8-10;E-R;;;\n"}, "visit-without-length", Severity.ERROR),
        ({"care_slots.csv": SLOTS + "H1;P9;2;30;8-10;E-R;;;\n"}, "reference-unknown", Severity.ERROR),
        (
            {"visits.csv": "id;date;client;duration;windows;care slot\nV1;25.11.2026;K2;30;8-10;H1\n"},
            "slot-elsewhere",
            Severity.WARNING,
        ),
        ({"pauses.csv": "client;first;last\nK1;2.12.2026;1.12.2026\n"}, "dates-reversed", Severity.ERROR),
        (
            {"ride_series.csv": SERIES + "D1;K1;social;home;H;8-9;E;1.12.2026;6.12.2026\n"},
            "series-empty",
            Severity.WARNING,
        ),
        ({"ride_series.csv": SERIES + "D1;K1;social;home;H;8-9;now;1.12.2026;\n"}, "bad-rule", Severity.ERROR),
        ({"ride_series.csv": SERIES + "D1;K1;home care;home;H;8-9;E;1.12.2026;\n"}, "ride-service", Severity.ERROR),
    ],
)
def test_each_fault(tmp_path: Path, files: dict[str, str], code: str, severity: Severity) -> None:
    """Each fault is found, in the file it is in, with its sentences."""
    folder = Folder(tmp_path)
    folder.put("care_plans.csv", PLANS + SOUND_PLAN)
    folder.put("care_slots.csv", SLOTS + SOUND_SLOT)
    assert folder.findings() == []
    for name, text in files.items():
        folder.put(name, text)
    found = [finding for finding in folder.findings(severity) if finding[0] == code]
    assert found, folder.findings()


def test_a_folder_without_them_has_nothing_to_be_told(tmp_path: Path) -> None:
    """Lists that many municipalities do not keep are not missed."""
    assert Folder(tmp_path).findings() == []
