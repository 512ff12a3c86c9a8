"""The day behind HTTP: what is shown, moved, undone, locked, published, and what is refused."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from api.desk.day_example import EXAMPLE
from api.desk.day_view import DayShown
from api.desk.publishing import publish
from api.desk.records import create_record, get_record, update_record
from api.errors import ConflictError
from api.store.history import seen_by
from api.store.journal import History
from api.store.opening import Store, open_store
from api.store.plans import Lock, PlanVersion
from tests.board import DAY, Board, begins, board_on, demo_on, homes, planned_on


@pytest.fixture(scope="module")
def planned_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a SQLite file with the demo, its day planned, made once."""
    path = tmp_path_factory.mktemp("planned") / "planned.db"
    store = open_store(path)
    planned_on(store)
    store.close()
    return path


@pytest.fixture
def planned(planned_file: Path, tmp_path: Path) -> Board:
    """Return the board of a coordinator on a planned day."""
    path = tmp_path / "day.db"
    path.write_bytes(planned_file.read_bytes())
    board = board_on(open_store(path))
    board.get()
    return board


def test_a_day_that_nobody_has_planned(store: Store) -> None:
    """Everything is unassigned, every shift has its row, and the first move makes the day's first versions."""
    board = demo_on(store)
    day = board.get()

    assert (day["version"], day["plan"], day["can_undo"]) == (0, None, False)
    assert len(day["unassigned"]) == day["figures"]["unassigned"] == 50
    assert [r["letter"] for r in day["rounds"]] == ["A", "B", "C", "D", "E"]
    assert all(not r["stops"] and r["begin"] < r["end"] for r in day["rounds"])
    after = board.do("moves", {"request": "V01", "shift": "korvekula"})["day"]
    assert homes(after) == {"V01": "korvekula"}
    assert [after["plan"]["number"], after["plan"]["why"]] == [2, "move"]
    assert board.do("undo")["day"]["unassigned"][0]["request"] == "V01"


def test_the_example_is_a_day() -> None:
    """What the document shows has the shape of an answer."""
    assert DayShown.model_validate(EXAMPLE).model_dump(mode="json") == EXAMPLE


def test_a_planned_day(planned: Board) -> None:
    """Stops follow each other, figures add up, names are short, and ways are drawn where they are asked for."""
    day = planned.get()
    used = [r for r in day["rounds"] if r["stops"]]

    assert len(used) >= 3
    for shown in used:
        times = [moment for stop in shown["stops"] for moment in (stop["arrival"], stop["begin"], stop["end"])]
        assert times == sorted(times)
        assert [s["name"] for s in shown["stops"] if s["number"]] == [
            f"{shown['letter']}{n}" for n in range(1, 1 + sum(bool(s["number"]) for s in shown["stops"]))
        ]
        assert sum(leg["metres"] for leg in shown["legs"]) == shown["figures"]["metres"]
    assert sum(r["figures"]["metres"] for r in day["rounds"]) == day["figures"]["metres"]
    labels = {stop["label"] for r in used for stop in r["stops"] if stop["request"]}
    assert labels
    assert all(label.endswith(".") for label in labels)
    assert used[0]["legs"][0]["line"] is None
    assert planned.get(f"/days/{DAY}?lines=true")["rounds"][used[0]["index"]]["legs"][0]["line"]


def test_who_saw_whom_is_written_once(planned: Board) -> None:
    """Looking twice within a quarter of an hour is one look at each client."""
    planned.get()
    planned.get()
    store = planned.client.app.state.shell.store
    with store.session() as session:
        looks = seen_by(session, "record:clients/K01")
        assert [look.purpose for look in looks] == ["day"]


def test_moves_cost_what_was_asked(planned: Board) -> None:
    """Each fit is the move's price; a dry run changes nothing, the move does, and undo brings all times back."""
    before = planned.get()
    fit = next(f for f in planned.get("fits?request=V18")["fits"] if f["price"] and not f["here"])
    wish = {"request": "V18", "shift": fit["shift"]}
    dry = planned.do("moves", {**wish, "dry_run": True})

    assert dry["day"] is None
    assert planned.get() == before
    moved = planned.do("moves", wish)
    assert moved["moved"] == dry["moved"]
    assert moved["moved"]["price"] == fit["price"]
    assert homes(moved["day"])["V18"] == fit["shift"]
    assert begins(moved["day"], "V18") == fit["begin"]
    undone = planned.do("undo")["day"]
    assert undone["rounds"] == before["rounds"]
    assert undone["version"] == before["version"] + 2


