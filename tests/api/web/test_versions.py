"""The plans of a day: listed with what changed, looked at, taken back, undone and done again."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from api.desk.day_versions import restore
from api.desk.records import create_record, get_record, update_record
from api.security.roles import Role
from api.store.opening import open_store
from tests.board import DAY, Board, begins, board_on, homes, planned_on
from tests.web import Served


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


def test_redo_leads_back_step_by_step(planned: Board) -> None:
    """Two changes undone are done again in their order, with the lock that one had set; then there is no more."""
    home = homes(planned.get())["V04"]
    start = begins(planned.get(), "V04")
    planned.do("moves", {"request": "V04", "shift": home, "begin": start + 300})
    last = planned.do("moves", {"request": "V08", "shift": None})["day"]
    assert not last["can_redo"]
    planned.do("undo")
    first = planned.do("undo")["day"]

    assert (first["can_redo"], first["locks"], begins(first, "V04")) == (True, [], start)
    again = planned.do("redo")["day"]
    assert [(lock["kind"], lock["subject"]) for lock in again["locks"]] == [("time", "V04")]
    assert begins(again, "V04") == start + 300
    done = planned.do("redo")["day"]
    assert (homes(done), done["can_redo"], done["plan"]) == (homes(last), False, last["plan"])
    assert [f["code"] for f in planned.refused("redo")["findings"]] == ["plans.nothing-to-redo"]


def test_something_new_ends_redo(planned: Board) -> None:
    """A plan that was merely offered, or another change, is not done again."""
    planned.do("moves", {"request": "V08", "shift": None})
    planned.do("undo")
    changed = planned.do("moves", {"request": "V05", "shift": None})["day"]
    planned.plan()

    assert not changed["can_redo"]
    assert not planned.get()["can_redo"]
    planned.refused("redo")


def test_the_list_says_what_changed(planned: Board) -> None:
    """The newest first: who, why, from which plan, and what it has more of."""
    planned.do("moves", {"request": "V08", "shift": None})
    newest, *_, first = planned.get("versions")["versions"]

    assert (newest["why"], newest["parent"], newest["is_current"]) == ("move", newest["number"] - 1, True)
    assert newest["change"]["unassigned"] == 1
    assert newest["change"]["visits"] == -1
    assert newest["by"] not in {"", "system"}
    assert (first["number"], first["parent"], first["why"], first["change"]) == (1, None, "start", {})


def test_taking_an_earlier_plan_back(planned: Board) -> None:
    """It becomes the newest plan and can be undone; looking at it changes nothing; of numbers without plan 404."""
    before = planned.get()
    planned.do("moves", {"request": "V08", "shift": None})
    now = planned.do("moves", {"request": "V05", "shift": None})["day"]
    number = before["plan"]["number"]

    looked = planned.get(f"versions/{number}")
    assert (homes(looked), looked["version"]) == (homes(before), now["version"])
    back = planned.do(f"versions/{number}/restore")["day"]
    assert (homes(back), back["plan"]["why"], back["plan"]["number"]) == (homes(before), "restore", number + 3)
    assert planned.do(f"versions/{number + 3}/restore")["version"] == back["version"]
    assert homes(planned.do("undo")["day"]) == homes(now)
    assert homes(planned.do("redo")["day"]) == homes(before)
    planned.refused("versions/99", method="GET", status=404)
    planned.refused("versions/99/restore", status=404)
    planned.tag = '"1"'
    planned.refused(f"versions/{number}/restore", status=412)


def test_taking_back_under_other_records(planned: Board) -> None:
    """The day takes what the records as they are now leave of an earlier plan."""
    number = planned.get()["plan"]["number"]
    planned.do("moves", {"request": "V08", "shift": None})
    with planned.client.app.state.shell.store.transaction("user:1") as session:
        record = get_record(session, "visits", "V05")
        update_record(session, "visits", "V05", {**record.cells, "duration": "30"}, version=record.version)
    planned.get()
    back = planned.do(f"versions/{number}/restore")["day"]

    assert not back["outdated"]
    stop = next(s for r in back["rounds"] for s in r["stops"] if s["request"] == "V05")
    assert stop["end"] - stop["begin"] == 32 * 60


def test_records_change_while_a_plan_is_taken_back(planned: Board) -> None:
    """What was asked for meanwhile is in the plan, without a place; nobody's view of the records is mixed."""
    shell = planned.client.app.state.shell
    number = planned.get()["plan"]["number"]
    planned.do("moves", {"request": "V08", "shift": None})
    opened = shell.days.open(date.fromisoformat(DAY))
    with shell.store.transaction("user:1") as session:
        asked = get_record(session, "visits", "V05").cells
        create_record(session, "visits", {**asked, "id": "V99"})
    with shell.store.transaction("user:1") as session:
        restore(shell.days, session, opened, opened.version, number)

    back = planned.get()
    assert (back["outdated"], back["plan"]["why"]) == (False, "restore")
    assert "V99" in {left["request"] for left in back["unassigned"]}


