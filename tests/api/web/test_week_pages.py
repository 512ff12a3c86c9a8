"""The week on pages: planned, accepted in part, moved, locked, repaired, taken back, and what is refused said so."""

import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from api.desk.week_locks import WeekLockKind
from api.desk.week_moves import records_of
from api.desk.week_offer import find_offer, read_offer
from api.desk.week_view import VisitShown, WeekShown, show_week
from api.jobs.runner import Inline, Jobs
from api.jobs.week_asking import ask_week
from api.security.roles import Role
from api.store.history import seen_by
from api.store.opening import open_store
from routing.weeks.by_hand import HandRule
from tests.routing.weeks.town import MONDAY
from tests.web import Served
from tests.weeks import DAYS, TUESDAY, WEEK, fill_town


class Week:
    """The week of one coordinator."""

    def __init__(self, served: Served) -> None:
        self.served = served
        served.app.state.shell.jobs.executor = Inline
        self.client: TestClient = served.signed_in(secrets.token_hex(4))

    def do(self, path: str, **form: object) -> Response:
        """Send a form of the week."""
        return self.client.post(f"{WEEK}/{path}", data=form)

    def done(self, path: str, **form: object) -> None:
        """Send a form that leads back to the week."""
        answer = self.do(path, **form)
        assert answer.status_code == 303, re.findall(r"<li>(.*?)</li>", answer.text)
        assert answer.headers["location"].startswith(f"{WEEK}?told=")

    def refused(self, path: str, **form: object) -> str:
        """Send a form that is refused, and return the page that says why."""
        answer = self.do(path, **form)
        assert answer.status_code in {409, 422}
        assert 'role="alert"' in answer.text
        return answer.text

    def shown(self) -> WeekShown:
        """Return the week as it stands."""
        days = self.served.app.state.shell.days
        with self.served.store.session() as session:
            return show_week(days, session, MONDAY)

    def visits(self) -> dict[str, VisitShown]:
        """Return the visits of the week by id."""
        rows = self.shown().clients
        return {v.visit.id: v for row in rows for visits in row.days.values() for v in visits}

    def offer(self) -> str:
        """Return the job whose offer waits."""
        with self.served.store.session() as session:
            job = find_offer(session, MONDAY)
        assert job is not None
        return job.id

    def groups(self) -> list[str]:
        """Return the groups of changes that are offered."""
        with self.served.store.session() as session:
            job = find_offer(session, MONDAY)
            assert job is not None
            return [group.id for group in read_offer(session, records_of(session), job).groups]


def week_on(path: Path) -> Iterator[Week]:
    """Serve a store to one coordinator."""
    with closing(open_store(path)) as store:
        yield Week(Served(store))


@pytest.fixture(scope="module")
def planned_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store whose week is planned and waits to be accepted, made once."""
    folder = tmp_path_factory.mktemp("week")
    counted = {"seconds": 60, "work": 0.5, "iterations": 2}
    with closing(open_store(folder / "week.db")) as store:
        fill_town(store, folder / "vald")
        with store.transaction("test") as session:
            job = ask_week(session, MONDAY, MONDAY, counted)
        Jobs(store=store, executor=Inline).start(job)
    return folder / "week.db"


@pytest.fixture
def offered(planned_file: Path, tmp_path: Path) -> Iterator[Week]:
    """Return a week that is offered."""
    shutil.copyfile(planned_file, tmp_path / "store.db")
    yield from week_on(tmp_path / "store.db")


@pytest.fixture(scope="module")
def accepted_file(planned_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store whose week was accepted, made once."""
    path = tmp_path_factory.mktemp("accepted") / "week.db"
    shutil.copyfile(planned_file, path)
    for week in week_on(path):
        week.done(f"jobs/{week.offer()}/accept", all="yes")
    return path


@pytest.fixture
def week(accepted_file: Path, tmp_path: Path) -> Iterator[Week]:
    """Return a week that was accepted."""
    shutil.copyfile(accepted_file, tmp_path / "store.db")
    yield from week_on(tmp_path / "store.db")