def test_a_move_that_breaks_a_rule(planned: Board) -> None:
    """It is refused with the rule's code and what to do, and nothing is kept."""
    before = planned.get()
    problem = planned.refused("moves", {"request": "V01", "shift": "buss"})

    assert problem["code"] == "rules"
    assert "check.lacks-skill" in {violation["code"] for violation in problem["violations"]}
    assert all(violation["sentence"] and violation["action"] for violation in problem["violations"])
    assert planned.get() == before


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"request": "V999", "shift": "buss"}, 404),
        ({"request": "V01", "shift": "nowhere"}, 404),
        ({"request": "V01", "shift": "korvekula", "position": 999}, 400),
        ({"request": "V01", "shift": "korvekula", "position": -1}, 422),
        ({"request": "V01"}, 422),
        ({"request": "V01", "shift": "korvekula", "more": 1}, 422),
    ],
)
def test_moves_that_make_no_sense(planned: Board, body: dict[str, object], status: int) -> None:
    """What the day does not have, and what has the wrong shape."""
    planned.refused("moves", body, status=status)


def test_a_time_set_on_purpose_is_held(planned: Board) -> None:
    """It is locked, other moves leave it alone, it can be set again, and undoing it unlocks it."""
    start = begins(planned.get(), "V04")
    home = homes(planned.get())["V04"]
    moved = planned.do("moves", {"request": "V04", "shift": home, "begin": start + 300})["day"]

    assert begins(moved, "V04") == start + 300
    assert [(lock["kind"], lock["subject"]) for lock in moved["locks"]] == [("time", "V04")]
    again = planned.do("moves", {"request": "V04", "shift": home, "begin": start + 600})["day"]
    assert begins(again, "V04") == start + 600
    other = next(name for name, shift in homes(again).items() if shift == home and name[0] == "V" and name != "V04")
    assert begins(planned.do("moves", {"request": other, "shift": None})["day"], "V04") == start + 600
    planned.do("undo")
    planned.do("undo")
    assert planned.do("undo")["day"]["locks"] == []


def test_locks(planned: Board) -> None:
    """A locked round gets nothing and loses nothing; a locked request stays; locking twice is once."""
    day = planned.do("locks/round/tabivere", method="PUT")["day"]
    inside = next(name for name, shift in homes(day).items() if shift == "tabivere" and name[0] == "V")
    outside = next(name for name, shift in homes(day).items() if shift == "korvekula" and name[0] == "V")

    assert next(r for r in day["rounds"] if r["shift"] == "tabivere")["locked"]
    assert planned.do("locks/round/tabivere", method="PUT")["version"] == day["version"]
    assert planned.refused("moves", {"request": inside, "shift": None})["findings"][0]["code"] == "plans.round-locked"
    assert planned.refused("moves", {"request": outside, "shift": "tabivere"})["code"] in {"conflict", "rules"}
    assert "tabivere" not in {fit["shift"] for fit in planned.get(f"fits?request={outside}")["fits"]}
    planned.do("locks/round/tabivere", method="DELETE")
    planned.do(f"locks/request/{inside}", method="PUT")
    assert planned.refused("moves", {"request": inside, "shift": None})["findings"][0]["code"] == "plans.request-locked"
    planned.do(f"locks/request/{inside}", method="DELETE")
    assert planned.do("moves", {"request": inside, "shift": None})["day"]["locks"] == []


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("locks/request/V999", 404),
        ("locks/round/nowhere", 404),
        ("locks/worker/nobody", 404),
        ("locks/colour/V01", 422),
        ("locks/time/V12", 409),
    ],
)
def test_locks_on_nothing(planned: Board, path: str, status: int) -> None:
    """Only what the day has can be held, and only a planned request has a time."""
    planned.refused(path, method="PUT", status=status)


