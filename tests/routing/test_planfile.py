"""Plan files: what is written is read back, and nothing else is."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.cost import Cost, cost
from routing.errors import PlanFileError
from routing.plan import Plan, Route, Stop, StopKind
from routing.planfile import LARGEST, MOST, PlanDocument, from_json, read_plan, to_json, write_plan
from routing.wording import LANGUAGES, keys
from tests.days import random_day
from tests.routing.review.tiny import FERRY, HOUR, MATRIX, day, plan, ride, visit, walk
from tests.trivial_planner import trivial_plan

DAY = day(visits=(visit("v", "isle"),), shipments=(ride("r", "a", "b"),), crossings=(FERRY,))
ROUND = walk(DAY).ride("r").sail("ferry", 10 * HOUR).visit("v").sail("ferry", 12 * HOUR).end()
DOCUMENT = PlanDocument(
    municipality="Tartu vald",
    day=date(2026, 11, 25),
    folder_digest="sha256:00",
    roads_id="sha256:11",
    roads_source="skemaatiline võrk",
    engine="hybrid",
    seed=1,
    budget_seconds=2.5,
    plan=plan(ROUND),
    cost=cost(DAY, MATRIX, plan(ROUND)),
    prices={"r": {"total": "5.00", "lines": [{"rule": "tariif", "amount": "5.00"}]}},
    explanations={"v": [1, 2.5, None, True, "õ"]},
)

NUMBERS = st.integers(-(2**53), 2**53)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=12)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.floats(-1e9, 1e9) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


@st.composite
def stops(draw: st.DrawFn, kind: StopKind) -> Stop:
    """Draw a stop of one kind that names what its kind must name."""
    serves = kind in (StopKind.VISIT, StopKind.PICKUP, StopKind.DELIVERY)
    sails = kind in (StopKind.BOARD, StopKind.LAND)
    return Stop(
        kind=kind,
        place=draw(TEXTS),
        arrival=draw(NUMBERS),
        start=draw(NUMBERS),
        departure=draw(NUMBERS),
        request=draw(TEXTS) if serves else None,
        crossing=draw(TEXTS) if sails else None,
        travel=draw(NUMBERS),
        metres=draw(NUMBERS),
    )


@st.composite
def routes(draw: st.DrawFn) -> Route:
    """Draw a route from START to END."""
    inner = [kind for kind in StopKind if kind not in (StopKind.START, StopKind.END)]
    kinds = [StopKind.START, *draw(st.lists(st.sampled_from(inner), max_size=4)), StopKind.END]
    return Route(shift=draw(TEXTS), stops=tuple(draw(stops(kind)) for kind in kinds))


DOCUMENTS = st.builds(
    PlanDocument,
    version=st.just(1),
    municipality=TEXTS,
    day=st.dates(),
    folder_digest=TEXTS,
    roads_id=TEXTS,
    roads_source=TEXTS,
    engine=TEXTS,
    seed=NUMBERS,
    budget_seconds=st.none() | st.floats(0, 1e6),
    budget_iterations=st.none() | NUMBERS,
    plan=st.builds(
        Plan, routes=st.lists(routes(), max_size=2).map(tuple), unassigned=st.lists(TEXTS, max_size=3).map(tuple)
    ),
    cost=st.builds(Cost, **dict.fromkeys(Cost.__dataclass_fields__, NUMBERS)),
    prices=st.dictionaries(TEXTS, JSON, max_size=2),
    explanations=st.dictionaries(TEXTS, JSON, max_size=2),
)


@settings(deadline=None, max_examples=60)
@given(DOCUMENTS)
def test_what_is_written_is_read_back(document: PlanDocument):
    """Any document survives the way to JSON and back, and comes out as the same bytes again."""
    data = to_json(document)
    again = from_json(data, "plan.json")

    assert again == document
    assert to_json(again) == data


def test_the_order_of_free_form_values_does_not_matter():
    """Equal documents are equal bytes, whatever order their mappings were filled in."""
    there = replace(DOCUMENT, prices={"a": 1, "b": 2})
    back = replace(DOCUMENT, prices={"b": 2, "a": 1})

    assert to_json(there) == to_json(back)


def test_a_real_plan_survives_on_disk(tmp_path: Path):
    """A plan of a random day is read back from its file, and its route properties work."""
    problem, matrix = random_day(7, 40)
    answer = trivial_plan(problem, matrix)
    document = replace(DOCUMENT, plan=answer, cost=cost(problem, matrix, answer))
    path = tmp_path / "plan.json"
    write_plan(DOCUMENT, path)
    write_plan(document, path)

    again = read_plan(path)

    assert again == document
    assert cost(problem, matrix, again.plan) == document.cost
    assert [file.name for file in tmp_path.iterdir()] == ["plan.json"]


def changed(*where: str | int, to: object) -> bytes:
    """Return the document as JSON with one value replaced."""
    raw = json.loads(to_json(DOCUMENT))
    inner = raw
    for key in where[:-1]:
        inner = inner[key]
    inner[where[-1]] = to
    return json.dumps(raw).encode()


def without(*where: str | int) -> bytes:
    """Return the document as JSON with one value missing."""
    raw = json.loads(to_json(DOCUMENT))
    inner = raw
    for key in where[:-1]:
        inner = inner[key]
    del inner[where[-1]]
    return json.dumps(raw).encode()


FIRST = ("plan", "routes", 0, "stops", 0)
HOSTILE: dict[str, tuple[bytes, str, str | None]] = {
    "empty": (b"", "planfile.not-json", None),
    "not text": (b"\xff\xfe\x00\x01", "planfile.not-json", None),
    "not JSON": (b"{plan}", "planfile.not-json", None),
    "cut off": (to_json(DOCUMENT)[:-20], "planfile.not-json", None),
    "NaN": (to_json(DOCUMENT).replace(b"2.5", b"NaN"), "planfile.not-json", None),
    "infinity": (to_json(DOCUMENT).replace(b"2.5", b"-Infinity"), "planfile.not-json", None),
    "a key given twice": (to_json(DOCUMENT).replace(b'"seed"', b'"engine"'), "planfile.not-json", None),
    "a hundred thousand brackets": (b"[" * 100_000, "planfile.not-json", None),
    "a number of five thousand digits": (b'{"version": ' + b"9" * 5000 + b"}", "planfile.not-json", None),
    "too large": (b" " * (LARGEST + 1), "planfile.too-large", None),
    "too many values": (changed("prices", to={"r": [0] * (MOST + 1)}), "planfile.too-large", None),
    "a list": (b"[]", "planfile.version", None),
    "no version": (without("version"), "planfile.version", None),
    "tomorrow's version": (changed("version", to=2), "planfile.version", None),
    "a version that is only true": (changed("version", to=True), "planfile.version", None),
    "an overflowing float": (
        to_json(DOCUMENT).replace(b"2.5", b"1e999", 1),
        "planfile.out-of-bounds",
        "budget_seconds",
    ),
    "a gigantic time": (changed(*FIRST, "start", to=10**400), "planfile.out-of-bounds", "plan.routes.0.stops.0.start"),
    "half a character": (changed("municipality", to="\ud800"), "planfile.out-of-bounds", "municipality"),
    "half a character as a key": (changed("prices", to={"\udc00": 1}), "planfile.out-of-bounds", "prices"),
    "a time in words": (changed(*FIRST, "start", to="8:00"), "planfile.wrong-value", "plan.routes.0.stops.0.start"),
    "half a second": (changed(*FIRST, "start", to=0.5), "planfile.wrong-value", "plan.routes.0.stops.0.start"),
    "true as a number": (changed("seed", to=True), "planfile.wrong-value", "seed"),
    "no such kind of stop": (changed(*FIRST, "kind", to="nap"), "planfile.wrong-value", "plan.routes.0.stops.0.kind"),
    "no such day": (changed("day", to="2026-02-30"), "planfile.wrong-value", "day"),
    "a plan that is a list": (changed("plan", to=[]), "planfile.wrong-value", "plan"),
    "no seed": (without("seed"), "planfile.missing-field", "seed"),
    "no place": (without(*FIRST, "place"), "planfile.missing-field", "plan.routes.0.stops.0.place"),
    "a field too many": (changed("phone", to="5551234"), "planfile.unknown-field", "phone"),
    "a field too many, inside": (
        changed(*FIRST, "colour", to=1),
        "planfile.unknown-field",
        "plan.routes.0.stops.0.colour",
    ),
    "a route without stops": (changed("plan", "routes", 0, "stops", to=[]), "planfile.route-ends", "plan.routes"),
    "a route without end": (without("plan", "routes", 0, "stops", -1), "planfile.route-ends", "plan.routes"),
    "a start that serves": (changed(*FIRST, "request", to="r"), "planfile.stop-names", "plan.routes.anu.stops.0"),
    "a visit that sails": (
        changed("plan", "routes", 0, "stops", 1, "crossing", to="ferry"),
        "planfile.stop-names",
        "plan.routes.anu.stops.1",
    ),
}


def nested(levels: int) -> bytes:
    """Return the document with prices nested this deep."""
    value: object = 0
    for _ in range(levels):
        value = [value]
    return changed("prices", to={"r": value})


@pytest.mark.parametrize(("data", "code", "field"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_file_is_one_finding(data: bytes, code: str, field: str | None, tmp_path: Path):
    """Whatever is wrong is said with a code, a place and a way out, in both languages, and no traceback."""
    path = tmp_path / "plan.json"
    path.write_bytes(data)

    with pytest.raises(PlanFileError) as caught:
        read_plan(path)

    (finding,) = caught.value.findings
    assert (finding.code, finding.field, finding.file) == (code, field, "plan.json")
    for lang in LANGUAGES:
        assert all([finding.sentence(lang), finding.expected(lang), finding.action(lang)])
        assert len(finding.sentence(lang)) < 300


def test_nests_are_read_only_so_deep():
    """A moderate nest is fine, a deep one is a finding, one that could overflow the stack is too."""
    from_json(nested(20), "plan.json")
    for levels in (40, 500):
        with pytest.raises(PlanFileError) as caught:
            from_json(nested(levels), "plan.json")
        assert {finding.code for finding in caught.value.findings} == {"planfile.out-of-bounds"}


def test_every_finding_is_collected():
    """Three wrong values are three findings."""
    raw = json.loads(to_json(DOCUMENT))
    raw |= {"seed": "1", "day": "yesterday", "engine": None}

    with pytest.raises(PlanFileError) as caught:
        from_json(json.dumps(raw).encode(), "plan.json")

    assert {finding.field for finding in caught.value.findings} == {"seed", "day", "engine"}


def test_every_code_is_reached():
    """Each finding of the catalogue comes from some file."""
    codes = {key for key in keys("planfile", "en") if not key.endswith((".do", ".expected"))}

    assert codes == {code for _, code, _ in HOSTILE.values()} | {"planfile.unreadable"}


@pytest.mark.parametrize(
    ("value", "error"), [(float("nan"), ValueError), (date(2026, 1, 1), TypeError)], ids=["NaN", "a date"]
)
def test_what_json_cannot_hold_is_refused(value: object, error: type[Exception], tmp_path: Path):
    """A free-form value that is no JSON is an error of the caller, and the old file stays."""
    path = tmp_path / "plan.json"
    write_plan(DOCUMENT, path)

    with pytest.raises(error):
        write_plan(replace(DOCUMENT, prices={"r": value}), path)

    assert read_plan(path) == DOCUMENT


@pytest.mark.parametrize("name", ["nothing.json", "."], ids=["missing", "a folder"])
def test_a_file_that_cannot_be_read_is_a_finding(name: str, tmp_path: Path):
    """No file, or a folder of that name, is a finding too."""
    with pytest.raises(PlanFileError) as caught:
        read_plan(tmp_path / name)

    (finding,) = caught.value.findings
    assert finding.code == "planfile.unreadable"
    assert finding.sentence("et")


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=60) | JSON.map(lambda value: json.dumps(value).encode()))
def test_no_bytes_break_the_reader(data: bytes):
    """Random bytes and random JSON are findings, never another exception."""
    with pytest.raises(PlanFileError) as caught:
        from_json(data, "plan.json")

    assert caught.value.findings


@settings(deadline=None, max_examples=100)
@given(JSON, st.data())
def test_no_value_in_any_place_breaks_the_reader(value: object, data: st.DataObject):
    """A random value anywhere in a good file gives a document or findings, never another exception."""
    raw = json.loads(to_json(DOCUMENT))
    inner, keys_so_far = raw, []
    while isinstance(inner, dict | list) and inner and (not keys_so_far or data.draw(st.booleans())):
        options = list(inner) if isinstance(inner, dict) else list(range(len(inner)))
        keys_so_far.append(data.draw(st.sampled_from(options)))
        inner = inner[keys_so_far[-1]]

    try:
        found = from_json(changed(*keys_so_far, to=value), "plan.json")
    except PlanFileError:
        return
    assert from_json(to_json(found), "plan.json") == found
