"""The OR-Tools routing model: one function per family of constraints, all listed in `_FAMILIES`.

The times of the model are not printed; `routing.solver.timetable` sets them. What the model holds only roughly is named
in ARCHITECTURE.md, completed by `routing.solver.repair` and judged by `routing.review.check`.

Solver: OR-Tools routing library (Google); its guide to pickups, breaks and disjunctions is the reference for the calls.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, pairwise, product

from ortools.constraint_solver import pywrapcp

from routing.problem import SequenceLock, Shipment, Waiting
from routing.solver.earliest import shared
from routing.solver.elements import DAY_END
from routing.solver.instance import Instance
from routing.solver.layouts import capacity_rows
from routing.solver.routing_model import SCALE, Model
from routing.solver.tasks import Task, tasks_of


def build(instance: Instance) -> Model:
    """Return the routing model of an instance with every family of constraints added."""
    tasks, shifts = tasks_of(instance), len(instance.shifts)
    starts = [len(tasks) + shift for shift in range(shifts)]
    ends = [len(tasks) + shifts + shift for shift in range(shifts)]
    manager = pywrapcp.RoutingIndexManager(len(tasks) + 2 * shifts, shifts, starts, ends)
    model = Model(instance=instance, tasks=tasks, manager=manager, routing=pywrapcp.RoutingModel(manager))
    for add in _FAMILIES:
        add(model)
    return model


def add_costs(model: Model) -> None:
    """Weigh kilometres, who serves whom, and every shift that is used."""
    model.routing.SetFixedCostOfAllVehicles(model.instance.problem.objective.shift_used * SCALE)
    for shift, costs in enumerate(model.arc_costs()):
        model.routing.SetArcCostEvaluatorOfVehicle(costs, shift)


def add_times(model: Model) -> None:
    """Drive, wait and serve in order; weigh paid time."""
    model.routing.AddDimensionWithVehicleTransits(model.transits(), DAY_END, DAY_END, False, "time")
    model.time.SetSpanCostCoefficientForAllVehicles(model.instance.problem.objective.paid_minute)


def add_windows(model: Model) -> None:
    """Begin inside the windows; weigh lateness behind the last one."""
    weight = model.instance.problem.objective.late_minute
    for position, task in enumerate(model.tasks):
        cumul = model.cumul(position)
        cumul.SetRange(max(0, task.domain[0][0]), task.domain[-1][1])
        for (_, before), (after, _) in pairwise(task.domain):
            cumul.RemoveInterval(before + 1, after - 1)
        if len(task.nodes) == 1:
            last = model.instance.nodes[task.nodes[0]].windows[-1][1]
            if last < task.domain[-1][1]:
                model.time.SetCumulVarSoftUpperBound(model.index(position), last, weight)


def add_shifts(model: Model) -> None:
    """Keep to each shift's hours and longest duration; weigh overtime."""
    weight = model.instance.problem.objective.overtime_minute
    for data in model.instance.shifts:
        start, end = model.routing.Start(data.index), model.routing.End(data.index)
        model.time.CumulVar(start).SetRange(data.shift.earliest, data.hard_end)
        model.time.CumulVar(end).SetRange(data.shift.earliest, data.hard_end)
        if data.shift.overtime:
            model.time.SetCumulVarSoftUpperBound(end, data.shift.latest, weight)
        if data.shift.max_duration is not None:
            model.time.SetSpanUpperBoundForVehicle(data.shift.max_duration, data.index)


def add_unassigned(model: Model) -> None:
    """Let every task be left out at its penalty; take at most one trip per ferry."""
    trips: dict[int, list[int]] = {}
    for position, task in enumerate(model.tasks):
        if task.alternative is not None:
            trips.setdefault(task.alternative, []).append(position)
        else:
            model.routing.AddDisjunction([model.index(position)], task.penalty * SCALE)
    for choices in trips.values():
        dearest = max(model.tasks[position].penalty for position in choices)
        model.routing.AddDisjunction([model.index(position) for position in choices], dearest * SCALE, 1)


def add_who(model: Model) -> None:
    """Let only shifts with the skills, the room and the right worker do a task; shift locks included."""
    for position, task in enumerate(model.tasks):
        model.vehicle(position).SetValues([-1, *task.shifts])