def test_two_coordinators(store: Store) -> None:
    """The second is told what the first has done, and nothing of hers is written over it."""
    first = demo_on(store)
    second = Board(first.client)
    first.do("moves", {"request": "V01", "shift": "korvekula"})
    problem = second.refused("moves", {"request": "V02", "shift": "korvekula"}, status=412)

    assert problem["version"] == first.get()["version"]
    done = [change for change in problem["changes"] if change["action"] == "plan.move"]
    assert [change["after"] for change in done] == [{"request": "V01", "shift": "korvekula", "begin": None}]
    assert homes(second.get()) == {"V01": "korvekula"}
    second.do("moves", {"request": "V02", "shift": "korvekula"})


def test_a_change_names_its_version(planned: Board) -> None:
    """Without `If-Match`, or with a star, it is not done; with a strange tag it is stale."""
    body = {"request": "V01", "shift": None}
    for tag, status in (("", 428), ("*", 428), ('"strange"', 412), ('"999"', 412)):
        planned.tag = tag
        assert planned.refused("moves", body, status=status)["code"] in {"unconditional", "stale"}


def test_sent_twice_done_once(store: Store) -> None:
    """The same key gives the same answer and no second version; for another request it is refused."""
    board = demo_on(store)
    body, key = {"request": "V01", "shift": "korvekula"}, {"Idempotency-Key": "a1"}
    once = board.ask("POST", "moves", body, **key)
    board.tag = '"0"'
    twice = board.ask("POST", "moves", body, **key)

    assert twice.status_code == 200
    assert twice.headers["idempotency-replayed"] == "true"
    assert twice.headers["etag"] == once.headers["etag"]
    assert twice.json() == {**once.json(), "day": None}
    with store.session() as session:
        assert len(session.scalars(select(PlanVersion.id)).all()) == 2
    assert board.ask("POST", "moves", {**body, "shift": None}, **key).status_code == 422
    assert board.ask("POST", "undo", **{"Idempotency-Key": "a2"}).status_code == 200


def test_refusals_are_not_kept(planned: Board) -> None:
    """A key whose request was refused is free to try again."""
    key = {"Idempotency-Key": "b1"}
    tag = planned.tag
    planned.tag = '"999"'
    assert planned.ask("POST", "undo", **key).status_code == 412
    planned.tag = tag
    assert planned.ask("POST", "undo", **key).status_code == 200


def test_publishing(planned: Board) -> None:
    """Refused with every reason; then drivers see it, changes are counted against it and felt as broken promises."""
    day = planned.do("moves", {"request": "V01", "shift": None})["day"]
    assert not day["publish"]["may"]
    problem = planned.refused("publish")
    assert [(f["code"], f["found"]) for f in problem["findings"]] == [("plans.blocked", "V01")]
    assert all(finding["sentence"] and finding["action"] for finding in problem["findings"])
    planned.do("undo")
    published = planned.do("publish")["day"]

    assert published["is_published"]
    assert set(published["change"].values()) == {0.0}
    assert planned.do("publish")["version"] == published["version"]
    moved = planned.do("moves", {"request": "V18", "shift": "tabivere"})
    assert not moved["day"]["is_published"]
    assert "dispatch.warn-changed-carer" in {warning["code"] for warning in moved["moved"]["warnings"]}
    assert moved["day"]["published"]["id"] == published["plan"]["id"]


def test_records_change_under_a_plan(planned: Board) -> None:
    """The day shows what can be kept, says so, is not published so, and can be taken over."""
    store = planned.client.app.state.shell.store
    with store.transaction("user:1") as session:
        record = get_record(session, "visits", "V05")
        update_record(session, "visits", "V05", {**record.cells, "duration": "30"}, version=record.version)
    day = planned.get()

    assert day["outdated"]
    assert "dispatch.gate-outdated" in {reason["code"] for reason in day["publish"]["reasons"]}
    planned.refused("publish")
    adopted = planned.do("adopt")["day"]
    assert (adopted["outdated"], adopted["plan"]["why"]) == (False, "adopt")
    stop = next(s for r in adopted["rounds"] for s in r["stops"] if s["request"] == "V05")
    assert stop["end"] - stop["begin"] == 32 * 60
    assert planned.do("adopt")["version"] == adopted["version"]