def test_an_empty_week_says_what_to_do(offered: Week) -> None:
    """Nothing is on a date before it is accepted; the page of any day of the week leads to its Monday."""
    page = offered.client.get(WEEK).text
    assert 'id="accept-all"' in page
    assert 'id="week-empty"' in offered.client.get("/weeks/2026-12-07").text
    assert offered.client.get(f"/weeks/{TUESDAY}").headers["location"] == WEEK
    assert offered.client.get("/weeks", params={"day": str(TUESDAY)}).headers["location"] == WEEK
    assert offered.shown().is_empty


def test_accepted_wholly(week: Week) -> None:
    """Every visit granted is on a date, each day has rounds, nothing is broken, and both views say it."""
    shown = week.shown()
    assert shown.given == shown.granted > 0
    assert all(head.planned and not head.unplaced for head in shown.heads if head.visits)
    assert all(v.begin is not None and not v.faults for v in week.visits().values())
    assert len(week.visits()) == 7
    for view in ("clients", "workers"):
        page = week.client.get(f"{WEEK}?view={view}").text
        assert all(f'data-visit="{name}"' in page for name in week.visits())
    assert "jobs/" not in page


def test_accepted_in_part(offered: Week) -> None:
    """Only what is ticked comes into the week; nothing ticked is refused, and so is an offer decided about."""
    job = offered.offer()
    assert offered.refused(f"jobs/{job}/accept")
    offered.done(f"jobs/{job}/accept", group="V-K2")
    assert {v.visit.care_slot for v in offered.visits().values()} == {"V-K2"}
    assert offered.refused(f"jobs/{job}/accept", all="yes")
    offered.done("undo")
    assert offered.shown().is_empty


def test_thrown_away(offered: Week) -> None:
    """Nothing changes, and nothing is offered any more."""
    offered.done(f"jobs/{offered.offer()}/drop")
    assert offered.shown().is_empty
    page = offered.client.get(WEEK).text
    assert 'id="accept-all"' not in page
    assert 'id="week-empty"' in page


def test_moved_and_taken_back(week: Week) -> None:
    """A visit goes to a day that its plan allows and onto the round of whoever gets it; undoing brings both back."""
    before = week.visits()
    name, day = _movable(week, "V-K4")
    week.done("move", visit=name, seen=before[name].visit.day, day=day, worker="T1")
    after = week.visits()[name]
    assert (after.visit.day, after.workers) == (day, ("T1",))
    has_rounds = {head.day: head.planned for head in week.shown().heads}
    assert (after.begin is not None) == has_rounds[day]
    week.done("undo")
    assert week.visits() == before
    week.done("undo")
    assert week.shown().is_empty
    assert week.refused("undo")


def _movable(week: Week, slot: str) -> tuple[str, date]:
    """Return a visit of a recurring one, and a workday on which that has none."""
    own = {v.visit.day: v.visit.id for v in week.visits().values() if v.visit.care_slot == slot}
    return own[min(own)], next(day for day in DAYS[:5] if day not in own)


def test_moves_that_break_a_rule_say_which(week: Week) -> None:
    """Spacing, allowed days, who is on duty: each is named, and nothing is changed."""
    before = week.visits()
    own = sorted(v.visit.day for v in before.values() if v.visit.care_slot == "V-K1")
    name = next(v.visit.id for v in before.values() if v.visit.care_slot == "V-K1" and v.visit.day == own[0])
    beside = next(day for day in DAYS[:5] if abs((day - own[1]).days) == 1 and day != own[0])
    wish = {"visit": name, "seen": own[0], "worker": "T1"}
    assert "käigust" in week.refused("move", **wish, day=beside)
    assert "lubatud" in week.refused("move", **wish, day=DAYS[5])
    assert "ei tööta" in week.refused("move", **{**wish, "worker": "T3"}, day=own[0])
    assert "oma nädalast" in week.refused("move", **wish, day="2026-12-08")
    assert "teisele päevale" in week.refused("move", **{**wish, "seen": "2026-12-06"}, day=own[0])
    assert week.visits() == before


