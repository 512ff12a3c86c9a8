"""Solver runs: progress, stopping, being killed, servers that come back, and what their plans become."""

import os
import signal
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from api.jobs import keeping, work
from api.jobs.processes import is_alive, is_here, number_of, own_name
from api.jobs.runner import Jobs, own_process
from api.store.jobs import Job, JobState
from api.store.opening import Store, open_store
from api.store.plans import PlanVersion, Scenario, ScenarioState
from routing.cost import cost
from routing.matrix import Matrix
from routing.plan import Plan
from routing.problem import Problem
from routing.solver.budget import Listener, Progress
from routing.solver.insertion import insert_all
from routing.solver.instance import Instance
from routing.solver.solve import Result, routes_of
from routing.solver.timetable import timetable
from tests.board import Board, board_on, demo_on, planned_on
from tests.web import Served


def put_in(problem: Problem, matrix: Matrix, *, initial: Plan, on_progress: Listener, **_: object) -> Result:
    """Return the plan with whatever still fits: a search of a moment."""
    instance = Instance(problem, matrix)
    plan = timetable(instance, insert_all(instance, routes_of(instance, initial)))
    assert plan is not None
    points = cost(problem, matrix, plan)
    on_progress(Progress(stage="put in", points=points.total, unassigned=0, iterations=1, plan=plan))
    return Result(plan=plan, cost=points, engine="hybrid", iterations=1)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let jobs of this process search for a moment only: what becomes of plans does not depend on how good they are."""
    monkeypatch.setattr(work, "solve_and_prove", put_in)


@pytest.fixture
def board(store: Store) -> Board:
    """Return the board of a coordinator on a planned day; searches run at once, in the same thread."""
    planned_on(store)
    board = board_on(store)
    board.get()
    return board


@pytest.fixture
def local(tmp_path: Path, quick: None) -> Iterator[Board]:
    """Return the same on SQLite alone, for what no database has a say in."""
    _ = quick
    store = open_store(tmp_path / "local.db")
    planned_on(store)
    board = board_on(store)
    board.get()
    yield board
    store.close()


@pytest.fixture
def beside(store: Store) -> Iterator[Board]:
    """Return the board of a coordinator on a day not planned yet; searches run in processes of their own."""
    board = demo_on(store)
    jobs: Jobs = board.client.app.state.shell.jobs
    jobs.executor, jobs.apart = own_process, 0.05
    yield board
    jobs.close()


def runner_of(store: Store, job: str) -> str:
    """Return the name of the process that runs a job."""
    with store.session() as session:
        return keeping.get_job(session, job).runner or ""


def test_a_search_is_offered(board: Board) -> None:
    """Its result stands beside the plan, which it does not touch, in groups that say who and when."""
    before = board.get()
    board.do("moves", {"request": "V18", "shift": None})
    job = board.do("plans", {"seconds": 20, "iterations": 1})
    told = board.get(f"/jobs/{job['id']}")
    day = board.get()

    assert (told["state"], told["fault"]) == ("done", "")
    assert told["points"] < day["figures"]["points"]
    assert day["scenario"]["id"] == told["scenario"]
    assert day["job"] is None
    assert day["plan"]["why"] == "move"
    scenario = board.get(f"/scenarios/{told['scenario']}")
    assert scenario["price"]["points"] < 0
    assert not scenario["rebased"]
    assert all(group["title"] and group["changes"][0]["words"] for group in scenario["groups"] if group["changes"])
    assert board.get()["version"] == before["version"] + 1


def test_a_job_follows_its_locks(local: Board) -> None:
    """What is locked is where it was in what is offered."""
    kept = next(r for r in local.get()["rounds"] if r["shift"] == "tabivere")["stops"]
    local.do("locks/round/tabivere", method="PUT")
    local.do("moves", {"request": "V04", "shift": None})
    local.plan()
    scenario = local.get()["scenario"]["id"]
    day = local.do(f"/scenarios/{scenario}/accept", {"all": True})["day"]
    after = next(r for r in day["rounds"] if r["shift"] == "tabivere")["stops"]

    assert [stop["request"] for stop in after] == [stop["request"] for stop in kept]


def test_part_of_an_offer(local: Board) -> None:
    """Groups are accepted on their own, the scenario is closed with that, and what is not there is refused."""
    for request in ("V18", "V04"):
        local.do("moves", {"request": request, "shift": None})
    scenario = local.plan()
    address = f"/scenarios/{scenario['id']}/accept"
    assert local.refused(address, {"groups": ["nothing"]}, status=400)
    added = [group["id"] for group in scenario["groups"] if group["kind"] == "added"]
    answers = [local.ask("POST", address, {"groups": [name]}) for name in added]
    taken = next((answer for answer in answers if answer.status_code == 200), None)

    if taken is None:
        needs = answers[0].json()["needs"]
        taken = local.ask("POST", address, {"groups": [added[0], *needs]})
    assert taken.status_code == 200
    assert taken.json()["day"]["plan"]["why"] == "accept"
    assert taken.json()["day"]["scenario"] is None
    assert local.refused(address, {"all": True})["findings"][0]["code"] == "plans.scenario-closed"


def test_an_offer_on_a_day_that_has_changed(local: Board) -> None:
    """What somebody did meanwhile is not part of the offer, and stays when all of it is accepted."""
    local.do("moves", {"request": "V04", "shift": None})
    scenario = local.plan()
    off = local.do("moves", {"request": "V30", "shift": None})["day"]
    assert "V30" in {left["request"] for left in off["unassigned"]}
    again = local.get(f"/scenarios/{scenario['id']}")

    assert again["rebased"]
    about = {change["request"] for group in again["groups"] for change in group["changes"]}
    own = {change["request"] for group in scenario["groups"] for change in group["changes"]}
    assert "V04" in about
    assert about <= own | {"V30"}


def test_an_offer_dropped(local: Board) -> None:
    """The plan stays, the offer is gone; a new search drops an older offer."""
    local.do("moves", {"request": "V18", "shift": None})
    first = local.plan()
    second = local.plan(seed=1)
    assert local.get(f"/scenarios/{first['id']}")["state"] == "dropped"
    before = local.get()["plan"]
    day = local.do(f"/scenarios/{second['id']}/drop")["day"]

    assert day["scenario"] is None
    assert day["plan"] == before
    local.refused(f"/scenarios/{second['id']}/drop")


def test_what_is_not_there(local: Board) -> None:
    """Jobs and scenarios that nobody has asked for."""
    for path in ("/jobs/none", "/jobs/none/events", "/scenarios/none"):
        assert local.ask("GET", path).status_code == 404
    for path in ("/jobs/none/cancel", "/scenarios/none/accept", "/scenarios/none/drop"):
        assert local.ask("POST", path, {}).status_code == 404


def test_a_search_that_fails(local: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says so, nobody waits for it, and the next one may begin; one that changes nothing offers nothing."""

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("no luck")

    with monkeypatch.context() as patched:
        patched.setattr(work, "solve_and_prove", fail)
        job = local.do("plans", {"seconds": 5, "iterations": 1})
    told = local.get(f"/jobs/{job['id']}")
    assert (told["state"], told["fault"], told["scenario"]) == ("failed", "jobs.failed", None)
    assert local.refused(f"/jobs/{job['id']}/cancel")["findings"][0]["code"] == "plans.job-over"
    again = local.do("plans", {"seconds": 5, "iterations": 1})
    told = local.get(f"/jobs/{again['id']}")
    assert (told["state"], told["scenario"]) == ("done", None)  # nothing could be put in, so there is nothing to offer