def add_rides(model: Model) -> None:
    """Keep both ends of a ride on one shift, in order."""
    for first, second in model.pairs:
        model.routing.AddPickupAndDelivery(model.index(first), model.index(second))
        model.solver.Add(model.vehicle(first) == model.vehicle(second))
        model.solver.Add(model.cumul(first) <= model.cumul(second))


def add_ride_limits(model: Model) -> None:
    """Bound the time aboard."""
    for first, second in model.pairs:
        task = model.tasks[first]
        if len(task.nodes) == 1:
            request = model.instance.nodes[task.nodes[0]].request
            by_profile = {model.instance.shifts[shift].profile: shift for shift in task.shifts}
            limits = [model.instance.ride_limit(request, shift) for shift in by_profile.values()]
            known = [limit + task.durations[0] for limit in limits if limit is not None]
            if known and len(known) == len(limits):
                model.solver.Add(model.cumul(second) - model.cumul(first) <= max(known))


def add_room(model: Model) -> None:
    """Let everybody aboard find room in one seat layout at every moment."""
    layouts = [data.layouts for data in model.instance.shifts]
    for number, (weights, capacities) in enumerate(capacity_rows(layouts, _largest(model.instance))):
        demand = [_demand(model.instance, task, weights) for task in model.tasks]
        model.add_load(f"room{number}", demand, capacities)


def add_goods(model: Model) -> None:
    """Let everything that a shift's visits are brought find room when it leaves."""
    nodes = model.instance.nodes
    demand = [sum(nodes[index].goods for index in task.nodes) for task in model.tasks]
    if any(demand):
        model.add_load("goods", demand, [data.hold for data in model.instance.shifts])


def add_company(model: Model) -> None:
    """Keep apart who may not share, let nobody sit in the car during a visit, an escorted trip or a ferry."""
    instance, most = model.instance, len(model.tasks)
    if any(_sign(instance, task) for task in model.tasks):
        demand = [_sign(instance, task) * (most if _alone(instance, task) else 1) for task in model.tasks]
        model.add_load("company", demand, [most] * len(instance.shifts))
        company = model.routing.GetDimensionOrDie("company")
        for position, task in enumerate(model.tasks):
            if len(task.nodes) > 1 or instance.nodes[task.nodes[0]].is_visit:
                company.CumulVar(model.index(position)).SetMax(0)
    for number, pair in enumerate(sorted(instance.problem.apart, key=sorted)):
        demand = [_sign(instance, task) * (_client(instance, task) in pair) for task in model.tasks]
        model.add_load(f"apart{number}", demand, [1] * len(instance.shifts))


def add_escorts(model: Model) -> None:
    """Do nothing while a carer stays with her client, and only visits nearby where she need not stay."""
    instance = model.instance
    for number, (link, outbound, inbound) in enumerate(instance.links):
        if link.waiting is Waiting.FREE:
            continue
        first = model.position_of(instance.nodes_of_request[outbound])
        second = model.position_of(instance.nodes_of_request[inbound])
        demand = [0] * len(model.tasks)
        demand[first], demand[second] = 1, -1
        model.add_load(f"escort{number}", demand, [1] * len(instance.shifts))
        escort = model.routing.GetDimensionOrDie(f"escort{number}")
        allowed = set(model.tasks[first].shifts) & set(model.tasks[second].shifts)
        near = [instance.nearby_places.get((instance.shifts[s].profile, outbound), frozenset()) for s in allowed]
        for position, task in enumerate(model.tasks):
            plain = len(task.nodes) == 1 and instance.nodes[task.nodes[0]].is_visit
            free = plain and all(task.entry in places for places in near)
            if position not in (first, second) and not free:
                escort.CumulVar(model.index(position)).SetMax(0)


def add_links(model: Model) -> None:
    """Collect a rider no earlier than she is ready, on the same shift where that is asked."""
    for link, outbound, inbound in model.instance.links:
        first = _last(model, model.instance.nodes_of_request[outbound])
        second = _first(model, model.instance.nodes_of_request[inbound])
        lag = max(model.tasks[first].durations) if link.waiting is Waiting.FREE else _length(model, first)
        ready = model.cumul(first) + lag + link.minimum_stay
        model.solver.Add(model.cumul(second) + DAY_END * model.both(first, second) >= ready)
        if link.one_shift and link.waiting is Waiting.FREE:
            gap = model.vehicle(first) - model.vehicle(second)
            slack = len(model.instance.shifts) * model.both(first, second)
            model.solver.Add(gap <= slack)
            model.solver.Add(-gap <= slack)


