"""The week behind HTTP: planned, read, accepted in part, moved, locked, repaired, taken back, and what is refused."""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from httpx import Response

from api.jobs.runner import Inline
from api.security.roles import Role
from api.store.history import seen_by
from api.store.opening import open_store
from api.web.v1.week_models import EXAMPLE, WeekOut
from tests.routing.weeks.town import MONDAY
from tests.web import Served
from tests.weeks import DAYS, TUESDAY, fill_town

WEEK = f"/api/v1/weeks/{MONDAY}"


class Week:
    """The week of one coordinator, who works on what she has seen last."""

    def __init__(self, served: Served) -> None:
        served.app.state.shell.jobs.executor = Inline
        self.served = served
        self.client = served.signed_in(secrets.token_hex(4))
        self.tag = '"0"'

    def ask(self, method: str, path: str = "", body: Any = None, **headers: str) -> Response:
        """Send a request about the week."""
        sent = {"If-Match": self.tag, **headers}
        answer = self.client.request(method, f"{WEEK}{path}", json=body, headers=sent)
        self.tag = answer.headers.get("etag", self.tag)
        return answer

    def get(self, path: str = "") -> dict[str, Any]:
        """Return what is there."""
        answer = self.ask("GET", path)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def do(self, path: str, body: Any = None, *, method: str = "POST", status: int = 200) -> dict[str, Any]:
        """Return the answer to a change, or the problem where it is to be refused."""
        answer = self.ask(method, path, body)
        assert answer.status_code == status, answer.text
        return dict(answer.json())

    def accepted(self) -> dict[str, Any]:
        """Return the week once all that waits is accepted."""
        job = self.get()["offer"]
        week: dict[str, Any] = self.do(f"/offers/{job}/accept", {"all": True})["week"]
        return week