def test_the_page_of_a_visit_says_where_it_fits(week: Week) -> None:
    """Each day and worker is listed with what is in the way; what is not there is not found."""
    name, _ = _movable(week, "V-K1")
    page = week.client.get(f"{WEEK}/visits/{name}").text
    assert page.count('class="yes"') > 0
    assert page.count('class="no"') > 0
    assert week.client.get(f"{WEEK}/visits/nobody").status_code == 404


def test_locks_keep_visits_where_they_are(week: Week) -> None:
    """A locked visit and a locked day of a worker cannot be moved, and planning anew leaves them."""
    name, day = _movable(week, "V-K4")
    held = week.visits()[name].visit
    week.done("lock", kind=WeekLockKind.VISIT.value, subject=name, day=held.day, held="true")
    assert "lukus" in week.refused("move", visit=name, seen=held.day, day=day, worker="T2")
    week.done("lock", kind=WeekLockKind.VISIT.value, subject=name, day=held.day)
    week.done("move", visit=name, seen=held.day, day=day, worker="T2")
    week.done("lock", kind=WeekLockKind.CARER.value, subject="T2", day=day, held="true")
    assert week.visits()[name].held
    assert "lukus" in week.refused("move", visit=name, seen=day, day=held.day, worker="T2")
    week.done("plan", seconds=5)
    with week.served.store.session() as session:
        job = find_offer(session, MONDAY)
        rows = [] if job is None else [row.key for row in read_offer(session, records_of(session), job).rows]
    assert name not in rows


def test_ill_carer(week: Week) -> None:
    """The repair is offered with promises and covers, and once accepted no visit is hers; undo brings all back."""
    before = week.visits()
    week.done("absence", worker="T1", first=TUESDAY, last=DAYS[4])
    page = week.client.get(WEEK).text
    assert "Pakutud asendus" in page
    assert "Kai" in page  # who stands in is ranked
    week.done(f"jobs/{week.offer()}/accept", all="yes")
    away = [v for v in week.visits().values() if v.visit.day >= TUESDAY and "T1" in v.workers]
    assert away == []
    shown = week.shown()
    anu = next(row for row in shown.workers if row.worker.id == "T1")
    assert [day.away for day in anu.days.values()] == [False, True, True, True, True, False, False]
    assert not any(f.rule is HandRule.ABSENT for v in week.visits().values() for f in v.faults)
    assert week.refused("absence", worker="T1", first=TUESDAY, last=DAYS[4])
    week.done("undo")
    assert week.visits() == before


def test_absences_that_cannot_be(week: Week) -> None:
    """Unknown people, reversed dates and another week are refused."""
    assert "T9" in week.refused("absence", worker="T9", first=MONDAY, last=MONDAY)
    assert week.refused("absence", worker="T1", first=TUESDAY, last=MONDAY)
    assert week.refused("absence", worker="T1", first="2026-12-10", last="2026-12-10")


def test_what_hangs_on_whom(week: Week) -> None:
    """Each worker with a round is listed with her cover; a day without a plan says what to do."""
    day = min(v.visit.day for v in week.visits().values())
    assert 'class="letter' in week.client.get(f"/fragility/{day}").text
    assert 'class="empty"' in week.client.get(f"/fragility/{DAYS[6]}").text
    assert week.client.get("/fragility").headers["location"] == "/fragility/2026-11-26"


def test_a_week_that_is_over_is_not_planned(offered: Week) -> None:
    """The clock decides."""
    offered.served.clock.turn(hours=24 * 30)
    assert "möödas" in Week(offered.served).refused("plan", seconds=5)


def test_who_looks_is_written_down(week: Week) -> None:
    """Whose visits are shown is in the access log, once per quarter of an hour."""
    week.client.get(WEEK)
    week.client.get(WEEK)
    with week.served.store.session() as session:
        assert [look.purpose for look in seen_by(session, "record:clients/K1")].count("week") == 1
    assert week.served.client().get(WEEK).status_code == 303
    assert week.served.signed_in("vaatleja", (Role.AUDITOR,)).get(WEEK).status_code == 403
