"""The demo municipality with a published day: planned once for all tests, written as rows where a test wants it."""

from dataclasses import replace
from datetime import date
from functools import cache

from api.desk.demo import demo_folder, load_demo
from api.desk.links import issue
from api.loading import open_day, open_folder
from api.planned import document_of, review_day
from api.store.base import new_id
from api.store.opening import Store
from api.store.plans import Day, PlanVersion
from routing.plan import Plan, Route, Stop
from routing.planfile import PlanDocument, to_json
from routing.solver.budget import Budget
from routing.solver.solve import solve

DAY = date(2026, 11, 25)
SHIFT = "korvekula"
LONGEST = "buss"


@cache
def document() -> PlanDocument:
    """Return the plan of the demo's day."""
    folder = open_folder(demo_folder())
    day = open_day(folder, DAY)
    budget = Budget(seconds=60, iterations=20)
    result = solve(day.problem, day.matrix, budget=budget, seed=0, engine="search")
    planned = review_day(folder, day, result.plan, result.cost, explained=False)
    return document_of(folder, planned, engine="search", seed=0, budget=budget, lang="et")


def plan() -> Plan:
    """Return the demo's plan."""
    return document().plan


def keys(shift: str = SHIFT, found: Plan | None = None) -> list[str]:
    """Return the names of the stops of a round that serve somebody."""
    stops = (found or plan()).route_by_shift[shift].stops
    return [f"{stop.kind.value}:{stop.request}" for stop in stops if stop.step]


def publish(store: Store, changed: Plan | None = None, *, day: date = DAY) -> str:
    """Publish a plan, the demo's where none is given, as another version of the day; return its id."""
    with store.transaction("test") as session:
        row = session.get(Day, day)
        parent = session.get(PlanVersion, row.published) if row and row.published else None
        version = PlanVersion(
            id=new_id(),
            day=day,
            number=parent.number + 1 if parent else 1,
            parent=parent.id if parent else None,
            document=to_json(replace(document(), plan=changed or plan(), day=day)).decode(),
            figures={},
            why="plan",
            by="test",
            at=store.clock(),
        )
        session.add(version)
        session.flush()
        if row is None:
            row = Day(day=day, current=None, published=None, published_at=None)
            session.add(row)
        row.current = row.published = version.id
        row.published_at = store.clock()
    return version.id


def publish_demo(store: Store) -> str:
    """Fill an empty store with the demo and publish its day."""
    load_demo(store)
    return publish(store)


def make_link(store: Store, shift: str = SHIFT, day: date = DAY) -> str:
    """Return the token of a new link."""
    with store.transaction("test") as session:
        return issue(session, day, shift).token


def with_route(shift: str, change: "Route | None") -> Plan:
    """Return the demo's plan with another route for a shift, or none."""
    routes = [route for route in plan().routes if route.shift != shift]
    return replace(plan(), routes=tuple([*routes, change] if change else routes))


def changed_round(shift: str = SHIFT) -> Plan:
    """Return the plan with a round that lost its first visit, has its second later, and has one more from elsewhere."""
    route = plan().route_by_shift[shift]
    visits = [stop for stop in route.stops if stop.step]
    taken = next(stop for stop in plan().route_by_shift["laeva-ek"].stops if stop.step)
    moved = later(visits[1], 20 * 60)
    stops = [moved if stop is visits[1] else stop for stop in route.stops if stop is not visits[0]]
    return with_route(shift, replace(route, stops=(*stops[:-1], later(taken, 7 * 3600), stops[-1])))


def later(stop: Stop, seconds: int) -> Stop:
    """Return a stop so much later."""
    return replace(stop, arrival=stop.arrival + seconds, start=stop.start + seconds, departure=stop.departure + seconds)