def add_crews(model: Model) -> None:
    """Let a crew begin together, each on a shift of a worker of her own."""
    for request, size in enumerate(model.instance.crew):
        copies = model.positions(model.instance.nodes_of_request[request][0]) if size > 1 else []
        for a, b in combinations(copies, 2):
            model.solver.Add(model.cumul(a) == model.cumul(b))
            _keep_workers_apart(model, a, b)


def add_gaps(model: Model) -> None:
    """Keep the time between two visits of one client, and the carers apart where two are asked for."""
    for gap, first, second in model.instance.gaps:
        for a, b in product(model.positions(first), model.positions(second)):
            between = model.cumul(b) - model.cumul(a) - model.instance.nodes[first].duration
            model.solver.Add(between + DAY_END * 2 * model.both(a, b) >= gap.minimum)
            if gap.maximum is not None:
                model.solver.Add(between - DAY_END * 2 * model.both(a, b) <= gap.maximum)
            if gap.two_carers:
                _keep_workers_apart(model, a, b)


def add_breaks(model: Model) -> None:
    """Give every shift its breaks: inside a long working day, between two tasks, with nobody aboard."""
    solver = model.solver
    for data in model.instance.shifts:
        trips = [p for p, task in enumerate(model.tasks) if task.alternative is not None and data.index in task.shifts]
        away = [model.vehicle(position) == data.index for position in trips]
        start, end = (model.time.CumulVar(bound(data.index)) for bound in (model.routing.Start, model.routing.End))
        intervals = []
        for pause in data.shift.breaks:
            window = pause.window
            interval = solver.FixedDurationIntervalVar(
                window.earliest, window.latest, pause.duration, bool(trips), "break"
            )
            intervals.append(interval)
            if trips:
                solver.Add(interval.PerformedExpr() + sum(away) >= 1)
                continue
            short = (end - start <= pause.required_after).Var()
            inside = (start <= interval.StartExpr()).Var() * (interval.EndExpr() <= end).Var()
            solver.Add(short + inside >= 1)
            for first, second in model.pairs:
                if data.index in model.tasks[first].shifts and _must_not_pause(model, first):
                    before = (interval.EndExpr() <= model.cumul(first)).Var()
                    after = (interval.StartExpr() >= model.cumul(second)).Var()
                    elsewhere = (model.vehicle(first) != data.index).Var()
                    solver.Add(before + after + elsewhere >= 1)
        if intervals:
            service = [0] * model.routing.Size()
            for position, task in enumerate(model.tasks):
                service[model.index(position)] = task.durations[data.index]
            model.time.SetBreakIntervalsOfVehicle(intervals, data.index, service)


def add_shared(model: Model) -> None:
    """Let two shifts that share a worker or a vehicle follow each other."""
    for a, b in shared(model.instance):
        used = model.routing.ActiveVehicleVar(a) + model.routing.ActiveVehicleVar(b)
        starts, ends = (
            [model.time.CumulVar(end_of(shift)) for shift in (a, b)]
            for end_of in (model.routing.Start, model.routing.End)
        )
        orders = (ends[0] <= starts[1]).Var() + (ends[1] <= starts[0]).Var()
        model.solver.Add(orders + 2 - used >= 1)


def add_locks(model: Model) -> None:
    """Keep locked sequences in order, strict ones without anything between (shift and time locks are in the tasks)."""
    for number, lock in enumerate(lock for lock in model.instance.problem.locks if isinstance(lock, SequenceLock)):
        nodes = [model.instance.node_of_step[step] for step in lock.steps]
        chain = [position for node in nodes for position in model.positions(node)[:1]]
        steps = [position for i, position in enumerate(chain) if i == 0 or chain[i - 1] != position]
        for a, b in pairwise(steps):
            model.solver.Add(model.cumul(a) <= model.cumul(b) + DAY_END * model.both(a, b))
        if lock.strict and len(steps) > 1:
            demand = [0] * len(model.tasks)
            demand[steps[0]], demand[steps[-1]] = 1, -1
            model.add_load(f"strict{number}", demand, [1] * len(model.instance.shifts))
            held = model.routing.GetDimensionOrDie(f"strict{number}")
            for position in range(len(model.tasks)):
                if position not in steps:
                    held.CumulVar(model.index(position)).SetMax(0)


