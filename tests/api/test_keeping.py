"""The best plan so far is written while the search goes on, the first at once and then the newest now and then."""

import threading

import pytest

from api import keeping
from api.keeping import Keeper
from routing.plan import Plan
from routing.solver.budget import Progress


def reached(name: str, stage: str = "search") -> Progress:
    """Return news of a plan that leaves out one request of that name."""
    return Progress(stage=stage, points=0, unassigned=1, iterations=0, plan=Plan(routes=(), unassigned=(name,)))


class Disk:
    """Notes what is written, and lets a test wait for it."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.written = threading.Semaphore(0)

    def write(self, plan: Plan) -> None:
        """Note a plan by whom it leaves out."""
        self.names.append(plan.unassigned[0])
        self.written.release()


def test_the_first_plan_is_written_at_once() -> None:
    """Nobody waits two seconds for it; what comes within them is not written but the newest of it."""
    disk = Disk()
    with Keeper(disk.write) as keeper:
        keeper.listen(reached("a"))
        assert disk.written.acquire(timeout=1)
        keeper.listen(reached("b"))
        assert not disk.written.acquire(timeout=0.2)
    assert disk.names == ["a"]


def test_the_newest_plan_is_written_next(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of several plans between two writings only the last counts, and it is written without more news."""
    monkeypatch.setattr(keeping, "_APART", 0.3)
    disk = Disk()
    with Keeper(disk.write) as keeper:
        keeper.listen(reached("a"))
        assert disk.written.acquire(timeout=1)
        keeper.listen(reached("b"))
        keeper.listen(reached("c"))
        assert disk.written.acquire(timeout=5)
    assert disk.names == ["a", "c"]


def test_what_is_no_plan_is_not_written() -> None:
    """Estimates have no plan, and the last plan is written by whoever asked for it."""
    disk = Disk()
    with Keeper(disk.write) as keeper:
        keeper.listen(Progress(stage="ortools", points=0, unassigned=0, iterations=0))
        keeper.listen(reached("a", stage="final"))
        assert not disk.written.acquire(timeout=0.2)
    assert disk.names == []


def keep(fault: Exception) -> None:
    """Keep a plan on a disk that gives a fault."""
    tried = threading.Event()

    def write(plan: Plan) -> None:
        tried.set()
        raise fault

    with Keeper(write) as keeper:
        keeper.listen(reached("a"))
        assert tried.wait(1)


def test_a_full_disk_stops_no_search() -> None:
    """The last writing says what is wrong with the disk; a fault of ours is raised."""
    keep(OSError())
    with pytest.raises(ValueError, match="ours"):
        keep(ValueError("ours"))