@pytest.fixture(scope="module")
def planned_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store whose week was planned by the API and waits to be accepted, made once."""
    folder = tmp_path_factory.mktemp("week")
    with closing(open_store(folder / "week.db")) as store:
        fill_town(store, folder / "vald")
        week = Week(Served(store))
        assert week.get()["visits"] == []
        job = week.do("/plans", {"seconds": 60, "iterations": 2}, status=202)
        assert job["state"] == "queued"
        assert week.client.get(f"/api/v1/jobs/{job['id']}").json()["state"] == "done"
        assert week.get()["offer"] == job["id"]
    return folder / "week.db"


@pytest.fixture
def week(planned_file: Path, tmp_path: Path) -> Iterator[Week]:
    """Return a week that is offered."""
    shutil.copyfile(planned_file, tmp_path / "store.db")
    with closing(open_store(tmp_path / "store.db")) as store:
        found = Week(Served(store))
        found.get()
        yield found


def test_the_example_is_a_week() -> None:
    """What the document shows has the shape of an answer."""
    assert WeekOut.model_validate(EXAMPLE).model_dump(mode="json") == EXAMPLE


def test_accepted_in_part_and_taken_back(week: Week) -> None:
    """Only the groups named come into the week; the offer is closed then, and undoing empties the week again."""
    offered = week.get("/offer")
    assert {group["id"] for group in offered["groups"]} == {"V-K1", "V-K2", "V-K4"}
    path = f"/offers/{offered['job']}/accept"
    assert week.do(path, {}, status=409)["findings"][0]["code"] == "weeks.nothing-chosen"
    after = week.do(path, {"groups": ["V-K2"]})["week"]
    assert {visit["care_slot"] for visit in after["visits"]} == {"V-K2"}
    assert after["offer"] is None
    assert week.do(path, {"all": True}, status=409)["findings"][0]["code"] == "weeks.offer-closed"
    assert week.ask("GET", "/offer").status_code == 404
    assert week.do("/undo")["week"]["visits"] == []
    assert week.do("/undo", status=409)["findings"][0]["code"] == "weeks.nothing-to-undo"


def test_thrown_away(week: Week) -> None:
    """Nothing changes; an offer is found in its own week alone."""
    job = week.get()["offer"]
    other = f"/api/v1/weeks/{MONDAY + timedelta(days=7)}"
    found = week.client.get(other).headers["etag"]
    assert week.client.post(f"{other}/offers/{job}/drop", headers={"If-Match": found}).status_code == 404
    assert week.do(f"/offers/{job}/drop")["week"]["visits"] == []


def test_moved_and_locked(week: Week) -> None:
    """A move that breaks rules names them; one that does not is done, unless a lock holds the visit."""
    visits = week.accepted()["visits"]
    own = {visit["day"]: visit["id"] for visit in visits if visit["care_slot"] == "V-K4"}
    name, free = own[min(own)], next(str(day) for day in DAYS[:5] if str(day) not in own)
    broken = week.do("/moves", {"visit": name, "day": str(DAYS[5]), "workers": ["T1"]}, status=409)
    assert "rota.off-duty" in {violation["code"] for violation in broken["violations"]}
    lock = f"/locks/week-visit/{min(own)}/{name}"
    assert next(v for v in week.do(lock, method="PUT")["week"]["visits"] if v["id"] == name)["held"]
    wish = {"visit": name, "day": free, "workers": ["T1"]}
    assert week.do("/moves", wish, status=409)["findings"][0]["code"] == "weeks.locked"
    week.do(lock, method="DELETE")
    other = f"/api/v1/weeks/{MONDAY + timedelta(days=7)}"
    seen = {"If-Match": week.client.get(other).headers["etag"]}
    assert week.client.post(f"{other}/moves", json=wish, headers=seen).status_code == 404
    moved = next(v for v in week.do("/moves", wish)["week"]["visits"] if v["id"] == name)
    assert (moved["day"], moved["workers"]) == (free, ["T1"])
    assert week.do(f"/locks/week-carer/{MONDAY + timedelta(days=7)}/T1", method="PUT", status=404)


def test_an_absence(week: Week) -> None:
    """Who is away is repaired around, which is accepted wholly."""
    week.accepted()
    away = {"worker": "T1", "first": str(TUESDAY), "last": str(DAYS[4])}
    assert week.do("/absences", {**away, "worker": "T9"}, status=422)["findings"][0]["code"] == "weeks.no-worker"
    week.do("/absences", {**away, "iterations": 2}, status=202)
    offered = week.get("/offer")
    assert (offered["kind"], offered["repair"]["worker"]) == ("absence", "T1")
    after = week.accepted()
    assert not [v for v in after["visits"] if v["day"] >= away["first"] and "T1" in v["workers"]]
    assert [d["away"] for w in after["workers"] if w["worker"] == "T1" for d in w["days"]][1:5] == [True] * 4


def test_two_coordinators(week: Week) -> None:
    """A change needs the version it was made on, and one made on an older version says what has changed since."""
    old = week.tag
    job = week.get()["offer"]
    assert week.client.post(f"{WEEK}/undo").status_code == 428
    week.accepted()
    late = week.ask("POST", f"/offers/{job}/drop", None, **{"If-Match": old})
    assert late.status_code == 412
    assert "week.accept" in {change["action"] for change in late.json()["changes"]}
    assert week.ask("POST", "/undo", None, **{"If-Match": '"none"'}).json()["changes"] == []


def test_sent_twice(week: Week) -> None:
    """The same key does a write once: the answer is the first one, also of a job."""
    key = {"Idempotency-Key": "once"}
    seen = {"If-Match": week.tag}
    wish = {"seconds": 5, "iterations": 1}
    first, again = (week.client.post(f"{WEEK}/plans", json=wish, headers={**key, **seen}) for _ in range(2))
    assert first.json() == again.json()
    assert again.headers["Idempotency-Replayed"] == "true"
    assert week.client.post(f"{WEEK}/undo", headers={**key, **seen}).status_code == 422


def test_who_may(week: Week) -> None:
    """Whose week is shown is logged; carers and auditors are shown none."""
    week.accepted()
    with week.served.store.session() as session:
        assert {look.purpose for look in seen_by(session, "record:clients/K1")} == {"week"}
    for role in (Role.CARER, Role.AUDITOR):
        assert week.served.signed_in(role.value, (role,)).get(WEEK).status_code == 403


def test_what_visits_stand_for_stays(week: Week) -> None:
    """Neither a care slot whose visits are on dates goes, nor its plan or client; once the week is undone it may."""
    week.accepted()

    def removed(sheet: str, key: str) -> Response:
        address = f"/api/v1/records/{sheet}/{key}"
        found = week.client.get(address).headers["etag"]
        return week.client.delete(address, headers={"If-Match": found})

    days = sorted(date.fromisoformat(v["day"]) for v in week.get()["visits"] if v["care_slot"] == "V-K4")
    told = removed("care_slots", "V-K4")
    assert (told.status_code, told.json()["findings"][0]["code"]) == (422, "store.slot-dated")
    assert ", ".join(f"{day:%d.%m.%Y}" for day in days) in told.json()["findings"][0]["sentence"]
    assert "needs it" in week.client.get("/records/care_slots/remove/V-K4", headers={"Accept-Language": "en"}).text
    assert [removed(*one).status_code for one in (("care_plans", "P-K4"), ("clients", "K4"))] == [422, 422]
    week.do("/undo")
    assert [removed(*one).status_code for one in (("care_slots", "V-K4"), ("care_plans", "P-K4"))] == [200, 200]