def test_one_search_at_a_time(beside: Board) -> None:
    """A second one for the day is refused while the first goes on; stopped, it offers the best plan it had."""
    job = beside.do("plans", {"seconds": 300})["id"]
    assert beside.refused("plans", {"seconds": 5})["findings"][0]["code"] == "plans.already-planning"
    assert beside.get()["job"]["id"] == job
    seen = []
    for name, told in beside.events(job):
        seen.append((name, told["state"]))
        if told["points"] is not None and not told["wished_stop"]:
            beside.do(f"/jobs/{job}/cancel")
    told = beside.get(f"/jobs/{job}")

    assert seen[-1] == ("end", "stopped")
    assert {state for name, state in seen if name == "progress"} <= {"queued", "running"}
    assert told["scenario"]
    assert told["unassigned"] < 50


def test_a_killed_search(beside: Board, store: Store) -> None:
    """Killed in the middle, it is over at once, and the best plan it had told about is offered."""
    job = beside.do("plans", {"seconds": 300})["id"]
    for _, told in beside.events(job):
        if told["points"] is not None and told["state"] == "running":
            os.kill(number_of(runner_of(store, job)), signal.SIGKILL)
    told = beside.get(f"/jobs/{job}")

    assert (told["state"], told["fault"]) == ("stopped", "jobs.killed")
    scenario = beside.get(f"/scenarios/{told['scenario']}")
    day = beside.do(f"/scenarios/{scenario['id']}/accept", {"all": True})["day"]
    assert len(day["unassigned"]) == told["unassigned"] < 50