def test_many_at_once(planned: Board) -> None:
    """Of people who undo, redo, take back and move on the same plan at once, one does; the others are told."""
    number = planned.get()["plan"]["number"]
    for request in ("V08", "V05"):
        planned.do("moves", {"request": request, "shift": None})
    tag = planned.do("undo") and planned.tag
    wishes = [("undo", None), ("redo", None), (f"versions/{number}/restore", None)]
    wishes += [("moves", {"request": request, "shift": None}) for request in ("V04", "V06")]
    with ThreadPoolExecutor(len(wishes)) as pool:
        boards = [Board(planned.client) for _ in wishes]
        asked = [pool.submit(b.ask, "POST", *wish, **{"If-Match": tag}) for b, wish in zip(boards, wishes, strict=True)]
        found = sorted(answer.result().status_code for answer in asked)

    assert found == [200, 412, 412, 412, 412]
    assert planned.get()["plan"]["number"] in range(number, number + 4)


@pytest.mark.parametrize("lang", ["et", "en", "ru"])
def test_the_pages(planned: Board, lang: str) -> None:
    """The list leads to each plan; a plan is shown whole with nothing to change but taking it back."""
    planned.do("moves", {"request": "V08", "shift": None})
    client = planned.client
    client.cookies.set("language", lang)
    listed = client.get(f"/board/{DAY}/versions").text
    links = re.findall(rf"/board/{DAY}/versions/(\d+)\"", listed)
    shown = client.get(f"/board/{DAY}/versions/{links[1]}").text

    assert links == ["3", "2", "1"]
    assert listed.count("/restore") == 2
    assert shown.count('role="row"') == 5
    assert "data-act" not in shown
    assert shown.count("/restore") == 1
    for text in (listed, shown):
        assert not re.search(r"\b(versions|access)\.[a-z]+", text)


def test_taking_back_without_scripts(planned: Board) -> None:
    """The form leads to the board; a form of a day that has changed since shows the list anew."""
    client = planned.client
    moved = planned.do("moves", {"request": "V08", "shift": None})["day"]
    form = {"csrf": client.headers["X-CSRF-Token"], "seen": str(moved["version"])}
    answer = client.post(f"/board/{DAY}/versions/2/restore", data=form)

    assert (answer.status_code, answer.headers["location"]) == (303, f"/board/{DAY}")
    assert "V08" in homes(planned.get())
    again = client.post(f"/board/{DAY}/versions/3/restore", data=form)
    assert again.status_code == 412
    assert 'role="alert"' in again.text


def test_readers_only(planned_file: Path, tmp_path: Path) -> None:
    """Whoever may not read plans sees no list of them."""
    path = tmp_path / "day.db"
    path.write_bytes(planned_file.read_bytes())
    client = Served(open_store(path)).signed_in("leena", roles=(Role.CLERK,))
    assert client.get(f"/board/{DAY}/versions").status_code == 403


def test_changes_against_the_published_plan_are_shown(planned: Board) -> None:
    """Hours and lateness are compared with what was published, on the board and on every plan of the day."""
    planned.do("publish")
    planned.do("moves", {"request": "V08", "shift": None})
    page = planned.client.get(f"/board/{DAY}")
    assert page.status_code == 200
    assert 'class="delta' in page.text
    for line in planned.get("versions")["versions"]:
        assert planned.client.get(f"/board/{DAY}/versions/{line['number']}").status_code == 200