@pytest.mark.parametrize(
    ("lacks", "code"),
    [
        ({"vehicle": ""}, "no-vehicle"),
        ({"worker": "keegi"}, "no-worker"),
        ({"start_place": ""}, "no-place"),
        ({"day": "2026-11-26", "weekdays": ""}, "no-shift"),
    ],
)
def test_a_round_that_nobody_can_drive(planned: Board, lacks: dict[str, str], code: str) -> None:
    """Publishing is refused with what the shift of a round lacks; a plan without that round lacks nothing."""
    with planned.client.app.state.shell.store.transaction("user:1") as session:
        record = get_record(session, "shifts", "korvekula")
        record.cells = {field: text for field, text in {**record.cells, **lacks}.items() if text}
    reasons = {reason["code"]: reason for reason in planned.get()["publish"]["reasons"] if reason["blocks"]}

    assert reasons[f"dispatch.gate-{code}"]["shift"] == "korvekula"
    assert "korvekula" in reasons[f"dispatch.gate-{code}"]["sentence"]
    assert ("plans.blocked", "korvekula") in {(f["code"], f["found"]) for f in planned.refused("publish")["findings"]}
    adopted = planned.do("adopt")["day"]
    assert "korvekula" not in {reason["shift"] for reason in adopted["publish"]["reasons"]}


def test_records_change_while_a_day_is_published(planned: Board) -> None:
    """What stood in nobody's way a moment ago is looked at again where the plan is published."""
    shell = planned.client.app.state.shell
    opened = shell.days.open(date.fromisoformat(DAY))
    with shell.store.transaction("user:1") as session:
        shift = get_record(session, "shifts", "korvekula")
        create_record(session, "absences", {"worker": shift.cells["worker"], "first": DAY, "last": DAY})
    with pytest.raises(ConflictError) as refused, shell.store.transaction("user:1") as session:
        publish(shell.days, session, opened, opened.version, "en")

    assert {finding.found for finding in refused.value.findings} >= {"korvekula"}
    assert not planned.get()["published"]


def test_ids_with_slashes(planned: Board) -> None:
    """A request and a shift whose ids look like paths are explained, held, linked and opened as any other."""
    shell = planned.client.app.state.shell
    with shell.store.transaction("user:1") as session:
        create_record(session, "visits", {**get_record(session, "visits", "V05").cells, "id": "V/5"})
        create_record(session, "shifts", {**get_record(session, "shifts", "korvekula").cells, "id": "a/b"})
    planned.get()

    assert planned.get("explanations/V%2F5")["request"] == "V/5"
    assert planned.do("locks/request/V%2F5", method="PUT")["day"]["locks"][0]["subject"] == "V/5"
    assert planned.refused("links/a%2Fb")["findings"][0]["code"] == "driver.not-published"
    assert planned.client.get(f"/board/{DAY}/links/a%2Fb").status_code == 200


def test_a_carer_who_is_away(planned: Board) -> None:
    """A round whose carer is ill is not published, and she is named."""
    with planned.client.app.state.shell.store.transaction("user:1") as session:
        worker = get_record(session, "shifts", "korvekula").cells["worker"]
        create_record(session, "absences", {"worker": worker, "first": DAY, "last": DAY})
        name = get_record(session, "workers", worker).cells["name"]
    (reason,) = [r for r in planned.get()["publish"]["reasons"] if r["code"] == "dispatch.gate-away"]

    assert (reason["blocks"], reason["shift"]) == (True, "korvekula")
    assert name in reason["sentence"]