@pytest.mark.usefixtures("quick")
def test_a_server_that_comes_back(board: Board, store: Store) -> None:
    """A job found running whose process is gone is stopped with its best plan, or lost where it had none."""
    board.do("moves", {"request": "V18", "shift": None})
    offered = board.plan()
    with store.session() as session:
        document = session.scalars(select(PlanVersion).order_by(PlanVersion.number.desc())).first()
        assert document
    found = {}
    for name, best in (("with", document.document), ("without", None)):
        with store.transaction("test") as session:
            job = keeping.add_job(session, document.day, document.parent, {"seconds": 5})
            job.state, job.runner, job.best = JobState.RUNNING.value, own_name().replace(str(os.getpid()), "1"), best
            job.progress = {"figures": document.figures}
            found[name] = job.id
        with Served(store).client():
            pass
    with store.session() as session:
        ended = {name: keeping.get_job(session, key) for name, key in found.items()}
    assert [(ended[name].state, ended[name].fault) for name in found] == [
        ("stopped", "jobs.killed"),
        ("lost", "jobs.killed"),
    ]
    assert ended["without"].scenario is None
    assert board.get()["scenario"]["id"] == ended["with"].scenario != offered["id"]


def test_a_stopping_server(beside: Board, store: Store) -> None:
    """Its searches end before it does, with their best plans offered."""
    job = beside.do("plans", {"seconds": 300})["id"]
    next(told for _, told in beside.events(job) if told["points"] is not None)
    runner = runner_of(store, job)
    beside.client.app.state.shell.jobs.close()
    with store.session() as session:
        ended = keeping.get_job(session, job)
        scenario = session.get(Scenario, ended.scenario)

    assert ended.state == "stopped"
    assert scenario
    assert scenario.state == ScenarioState.OPEN.value
    assert not is_alive(runner)


def test_jobs_stopped_before_they_begin(board: Board, store: Store) -> None:
    """Nothing is searched, and a job that was taken for lost is not taken up again."""
    with store.transaction("test") as session:
        job = keeping.add_job(session, board_day(board), None, {"seconds": 5})
        keeping.wish_stop(session, job.id)
    work.run_in(store, job.id)
    with store.session() as session:
        assert keeping.get_job(session, job.id).state == JobState.STOPPED.value
    work.run_in(store, job.id)
    with store.session() as session:
        assert [row.state for row in session.scalars(select(Job))] == [JobState.STOPPED.value]


def board_day(board: Board) -> date:
    """Return the board's day."""
    return date.fromisoformat(board.day.rpartition("/")[2])


def test_processes_are_told_apart() -> None:
    """This process lives; one that never was does not, nor one of another start, and another host is not here."""
    name = own_name()
    host, number, _ = name.split(":")

    assert is_here(name)
    assert is_alive(name)
    assert not is_alive(f"{host}:{number}:1")
    assert not is_alive(f"{host}:4194999:")
    assert not is_here(f"elsewhere:{number}:1")