def add_promises(model: Model) -> None:
    """Weigh published times that change (changed workers are in the costs)."""
    weigh = model.instance.problem.objective
    for request, promise in model.instance.promise_of.items():
        for position in model.positions(model.instance.nodes_of_request[request][0]):
            index = model.index(position)
            low, high = max(0, promise.start - weigh.free_change), promise.start + weigh.free_change
            model.time.SetCumulVarSoftLowerBound(index, low, weigh.changed_minute)
            model.time.SetCumulVarSoftUpperBound(index, high, weigh.changed_minute)


def add_balance(model: Model) -> None:
    """Weigh working days longer than a fair share of what a balance group has to do."""
    instance, weight = model.instance, model.instance.problem.objective.imbalance_minute
    groups: dict[str, list[int]] = {}
    for data in instance.shifts:
        if data.shift.balance_group:
            groups.setdefault(data.shift.balance_group, []).append(data.index)
    for members in groups.values():
        work = sum(min(task.durations) for task in model.tasks if set(task.shifts) & set(members))
        fair = work // len(members)
        if weight and len(members) > 1:
            for shift in members:
                model.time.SetSoftSpanUpperBoundForVehicle(pywrapcp.BoundCost(fair, weight), shift)


_FAMILIES: tuple[Callable[[Model], None], ...] = (
    add_costs,
    add_times,
    add_windows,
    add_shifts,
    add_unassigned,
    add_who,
    add_rides,
    add_ride_limits,
    add_room,
    add_goods,
    add_company,
    add_escorts,
    add_links,
    add_crews,
    add_gaps,
    add_breaks,
    add_shared,
    add_locks,
    add_promises,
    add_balance,
)


def _keep_workers_apart(model: Model, a: int, b: int) -> None:
    for same in _shifts_by_worker(model.instance):
        model.solver.Add(sum((model.vehicle(p) == s) for p, s in product((a, b), same)) <= 1)


def _demand(instance: Instance, task: Task, weights: tuple[int, int, int]) -> int:
    if len(task.nodes) > 1:
        return 0
    load = instance.nodes[task.nodes[0]].load
    return sum(weight * part for weight, part in zip(weights, load, strict=True))


def _sign(instance: Instance, task: Task) -> int:
    node = instance.nodes[task.nodes[0]]
    if node.is_visit or len(task.nodes) > 1:
        return 0
    return 1 if node.is_pickup else -1


def _largest(instance: Instance) -> tuple[int, int, int]:
    loads = [node.load for node in instance.nodes if node.is_pickup]
    return (sum(a for a, _, _ in loads), sum(b for _, b, _ in loads), sum(c for _, _, c in loads))


def _alone(instance: Instance, task: Task) -> bool:
    request = instance.requests[instance.nodes[task.nodes[0]].request]
    return isinstance(request, Shipment) and request.alone


def _client(instance: Instance, task: Task) -> str:
    return instance.requests[instance.nodes[task.nodes[0]].request].client


def _shifts_by_worker(instance: Instance) -> list[list[int]]:
    found: dict[str, list[int]] = {}
    for data in instance.shifts:
        found.setdefault(data.shift.worker, []).append(data.index)
    return list(found.values())


def _first(model: Model, nodes: tuple[int, ...]) -> int:
    return model.positions(nodes[0])[0]


def _last(model: Model, nodes: tuple[int, ...]) -> int:
    return model.positions(nodes[-1])[0]


def _length(model: Model, position: int) -> int:
    task = model.tasks[position]
    return max((task.durations[shift] for shift in task.shifts), default=0)


def _must_not_pause(model: Model, first: int) -> bool:
    task = model.tasks[first]
    if len(task.nodes) == 1:
        return True
    return model.instance.link_of[model.instance.nodes[task.nodes[0]].request].waiting is Waiting.STAYS
