"""What the timing model weighs of its times: lateness, time aboard, changed promises, and what was wished for."""

from __future__ import annotations

from ortools.sat.python import cp_model

from routing.solver.elements import DAY_END
from routing.solver.timing_model import EARLY, TimingModel


def weigh(timing: TimingModel) -> None:
    """Weigh the times of a model that has its rules, and ask for the least of all that is weighed."""
    _weigh_lateness(timing)
    _weigh_rides(timing)
    _weigh_promises(timing)
    _weigh_wishes(timing)
    timing.model.minimize(cp_model.LinearExpr.sum(timing.terms))


def _weigh_lateness(timing: TimingModel) -> None:
    """Weigh lateness behind the window that is used, and the greatest of all."""
    weigh, lates = timing.instance.problem.objective, list[cp_model.IntVar]()
    for index, start in timing.starts.items():
        windows, domain = timing.instance.nodes[index].windows, timing.instance.nodes[index].domain
        if windows == domain or index in timing.fixed:
            continue
        late = timing.model.new_int_var(0, DAY_END, "late")
        lates.append(late)
        openings = [low for low, _ in windows[1:]] + [DAY_END]
        for (low, high), closing in zip(windows, openings, strict=True):
            uses = timing.model.new_bool_var("uses")
            inside = cp_model.Domain.from_intervals([[low, closing - 1]])
            timing.model.add_linear_expression_in_domain(start, inside).only_enforce_if(uses)
            timing.model.add_linear_expression_in_domain(start, inside.complement()).only_enforce_if(~uses)
            timing.model.add(late >= start - high).only_enforce_if(uses)
    timing.terms += [weigh.late_minute * EARLY * late for late in lates]
    if weigh.greatest_late_minute and lates:
        worst = timing.model.new_int_var(0, DAY_END, "worst")
        timing.model.add_max_equality(worst, lates)
        timing.terms.append(weigh.greatest_late_minute * EARLY * worst)


def _weigh_rides(timing: TimingModel) -> None:
    """Weigh the time that riders are aboard."""
    weight = timing.instance.problem.objective.waiting_aboard_minute * EARLY
    for line in timing.lines.values():
        for index in line.sequence:
            node = timing.instance.nodes[index]
            if node.is_pickup:
                timing.terms.append(weight * (timing.starts[node.partner] - timing.starts[index]))


def _weigh_promises(timing: TimingModel) -> None:
    """Weigh published times that change."""
    weigh = timing.instance.problem.objective
    for request, promise in timing.instance.promise_of.items():
        start = timing.starts.get(timing.instance.nodes_of_request[request][0])
        if start is not None:
            moved = timing.model.new_int_var(0, DAY_END, "moved")
            timing.model.add(moved >= start - promise.start - weigh.free_change)
            timing.model.add(moved >= promise.start - start - weigh.free_change)
            timing.terms.append(weigh.changed_minute * EARLY * moved)


def _weigh_wishes(timing: TimingModel) -> None:
    """Weigh how far away stops and breaks are from when they would like to begin."""
    for node, wish in timing.wishes.starts.items():
        if node in timing.starts and node not in timing.fixed:
            _weigh_away(timing, timing.starts[node], wish, timing.wishes.per_minute * EARLY)
    for shift, wished in timing.wishes.pauses.items():
        begins = timing.lines[shift].pause_begins if shift in timing.lines else []
        for begin, wish in zip(begins, wished, strict=False):
            _weigh_away(timing, begin, wish, EARLY)


def _weigh_away(timing: TimingModel, begin: cp_model.IntVar, wish: int, weight: int) -> None:
    away = timing.model.new_int_var(0, DAY_END, "away")
    timing.model.add(away >= begin - wish)
    timing.model.add(away >= wish - begin)
    timing.terms.append(weight * away)
