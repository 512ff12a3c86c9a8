"""The demo municipality with a published day: planned by hand, written as rows where a test wants it."""

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
from routing.cost import cost
from routing.day.build import Day as Built
from routing.plan import Plan, Route, Stop
from routing.planfile import PlanDocument, to_json
from routing.problem import Shipment
from routing.review.check import check
from routing.solver.budget import Budget
from tests.walk import Walk

DAY = date(2026, 11, 25)
SHIFT = "korvekula"
LONGEST = "buss"


ROUNDS = {
    "korvekula": (
        "leave 28910, V01 28932, V03 30648, V04 33453, +S09 35535, -S09 36235, +S09-R 39300, -S09-R 40003, "
        "V09 40423, V08 42576, V05 44852, rest 47372, +S12 49384, -S12 49681, V07 50228, V06 52378, +S12-R "
        "54553, -S12-R 54850, V02 55155"
    ),
    "tabivere": (
        "leave 27414, V20 27442, V22 28800, V13 31936, V14 34494, V24 37370, +S10 39565, -S10 40255, V23 "
        "40410, rest 42330, +S10-R 44165, -S10-R 44855, V25 45425, V16 48710, V21 51974"
    ),
    "laeva-ek": (
        "leave 29582, V26 29609, V28 32810, V27 35129, V18 38184, V19 40277, V10 42570, V17 44808, V15 46293, "
        "+S11 48470, -S11 49380, rest 49500, +S11-R 51300, -S11-R 52210"
    ),
    "ametnik": ("leave 30273, V03 30648, boat 38700, V30 41560, V29 44323, rest 47143, boat 51300"),
    "buss": (
        "leave 30103, +S01 31338, +S02 31952, +S03 32369, -S03 33480, -S01 33600, -S02 33900, +S04 35100, "
        "-S04 35700, +S06 36457, -S06 37800, +S05 39232, -S05 40541, rest>S02-R 40845, +S02-R 42645, +S01-R "
        "42825, +S03-R 43125, -S03-R 44239, -S02-R 44596, -S01-R 45090, +S06-R 46832, -S06-R 48175, +S07 "
        "49095, -S07 51225, +S08 52423, -S08 54054"
    ),
}
"""When each leaves and stops: visits, riders in (+) and out (-), rests (at the next stop where one is named), boats."""


@cache
def document() -> PlanDocument:
    """Return the plan of the demo's day, made by hand so that it is the same on every machine."""
    folder = open_folder(demo_folder())
    day = open_day(folder, DAY)
    routes = tuple(_walked(day, shift, text) for shift, text in ROUNDS.items())
    served = {stop.request for route in routes for stop in route.stops}
    unassigned = tuple(request.id for request in day.problem.requests if request.id not in served)
    made = Plan(routes=routes, unassigned=unassigned)
    assert not check(day.problem, day.matrix, made)
    planned = review_day(folder, day, made, cost(day.problem, day.matrix, made), explained=False)
    return document_of(folder, planned, engine="search", seed=0, budget=Budget(iterations=1), lang="et")


def _walked(day: Built, shift: str, text: str) -> Route:
    (_, leave), *parts = (part.split() for part in text.split(","))
    walk = Walk(day.problem, day.matrix, shift, int(leave))
    for what, at in parts:
        name = what.lstrip("+-")
        if what.startswith("rest"):
            ride = day.problem.request_by_id.get(what.removeprefix("rest>"))
            walk.rest(1800, int(at), ride.pickup.place if isinstance(ride, Shipment) else None)
        elif what == "boat":
            walk.sail("piirissaare-praam", int(at))
        else:
            serve = {"+": walk.pickup, "-": walk.delivery}.get(what[0], walk.visit)
            serve(name, int(at))
    return walk.end()


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
