"""Reading schedule files: everything wrong is found, nothing raises."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.rules.fees.read import load_schedules
from routing.rules.fees.toml import LARGEST_FILE
from routing.wording import LANGUAGES

GOOD = """
municipality = "Katse vald"
[[schedules]]
id = "list"
service = "social"
valid_from = 2026-01-01
legal_basis = "order nr 1"
source = "test"
rounding = { step = 0.01, mode = "half_up" }
  [[schedules.components]]
  kind = "rate"
  name = "km"
  per = "km"
  price = 0.30
"""
FIELD = "schedules[1]"
PART = "schedules[1].components[1]"
BAND = '  kind = "band"\n  name = "b"\n  by = "km"\n  bands = '


def found(path):
    """Return the book and (code, field, found) of every finding, each spoken in both languages."""
    book, findings = load_schedules(path)
    for finding in findings:
        for lang in LANGUAGES:
            plain = finding.as_dict(lang)
            assert plain["sentence"]
            assert plain["expected"]
            assert plain["action"]
            assert plain["file"]
    return book, [(finding.code, finding.field, finding.found) for finding in findings]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('id = "list"\n', "", ("rules.fee-field-missing", f"{FIELD}.id", "")),
        ('service = "social"', 'service = "bus"', ("rules.fee-not-a-choice", f"{FIELD}.service", "bus")),
        ("2026-01-01", '"soon"', ("rules.fee-not-a-date", f"{FIELD}.valid_from", "soon")),
        ("2026-01-01", "1764028800", ("rules.fee-not-a-date", f"{FIELD}.valid_from", "1764028800")),
        ("2026-01-01", '"0"', ("rules.fee-not-a-date", f"{FIELD}.valid_from", "0")),
        ("2026-01-01", "0001-01-01", ("rules.fee-not-a-date", f"{FIELD}.valid_from", "0001-01-01")),
        ("2026-01-01", "2026-01-01T00:00:00", ("rules.fee-not-a-date", f"{FIELD}.valid_from", "2026-01-01 00:00:00")),
        ("2026-01-01", '"unknown"', ("rules.fee-seen-on-missing", f"{FIELD}.seen_on", "list")),
        (
            "2026-01-01",
            "2026-01-01\nvalid_to = 2025-01-01",
            ("rules.fee-dates-reversed", f"{FIELD}.valid_to", "01.01.2026 - 01.01.2025"),
        ),
        ("source =", "sorce =", ("rules.fee-field-missing", f"{FIELD}.source", "")),
        ('source = "test"', 'source = "test"\nx = 1', ("rules.fee-field-unknown", f"{FIELD}.x", "1")),
        ("0.30", '"ask"', ("rules.fee-not-an-amount", f"{PART}.price", "ask")),
        ("0.30", '"１２"', ("rules.fee-not-an-amount", f"{PART}.price", "１２")),
        ("0.30", '"1_2"', ("rules.fee-not-an-amount", f"{PART}.price", "1_2")),
        ("0.30", "-0.30", ("rules.fee-not-an-amount", f"{PART}.price", "-0.30")),
        ("0.30", "nan", ("rules.fee-not-an-amount", f"{PART}.price", "NaN")),
        ("0.30", "inf", ("rules.fee-not-an-amount", f"{PART}.price", "Infinity")),
        ("0.30", "1e900", ("rules.fee-not-an-amount", f"{PART}.price", "1E+900")),
        ("0.30", "[1]", ("rules.fee-not-an-amount", f"{PART}.price", "[1]")),
        ('"half_up"', '"near"', ("rules.fee-not-a-choice", f"{FIELD}.rounding.mode", "near")),
        ("step = 0.01", "step = 0", ("rules.fee-not-an-amount", f"{FIELD}.rounding.step", "0")),
        ('"rate"', '"rat"', ("rules.fee-not-a-choice", PART, "rat")),
        ('  kind = "rate"\n', "", ("rules.fee-kind-missing", f"{PART}.kind", "")),
        ('per = "km"', 'per = "mile"', ("rules.fee-not-a-choice", f"{PART}.per", "mile")),
        ("0.30", "0.30\n  when = { zon = [] }", ("rules.fee-not-a-choice", f"{PART}.when", "zon")),
        ("0.30", '0.30\n  when = { zone = ["x"] }', ("rules.fee-not-a-choice", f"{PART}.when.zone", "x")),
        ("0.30", '0.30\n  when = "county"', ("rules.fee-value-wrong", f"{PART}.when", "county")),
        ("[[schedules.components]]", "[schedules.rounding.x]", ("rules.fee-not-toml", None, None)),
        ('name = "km"', "name = 7", ("rules.fee-value-wrong", f"{PART}.name", "7")),
        ('"Katse vald"', "7", ("rules.fee-field-missing", "municipality", "")),
        ("[[schedules]]", "[schedule]", ("rules.fee-field-unknown", "schedule", "")),
        ("0.30", "0,30", ("rules.fee-not-toml", None, None)),
    ],
)
def test_faults(tmp_path, old, new, expected):
    """Each fault is found with its field and what stood there; the list is left out."""
    (tmp_path / "a.toml").write_text(GOOD.replace(old, new), encoding="utf-8")
    book, findings = found(tmp_path)
    assert book.schedules == ()
    code, field, value = findings[0]
    assert (code, field) == expected[:2]
    assert expected[2] in {value, None}


@pytest.mark.parametrize(
    ("bands", "expected"),
    [
        ("[{ up_to = 10, amount = 3 }, { above = 10, amount = 5 }]", []),
        ("[{ at_least = 1, up_to = 1, amount = 3 }]", []),
        (
            "[{ at_least = 601, up_to = 800, amount = 6.5 }, { above = 801, amount = 13 }]",
            [("rules.fee-band-gap", "800.5")],
        ),
        ("[{ up_to = 10, amount = 3 }, { at_least = 10, amount = 5 }]", [("rules.fee-band-overlap", "10")]),
        ("[{ below = 10, amount = 3 }, { above = 10, amount = 5 }]", [("rules.fee-band-gap", "10")]),
        (
            "[{ up_to = 20, amount = 3 }, { above = 10, amount = 5 }]",
            [("rules.fee-band-overlap", "15")],
        ),
    ],
)
def test_bands(tmp_path, bands, expected):
    """Gaps and overlaps between bands are reported as published; the list stays."""
    head = GOOD.partition("  kind")[0]
    (tmp_path / "a.toml").write_text(f"{head}{BAND}{bands}\n", encoding="utf-8")
    book, findings = found(tmp_path)
    assert [(code, value) for code, _, value in findings] == expected
    assert len(book.schedules) == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xff\xfe\x00", "rules.fee-file-unreadable"),
        (b"x = " + b"[" * 5000, "rules.fee-file-unreadable"),
        (b"x = " + b"9" * 5000, "rules.fee-file-unreadable"),
        (b"#" * (LARGEST_FILE + 1), "rules.fee-file-large"),
        (b"x = 1e99999999999999999999", "rules.fee-file-unreadable"),
        (b"", "rules.fee-field-missing"),
        (b"municipality = 'm'\nschedules = [1]", "rules.fee-field-missing"),
        (b"municipality = 'm'\nschedules = []\nextra = 1", "rules.fee-field-unknown"),
    ],
)
def test_hostile_files(tmp_path, content, code):
    """Whatever a file holds, reading it ends in findings."""
    (tmp_path / "a.toml").write_bytes(content)
    book, findings = found(tmp_path)
    assert (book.schedules, findings[0][0]) == ((), code)


@pytest.mark.parametrize(
    ("text", "row", "line"), [('m = "m"\n  x = 0,3\n', 2, "x = 0,3"), ("m = 1\nx = [1,\n", 2, "x = [1,"), ("x", 1, "x")]
)
def test_broken_toml_names_the_row(tmp_path, text, row, line):
    """A syntax error points at its line and shows it."""
    path = tmp_path / "a.toml"
    path.write_text(text, encoding="utf-8")
    _, findings = load_schedules(path)
    assert [(finding.code, finding.row, finding.found) for finding in findings] == [("rules.fee-not-toml", row, line)]


def test_good_lists_survive_bad_neighbours(tmp_path):
    """A fault in one list leaves out that list alone, and every fault is reported at once."""
    second = GOOD.partition("[[schedules]]")[2].replace("0.30", "-1").replace('"list"', '"other"')
    (tmp_path / "a.toml").write_text(f"{GOOD}[[schedules]]{second}", encoding="utf-8-sig")
    (tmp_path / "b.toml").write_text(GOOD.replace("2026", "2027"), encoding="utf-8")
    (tmp_path / "c.toml").write_text(GOOD.replace('"list"', '"twin"'), encoding="utf-8")
    (tmp_path / "c.cases.toml").write_text("not read", encoding="utf-8")
    book, findings = found(tmp_path)
    assert [schedule.id for schedule in book.schedules] == ["list", "twin"]
    assert findings == [
        ("rules.fee-not-an-amount", "schedules[2].components[1].price", "-1"),
        ("rules.fee-id-twice", "id", "list"),
        ("rules.fee-schedules-overlap", "valid_from", "list, twin"),
    ]


@pytest.mark.parametrize("name", ["empty", "absent"])
def test_no_lists(tmp_path, name):
    """A folder without price lists is a warning, not an error: prices are then unknown."""
    (tmp_path / "empty").mkdir()
    book, findings = found(tmp_path / name)
    assert (book.schedules, findings) == ((), [("rules.fee-no-files", None, name)])


@settings(deadline=None)
@given(st.text(alphabet='[]{}=".\n0123456789abckmn -_', max_size=200))
def test_any_text_ends_in_findings(tmp_path_factory, text):
    """No text makes the reader raise."""
    path = tmp_path_factory.mktemp("fees") / "a.toml"
    path.write_text(GOOD + text, encoding="utf-8")
    book, findings = found(path)
    assert book.schedules or findings
