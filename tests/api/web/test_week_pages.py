"""The week on pages: planned, accepted in part, moved, locked, repaired, taken back, and what is refused said so."""

import json
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from html import unescape
from pathlib import Path
from threading import Event
from threading import enumerate as enumerate_threads

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from sqlalchemy import select

from api.desk.records import new_record, sheet_named
from api.desk.week_change import RowChange
from api.desk.week_locks import WeekLockKind
from api.desk.week_moves import records_of
from api.desk.week_offer import WeekDraft, find_offer, read_offer
from api.desk.week_view import VisitShown, WeekShown, show_week
from api.jobs import keeping
from api.jobs.keeping import add_job
from api.jobs.nightly import Nightly, work_ahead
from api.jobs.runner import Inline, Jobs
from api.jobs.week_asking import ask_week
from api.security.roles import Role
from api.store.history import seen_by
from api.store.jobs import Job, JobKind, JobState
from api.store.opening import open_store
from api.store.plans import Day
from api.store.records import Record
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

    def offering(self, name: str, day: date) -> str:
        """Let another day be offered for a visit, and return the job that offers it."""
        with self.served.store.transaction("test") as session:
            record = session.get(Record, ("visits", name))
            assert record is not None
            before = dict(record.cells)
            row = RowChange(sheet="visits", key=name, before=before, after={**before, "day": day.isoformat()})
            job = add_job(session, MONDAY, None, {}, JobKind.WEEK)
            job.best, job.state = WeekDraft(rows=(row,), rounds={}).text(), JobState.DONE.value
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
    """Nothing changes, and nothing is offered any more; an offer is found in its own week alone."""
    job, other = offered.offer(), f"/weeks/{MONDAY + timedelta(days=7)}"
    for action, fields in (("accept", {"all": "yes"}), ("drop", {}), ("stop", {})):
        sent = offered.client.post(f"{other}/jobs/{job}/{action}", data=fields)
        assert sent.status_code == 404
    assert offered.offer() == job
    offered.done(f"jobs/{job}/drop")
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
    """Each worker with a round is listed with her cover and when that was worked out; without a plan it is refused."""
    day = min(v.visit.day for v in week.visits().values())
    address = f"/fragility/{day}"
    assert "ei ole veel läbi mõeldud" in week.client.get(address).text
    assert week.client.post(address).headers["location"] == address
    page = week.client.get(address).text
    assert 'class="letter' in page
    assert "Kai" in page
    assert "Välja arvutatud" in page
    assert "muutunud" not in page
    one = next(v for v in week.visits().values() if v.visit.day == day)
    week.done("move", visit=one.visit.id, seen=day, day=day, worker="T2" if "T1" in one.workers else "T1")
    assert "muutunud" in week.client.get(address).text
    assert 'class="empty"' in week.client.get(f"/fragility/{DAYS[6]}").text
    assert "06.12.2026 ei ole plaani" in unescape(week.client.post(f"/fragility/{DAYS[6]}").text)
    assert week.client.get("/fragility").headers["location"] == "/fragility/2026-11-26"


def test_what_hangs_on_whom_is_worked_out_each_night(week: Week) -> None:
    """Tomorrow is worked out once a night, a published day once, nothing while somebody waits; the board says it."""
    shell, clock = week.served.app.state.shell, week.served.clock
    assert work_ahead(shell.jobs) is None  # tomorrow has no plan
    clock.now = datetime(2026, 11, 29, 9, tzinfo=UTC)
    with week.served.store.transaction("test") as session:
        row = session.get(Day, TUESDAY)
        row.published = row.current
        workers = session.get(Record, ("workers", "T3"))
        session.delete(workers)
        waiting = add_job(session, MONDAY, None, {}, JobKind.WEEK)
    assert work_ahead(shell.jobs) is None
    with week.served.store.transaction("test") as session:
        keeping.end(session, keeping.get_job(session, waiting.id), JobState.DONE)
    assert [work_ahead(shell.jobs).day for _ in range(2)] == [MONDAY, TUESDAY]
    assert work_ahead(shell.jobs) is None
    clock.turn(hours=13)  # midnight in Tallinn: now Tuesday is tomorrow
    assert [job.day for job in iter(lambda: work_ahead(shell.jobs), None)] == [TUESDAY]


def test_the_board_says_where_tomorrow_is_fragile(week: Week) -> None:
    """The evening before, and on the board of the day itself, it stands without whom how much is left undone."""
    week.served.clock.now = datetime(2026, 11, 29, 9, tzinfo=UTC)
    with week.served.store.transaction("test") as session:
        job = add_job(session, MONDAY, None, {}, JobKind.FRAGILITY)
        lost = {"at_stake": 2, "critical": 1, "substitute": None, "reserve": False, "lost": [{}, {}]}
        job.best = json.dumps({"mark": "", "workers": [{"worker": "T1", **lost}, {"worker": "T2", **lost, "lost": []}]})
    client = week.served.signed_in("teine")
    said = "30.11.2026: kui Anu haigestub, jääb tegemata 2."
    for day, told in ((MONDAY, True), (MONDAY - timedelta(days=1), True), (TUESDAY, False)):
        assert (said in client.get(f"/board/{day}").text) is told