def test_explained_and_remedied(planned: Board) -> None:
    """An explanation offers changes that were tried; applied, one writes the record and the plan, both or neither."""
    left = planned.get("explanations/V11")
    remedy = next(r for r in left["remedies"] if r["applicable"])
    skill = planned.get("explanations/V12")["remedies"][0]

    assert not left["planned"]
    assert (remedy["kind"], remedy["note"] != "") == ("end-later", True)
    assert (skill["kind"], skill["applicable"]) == ("skill", False)
    known = {shown["request"]: shown["remedies"] for shown in planned.get()["unassigned"]}
    assert known["V11"] == left["remedies"]
    planned.refused("remedies", {"request": "V12", "remedy": skill["id"]})
    planned.refused("remedies", {"request": "V11", "remedy": "0" * 16})
    after = planned.do("remedies", {"request": "V11", "remedy": remedy["id"]})
    assert homes(after["day"])["V11"] == "ametnik"
    assert not after["day"]["outdated"]
    with planned.client.app.state.shell.store.session() as session:
        assert get_record(session, "shifts", "ametnik").cells["end"] > "16:30"
        assert "record.remedy" in set(session.scalars(select(History.action)))
    placed = planned.get("explanations/V11")
    assert (placed["planned"], placed["shifts"]) == (True, ["ametnik"])


def test_taken_off_has_room(planned: Board) -> None:
    """Of a request taken off by hand nobody says that the rules must change."""
    home = homes(planned.get())["V08"]
    planned.do("moves", {"request": "V08", "shift": None})
    explained = planned.get("explanations/V08")

    assert home in explained["shifts"]
    assert explained["remedies"] == []


def test_files(planned: Board) -> None:
    """Each file comes with its type and a name that says only the day; a round that is not there is refused."""
    for name, start, kind in (
        ("rounds.csv", b"", "text/csv"),
        ("prices.csv", b"", "text/csv"),
        ("day.xlsx", b"PK", "application/vnd.openxml"),
        ("wall.pdf", b"%PDF", "application/pdf"),
        ("rounds.pdf?shift=tabivere", b"%PDF", "application/pdf"),
        ("round.ics?shift=tabivere", b"BEGIN:VCALENDAR", "text/calendar"),
    ):
        answer = planned.ask("GET", f"exports/{name}")
        assert answer.status_code == 200, name
        assert answer.content.startswith(start)
        assert answer.headers["content-type"].startswith(kind)
        assert DAY in answer.headers["content-disposition"]
    planned.refused("exports/round.ics", method="GET")
    planned.refused("exports/rounds.pdf?shift=nowhere", method="GET")
    planned.refused("exports/other.pdf", method="GET", status=422)


def test_ways_between_places(planned: Board) -> None:
    """Minutes and kilometres as plans are made with; a place that is not there is named."""
    ways = planned.get(f"/matrices?place=tabivere&place=laeva&day={DAY}")

    assert ways["places"] == ["tabivere", "laeva"]
    assert ways["minutes"][0][0] == 0
    assert 5 < ways["minutes"][0][1] < 60
    assert 5 < ways["kilometres"][1][0] < 60
    problem = planned.refused(f"/matrices?place=nowhere&day={DAY}", method="GET", status=422)
    assert problem["findings"][0]["found"] == "nowhere"


@pytest.mark.parametrize(("lang", "word"), [("et", "Päeva"), ("en", "not planned"), ("ru", "распланирован")])
def test_in_every_language(served: object, lang: str, word: str, store: Store) -> None:
    """Sentences come in the language that is asked for."""
    _ = served
    board = demo_on(store)
    board.client.headers["accept-language"] = lang
    day = board.get()

    assert day["lang"] == lang
    assert word.lower() in day["unassigned"][0]["reason"].lower() or lang == "et"
    assert day["publish"]["reasons"][0]["sentence"]


def test_locks_are_versioned_rows(planned: Board) -> None:
    """A lock put, dropped and put again counts on, and the day's history tells each."""
    for method in ("PUT", "DELETE", "PUT"):
        planned.do("locks/worker/HT1", method=method)
    with planned.client.app.state.shell.store.session() as session:
        (lock,) = session.scalars(select(Lock))
        told = session.scalars(select(History.action).where(History.subject == f"day:{DAY}")).all()
    assert lock.kind == "worker"
    assert [action for action in told if action.startswith("lock")] == ["lock.put", "lock.drop", "lock.put"]