def test_looking_ahead_ends_with_the_server(week: Week) -> None:
    """The thread that looks for what is due survives what fails and is gone once it is stopped."""
    looked = Event()

    def broken() -> datetime:
        looked.set()
        raise RuntimeError

    jobs = week.served.app.state.shell.jobs
    week.served.store.clock = broken
    nightly = Nightly(jobs, every=timedelta(0))
    nightly.start()
    assert looked.wait(10)
    nightly.stop()
    assert not any(thread.name == "nightly" for thread in enumerate_threads())


def test_any_day_names_its_week(week: Week) -> None:
    """What is asked of a Tuesday is done to its week, so that nothing is planned from there into the next."""
    for path, form in (("plan", {"seconds": 1}), ("absence", {"worker": "T1", "first": TUESDAY, "last": TUESDAY})):
        answer = week.client.post(f"/weeks/{TUESDAY}/{path}", data=form)
        assert answer.headers["location"].startswith(f"{WEEK}?told=asked")
    with week.served.store.session() as session:
        assert set(session.scalars(select(Job.day))) == {MONDAY}


def test_locked_since_it_was_planned(offered: Week) -> None:
    """Locks that came after an offer, or after a change, keep what they hold; the rest can be accepted."""
    job = offered.offer()
    offered.done(f"jobs/{job}/accept", group="V-K4")
    name, day = _movable(offered, "V-K4")
    begun = offered.visits()[name].visit.day
    offered.done("move", visit=name, seen=begun, day=day, worker="T2")
    offered.done("lock", kind=WeekLockKind.VISIT.value, subject=name, day=day, held="true")
    assert "lukus" in offered.refused("undo")
    assert offered.visits()[name].visit.day == day
    assert offered.client.post(f"{WEEK}/jobs/{job}/drop").status_code == 409


def test_an_offer_keeps_out_of_what_was_locked_or_told_since(week: Week) -> None:
    """Planned anew, then locked or published before it is accepted: refused, nothing written."""
    name, day = _movable(week, "V-K4")
    begun = week.visits()[name].visit.day
    before = week.visits()
    job = week.offering(name, day)
    week.done("lock", kind=WeekLockKind.VISIT.value, subject=name, day=begun, held="true")
    assert "lukus" in week.refused(f"jobs/{job}/accept", all="yes")
    week.done("lock", kind=WeekLockKind.VISIT.value, subject=name, day=begun)
    with week.served.store.transaction("test") as session:
        row = session.get(Day, begun)
        assert row is not None
        row.published = row.current
    assert "vahepeal" in week.refused(f"jobs/{job}/accept", all="yes")
    assert {k: v.visit for k, v in week.visits().items()} == {k: v.visit for k, v in before.items()}


def test_an_offer_that_the_records_refuse_by_now(offered: Week) -> None:
    """Once a client of its is gone, the page of the week still opens, and the offer can be thrown away."""
    job = offered.offer()
    with offered.served.store.transaction("test") as session:
        for sheet, key in (("care_slots", "V-K4"), ("care_plans", "P-K4"), ("clients", "K4")):
            session.delete(session.get(Record, (sheet, key)))
    page = offered.client.get(WEEK)
    assert page.status_code == 200
    assert f"jobs/{job}/drop" in page.text
    assert offered.refused(f"jobs/{job}/accept", group="V-K4")
    offered.done(f"jobs/{job}/drop")


def test_only_offers_of_weeks_are_thrown_away(week: Week) -> None:
    """A day's job, and one of a week that is under way, are not touched."""
    with week.served.store.transaction("test") as session:
        day = add_job(session, MONDAY, None, {})
        running = add_job(session, MONDAY, None, {}, JobKind.WEEK)
        day.best = running.best = "{}"
        day.state = JobState.DONE.value
        keys = day.id, running.id
    assert [week.client.post(f"{WEEK}/jobs/{key}/drop").status_code for key in keys] == [404, 409]
    with week.served.store.session() as session:
        assert all(session.get(Job, key).best == "{}" for key in keys)


def test_ids_with_strange_signs(week: Week) -> None:
    """A visit whose id has a slash, a quote and a letter of another script has its page and can be moved from it."""
    name, strange = min(week.visits()), "V/1'\"<b>Ä"
    with week.served.store.transaction("test") as session:
        record = session.get(Record, ("visits", name))
        assert record is not None
        cells, position = {**record.cells, "id": strange}, record.position
        session.delete(record)
        session.flush()
        session.add(new_record(sheet_named("visits"), strange, cells, position=position))
    page = week.client.get(WEEK).text
    assert "<b>" not in page
    address = unescape(re.findall(rf'href="({WEEK}/visits/V%[^"]*|{WEEK}/visits/V/[^"]*)"', page)[0])
    assert week.client.get(address).status_code == 200
    seen = week.visits()[strange].visit.day
    week.done("lock", kind=WeekLockKind.VISIT.value, subject=strange, day=seen, held="true")


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
